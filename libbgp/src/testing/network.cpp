// What a driver over TCP does for a Session, and what operators do to it.
#include "bgp/testing/network.hpp"

#include <algorithm>

#include "bgp/session/prefetch.hpp"

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
    : seed_(seed), jitter_(jitter), observer_(observer == nullptr ? nobody() : observer) {
  clock_.look_ahead([this](std::size_t end, unsigned stage) { prefetch(end, stage); });
}

Network::~Network() = default;

std::size_t Network::add_peering(const PeerConfig& a, PeerHandler& a_handler, const PeerConfig& b,
                                 PeerHandler& b_handler, const LinkConditions& conditions) {
  const std::size_t first = ends_.size();
  links_.push_back({conditions, false, false, {}});
  for (const auto& [config, handler] : {std::pair(&a, &a_handler), std::pair(&b, &b_handler)}) {
    ends_.emplace_back();
    origins_.push_back({*config, handler, 0, 0, Random(Random::seed_of(seed_, ends_.size(), 0))});
    make_session(ends_.size() - 1);
  }
  return first;
}

void Network::make_session(std::size_t index) {
  Origin& origin = origins_[index];
  const Jitter jitter = jitter_ ? Jitter(Random::seed_of(seed_, index + 1, ++origin.lives)) : Jitter();
  ends_[index].session.emplace(origin.config, *origin.handler, jitter);
}

// --- What operators do

template <class Call>
void Network::tell(std::size_t end, const NetworkInput& input, Call&& call) {
  if (!ends_[end].session) return;
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

/// What lies where the stage before has led to (VirtualClock::Lookout).
void Network::prefetch(std::size_t index, unsigned stage) const {
  const End& end = ends_[index];
  if (stage == 0) {
    bgp::prefetch(end, kLine);
    bgp::prefetch(links_[index / 2], kLine);
  } else if (end.session && stage == 1) {
    end.session->prefetch(Prefetch::Session);
  } else if (end.session) {
    end.session->prefetch(Prefetch::Parts);
    if (!end.wires.empty()) bgp::prefetch(wires_[end.wires.front()]);
  }
}

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
      more = transmit(index, end.wires[i]) || more;
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
  ++end.arming;
  if (due == TimePoint::max()) return;
  const Duration most = links_[index / 2].conditions.lateness;
  const Duration late = most > Duration::zero() ? origins_[index].random.between(Duration::zero(), most) : most;
  // small enough for std::function to keep it inside
  struct Alarm {
    Network* network;
    std::uint32_t index;
    std::uint32_t arming;
    void operator()() const {
      const End& woken = network->ends_[index];
      if (woken.session && woken.arming == arming) network->fire(index);
    }
  };
  clock_.at_end_of(due + late, Alarm{this, static_cast<std::uint32_t>(index), end.arming},
                   static_cast<VirtualClock::Subject>(index));
}

void Network::fire(std::size_t index) {
  ends_[index].armed = TimePoint::max();
  ++ends_[index].arming;
  read_before_timeout(index);
  tell(index, {.kind = NetworkInput::Kind::Timeout, .time = now()},
       [&](Session& session) { session.handle_timeout(now()); });
}

// While reading is off the Session wants to know what it does not see: that there is more, or the end.
void Network::read_before_timeout(std::size_t index) {
  take_all(index);
  const auto wires = ends_[index].wires;
  for (const std::uint32_t wire : wires) {
    const Side& side = side_of(wire, index);
    if (!ends_[index].reading || ends_[index].session->reading() || side.state != SideState::Open) continue;
    if (side.unread.empty()) continue;
    tell(index, {.kind = NetworkInput::Kind::InputWaits, .time = now(), .connection = side.id},
         [&](Session& session) { session.input_waits(side.id, now()); });
  }
}

bool Network::transmit(std::size_t index, std::uint32_t wire) {
  End& end = ends_[index];
  Side& side = side_of(wire, index);
  if (side.state != SideState::Open) return false;
  const ConnectionId connection = side.id;
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
  wires_[wire].peering = static_cast<std::uint32_t>(index / 2);
  wires_[wire].random = Random(Random::seed_of(~seed_, index + 1, ++origins_[index].dials));
  wires_[wire].sides[index % 2].state = SideState::Connecting;
  wires_[wire].sides[index % 2].id = connection;
  end.wires.push_back(static_cast<std::uint32_t>(wire));
  observer_->on_dial(index, connection);
  attempt(wire, index % 2, 0);
}

void Network::close(std::size_t index, command::Close command) {
  constexpr Duration kPatience = std::chrono::seconds{10};
  End& end = ends_[index];
  const auto known =
      std::ranges::find(end.wires, command.connection, [&](std::uint32_t one) { return side_of(one, index).id; });
  if (known == end.wires.end()) return;
  const std::size_t wire = *known;
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
  Bytes& farewell = farewells_[{wire, side}];
  farewell = std::move(command.farewell);
  if (command.one_attempt) farewell.resize(std::min(farewell.size(), room(wire, side)));
  linger(wire, side);
  clock_.at(now() + kPatience, [this, wire, side] {
    Side& late = wires_[wire].sides[side];
    const bool all_sent = farewells_.erase({wire, side}) == 0;
    if (late.state == SideState::Gone || all_sent) return;
    late.state = SideState::Gone;
    send({.wire = wire, .from = side, .kind = Parcel::Kind::Rst, .octets = {}});
  });
}

void Network::forget(std::size_t index, ConnectionId connection) {
  auto& wires = ends_[index].wires;
  const auto gone = std::ranges::find(wires, connection, [&](std::uint32_t wire) { return side_of(wire, index).id; });
  if (gone != wires.end()) wires.erase(gone);
}

// --- Looking at it

bool Network::agree(std::size_t end) const {
  std::array<std::size_t, 2> wire{};
  for (std::size_t side = 0; side < 2; ++side) {
    const End& one = ends_[end / 2 * 2 + side];
    const auto established = [&](std::uint32_t known) {
      return one.session->state(side_of(known, side).id) == State::Established;
    };
    if (!one.session) return false;
    const auto found = std::ranges::find_if(one.wires, established);
    if (found == one.wires.end()) return false;
    wire[side] = *found;
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
