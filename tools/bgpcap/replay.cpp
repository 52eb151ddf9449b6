#include "tools/bgpcap/replay.hpp"

#include <map>
#include <ostream>

#include "bgp/testing/replay.hpp"
#include "bgp/wire/notification.hpp"
#include "tools/bgpcap/append.hpp"
#include "tools/bgpcap/wire_json.hpp"

namespace bgp::cap {
namespace {

std::string counts_of(const std::vector<test::ReplayedMessage>& messages) {
  std::map<MessageType, std::size_t> counts;
  for (const test::ReplayedMessage& one : messages) ++counts[one.type];
  std::string text;
  for (const auto& [type, count] : counts) {
    text.append(text.empty() ? "" : ", ").append(std::to_string(count)).append(" ").append(type_name(type));
  }
  return text.empty() ? "nothing" : text;
}

std::string seconds_of(std::chrono::nanoseconds time) {
  std::string text;
  append_seconds(text, time);
  return text;
}

/// "Would we have flapped here?"
void answer(const test::Replay& run, std::ostream& out) {
  if (!run.ended_at) {
    out << "  our session " << (run.established ? "came up and stayed up" : "did not come up within the capture")
        << '\n';
    return;
  }
  out << "  our session ended at " << seconds_of(*run.ended_at) << ": ";
  if (run.ended_by) {
    out << (run.ended_by_us ? "we sent " : "the peer sent ") << to_string(*run.ended_by) << '\n';
  } else {
    out << "the connection was closed\n";
  }
}

void print(const test::CapturedConnection& connection, std::size_t side, const test::Replay& run, std::ostream& out) {
  out << "stream " << connection.stream << " as " << to_string(connection.ends[side].address) << '\n'
      << "  we sent " << counts_of(run.ours) << "\n  it sent " << counts_of(run.theirs) << '\n';
  answer(run, out);
  for (const std::string& difference : run.differences) out << "  differs: " << difference << '\n';
  if (run.differences.empty()) out << "  no difference\n";
}

}  // namespace

std::optional<std::size_t> replay_capture(const test::Capture& capture, const ReplayRequest& request,
                                          std::ostream& out) {
  std::size_t played = 0;
  std::size_t different = 0;
  for (std::size_t i = 0; i < capture.connections().size(); ++i) {
    const test::CapturedConnection& connection = capture.connections()[i];
    if (request.stream && *request.stream != connection.stream) continue;
    for (const std::size_t side : {0U, 1U}) {
      if (connection.ends[side].address != request.side) continue;
      const auto run = test::replay(capture, i, side);
      if (!run) {
        out << "stream " << connection.stream << " is not played: " << run.error() << '\n';
        continue;
      }
      ++played;
      if (!run->differences.empty()) ++different;
      print(connection, side, *run, out);
      break;
    }
  }
  if (played == 0) return std::nullopt;
  return different;
}

}  // namespace bgp::cap
