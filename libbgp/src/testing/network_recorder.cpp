#include "bgp/testing/network_recorder.hpp"

#include <algorithm>

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp::test {
namespace {

/// How many octets the first message of these has, all of them when they begin with none; 0: it is not whole yet.
std::size_t first_message(BytesView octets) {
  if (octets.size() < kHeaderSize) return 0;
  const std::size_t length = load_u16(octets.data() + 16);
  const bool synchronized = std::ranges::all_of(octets.first(16), [](std::uint8_t octet) { return octet == 0xff; });
  if (!synchronized || length < kHeaderSize) return octets.size();
  return length <= octets.size() ? length : 0;
}

std::size_t index_of(Travel travel) { return travel == Travel::Sent ? 0 : 1; }

}  // namespace

NetworkRecorder::NetworkRecorder(MessageFileFormat format, std::size_t end, const MessageFileEnds& ends)
    : format_(format), end_(end), messages_(format, ends), file_(messages_.head()) {}

void NetworkRecorder::put(const Link& link, Travel travel, BytesView octets) {
  const Bytes made = messages_.message(link.recorded, link.direction, travel, octets, now());
  file_.insert(file_.end(), made.begin(), made.end());
}

void NetworkRecorder::take(ConnectionId id, Travel travel, BytesView octets) {
  const auto link = std::ranges::find(links_, id, &Link::id);
  if (link == links_.end()) return;
  Bytes& kept = link->unfinished[index_of(travel)];
  kept.insert(kept.end(), octets.begin(), octets.end());
  std::size_t used = 0;
  while (const std::size_t size = first_message(BytesView(kept).subspan(used))) {
    put(*link, travel, BytesView(kept).subspan(used, size));
    used += size;
  }
  kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(used));
}

void NetworkRecorder::end(ConnectionId id, Travel by) {
  const auto link = std::ranges::find(links_, id, &Link::id);
  if (link == links_.end()) return;
  for (const Travel travel : {Travel::Sent, Travel::Received}) {
    const Bytes& kept = link->unfinished[index_of(travel)];
    if (!kept.empty() && format_ == MessageFileFormat::Pcapng) put(*link, travel, kept);
  }
  const Bytes made = messages_.end(link->recorded, now(), by);
  file_.insert(file_.end(), made.begin(), made.end());
  links_.erase(link);
}

void NetworkRecorder::on_input(std::size_t end, const NetworkInput& input) {
  now_ = input.time;
  if (end == end_ && input.kind == NetworkInput::Kind::Received) take(input.connection, Travel::Received, input.octets);
}

void NetworkRecorder::on_transport(std::size_t end, ConnectionId id, Direction direction) {
  if (end == end_) links_.push_back({id, ConnectionId{++count_}, direction, {}});
}

void NetworkRecorder::on_room(std::size_t /*end*/, TimePoint time) { now_ = time; }

void NetworkRecorder::on_octets(std::size_t end, ConnectionId id, BytesView octets) {
  if (end == end_) take(id, Travel::Sent, octets);
}

void NetworkRecorder::on_fin(std::size_t end, ConnectionId id) {
  if (end == end_) this->end(id, Travel::Sent);
}

void NetworkRecorder::on_loss(std::size_t end, ConnectionId id) {
  if (end == end_) this->end(id, Travel::Received);
}

void NetworkRecorder::on_crash(std::size_t end) {
  if (end == end_) links_.clear();
}

}  // namespace bgp::test
