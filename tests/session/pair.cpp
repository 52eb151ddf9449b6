#include "pair.hpp"

#include <algorithm>

namespace bgp::test {

Pair::Pair(const PeerConfig& a, const PeerConfig& b, std::uint64_t seed, Network network)
    : network_(network), random_(seed) {
  sides_[0].session = std::make_unique<Session>(a, sides_[0].witness, Jitter(seed));
  sides_[1].session = std::make_unique<Session>(b, sides_[1].witness, Jitter(~seed));
}

void Pair::start(std::size_t side, Duration after) {
  at(now_ + after, [this, side] {
    session(side).start(now_);
    attend(side);
  });
}

void Pair::reset(std::size_t side) {
  session(side).reset(Stop::reset(), now_);
  attend(side);
}

void Pair::run(Duration time) {
  const TimePoint end = now_ + time;
  for (;;) {
    TimePoint next = end;
    if (!happenings_.empty()) next = std::min(next, happenings_.top().time);
    for (const Side& side : sides_) {
      if (const auto timeout = side.session->poll_timeout()) next = std::min(next, *timeout);
    }
    now_ = std::max(now_, next);
    // what arrives in the instant of a timeout is read first
    if (!happenings_.empty() && happenings_.top().time <= now_) {
      const auto what = happenings_.top().what;
      happenings_.pop();
      what();
      continue;
    }
    bool fired = false;
    for (std::size_t side = 0; side < 2; ++side) {
      const auto timeout = session(side).poll_timeout();
      if (!timeout || *timeout > now_) continue;
      session(side).handle_timeout(now_);
      attend(side);
      fired = true;
    }
    if (!fired && now_ >= end) return;
  }
}

bool Pair::agree() const {
  std::array<std::size_t, 2> wire{};
  for (std::size_t side = 0; side < 2; ++side) {
    const auto found = sides_[side].wires.find(sides_[side].witness.connection);
    if (sides_[side].session->state() != State::Established || found == sides_[side].wires.end()) return false;
    wire[side] = found->second;
  }
  return wire[0] == wire[1];
}

std::size_t Pair::open_connections() const {
  return static_cast<std::size_t>(std::ranges::count(wires_, true, &Wire::open));
}

void Pair::at(TimePoint time, std::function<void()> what) { happenings_.push({time, order_++, std::move(what)}); }

Duration Pair::latency() {
  std::uniform_int_distribution<Duration::rep> distribution(network_.least.count(), network_.most.count());
  return Duration(distribution(random_));
}

TimePoint Pair::arrival(Wire& wire, std::size_t side) {
  TimePoint& last = wire.last_arrival[side];
  last = std::max(last, now_ + latency());
  return last;
}

// Does what a driver does after each call of a Session.
void Pair::attend(std::size_t side) {
  Session& s = session(side);
  while (const auto command = s.poll_command()) {
    if (const auto* dial_command = std::get_if<command::Dial>(&*command)) dial(side, dial_command->connection);
    if (const auto* close_command = std::get_if<command::Close>(&*command)) close(side, *close_command);
  }
  const auto wires = sides_[side].wires;
  for (const auto& [connection, wire] : wires) {
    std::array<BytesView, 8> buffers;
    while (const std::size_t count = s.transmit_buffers(connection, buffers)) {
      Bytes octets;
      for (std::size_t i = 0; i < count; ++i) octets.insert(octets.end(), buffers[i].begin(), buffers[i].end());
      s.transmitted(connection, octets.size(), now_);
      send(side, wire, std::move(octets));
    }
  }
}

void Pair::dial(std::size_t side, ConnectionId connection) {
  const std::size_t index = wires_.size();
  wires_.push_back({.dialer = side, .ends = {}, .last_arrival = {}, .open = true});
  wires_[index].ends[side] = connection;
  sides_[side].wires[connection] = index;
  const std::size_t other = 1 - side;
  // SYN there, SYN-ACK back: the accepting side has it with the last ACK
  const TimePoint connected = now_ + latency() + latency();
  at(connected, [this, side, connection, index] {
    if (!wires_[index].open) return;
    session(side).connected(connection, {}, now_);
    attend(side);
  });
  const TimePoint accepted = connected + latency();
  wires_[index].last_arrival[side] = accepted;
  at(accepted, [this, other, index] {
    // the dialer may have hung up: its FIN comes behind
    const ConnectionId id = session(other).accepted({}, now_);
    wires_[index].ends[other] = id;
    sides_[other].wires[id] = index;
    attend(other);
  });
}

void Pair::send(std::size_t side, std::size_t index, Bytes octets) {
  Wire& wire = wires_[index];
  at(arrival(wire, side), [this, other = 1 - side, index, octets = std::move(octets)] {
    session(other).received(wires_[index].ends[other], octets, now_);
    attend(other);
  });
}

void Pair::close(std::size_t side, const command::Close& command) {
  const auto found = sides_[side].wires.find(command.connection);
  if (found == sides_[side].wires.end()) return;
  const std::size_t index = found->second;
  sides_[side].wires.erase(found);
  if (!command.farewell.empty()) send(side, index, command.farewell);
  hang_up(side, index);
}

void Pair::hang_up(std::size_t side, std::size_t index) {
  wires_[index].open = false;
  at(arrival(wires_[index], side), [this, other = 1 - side, index] {
    const ConnectionId id = wires_[index].ends[other];
    sides_[other].wires.erase(id);
    session(other).disconnected(id, "closed by the peer", now_);
    attend(other);
  });
}

}  // namespace bgp::test
