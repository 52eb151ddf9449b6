#include "tools/bgpcap/replay.hpp"

#include <map>
#include <ostream>

#include "bgp/testing/replay.hpp"
#include "bgp/wire/notification.hpp"
#include "tools/bgpcap/append.hpp"
#include "tools/bgpcap/wire_json.hpp"

namespace bgp::cap {
namespace {

/// What the report calls them.
struct Players {
  std::string ours;    // who answered now
  std::string theirs;  // who answered in the capture
  std::string peer;    // whose octets these were answers to
  std::string session;
};

Players players_of(const ReplayRequest& request, const std::string& other) {
  if (!request.live) return {"we", "it", "the peer", "our session"};
  return {to_string(request.live->target), "in the capture " + other, "we", "the session"};
}

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
void answer(const test::Replay& run, const Players& who, std::ostream& out) {
  if (!run.ended_at) {
    out << "  " << who.session << (run.established ? " came up and stayed up" : " did not come up within the capture")
        << '\n';
    return;
  }
  out << "  " << who.session << " ended at " << seconds_of(*run.ended_at) << ": ";
  if (run.ended_by) {
    out << (run.ended_by_us ? who.ours : who.peer) << " sent " << to_string(*run.ended_by) << '\n';
  } else {
    out << "the connection was closed\n";
  }
}

/// The second, where it alone can be played: on a loopback both may have one address.
std::size_t side_of(const test::CapturedConnection& connection, const IpAddress& address) {
  if (connection.ends[0].address != address) return 1;
  return connection.ends[1].address == address && !connection.sides[0].open ? 1 : 0;
}

void print(const test::Replay& run, const Players& who, std::ostream& out) {
  out << "  " << who.ours << " sent " << counts_of(run.ours) << "\n  " << who.theirs << " sent "
      << counts_of(run.theirs) << '\n';
  answer(run, who, out);
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
    const std::size_t side = side_of(connection, request.side);
    if (connection.ends[side].address != request.side) continue;
    const auto run = request.live ? replay_live(capture, i, side, *request.live) : test::replay(capture, i, side);
    if (!run) {
      out << "stream " << connection.stream << " is not played: " << run.error() << '\n';
      continue;
    }
    ++played;
    if (!run->differences.empty()) ++different;
    out << "stream " << connection.stream << " as " << to_string(request.side);
    if (request.live) out << " against " << to_string(request.live->target);
    out << '\n';
    print(*run, players_of(request, to_string(connection.ends[1 - side].address)), out);
  }
  if (played == 0) return std::nullopt;
  return different;
}

std::optional<std::size_t> replay_capture_together(const test::Capture& capture, const ReplayRequest& request,
                                                   std::ostream& out) {
  std::map<IpAddress, std::string> peers;  // and the streams with each
  for (const test::CapturedConnection& connection : capture.connections()) {
    const std::size_t side = connection.ends[0].address == request.side ? 0 : 1;
    if (connection.ends[side].address != request.side) continue;
    peers[connection.ends[1 - side].address] += ' ' + std::to_string(connection.stream);
  }
  std::size_t played = 0;
  std::size_t different = 0;
  for (const auto& [peer, streams] : peers) {
    const auto run = test::replay_together(capture, request.side, peer);
    out << "streams" << streams << " as " << to_string(request.side);
    if (!run) {
      out << " are not played: " << run.error() << '\n';
      continue;
    }
    ++played;
    if (!run->differences.empty()) ++different;
    out << " with " << to_string(peer) << '\n';
    print(*run, players_of({request.side, std::nullopt, std::nullopt}, ""), out);
  }
  if (played == 0) return std::nullopt;
  return different;
}

}  // namespace bgp::cap
