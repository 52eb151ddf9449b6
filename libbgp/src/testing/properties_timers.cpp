// The invariants of time: timers that fire when they should, timers that run where they should, and the back-off.
#include <algorithm>
#include <string>

#include "bgp/testing/properties.hpp"

namespace bgp::test {

using std::chrono::seconds;

namespace {

/// How long an OPEN may be held back for the sake of another connection (docs/decisions/0003-hold-the-loser.md).
constexpr Duration kHoldBack = seconds{5};

/// RFC 4271 10: jitter takes off a quarter at most.
Duration at_least(Duration full) { return full - full / 4; }

std::string text(Duration time) { return std::to_string(std::chrono::duration<double>(time).count()) + " s"; }

bool is_start(EventId event) { return event == EventId::ManualStart || event == EventId::ManualStartPassive; }

}  // namespace

// --- Timers of a connection

Duration Properties::limit_of(const Connection& connection) const {
  // RFC 4271 8.2.2: the large value until the OPEN is here
  return connection.state == State::OpenSent ? config_.attributes.large_hold_time : connection.hold_time;
}

Duration Properties::send_hold_of(const Connection& connection) const {
  if (connection.hold_time == Duration::zero()) return {};
  return config_.attributes.send_hold_time.value_or(std::max<Duration>(seconds{480}, 2 * connection.hold_time));
}

// While the handler takes nothing, what waits for room in the Session shows that the peer is alive: the HoldTimer
// restarts, until the pause has lasted for max_input_pause.
TimePoint Properties::latest_expiry(const Connection& connection) const {
  const Duration limit = limit_of(connection);
  TimePoint latest = connection.heard + limit;
  if (!connection.waits_since || *connection.waits_since < connection.heard) return latest;
  TimePoint extended = *connection.waits_since + limit;
  const TimePoint paused_since = std::max(reading_since_, established_since_.value_or(reading_since_));
  if (!reading_) extended = std::min(extended, paused_since + config_.max_input_pause);
  return std::max(latest, extended);
}

void Properties::enter(Connection& connection, const StateChange& change) {
  connection.state = change.to;
  // back in Active it has no transport any more
  connection.lives = change.to != State::Idle && !(change.to == State::Active && change.from > State::Idle);
  if (!connection.lives) connection.state = State::Idle;
  if (change.to < State::OpenSent) return;
  connection.heard = change.time;
  if (change.to == State::OpenConfirm) connection.keepalive_from = change.time;
  if (change.to == State::Established) connection.last_sent = change.time;
}

void Properties::check_timers(const Connection& connection, TimePoint now) {
  if (connection.open_received && connection.state <= State::OpenSent &&
      now > *connection.open_received + kHoldBack + tick_) {
    violate(Invariant::OpenAnswered, "an OPEN waits since " + text(now - *connection.open_received), now);
  }
  if (connection.state < State::OpenSent) return;
  const Duration limit = limit_of(connection);
  if (limit > Duration::zero() && now > latest_expiry(connection) + tick_) {
    violate(Invariant::HoldTimer, "silence for " + text(now - connection.heard) + " and no end", now);
  }
  if (connection.state == State::OpenSent || connection.hold_time == Duration::zero()) return;
  const Duration third = std::max<Duration>(connection.hold_time / 3, seconds{1});
  if (now > connection.keepalive_from + third + tick_) {
    violate(Invariant::KeepaliveOnTime, "no KEEPALIVE for " + text(now - connection.keepalive_from), now);
  }
  const Duration send_hold = send_hold_of(connection);
  if (connection.state == State::Established && send_hold > Duration::zero() &&
      now > connection.last_sent + send_hold + tick_) {
    violate(Invariant::SendHoldTimer, "nothing left for " + text(now - connection.last_sent) + " and no end", now);
  }
}

void Properties::check_expiry(const Connection& connection, EventId event, TimePoint now) {
  if (event == EventId::HoldTimerExpires && connection.state >= State::OpenSent) {
    const Duration silence = now - connection.heard;
    const Duration limit = limit_of(connection);
    if (silence < limit) violate(Invariant::HoldTimer, "expired after " + text(silence) + " of " + text(limit), now);
  }
  if (event == EventId::SendHoldTimerExpires) {
    const Duration silence = now - connection.last_sent;
    const Duration limit = send_hold_of(connection);
    if (silence < limit) {
      violate(Invariant::SendHoldTimer, "expired after " + text(silence) + " of " + text(limit), now);
    }
  }
}

// --- Timers that run

void Properties::check_deadlines(const SessionFacts& facts, TimePoint now) {
  const auto need = [&](bool there, std::string_view what) {
    if (!there) {
      violate(Invariant::LiveDeadline, std::string(to_string(facts.state)) + " without a " + std::string(what), now);
    }
  };
  const auto none = [&](std::initializer_list<Timer> timers) {
    for (const Timer timer : timers) {
      if (facts.runs(timer)) {
        violate(Invariant::TimersStop,
                std::string(to_string(timer)) + " runs in " + std::string(to_string(facts.state)), now);
      }
    }
  };
  using enum Timer;
  if (!facts.started) {
    if (facts.state != State::Idle || facts.next) violate(Invariant::TimersStop, "stopped, and not at rest", now);
    return;
  }
  const auto link = std::ranges::find_if(
      connections_, [&](const Connection& c) { return c.lives && c.state == facts.state && c.state > State::Active; });
  switch (facts.state) {
    case State::Idle:
      need(facts.runs(IdleHold), "IdleHoldTimer");
      none({ConnectRetry, Hold, Keepalive, DelayOpen, SendHold});
      break;
    case State::Connect: need(facts.runs(ConnectRetry) || facts.runs(DelayOpen), "ConnectRetryTimer"); break;
    case State::Active:
      need(facts.runs(ConnectRetry) || facts.runs(DelayOpen) || config_.attributes.passive, "ConnectRetryTimer");
      break;
    case State::OpenSent:
      need(facts.runs(Hold), "HoldTimer");
      none({ConnectRetry, DelayOpen, Keepalive, SendHold, IdleHold});
      break;
    case State::OpenConfirm:
    case State::Established:
      none({ConnectRetry, DelayOpen, IdleHold});
      if (link == connections_.end()) break;
      if (link->hold_time == Duration::zero()) {
        if (facts.runs(Hold) || facts.runs(Keepalive) || facts.runs(SendHold)) {
          violate(Invariant::HoldTimeZero, "a timer runs at hold time 0", now);
        }
        break;
      }
      need(facts.runs(Hold), "HoldTimer");
      need(facts.runs(Keepalive), "KeepaliveTimer");
      if (facts.state == State::Established && send_hold_of(*link) > Duration::zero()) {
        need(facts.runs(SendHold), "SendHoldTimer");
      }
      break;
  }
}

// --- Back-off

void Properties::dialed(ConnectionId connection, TimePoint now) {
  of(connection).direction = Direction::Outgoing;
  of(connection).state = State::Connect;
  if (now < not_before_) violate(Invariant::BackOff, "dials " + text(not_before_ - now) + " too early", now);
  not_before_ = now + at_least(config_.attributes.connect_retry_time);
}

void Properties::back_off(const StateChange& change) {
  if (change.to == State::Established) established_since_ = change.time;
  if (change.from == State::Idle) {
    if (is_start(change.event)) {
      not_before_ = TimePoint::min();
      idle_hold_ = {};
    } else if (may_restart_ == change.time) {
      not_before_ = TimePoint::min();
      restarted_ = change.time;
      idle_hold_ = idle_hold_before_;
    }
    may_restart_.reset();
    return;
  }
  // a session that lasted is proof of health
  const bool lasted = established_since_ && change.time - *established_since_ >= config_.idle_hold.forget;
  if (change.from == State::Established && lasted) idle_hold_ = {};
  if (another_lives(change.connection)) return;
  if (change.to == State::Idle) rest_in_idle(change);
  if (change.to == State::Active) not_before_ = change.time + at_least(config_.attributes.connect_retry_time);
}

// The last connection ended.
void Properties::rest_in_idle(const StateChange& change) {
  const IdleHold& times = config_.idle_hold;
  const bool was_established = change.from == State::Established;
  if (change.event == EventId::ManualStop) return;
  idle_hold_before_ = idle_hold_;
  // RFC 4724 5: at once where routes are retained, but not again and again
  const bool lost = change.event == EventId::TcpConnectionFails || change.event == EventId::HoldTimerExpires ||
                    change.event == EventId::SendHoldTimerExpires;
  const bool lately = restarted_ && change.time - *restarted_ < config_.graceful_restart_pause;
  if (was_established && lost && config_.graceful_restart && !lately) may_restart_ = change.time;
  // a collision is nobody's fault; without damping the pause is always the same
  const bool collision = change.event == EventId::OpenCollisionDump ||
                         (change.received != nullptr && change.received->code == ErrorCode::Cease &&
                          change.received->subcode == cease::kCollisionResolution);
  if (!config_.attributes.damp_peer_oscillations || collision) {
    not_before_ = change.time + at_least(times.first);
    return;
  }
  idle_hold_ = idle_hold_ == Duration::zero() ? times.first : std::min(2 * idle_hold_, times.longest);
  not_before_ = change.time + at_least(idle_hold_);
}

}  // namespace bgp::test
