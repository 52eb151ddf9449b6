// How a peer comes back from Idle (RFC 4271 8.1.1 DampPeerOscillations, 8.1.3 Event 13; RFC 4486 4; RFC 4724 5). No
// path ends in Idle without something that starts the peer again, but a manual stop.
#include <algorithm>

#include "bgp/session/supervisor.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp {

namespace {

bool is_collision_cease(const Event& event) {
  const auto* message = std::get_if<event::NotifMsg>(&event);
  return message != nullptr && message->received.code == ErrorCode::Cease &&
         message->received.subcode == cease::kCollisionResolution;
}

bool refused_capabilities(const Actions& actions) {
  const Notification& sent = actions.notification();
  return actions.has(Action::SendNotification) && sent.code == ErrorCode::OpenMessage &&
         sent.subcode == open_error::kUnsupportedCapability;
}

}  // namespace

void Supervisor::rest_in_idle(const Event& event, const Actions& actions, TimePoint now, Effects& effects) {
  if (!started_) return;
  const IdleHold& idle_hold = config_->idle_hold;
  // RFC 4486 4: an upper bound on automatic starts in a row, if there is one
  if (config_->most_automatic_starts != 0 && automatic_starts_++ >= config_->most_automatic_starts) {
    started_ = false;
    return;
  }

  // RFC 4724 5: after a loss with routes retained the restart is immediate, once in a while
  if (actions.has(Action::RetainStaleRoutes) && !actions.has(Action::PeerOscillationDamping)) {
    const bool lately = last_immediate_restart_ && now - *last_immediate_restart_ < config_->graceful_restart_pause;
    if (!lately) {
      last_immediate_restart_ = now;
      start_automatically(now, effects);
      return;
    }
    accepts_in_idle_ = true;  // the stale timer bounds the routes, not the damping: the peer may come back by itself
  }
  // Without damping there is no IdleHoldTimer (8.1.1): a pause of our own, always the same. A collision is nobody's
  // fault and raises nothing either, but a peer that still holds a session we lost must not be redialed at full speed.
  if (!config_->attributes.damp_peer_oscillations || is_collision_cease(event) ||
      id(event) == EventId::OpenCollisionDump) {
    start_idle_hold(idle_hold.first, now);
    return;
  }
  // DEVIATES RFC 5492 3: after 2/7 the longest pause instead of no restart, for the peer's repair needs no operator
  // here
  idle_hold_time_ = refused_capabilities(actions) ? idle_hold.longest : raised_idle_hold();
  start_idle_hold(idle_hold_time_, now);
}

void Supervisor::forget_failures() {
  idle_hold_time_ = {};
  automatic_starts_ = 0;
}

Duration Supervisor::raised_idle_hold() const {
  if (idle_hold_time_ == Duration::zero()) return config_->idle_hold.first;
  return std::min(2 * idle_hold_time_, config_->idle_hold.longest);
}

void Supervisor::start_idle_hold(Duration full, TimePoint now) { idle_hold_deadline_ = now + jitter_.apply(full); }

void Supervisor::idle_hold_expired(TimePoint now, Effects& effects) {
  idle_hold_deadline_.reset();
  accepts_in_idle_ = false;
  if (config_->attributes.damp_peer_oscillations) {
    step(0, event::IdleHoldTimerExpires{}, now, effects);
  } else {
    start_automatically(now, effects);
  }
}

// The peer dials while we wait and retain its routes: Active, as if it were passive.
void Supervisor::start_to_accept(TimePoint now, Effects& effects) {
  accepts_in_idle_ = false;
  idle_hold_deadline_.reset();
  const bool damp = config_->attributes.damp_peer_oscillations;
  step(0, damp ? Event{event::AutomaticStartDampPassive{}} : Event{event::AutomaticStartPassive{}}, now, effects);
}

void Supervisor::start_automatically(TimePoint now, Effects& effects) {
  const SessionAttributes& attributes = config_->attributes;
  if (attributes.damp_peer_oscillations) {
    step(0, attributes.passive ? Event{event::AutomaticStartDampPassive{}} : Event{event::AutomaticStartDamp{}}, now,
         effects);
  } else {
    step(0, attributes.passive ? Event{event::AutomaticStartPassive{}} : Event{event::AutomaticStart{}}, now, effects);
  }
}

}  // namespace bgp
