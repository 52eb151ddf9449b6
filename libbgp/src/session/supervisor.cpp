// One event on one connection: the FSM answers, its actions become effects, and what follows from an ended connection
// is seen to (RFC 4271 8.2.1). Back-off is in back_off.cpp, collisions are in collision_step.cpp.
#include "bgp/session/supervisor.hpp"

#include <algorithm>
#include <utility>

namespace bgp {

Supervisor::Supervisor(std::shared_ptr<const PeerConfig> config, Jitter jitter)
    : config_(std::move(config)), jitter_(jitter) {
  // RFC 4271 8.2.1: the FSM of the configured peering exists always
  links_.emplace_back(ConnectionId{}, Direction::Outgoing, Fsm(config_->attributes, jitter_.fork()));
}

void Supervisor::set_config(std::shared_ptr<const PeerConfig> config) {
  config_ = std::move(config);
  for (Link& link : links_) link.fsm.set_attributes(config_->attributes);
}

Supervisor::Supervisor(std::shared_ptr<const PeerConfig> config, Values values)
    : links_(std::move(values.links)),
      idle_hold_deadline_(values.idle_hold_deadline),
      config_(std::move(config)),
      jitter_(values.jitter),
      last_id_(values.last_id),
      started_(values.started),
      connect_retry_counter_(values.connect_retry_counter),
      idle_hold_time_(values.idle_hold_time),
      automatic_starts_(values.automatic_starts),
      last_immediate_restart_(values.last_immediate_restart),
      accepts_in_idle_(values.accepts_in_idle),
      last_refusal_(values.last_refusal) {}

Supervisor::Values Supervisor::values() const {
  return {jitter_,
          links_,
          last_id_,
          started_,
          connect_retry_counter_,
          idle_hold_time_,
          automatic_starts_,
          idle_hold_deadline_,
          last_immediate_restart_,
          accepts_in_idle_,
          last_refusal_};
}

void Supervisor::start(TimePoint now, Effects& effects) {
  started_ = true;
  if (config_->attributes.passive) {
    step(0, event::ManualStartPassive{}, now, effects);
  } else {
    step(0, event::ManualStart{}, now, effects);
  }
}

void Supervisor::stop(const Stop& stop, TimePoint now, Effects& effects) {
  started_ = false;
  end_all(event::ManualStop{stop}, now, effects);
}

void Supervisor::stop_automatically(const Stop& stop, TimePoint now, Effects& effects) {
  end_all(event::AutomaticStop{stop}, now, effects);
}

void Supervisor::end_all(const Event& event, TimePoint now, Effects& effects) {
  for (Link& link : links_) link.held_until.reset();  // nothing is to be taken up on the way
  while (links_.size() > 1) step(links_.size() - 1, event, now, effects);
  step(0, event, now, effects);
}

void Supervisor::handle(ConnectionId connection, const Event& event, TimePoint now, Effects& effects) {
  if (const auto index = index_of(connection)) step(*index, event, now, effects);
}

void Supervisor::step(std::size_t index, const Event& event, TimePoint now, Effects& effects) {
  Link& link = links_[index];
  const State before = link.fsm.state();
  const Actions actions = link.fsm.handle(event, now);
  if (link.fsm.state() != before) {
    effects.emplace_back(effect::StateChanged{.connection = link.id,
                                              .direction = link.direction,
                                              .from = before,
                                              .to = link.fsm.state(),
                                              .event = id(event),
                                              .sent = notification_of(actions)});
  }
  carry_out(link, id(event), actions, now, effects);
  settle(index, event, actions, now, effects);
}

void Supervisor::carry_out(Link& link, EventId event, const Actions& actions, TimePoint now, Effects& effects) {
  actions.for_each([&](Action action) { carry_out(link, event, actions, action, now, effects); });
}

void Supervisor::carry_out(Link& link, EventId event, const Actions& actions, Action action, TimePoint now,
                           Effects& effects) {
  switch (action) {
    case Action::SendOpen: effects.emplace_back(effect::SendOpen{link.id}); break;
    case Action::SendKeepalive: effects.emplace_back(effect::SendKeepalive{link.id}); break;
    case Action::DropTcp:
      if (link.id == ConnectionId{}) break;
      effects.emplace_back(
          effect::Close{link.id, notification_of(actions), actions.has(Action::TrySendNotification), link.direction});
      link.id = {};
      link.held_until.reset();
      break;
    case Action::ProcessUpdate: effects.emplace_back(effect::DeliverUpdate{link.id}); break;
    case Action::ProcessRouteRefresh: effects.emplace_back(effect::DeliverRouteRefresh{link.id}); break;
    case Action::NotifyUp:
      link.established_at = now;
      link.established_mark = ++last_id_;
      effects.emplace_back(effect::Up{link.id, link.direction});
      break;
    case Action::NotifyDown:
      effects.emplace_back(effect::Down{event, notification_of(actions),
                                        actions.has(Action::RetainStaleRoutes)
                                            ? retentions(*link.negotiated, now, config_->stale_times)
                                            : std::vector<Retention>{}});
      break;
    case Action::ZeroConnectRetryCounter: connect_retry_counter_ = 0; break;
    case Action::IncConnectRetryCounter: ++connect_retry_counter_; break;
    case Action::StopIdleHoldTimer:
      idle_hold_deadline_.reset();
      forget_failures();
      accepts_in_idle_ = false;
      break;
    case Action::InitiateTcp:
      link.id = next_id();
      link.direction = Direction::Outgoing;
      effects.emplace_back(effect::Dial{link.id});
      break;
    // carried out with DropTcp
    case Action::SendNotification:
    case Action::TrySendNotification:
    // whoever passed the event in knows the connection that is meant
    case Action::AcceptAndSendNotification:
    case Action::RejectTcp:
    case Action::TrackSecondConnection:
    case Action::IgnoreSecondConnection:
    case Action::AdoptNewConnection:
    // seen to by settle()
    case Action::PeerOscillationDamping:
    // nothing is left to do, or the driver and the handler see it by themselves
    case Action::InitResources:
    case Action::CompleteInit:
    case Action::ProcessTcpRequest:
    case Action::SetPeerType:
    case Action::ReleaseResources:
    case Action::DeleteRoutes:
    case Action::RetainStaleRoutes:
    case Action::Listen:
    case Action::LogFsmError:
    case Action::LogError: break;
  }
}

// RFC 4271 8.2.1: the FSM of a connection that ended, or that fell back to Active, is disposed of while another lives,
// which is from then on that of the configured peering; the last one rests in Idle, or waits in Active.
void Supervisor::settle(std::size_t index, const Event& event, const Actions& actions, TimePoint now,
                        Effects& effects) {
  Link& link = links_[index];
  const bool ended = link.id == ConnectionId{} && actions.has(Action::DropTcp);
  if (!ended) return;
  forget_session(link, now);
  if (links_.size() > 1) {
    links_.erase(links_.begin() + static_cast<std::ptrdiff_t>(index));
    release_held(now, effects);
  } else if (link.fsm.state() == State::Idle) {
    rest_in_idle(event, actions, now, effects);
  }
}

void Supervisor::forget_session(Link& link, TimePoint now) {
  // a session that lasted is proof of health: the back-off starts over
  if (link.established_at && now - *link.established_at >= config_->idle_hold.forget) forget_failures();
  link.established_at.reset();
  link.open = PackedOpen();
  link.negotiated.reset();
}

std::optional<TimePoint> Supervisor::poll_timeout() const {
  std::optional<TimePoint> nearest = idle_hold_deadline_;
  const auto consider = [&nearest](std::optional<TimePoint> deadline) {
    if (deadline && (!nearest || *deadline < *nearest)) nearest = deadline;
  };
  for (const Link& link : links_) {
    consider(link.fsm.poll_timeout());
    consider(link.held_until);
  }
  return nearest;
}

void Supervisor::handle_timeout(TimePoint now, Effects& effects) {
  for (auto due = poll_timeout(); due && *due <= now; due = poll_timeout()) {
    if (idle_hold_deadline_ == due) {
      idle_hold_expired(now, effects);
      continue;
    }
    const auto link =
        std::ranges::find_if(links_, [&](const Link& l) { return l.held_until == due || l.fsm.poll_timeout() == due; });
    if (link->held_until == due) {
      hold_expired(link->id, now, effects);
      continue;
    }
    const std::optional<Event> event = link->fsm.expire(now);
    const auto index = static_cast<std::size_t>(link - links_.begin());
    // no redial while another connection lives: the attempt is given up
    const bool give_up = links_.size() > 1 && id(*event) == EventId::ConnectRetryTimerExpires;
    step(index, give_up ? Event{event::OpenCollisionDump{}} : *event, now, effects);
  }
}

void Supervisor::message_sent(ConnectionId connection, MessageType type, TimePoint now) {
  if (const auto index = index_of(connection)) links_[*index].fsm.message_sent(type, now);
}

void Supervisor::heard(ConnectionId connection, TimePoint now) {
  if (const auto index = index_of(connection)) links_[*index].fsm.heard(now);
}

std::optional<std::size_t> Supervisor::index_of(ConnectionId connection) const {
  if (connection == ConnectionId{}) return std::nullopt;
  const auto found = std::ranges::find(links_, connection, &Link::id);
  return found == links_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - links_.begin()));
}

