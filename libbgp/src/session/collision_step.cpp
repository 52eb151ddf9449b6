// Second connections and collision detection (RFC 4271 6.8, 8.2.1; RFC 4724 5; RFC 6286 2.3), and the choices beyond
// the letter that PeerConfig names: hold the loser, newest of the same direction, takeover by a valid OPEN.
#include <algorithm>
#include <utility>

#include "bgp/session/supervisor.hpp"

namespace bgp {

namespace {

using std::chrono::seconds;

/// How long an OPEN is held back at most: long enough for the other one to cross a slow link.
constexpr Duration kHoldBack = seconds{5};
/// A connection that comes so soon after Established may have been dialed before the peer knew.
constexpr Duration kCollisionTime = seconds{1};
/// A peer that keeps dialing while we are in Idle is told Cease/5 no more often than this.
constexpr Duration kRefusalPause = seconds{1};

bool delays_open(const Fsm& fsm) { return fsm.deadline(Timer::DelayOpen).has_value(); }

/// Of a link that is held: its OPEN has not been delivered yet. It may even be that ours is still delayed.
bool waits_with_open(const Supervisor::Link& link) { return link.fsm.state() < State::OpenConfirm; }

}  // namespace

// --- A connection is accepted

ConnectionId Supervisor::accepted(TimePoint now, Effects& effects) {
  const ConnectionId connection = next_id();
  if (accepts_in_idle_) start_to_accept(now, effects);
  Link& first = links_[0];
  if (first.fsm.state() == State::Idle) {
    refuse(connection, now, effects);
  } else if (first.id == ConnectionId{}) {
    // Active without a transport: the configured peering takes it
    first.id = connection;
    first.direction = Direction::Incoming;
    step(0, event::TcpConnectionConfirmed{}, now, effects);
  } else {
    track(connection, now, effects);
  }
  return connection;
}

// RFC 4271 8.2.2 Idle, Event 17.
// DEVIATES RFC 4486 4: a refusal that ends with our back-off is not told. Cease/5 makes the peer back off too, and then
// each side dials while the other one is in Idle, in step, for ever; a peer whose connection just closes listens.
void Supervisor::refuse(ConnectionId connection, TimePoint now, Effects& effects) {
  const Actions actions = links_[0].fsm.handle(event::TcpConnectionConfirmed{}, now);
  std::optional<Notification> notification = notification_of(actions);
  const bool damped = idle_hold_deadline_ && config_->idle_refusal == IdleRefusal::SilentWhileDamped;
  const bool lately = last_refusal_ && now - *last_refusal_ < kRefusalPause;
  if (damped || lately) {
    notification.reset();
  } else {
    last_refusal_ = now;
  }
  effects.emplace_back(effect::Close{connection, std::move(notification), false, Direction::Incoming});
}

// RFC 4271 8.2.1: one FSM for each incoming connection that is not yet matched by its OPEN
void Supervisor::track(ConnectionId connection, TimePoint now, Effects& effects) {
  if (config_->same_direction == SameDirection::Refuse && has_incoming_attempt()) {
    effects.emplace_back(effect::Close{connection, Notification{ErrorCode::Cease, cease::kConnectionRejected, {}},
                                       false, Direction::Incoming});
    return;
  }
  make_room_for_incoming(now, effects);
  hold_what_may_lose(now);
  links_.emplace_back(connection, Direction::Incoming, Fsm::accepting(config_->attributes, jitter_.fork()));
  // RFC 4724 5 to the letter: the new connection takes the Established one's place at once
  const bool at_once = config_->graceful_takeover == GracefulTakeover::Rfc4724;
  const Link& established = foremost();
  if (at_once && established.fsm.state() == State::Established && established.fsm.terms().graceful_restart) {
    handle(established.id, event::TcpConnectionConfirmed{}, now, effects);
  }
  handle(connection, event::TcpConnectionConfirmed{}, now, effects);
}

bool Supervisor::has_incoming_attempt() const {
  return std::ranges::any_of(links_, [](const Link& link) {
    return link.direction == Direction::Incoming && link.fsm.state() != State::Established;
  });
}

// DEVIATES RFC 4271 6.8: a dominant peer has dialed while we are about to be Established on what it may close in favour
// of this new connection: its OPEN, and the peer's verdict, are on their way.
void Supervisor::hold_what_may_lose(TimePoint now) {
  if (config_->collision != CollisionPolicy::HoldLoser) return;
  for (Link& link : links_) {
    const bool confirmed = link.direction == Direction::Outgoing && link.fsm.state() == State::OpenConfirm;
    if (confirmed && winner_against(link) == Direction::Incoming) hold(link, now);
  }
}

// At most two incoming connections: one, and one just accepted. A third one ends the oldest that has sent no OPEN, but
// never the Established one.
void Supervisor::make_room_for_incoming(TimePoint now, Effects& effects) {
  const auto is_attempt = [](const Link& link) {
    return link.direction == Direction::Incoming && link.fsm.state() != State::Established;
  };
  if (std::ranges::count(links_, Direction::Incoming, &Link::direction) < 2) return;
  const auto silent = std::ranges::find_if(links_, [&](const Link& link) { return is_attempt(link) && !link.open; });
  const auto oldest = std::ranges::find_if(links_, is_attempt);
  dump((silent != links_.end() ? silent : oldest)->id, now, effects);
}

// --- An OPEN arrives

OpenExpected Supervisor::open_expected(ConnectionId connection) const {
  const Link* link = find(connection);
  if (link == nullptr || link->held_until) return OpenExpected::No;
  return link->fsm.state() == State::OpenSent || delays_open(link->fsm) ? OpenExpected::Yes : OpenExpected::No;
}

void Supervisor::open(ConnectionId connection, PackedOpen open, SharedValue<Negotiated> negotiated, TimePoint now,
                      Effects& effects) {
  const auto index = index_of(connection);
  if (!index) return;
  links_[*index].open = std::move(open);
  links_[*index].negotiated = std::move(negotiated);
  decide(connection, Patience::Yes, now, effects);
}

void Supervisor::decide(ConnectionId connection, Patience patience, TimePoint now, Effects& effects) {
  switch (collide(connection, patience, now, effects)) {
    case Verdict::GoOn: deliver_open(connection, now, effects); break;
    case Verdict::Hold: hold(links_[*index_of(connection)], now); break;
    case Verdict::Lost: dump(connection, now, effects); break;
  }
}

void Supervisor::hold(Link& link, TimePoint now) {
  if (!link.held_until) link.held_until = now + kHoldBack;
}

void Supervisor::deliver_open(ConnectionId connection, TimePoint now, Effects& effects) {
  Link& link = links_[*index_of(connection)];
  const bool was_held = link.held_until.has_value();
  link.held_until.reset();
  const SessionTerms terms = link.negotiated->terms();
  if (delays_open(link.fsm)) {
    handle(connection, event::BgpOpenDelayOpenTimerRunning{terms}, now, effects);
  } else {
    handle(connection, event::BgpOpen{terms}, now, effects);
  }
  const Link* survivor = find(connection);
  if (survivor == nullptr || survivor->fsm.state() != State::OpenConfirm) return;
  // attempts that have sent no OPEN are given up without a word; one that delays its OPEN is told (8.2.2, Event 23)
  std::vector<ConnectionId> given_up;
  for (const Link& other : links_) {
    const State state = other.fsm.state();
    // by the letter of 6.8 the one that delays is decided when its peer's OPEN arrives
    const bool stays = delays_open(other.fsm) && config_->collision == CollisionPolicy::Rfc4271;
    const bool attempt = state == State::Connect || state == State::Active;
    if (other.id != connection && attempt && !stays) given_up.push_back(other.id);
  }
  for (const ConnectionId other : given_up) dump(other, now, effects);
  if (was_held) effects.emplace_back(effect::Resume{connection});
}

// A connection ended: what was held because of it goes on.
void Supervisor::release_held(TimePoint now, Effects& effects) {
  std::vector<ConnectionId> opens;
  std::vector<ConnectionId> confirmed;
  for (const Link& link : links_) {
    if (link.held_until) (waits_with_open(link) ? opens : confirmed).push_back(link.id);
  }
  for (const ConnectionId connection : opens) {
    if (find(connection) != nullptr) decide(connection, Patience::Yes, now, effects);
  }
  if (!opens.empty()) return;
  for (const ConnectionId connection : confirmed) resume(connection, effects);
}

// Nothing came that would have decided: the letter of 6.8 does.
void Supervisor::hold_expired(ConnectionId connection, TimePoint now, Effects& effects) {
  const bool confirmed = !waits_with_open(*find(connection));
  const bool winner_waits = std::ranges::any_of(links_, [connection](const Link& link) {
    return link.id != connection && link.held_until && waits_with_open(link);
  });
  if (!confirmed) {
    decide(connection, Patience::No, now, effects);
  } else if (winner_waits) {
    dump(connection, now, effects);
  } else {
    resume(connection, effects);
  }
}

void Supervisor::resume(ConnectionId connection, Effects& effects) {
  links_[*index_of(connection)].held_until.reset();
  effects.emplace_back(effect::Resume{connection});
}

// --- RFC 4271 6.8

Supervisor::Verdict Supervisor::collide(ConnectionId newcomer, Patience patience, TimePoint now, Effects& effects) {
  // those of its own direction first: the end of one lets go of what was held on its account, and the newcomer may have
  // to hold it again
  const Direction direction = find(newcomer)->direction;
  std::vector<ConnectionId> others;
  for (const bool same_direction : {true, false}) {
    for (const Link& link : links_) {
      if (link.id != newcomer && (link.direction == direction) == same_direction) others.push_back(link.id);
    }
  }
  Verdict verdict = Verdict::GoOn;
  for (const ConnectionId id : others) {
    const auto index = index_of(id);
    if (!index) continue;
    const Verdict one = collide_with(*find(newcomer), links_[*index], patience, now, effects);
    // the end of another one may have let a third go on, which then won against the newcomer
    if (one == Verdict::Lost || find(newcomer) == nullptr) return Verdict::Lost;
    if (one == Verdict::Hold) verdict = one;
  }
  return verdict;
}

Supervisor::Verdict Supervisor::collide_with(const Link& newcomer, Link& other, Patience patience, TimePoint now,
                                             Effects& effects) {
  const bool same_direction = newcomer.direction == other.direction;
  const bool patient = patience == Patience::Yes && config_->collision == CollisionPolicy::HoldLoser && !same_direction;
  switch (other.fsm.state()) {
    case State::Idle:
    case State::Connect:
    case State::Active: return Verdict::GoOn;  // deliver_open() gives them up
    case State::OpenSent:
      if (other.held_until) break;
      // DEVIATES RFC 4271 6.8: an OPEN that would lose waits for the other one, so that both sides see both
      if (patient && !outlives(newcomer, other)) return Verdict::Hold;
      // the older one is of a peer that has lost it: it would wait for the large HoldTimer
      if (same_direction && other.id < newcomer.id) dump(other.id, now, effects);
      return Verdict::GoOn;
    case State::OpenConfirm:
      // DEVIATES RFC 4271 6.8: we have confirmed the loser, so a dominant peer may be Established on it already and
      // then closes the winner. It has both OPENs: its verdict arrives within a round trip.
      if (patient && outlives(newcomer, other) && newcomer.direction == Direction::Incoming) {
        hold(other, now);
        return Verdict::Hold;
      }
      break;
    case State::Established:
      // likewise: it may be about to close this one
      if (patient && outlives(newcomer, other) && newcomer.direction == Direction::Incoming &&
          now - *other.established_at < kCollisionTime) {
        return Verdict::Hold;
      }
      return collide_with_established(newcomer, other, now, effects);
  }
  // both OPENs are here: exactly one connection survives
  if (!outlives(newcomer, other)) return Verdict::Lost;
  dump(other.id, now, effects);
  return Verdict::GoOn;
}

Supervisor::Verdict Supervisor::collide_with_established(const Link& newcomer, const Link& other, TimePoint now,
                                                         Effects& effects) {
  // RFC 4724 5: a peer with graceful restart that dials anew has lost the old connection. One that comes right behind
  // the OPENs that made this one Established is a collision; our own late attempt proves nothing.
  const bool dialed_anew = newcomer.direction == Direction::Incoming &&
                           std::to_underlying(newcomer.id) > other.established_mark &&
                           now - *other.established_at >= kCollisionTime;
  if (other.fsm.terms().graceful_restart && dialed_anew) {
    handle(other.id, event::TcpConnectionConfirmed{}, now, effects);
    return Verdict::GoOn;
  }
  if (!config_->attributes.collision_detect_established || !outlives(newcomer, other)) return Verdict::Lost;
  dump(other.id, now, effects);
  return Verdict::GoOn;
}

bool Supervisor::outlives(const Link& newcomer, const Link& other) const {
  if (newcomer.direction == other.direction) return other.id < newcomer.id;
  return newcomer.direction == winner_against(newcomer);
}

Direction Supervisor::winner_against(const Link& link) const {
  return collision_winner({config_->local_identifier, config_->local_asn},
                          {link.negotiated->peer_identifier, link.negotiated->peer_asn});
}

void Supervisor::dump(ConnectionId connection, TimePoint now, Effects& effects) {
  handle(connection, event::OpenCollisionDump{}, now, effects);
}

}  // namespace bgp
