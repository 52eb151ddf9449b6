// TCP, as far as a BGP speaker sees of it; and what networks and peers do to it.
#include <algorithm>
#include <utility>

#include "bgp/testing/network.hpp"

namespace bgp::test {

using std::chrono::seconds;

// --- What networks and peers do

void Network::set_conditions(std::size_t end, const LinkConditions& conditions) {
  links_[end / 2].conditions = conditions;
}

void Network::cut(std::size_t end) { links_[end / 2].cut = true; }

// What waited arrives before what is sent from now on: until then that waits too.
void Network::mend(std::size_t end) {
  if (!links_[end / 2].cut) return;
  links_[end / 2].cut = false;
  links_[end / 2].catching_up = true;
  clock_.at(now() + links_[end / 2].conditions.least, [this, end] {
    Link& link = links_[end / 2];
    if (link.cut) return;
    link.catching_up = false;
    for (Parcel& parcel : std::exchange(link.waiting, {})) arrive(std::move(parcel));
  });
}

void Network::break_connections(std::size_t end) {
  for (std::size_t wire = 0; wire < wires_.size(); ++wire) {
    if (wires_[wire].peering != end / 2 || wires_[wire].broken) continue;
    wires_[wire].broken = true;
    for (std::size_t side = 0; side < 2; ++side) {
      send({.wire = wire, .from = side, .kind = Parcel::Kind::Rst, .octets = {}});
    }
  }
}

void Network::stop_reading(std::size_t end) { ends_[end].reading = false; }

void Network::resume_reading(std::size_t end) {
  if (ends_[end].reading) return;
  ends_[end].reading = true;
  take_all(end);
}

void Network::crash(std::size_t index) {
  End& end = ends_[index];
  if (!end.session) return;
  end.session.reset();
  end.wires.clear();
  end.armed = TimePoint::max();
  ++end.arming;
  end.reading = true;
  for (std::size_t wire = 0; wire < wires_.size(); ++wire) {
    if (wires_[wire].peering != index / 2) continue;
    Side& side = wires_[wire].sides[index % 2];
    if (side.state == SideState::Absent) continue;  // its Accept is on the way
    side.state = SideState::Gone;
    side.unread.clear();
    farewells_.erase({wire, index % 2});
  }
  observer_->on_crash(index);
}

void Network::recover(std::size_t end) {
  if (ends_[end].session) return;
  make_session(end);
  start(end);
}

void Network::inject(std::size_t index, std::size_t nth, BytesView octets) {
  const End& end = ends_[index];
  std::vector<std::size_t> open;
  for (const std::uint32_t wire : end.wires) {
    if (side_of(wire, index).state == SideState::Open) open.push_back(wire);
  }
  if (open.empty() || !end.reading) return;
  const std::size_t wire = open[nth % open.size()];
  Bytes& unread = wires_[wire].sides[index % 2].unread;
  unread.insert(unread.end(), octets.begin(), octets.end());
  take(wire, index % 2);
}

void Network::intrude(std::size_t end, Duration stays) {
  const std::size_t wire = wires_.size();
  const std::size_t other = 1 - end % 2;
  wires_.emplace_back();
  wires_[wire].peering = static_cast<std::uint32_t>(end / 2);
  wires_[wire].random = Random(Random::seed_of(~seed_, 0, wire));
  wires_[wire].sides[other].state = SideState::Lingering;
  send({.wire = wire, .from = other, .kind = Parcel::Kind::Accept, .octets = {}});
  send({.wire = wire, .from = other, .kind = Parcel::Kind::Fin, .octets = {}}, now() + stays + seconds{1});
}

// --- Opening

Duration Network::latency(std::size_t wire) {
  const LinkConditions& conditions = links_[wires_[wire].peering].conditions;
  return wires_[wire].random.between(conditions.least, conditions.most);
}

/// When something that is sent now arrives: behind what was sent before it.
TimePoint Network::arrival(std::size_t index, std::size_t from) {
  constexpr Duration kLongest = seconds{4};
  Wire& wire = wires_[index];
  const LinkConditions& conditions = links_[wire.peering].conditions;
  TimePoint& last = wire.sides[from].last_arrival;
  last = std::max(last, now() + latency(index));
  if (conditions.edges == 0) return last;
  const Session* reader = session(end_of(index, 1 - from));
  if (reader != nullptr && wire.random.one_in(conditions.edges)) {
    const auto timer = reader->poll_timeout();
    const TimePoint beside = timer.value_or(TimePoint{}) + Duration{static_cast<int>(wire.random.below(3)) - 1};
    if (timer && beside >= last && beside <= last + kLongest) last = beside;
  }
  return last;
}

void Network::attempt(std::size_t index, std::size_t side, unsigned tries) {
  constexpr unsigned kMostTries = 6;
  if (wires_[index].sides[side].state != SideState::Connecting) return;
  if (links_[wires_[index].peering].cut) {
    // as TCP sends its SYN again: after 1, 2, 4 ... s
    const Duration pause = seconds{1U << tries};
    clock_.at(now() + pause, [this, index, side, tries] {
      if (tries < kMostTries) {
        attempt(index, side, tries + 1);
      } else if (wires_[index].sides[side].state == SideState::Connecting) {
        lose(index, side, "timed out");
      }
    });
    return;
  }
  const bool listens = session(end_of(index, 1 - side)) != nullptr;
  clock_.at(now() + latency(index) + latency(index), [this, index, side, listens] {
    if (wires_[index].sides[side].state != SideState::Connecting) return;
    if (listens && !wires_[index].broken) {
      open(index, side);
    } else {
      lose(index, side, "refused");
    }
  });
}

void Network::open(std::size_t index, std::size_t side) {
  const std::size_t end = end_of(index, side);
  const ConnectionId id = wires_[index].sides[side].id;
  wires_[index].sides[side].state = SideState::Open;
  // SYN there, SYN-ACK back: the accepting side has it with the last ACK, before anything that is said
  send({.wire = index, .from = side, .kind = Parcel::Kind::Accept, .octets = {}});
  observer_->on_input(end, {.kind = NetworkInput::Kind::Connected, .time = now(), .connection = id});
  observer_->on_transport(end, id, Direction::Outgoing);
  ends_[end].session->connected(id, {}, now());
  attend(end);
}

void Network::accept(std::size_t index, std::size_t side) {
  const std::size_t end = end_of(index, side);
  Side& here = wires_[index].sides[side];
  if (!ends_[end].session) {
    here.state = SideState::Gone;
    send({.wire = index, .from = side, .kind = Parcel::Kind::Rst, .octets = {}});
    return;
  }
  observer_->on_input(end, {.kind = NetworkInput::Kind::Accepted, .time = now()});
  const ConnectionId id = ends_[end].session->accepted({}, now());
  here.state = SideState::Open;
  here.id = id;
  ends_[end].wires.push_back(static_cast<std::uint32_t>(index));
  observer_->on_transport(end, id, Direction::Incoming);
  attend(end);
}

// --- Octets

std::size_t Network::room(std::size_t index, std::size_t from) const {
  const std::size_t window = links_[wires_[index].peering].conditions.window;
  const std::size_t used = wires_[index].sides[from].in_use;
  return used < window ? window - used : 0;
}

void Network::write(std::size_t index, std::size_t from, BytesView octets) {
  Wire& wire = wires_[index];
  wire.sides[from].in_use += octets.size();
  mix(static_cast<std::uint64_t>(now().time_since_epoch().count()));
  mix(end_of(index, from));
  for (const std::uint8_t octet : octets) mix(octet);
  if (links_[wire.peering].conditions.chunked && octets.size() > 1 && wire.random.one_in(4)) {
    const std::size_t first = 1 + wire.random.below(octets.size() - 1);
    send({.wire = index,
          .from = from,
          .kind = Parcel::Kind::Octets,
          .octets = Bytes(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(first))});
    octets = octets.subspan(first);
  }
  send({.wire = index, .from = from, .kind = Parcel::Kind::Octets, .octets = Bytes(octets.begin(), octets.end())});
}

void Network::send(Parcel parcel, TimePoint arrives) {
  const auto reader = static_cast<VirtualClock::Subject>(end_of(parcel.wire, 1 - parcel.from));
  clock_.at(arrives, [this, parcel = std::move(parcel)]() mutable { arrive(std::move(parcel)); }, reader);
}

void Network::arrive(Parcel parcel) {
  const std::size_t index = parcel.wire;
  Wire& wire = wires_[index];
  Link& link = links_[wire.peering];
  if (link.cut || link.catching_up) {
    link.waiting.push_back(std::move(parcel));
    return;
  }
  const std::size_t reader = 1 - parcel.from;
  Side& side = wire.sides[reader];
  if (parcel.kind == Parcel::Kind::Rst) {
    if (side.state == SideState::Open || side.state == SideState::Connecting) {
      lose(index, reader, "reset by peer");
    } else if (side.state != SideState::Absent) {
      side.state = SideState::Gone;
    }
    return;
  }
  if (wire.broken) return;
  if (parcel.kind == Parcel::Kind::Accept) {
    accept(index, reader);
  } else if (side.state == SideState::Gone) {
    // RFC 9293 3.10.7.1: nobody knows this connection
    if (parcel.kind == Parcel::Kind::Octets) {
      send({.wire = index, .from = reader, .kind = Parcel::Kind::Rst, .octets = {}});
    }
  } else if (side.state == SideState::Lingering) {
    release(index, parcel.from, parcel.octets.size());
  } else {
    if (side.unread.empty()) {
      side.unread = std::move(parcel.octets);
    } else {
      side.unread.insert(side.unread.end(), parcel.octets.begin(), parcel.octets.end());
    }
    side.fin_waits = side.fin_waits || parcel.kind == Parcel::Kind::Fin;
    take(index, reader);
  }
}

/// Reads what is there, as far as the end reads and its Session lets it.
void Network::take(std::size_t index, std::size_t side) {
  const std::size_t end = end_of(index, side);
  Side& here = wires_[index].sides[side];
  while (ends_[end].reading && here.state == SideState::Open) {
    const std::size_t room = ends_[end].session->read_room(here.id, now());
    if (room == 0 || (here.unread.empty() && !here.fin_waits)) return;
    if (here.unread.empty()) return lose(index, side, "closed by the peer");
    Bytes octets = std::exchange(here.unread, {});
    if (octets.size() > room) {
      here.unread.assign(octets.begin() + static_cast<std::ptrdiff_t>(room), octets.end());
      octets.resize(room);
    }
    read(index, side, octets);
  }
}

void Network::take_all(std::size_t end) {
  const auto wires = ends_[end].wires;
  for (const std::uint32_t wire : wires) take(wire, end % 2);
}

void Network::read(std::size_t index, std::size_t side, BytesView octets) {
  const std::size_t end = end_of(index, side);
  const bool chunked = links_[wires_[index].peering].conditions.chunked;
  release(index, 1 - side, octets.size());
  while (!octets.empty() && wires_[index].sides[side].state == SideState::Open) {
    const bool part = chunked && wires_[index].random.one_in(3);
    const std::size_t size = part ? 1 + wires_[index].random.below(octets.size()) : octets.size();
    const ConnectionId id = wires_[index].sides[side].id;
    observer_->on_input(
        end, {.kind = NetworkInput::Kind::Received, .time = now(), .connection = id, .octets = octets.first(size)});
    ends_[end].session->received(id, octets.first(size), now());
    octets = octets.subspan(size);
    attend(end);
  }
}

void Network::release(std::size_t index, std::size_t from, std::size_t octets) {
  Side& writer = wires_[index].sides[from];
  writer.in_use -= std::min(octets, writer.in_use);
  if (!writer.writer_waits) return;
  writer.writer_waits = false;
  clock_.at(now() + latency(index), [this, index, from] {
    const SideState state = wires_[index].sides[from].state;
    observer_->on_room(end_of(index, from), now());
    if (state == SideState::Open) attend(end_of(index, from));
    if (state == SideState::Lingering) linger(index, from);
  });
}

// --- Ending

void Network::lose(std::size_t index, std::size_t side, std::string_view why) {
  const std::size_t end = end_of(index, side);
  Side& here = wires_[index].sides[side];
  const ConnectionId id = here.id;
  here.state = SideState::Gone;
  here.unread.clear();
  forget(end, id);
  observer_->on_input(end, {.kind = NetworkInput::Kind::Lost, .time = now(), .connection = id});
  observer_->on_loss(end, id);
  ends_[end].session->disconnected(id, why, now());
  attend(end);
}

/// Sends what is left of a farewell as far as there is room, and then half-closes.
void Network::linger(std::size_t index, std::size_t side) {
  Side& here = wires_[index].sides[side];
  Bytes& farewell = farewells_[{index, side}];
  const std::size_t size = std::min(room(index, side), farewell.size());
  if (size > 0) {
    const Bytes part(farewell.begin(), farewell.begin() + static_cast<std::ptrdiff_t>(size));
    farewell.erase(farewell.begin(), farewell.begin() + static_cast<std::ptrdiff_t>(size));
    observer_->on_octets(end_of(index, side), here.id, part);
    write(index, side, part);
  }
  here.writer_waits = !farewell.empty();
  if (!farewell.empty()) return;
  farewells_.erase({index, side});
  observer_->on_fin(end_of(index, side), here.id);
  send({.wire = index, .from = side, .kind = Parcel::Kind::Fin, .octets = {}});
}

}  // namespace bgp::test