const Supervisor::Link* Supervisor::find(ConnectionId connection) const {
  const auto index = index_of(connection);
  return index ? &links_[*index] : nullptr;
}

const Supervisor::Link& Supervisor::foremost() const {
  return *std::ranges::max_element(links_, {}, [](const Link& link) { return link.fsm.state(); });
}

std::uint64_t Supervisor::fingerprint(TimePoint now) const {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a, 64 bit
  const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3; };
  const auto mix_time = [&](std::optional<TimePoint> time) {
    mix(time ? static_cast<std::uint64_t>((*time - now).count()) : ~std::uint64_t{0});
  };
  mix((started_ ? 1U : 0U) | (accepts_in_idle_ ? 2U : 0U));
  mix(connect_retry_counter_);
  mix(static_cast<std::uint64_t>(idle_hold_time_.count()));
  mix(automatic_starts_);
  mix_time(idle_hold_deadline_);
  mix_time(last_immediate_restart_);
  mix_time(last_refusal_);
  for (const Link& link : links_) {
    mix(link.fsm.fingerprint(now));
    mix(static_cast<std::uint64_t>(link.direction));
    mix((link.id == ConnectionId{} ? 0U : 1U) | (link.open ? 2U : 0U));
    // of numbers only their order counts
    for (const Link& other : links_) {
      mix((link.id < other.id ? 1U : 0U) | (link.established_mark < std::to_underlying(other.id) ? 2U : 0U));
    }
    mix_time(link.held_until);
    mix_time(link.established_at);
  }
  return hash;
}

}  // namespace bgp
