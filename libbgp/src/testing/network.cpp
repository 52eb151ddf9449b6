// What a driver over TCP does for a Session, and what operators do to it.
#include "bgp/testing/network.hpp"

#include <algorithm>

namespace bgp::test {

namespace {

/// For a Network that nobody watches.
class Nobody final : public NetworkObserver {};

NetworkObserver* nobody() {
  static Nobody observer;
  return &observer;
}

}  // namespace

Network::Network(std::uint64_t seed, bool jitter, NetworkObserver* observer)
    : seed_(seed), jitter_(jitter), observer_(observer == nullptr ? nobody() : observer) {}

Network::~Network() = default;

std::size_t Network::add_peering(const PeerConfig& a, PeerHandler& a_handler, const PeerConfig& b,
                                 PeerHandler& b_handler, const LinkConditions& conditions) {
  const std::size_t first = ends_.size();
  links_.push_back({conditions, false, false, {}});
  for (const auto& [config, handler] : {std::pair(&a, &a_handler), std::pair(&b, &b_handler)}) {
    End& end = ends_.emplace_back();
    end.config = *config;
    end.handler = handler;
    end.random = Random(Random::seed_of(seed_, ends_.size(), 0));
    make_session(ends_.size() - 1);
  }
  return first;
}

void Network::make_session(std::size_t index) {
  End& end = ends_[index];
  const Jitter jitter = jitter_ ? Jitter(Random::seed_of(seed_, index + 1, ++end.lives)) : Jitter();
  end.session = std::make_unique<Session>(end.config, *end.handler, jitter);
}

// --- What operators do

template <class Call>
void Network::tell(std::size_t end, const NetworkInput& input, Call&& call) {
  if (ends_[end].session == nullptr) return;
  observer_->on_input(end, input);
  call(*ends_[end].session);
  attend(end);
}

void Network::start(std::size_t end) {
  tell(end, {.kind = NetworkInput::Kind::Start, .time = now()}, [&](Session& session) { session.start(now()); });
}

void Network::stop(std::size_t end, const Stop& stop) {
  tell(end, {.kind = NetworkInput::Kind::Stop, .time = now(), .stop = &stop},
       [&](Session& session) { session.stop(stop, now()); });
}

void Network::reset(std::size_t end, const Stop& stop) {
  tell(end, {.kind = NetworkInput::Kind::Reset, .time = now(), .stop = &stop},
       [&](Session& session) { session.reset(stop, now()); });
}

void Network::stop_automatically(std::size_t end, const Stop& stop) {
  tell(end, {.kind = NetworkInput::Kind::StopAutomatically, .time = now(), .stop = &stop},
       [&](Session& session) { session.stop_automatically(stop, now()); });
}

void Network::want_write(std::size_t end) {
  tell(end, {.kind = NetworkInput::Kind::WantWrite, .time = now()}, [](Session& session) { session.want_write(); });
}

void Network::set_reading(std::size_t end, bool reading) {
  tell(end, {.kind = NetworkInput::Kind::SetReading, .time = now(), .reading = reading},
       [&](Session& session) { session.set_reading(reading, now()); });
  take_all(end);
}

// --- The driver

void Network::attend(std::size_t index) {
  End& end = ends_[index];
  for (bool more = true; more;) {
    more = false;
    while (const auto command = end.session->poll_command()) {
      more = true;
      if (const auto* dial_command = std::get_if<command::Dial>(&*command)) {
        dial(index, dial_command->connection);
      } else {
        close(index, std::get<command::Close>(*command));
      }
    }
    for (std::size_t i = 0; i < end.wires.size(); ++i) {
      const auto [connection, wire] = end.wires[i];
      more = transmit(index, connection, wire) || more;
    }
  }
  arm(index);
  observer_->on_step(index);
}

void Network::arm(std::size_t index) {
  End& end = ends_[index];
  const TimePoint due = end.session->poll_timeout().value_or(TimePoint::max());
  if (due == end.armed) return;
  end.armed = due;
  if (due == TimePoint::max()) return;
  const Duration late = end.random.between(Duration::zero(), links_[index / 2].conditions.lateness);
  clock_.at_end_of(due + late, [this, index, due] {
    if (ends_[index].session != nullptr && ends_[index].armed == due) fire(index);
  });
}

void Network::fire(std::size_t index) {
  ends_[index].armed = TimePoint::max();
  read_before_timeout(index);
  tell(index, {.kind = NetworkInput::Kind::Timeout, .time = now()},
       [&](Session& session) { session.handle_timeout(now()); });
}

// While reading is off the Session wants to know what it does not see: that there is more, or the end.
void Network::read_before_timeout(std::size_t index) {
  take_all(index);
  const auto wires = ends_[index].wires;
  for (const auto& [connection, wire] : wires) {
    const Side& side = wires_[wire].sides[index % 2];
    if (!ends_[index].reading || ends_[index].session->reading() || side.state != SideState::Open) continue;
    if (side.unread.empty()) continue;
    tell(index, {.kind = NetworkInput::Kind::InputWaits, .time = now(), .connection = connection},
         [&](Session& session) { session.input_waits(connection, now()); });
  }
}

bool Network::transmit(std::size_t index, ConnectionId connection, std::size_t wire) {
  End& end = ends_[index];
  Side& side = wires_[wire].sides[index % 2];
  if (side.state != SideState::Open) return false;
  std::array<BytesView, 8> buffers;
  const std::size_t used = end.session->transmit_buffers(connection, buffers);
  std::size_t left = room(wire, index % 2);
  Bytes octets;
  bool all = true;
  for (std::size_t i = 0; i < used; ++i) {
    const BytesView part = buffers[i].first(std::min(left, buffers[i].size()));
    octets.insert(octets.end(), part.begin(), part.end());
    left -= part.size();
    all = all && part.size() == buffers[i].size();
  }
  side.writer_waits = !all;
  if (octets.empty()) return false;
  observer_->on_octets(index, connection, octets);
  write(wire, index % 2, octets);
  end.session->transmitted(connection, octets.size(), now());
  return true;
}

void Network::dial(std::size_t index, ConnectionId connection) {
  End& end = ends_[index];
  const std::size_t wire = wires_.size();
  wires_.emplace_back();
  wires_[wire].peering = index / 2;
  wires_[wire].random = Random(Random::seed_of(~seed_, index + 1, ++end.dials));
  wires_[wire].sides[index % 2].state = SideState::Connecting;
  wires_[wire].sides[index % 2].id = connection;
  end.wires.emplace_back(connection, wire);
  observer_->on_dial(index, connection);
  attempt(wire, index % 2, 0);
}

void Network::close(std::size_t index, command::Close command) {
  constexpr Duration kPatience = std::chrono::seconds{10};
  End& end = ends_[index];
  const auto known = std::ranges::find(end.wires, command.connection, &decltype(end.wires)::value_type::first);
  if (known == end.wires.end()) return;
  const std::size_t wire = known->second;
  const std::size_t side = index % 2;
  forget(index, command.connection);
  observer_->on_close(index, command.connection);
  Side& here = wires_[wire].sides[side];
  if (here.state == SideState::Connecting) {
    here.state = SideState::Gone;
    return;
  }
  here.state = SideState::Lingering;
  here.unread.clear();
  here.farewell = std::move(command.farewell);
  if (command.one_attempt) here.farewell.resize(std::min(here.farewell.size(), room(wire, side)));
  linger(wire, side);
  clock_.at(now() + kPatience, [this, wire, side] {
    Side& late = wires_[wire].sides[side];
    if (late.state == SideState::Gone || late.farewell.empty()) return;
    late.state = SideState::Gone;
    late.farewell.clear();
    send({.wire = wire, .from = side, .kind = Parcel::Kind::Rst, .octets = {}});
  });
}

void Network::forget(std::size_t index, ConnectionId connection) {
  std::erase_if(ends_[index].wires, [connection](const auto& known) { return known.first == connection; });
}

// --- Looking at it

bool Network::agree(std::size_t end) const {
  std::array<std::size_t, 2> wire{};
  for (std::size_t side = 0; side < 2; ++side) {
    const End& one = ends_[end / 2 * 2 + side];
    const auto established = [&](const auto& known) { return one.session->state(known.first) == State::Established; };
    if (one.session == nullptr) return false;
    const auto found = std::ranges::find_if(one.wires, established);
    if (found == one.wires.end()) return false;
    wire[side] = found->second;
  }
  return wire[0] == wire[1];
}

std::size_t Network::open_connections() const {
  return static_cast<std::size_t>(std::ranges::count_if(wires_, [](const Wire& wire) {
    return std::ranges::any_of(wire.sides, [](const Side& side) {
      return side.state == SideState::Open || side.state == SideState::Connecting;
    });
  }));
}

}  // namespace bgp::test
