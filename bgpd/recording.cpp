#include "bgpd/recording.hpp"

#include <algorithm>

namespace bgp::daemon {

namespace {

using Opened = std::pair<ConnectionId, Direction>;

MessageFileEnds ends_of(const NeighborConfig& neighbor) {
  return {neighbor.peer.local_address.value_or(IpAddress()), neighbor.peer.remote_address,
          neighbor.peer.session.local_asn, neighbor.peer.session.remote_asn};
}

MessageFileFormat format_of(const std::string& name) {
  return name.ends_with(".mrt") ? MessageFileFormat::Mrt : MessageFileFormat::Pcapng;
}

}  // namespace

Recording::Recording(const NeighborConfig& neighbor, std::chrono::nanoseconds wall_clock)
    : messages_(format_of(neighbor.record), ends_of(neighbor)),
      wall_clock_(wall_clock),
      file_(neighbor.record, std::ios::binary | std::ios::trunc) {
  write(messages_.head());
}

/// Each at once: a recording is read when something went wrong.
void Recording::write(BytesView octets) {
  file_.write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
  file_.flush();
}

void Recording::local_address(const IpAddress& address) {
  MessageFileEnds ends = messages_.ends();
  ends.local = address;
  messages_.set_ends(ends);
}

void Recording::state_change(const StateChange& change) {
  const auto known = std::ranges::find(directions_, change.connection, &Opened::first);
  if (known == directions_.end()) directions_.emplace_back(change.connection, change.direction);
  write(messages_.state_change(change.from, change.to, at(change.time)));
  if (change.to > State::Connect || change.connection == ConnectionId{}) return;
  if (change.to != State::Idle) return;
  const Travel by = change.event == EventId::TcpConnectionFails ? Travel::Received : Travel::Sent;
  write(messages_.end(change.connection, at(change.time), by));
  std::erase_if(directions_, [&](const Opened& one) { return one.first == change.connection; });
}

void Recording::message(Travel travel, ConnectionId connection, const RawMessage& message, TimePoint now) {
  const auto known = std::ranges::find(directions_, connection, &Opened::first);
  const Direction direction = known == directions_.end() ? Direction::Outgoing : known->second;
  write(messages_.message(connection, direction, travel, message.octets, at(now)));
}

}  // namespace bgp::daemon
