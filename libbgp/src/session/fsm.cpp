// The six states, each a function with a case for every event in the RFC's order (RFC 4271 8.2.2). Read it beside the
// RFC. The steps that several cells share are in fsm_steps.cpp. Where later RFCs or this project's choices change a
// cell, the case says so; every cell with its reference is a row of tests/data/fsm/transitions.tsv.
#include "bgp/session/fsm.hpp"

namespace bgp {

namespace {

using enum Action;

constexpr std::uint8_t octet(MessageType type) { return static_cast<std::uint8_t>(type); }

/// RFC 6608 3: no message is to blame.
Notification unspecified() { return {ErrorCode::FiniteStateMachine, fsm_error::kUnspecified, {}}; }

/// RFC 6608 4: a message that the state does not expect; the data is its type.
Notification unexpected(State state, MessageType type) {
  const auto subcode = static_cast<std::uint8_t>(static_cast<int>(state) - static_cast<int>(State::OpenSent) + 1);
  return {ErrorCode::FiniteStateMachine, subcode, {octet(type)}};
}

Notification hold_expired() { return {ErrorCode::HoldTimerExpired, 0, {}}; }
Notification collision_lost() { return {ErrorCode::Cease, cease::kCollisionResolution, {}}; }

Ending received(bool hard_reset) { return hard_reset ? Ending::HardResetReceived : Ending::NotificationReceived; }

}  // namespace

Actions Fsm::handle(const Event& event, TimePoint now) {
  switch (state_) {
    case State::Idle: return idle(event, now);
    case State::Connect: return connect(event, now);
    case State::Active: return active(event, now);
    case State::OpenSent: return open_sent(event, now);
    case State::OpenConfirm: return open_confirm(event, now);
    case State::Established: return established(event, now);
  }
  return {};
}

Actions Fsm::idle(const Event& event, TimePoint now) {
  const bool damp = attributes_.damp_peer_oscillations;
  switch (id(event)) {
    // RFC 4271 8.2.2 Idle, Events 1, 4: an operator's start overrides the back-off
    case EventId::ManualStart: return start({StopIdleHoldTimer, ZeroConnectRetryCounter}, Dial::Yes, now);
    case EventId::ManualStop: return {StopIdleHoldTimer, ZeroConnectRetryCounter};
    // Events 3, 5 exist without damping only, 6, 7 and 13 with damping only (8.1.2, 8.1.3)
    case EventId::AutomaticStart: return damp ? Actions{LogFsmError} : start({ZeroConnectRetryCounter}, Dial::Yes, now);
    case EventId::ManualStartPassive: return start({StopIdleHoldTimer, ZeroConnectRetryCounter}, Dial::No, now);
    case EventId::AutomaticStartPassive:
      return damp ? Actions{LogFsmError} : start({ZeroConnectRetryCounter}, Dial::No, now);
    case EventId::AutomaticStartDamp:
      if (!damp) return {LogFsmError};
      return std::get<event::AutomaticStartDamp>(event).idle_hold_timer_running ? Actions{} : start({}, Dial::Yes, now);
    case EventId::AutomaticStartDampPassive:
      if (!damp) return {LogFsmError};
      return std::get<event::AutomaticStartDampPassive>(event).idle_hold_timer_running ? Actions{}
                                                                                       : start({}, Dial::No, now);
    case EventId::IdleHoldTimerExpires:
      if (!damp) return {LogFsmError};
      return start({}, attributes_.passive ? Dial::No : Dial::Yes, now);
    // RFC 4271 8.2.2 Idle: refuses all incoming connections. RFC 4486 4: one that was accepted is told Cease/5
    case EventId::TcpConnectionValid:
    case EventId::TcpCrInvalid: return {RejectTcp};
    case EventId::TcpCrAcked: return {DropTcp};
    case EventId::TcpConnectionConfirmed: return refuse();
    case EventId::AutomaticStop:
    case EventId::ConnectRetryTimerExpires:
    case EventId::HoldTimerExpires:
    case EventId::KeepaliveTimerExpires:
    case EventId::DelayOpenTimerExpires:
    case EventId::TcpConnectionFails:
    case EventId::BgpOpen:
    case EventId::BgpOpenDelayOpenTimerRunning:
    case EventId::BgpHeaderErr:
    case EventId::BgpOpenMsgErr:
    case EventId::OpenCollisionDump:
    case EventId::NotifMsgVerErr:
    case EventId::NotifMsg:
    case EventId::KeepAliveMsg:
    case EventId::UpdateMsg:
    case EventId::UpdateMsgErr:
    case EventId::SendHoldTimerExpires:
    case EventId::RouteRefreshMsg:
    case EventId::RouteRefreshMsgErr: return {};
  }
  return {};
}

Actions Fsm::connect(const Event& event, TimePoint now) {
  switch (id(event)) {
    // RFC 4271 8.2.2 Connect, Event 9: the attempt took too long
    case EventId::ConnectRetryTimerExpires: return redial({DropTcp}, now);
    // Event 16: our attempt succeeded; during the delay there is a transport already
    case EventId::TcpCrAcked: return delaying_open() ? Actions{TrackSecondConnection} : transport_open(now);
    // Event 17: the peer's connection gets an FSM of its own while our attempt goes on (8.2.1)
    case EventId::TcpConnectionConfirmed: return {TrackSecondConnection};
    // DEVIATES RFC 4271 8.2.2 Connect, Event 18: Active also without DelayOpen, so that the peer can still reach us
    case EventId::TcpConnectionFails: return fall_back(delaying_open() ? Count::No : Count::Yes, Dial::Yes, now);
    case EventId::ManualStart:
    case EventId::ManualStop:
    case EventId::AutomaticStart:
    case EventId::ManualStartPassive:
    case EventId::AutomaticStartPassive:
    case EventId::AutomaticStartDamp:
    case EventId::AutomaticStartDampPassive:
    case EventId::AutomaticStop:
    case EventId::HoldTimerExpires:
    case EventId::KeepaliveTimerExpires:
    case EventId::DelayOpenTimerExpires:
    case EventId::IdleHoldTimerExpires:
    case EventId::TcpConnectionValid:
    case EventId::TcpCrInvalid:
    case EventId::BgpOpen:
    case EventId::BgpOpenDelayOpenTimerRunning:
    case EventId::BgpHeaderErr:
    case EventId::BgpOpenMsgErr:
    case EventId::OpenCollisionDump:
    case EventId::NotifMsgVerErr:
    case EventId::NotifMsg:
    case EventId::KeepAliveMsg:
    case EventId::UpdateMsg:
    case EventId::UpdateMsgErr:
    case EventId::SendHoldTimerExpires:
    case EventId::RouteRefreshMsg:
    case EventId::RouteRefreshMsgErr: return before_open(event, now);
  }
  return {};
}

Actions Fsm::active(const Event& event, TimePoint now) {
  switch (id(event)) {
    // RFC 4271 8.2.2 Active, Event 9: a passive peer has no ConnectRetryTimer and never dials
    case EventId::ConnectRetryTimerExpires: return attributes_.passive ? Actions{} : redial({}, now);
    // Events 16, 17: a transport is open
    case EventId::TcpCrAcked:
    case EventId::TcpConnectionConfirmed: return delaying_open() ? Actions{TrackSecondConnection} : transport_open(now);
    // DEVIATES RFC 4271 8.2.2 Active, Event 18: without a transport nothing can fail; with one, Active again when no
    // damping is asked for
    case EventId::TcpConnectionFails:
      if (!delaying_open()) return {};
      if (attributes_.damp_peer_oscillations) return end(std::nullopt);
      return fall_back(Count::Yes, attributes_.passive ? Dial::No : Dial::Yes, now);
    case EventId::ManualStart:
    case EventId::ManualStop:
    case EventId::AutomaticStart:
    case EventId::ManualStartPassive:
    case EventId::AutomaticStartPassive:
    case EventId::AutomaticStartDamp:
    case EventId::AutomaticStartDampPassive:
    case EventId::AutomaticStop:
    case EventId::HoldTimerExpires:
    case EventId::KeepaliveTimerExpires:
    case EventId::DelayOpenTimerExpires:
    case EventId::IdleHoldTimerExpires:
    case EventId::TcpConnectionValid:
    case EventId::TcpCrInvalid:
    case EventId::BgpOpen:
    case EventId::BgpOpenDelayOpenTimerRunning:
    case EventId::BgpHeaderErr:
    case EventId::BgpOpenMsgErr:
    case EventId::OpenCollisionDump:
    case EventId::NotifMsgVerErr:
    case EventId::NotifMsg:
    case EventId::KeepAliveMsg:
    case EventId::UpdateMsg:
    case EventId::UpdateMsgErr:
    case EventId::SendHoldTimerExpires:
    case EventId::RouteRefreshMsg:
    case EventId::RouteRefreshMsgErr: return before_open(event, now);
  }
  return {};
}

// What Connect and Active answer alike: our OPEN is not sent, there may be a transport (DelayOpen) or none.
Actions Fsm::before_open(const Event& event, TimePoint now) {
  switch (id(event)) {
    case EventId::ManualStart:
    case EventId::AutomaticStart:
    case EventId::ManualStartPassive:
    case EventId::AutomaticStartPassive:
    case EventId::AutomaticStartDamp:
    case EventId::AutomaticStartDampPassive:
    case EventId::SendHoldTimerExpires: return {};
    // RFC 4271 8.2.2 Active, Events 2, 8: a transport that waits to send its OPEN is told why it ends
    case EventId::ManualStop: return stop_before_open(std::get<event::ManualStop>(event).stop, Count::No);
    case EventId::AutomaticStop: return stop_before_open(std::get<event::AutomaticStop>(event).stop, Count::Yes);
    case EventId::HoldTimerExpires:
    case EventId::KeepaliveTimerExpires:
    case EventId::IdleHoldTimerExpires: return end(std::nullopt);
    // Event 12: the delay is over
    case EventId::DelayOpenTimerExpires: return send_open(now);
    case EventId::TcpConnectionValid: return {ProcessTcpRequest};
    case EventId::TcpCrInvalid: return {RejectTcp};
    // Event 19: an OPEN where none can be; Event 20: the peer's OPEN came before ours left
    case EventId::BgpOpen: return end(std::nullopt);
    case EventId::BgpOpenDelayOpenTimerRunning: {
      const auto& open = std::get<event::BgpOpenDelayOpenTimerRunning>(event);
      return open.collision_lost ? dump(attributes_.send_notification_without_open) : open_before_ours(open.terms, now);
    }
    case EventId::BgpHeaderErr: return end_before_open(std::get<event::BgpHeaderErr>(event).error);
    case EventId::BgpOpenMsgErr: return end_before_open(std::get<event::BgpOpenMsgErr>(event).error);
    case EventId::OpenCollisionDump: return dump(delaying_open() && attributes_.send_notification_without_open);
    // Events 24, 25: a NOTIFICATION is never answered (6.4)
    case EventId::NotifMsgVerErr:
    case EventId::NotifMsg: return end(std::nullopt);
    // Events 26 to 28: RFC 4271 6.6 wants the FSM error told
    case EventId::KeepAliveMsg:
    case EventId::UpdateMsg:
    case EventId::UpdateMsgErr:
    case EventId::RouteRefreshMsg:
    case EventId::RouteRefreshMsgErr: return end_before_open(unspecified());
    case EventId::ConnectRetryTimerExpires:
    case EventId::TcpCrAcked:
    case EventId::TcpConnectionConfirmed:
    case EventId::TcpConnectionFails: return {};  // answered by the state itself
  }
  return {};
}

Actions Fsm::open_sent(const Event& event, TimePoint now) {
  switch (id(event)) {
    case EventId::ManualStart:
    case EventId::AutomaticStart:
    case EventId::ManualStartPassive:
    case EventId::AutomaticStartPassive:
    case EventId::AutomaticStartDamp:
    case EventId::AutomaticStartDampPassive:
    case EventId::SendHoldTimerExpires: return {};
    case EventId::ManualStop: return stop_opening(std::get<event::ManualStop>(event).stop, Count::No);
    case EventId::AutomaticStop: return stop_opening(std::get<event::AutomaticStop>(event).stop, Count::Yes);
    // RFC 4271 8.2.2 OpenSent, Event 10: no OPEN within the large hold time
    case EventId::HoldTimerExpires: return end(hold_expired());
    case EventId::ConnectRetryTimerExpires:
    case EventId::KeepaliveTimerExpires:
    case EventId::DelayOpenTimerExpires:
    case EventId::IdleHoldTimerExpires: return end(unspecified());
    case EventId::TcpConnectionValid:
    case EventId::TcpCrAcked:
    case EventId::TcpConnectionConfirmed: return {TrackSecondConnection};
    case EventId::TcpCrInvalid: return {IgnoreSecondConnection};
    // Event 18: the RFC leaves the large HoldTimer running into Active, where it would do harm
    case EventId::TcpConnectionFails: return fall_back(Count::Yes, attributes_.passive ? Dial::No : Dial::Yes, now);
    case EventId::BgpOpen: {
      const auto& open = std::get<event::BgpOpen>(event);
      return open.collision_lost ? dump(true) : open_received(open.terms, now);
    }
    case EventId::BgpOpenDelayOpenTimerRunning: return end(unexpected(state_, MessageType::Open));
    case EventId::BgpHeaderErr: return end(std::get<event::BgpHeaderErr>(event).error);
    case EventId::BgpOpenMsgErr: return end(std::get<event::BgpOpenMsgErr>(event).error);
    case EventId::OpenCollisionDump: return dump(true);
    // DEVIATES RFC 4271 8.2.2 OpenSent, Events 24, 25: counted and damped alike, and never answered (6.4 forbids it)
    case EventId::NotifMsgVerErr:
    case EventId::NotifMsg: return end(std::nullopt);
    case EventId::KeepAliveMsg: return end(unexpected(state_, MessageType::Keepalive));
    case EventId::UpdateMsg:
    case EventId::UpdateMsgErr: return end(unexpected(state_, MessageType::Update));
    case EventId::RouteRefreshMsg:
    case EventId::RouteRefreshMsgErr: return end(unexpected(state_, MessageType::RouteRefresh));
  }
  return {};
}

Actions Fsm::open_confirm(const Event& event, TimePoint now) {
  switch (id(event)) {
    case EventId::ManualStart:
    case EventId::AutomaticStart:
    case EventId::ManualStartPassive:
    case EventId::AutomaticStartPassive:
    case EventId::AutomaticStartDamp:
    case EventId::AutomaticStartDampPassive:
    case EventId::SendHoldTimerExpires: return {};
    case EventId::ManualStop: return stop_opening(std::get<event::ManualStop>(event).stop, Count::No);
    case EventId::AutomaticStop: return stop_opening(std::get<event::AutomaticStop>(event).stop, Count::Yes);
    case EventId::HoldTimerExpires: return end(hold_expired());
    case EventId::KeepaliveTimerExpires: return keepalive_due(now);
    case EventId::ConnectRetryTimerExpires:
    case EventId::DelayOpenTimerExpires:
    case EventId::IdleHoldTimerExpires: return end(unspecified());
    case EventId::TcpConnectionValid:
    case EventId::TcpCrAcked:
    case EventId::TcpConnectionConfirmed: return {TrackSecondConnection};
    case EventId::TcpCrInvalid: return {IgnoreSecondConnection};
    case EventId::TcpConnectionFails: return end(std::nullopt);
    // RFC 4271 8.2.2 OpenConfirm, Event 19: a second OPEN here; the verdict of 6.8 comes as Event 23
    case EventId::BgpOpen:
    case EventId::BgpOpenDelayOpenTimerRunning:
    case EventId::BgpOpenMsgErr: return end(unexpected(state_, MessageType::Open));
    case EventId::BgpHeaderErr: return end(std::get<event::BgpHeaderErr>(event).error);
    case EventId::OpenCollisionDump: return dump(true);
    case EventId::NotifMsgVerErr:
    case EventId::NotifMsg: return end(std::nullopt);
    // Event 26: the peer confirmed our OPEN
    case EventId::KeepAliveMsg: return confirmed(now);
    case EventId::UpdateMsg:
    case EventId::UpdateMsgErr: return end(unexpected(state_, MessageType::Update));
    case EventId::RouteRefreshMsg:
    case EventId::RouteRefreshMsgErr: return end(unexpected(state_, MessageType::RouteRefresh));
  }
  return {};
}

Actions Fsm::established(const Event& event, TimePoint now) {
  switch (id(event)) {
    case EventId::ManualStart:
    case EventId::AutomaticStart:
    case EventId::ManualStartPassive:
    case EventId::AutomaticStartPassive:
    case EventId::AutomaticStartDamp:
    case EventId::AutomaticStartDampPassive: return {};
    case EventId::ManualStop:
      return stop_session(std::get<event::ManualStop>(event).stop, Ending::StopGraceful, Ending::Stop);
    case EventId::AutomaticStop:
      return stop_session(std::get<event::AutomaticStop>(event).stop, Ending::AutomaticStopGraceful,
                          Ending::AutomaticStop);
    // RFC 4271 8.2.2 Established, Event 10. What each end means for the routes is in teardown.cpp
    case EventId::HoldTimerExpires: return end_session(Ending::HoldTimerExpired, hold_expired());
    case EventId::KeepaliveTimerExpires: return keepalive_due(now);
    case EventId::ConnectRetryTimerExpires:
    case EventId::DelayOpenTimerExpires:
    case EventId::IdleHoldTimerExpires: return end_session(Ending::Error, unspecified());
    case EventId::TcpConnectionValid: return {TrackSecondConnection};
    case EventId::TcpCrInvalid: return {IgnoreSecondConnection};
    // Events 16, 17; RFC 4724 5: with graceful restart a new connection takes over
    case EventId::TcpCrAcked:
    case EventId::TcpConnectionConfirmed: return terms_.graceful_restart ? take_over() : Actions{TrackSecondConnection};
    case EventId::TcpConnectionFails: return end_session(Ending::TransportLost, std::nullopt);
    case EventId::BgpOpen:
    case EventId::BgpOpenDelayOpenTimerRunning:
    case EventId::BgpOpenMsgErr: return end_session(Ending::Error, unexpected(state_, MessageType::Open));
    case EventId::BgpHeaderErr: return end_session(Ending::Error, std::get<event::BgpHeaderErr>(event).error);
    // Event 23: only where 6.8 may close an Established connection
    case EventId::OpenCollisionDump:
      return attributes_.collision_detect_established ? end_session(Ending::CollisionLoser, collision_lost())
                                                      : Actions{LogFsmError};
    // Events 24, 25; RFC 8538 3: a Hard Reset is one where the N bit was exchanged
    case EventId::NotifMsgVerErr:
      return end_session(received(std::get<event::NotifMsgVerErr>(event).hard_reset), std::nullopt);
    case EventId::NotifMsg: return end_session(received(std::get<event::NotifMsg>(event).hard_reset), std::nullopt);
    // Events 26, 27: each restarts the HoldTimer, unless there is none
    case EventId::KeepAliveMsg:
      if (!std::get<event::KeepAliveMsg>(event).heard) restart_hold(now);
      return {};
    case EventId::UpdateMsg:
      if (!std::get<event::UpdateMsg>(event).heard) restart_hold(now);
      return {ProcessUpdate};
    case EventId::UpdateMsgErr: return end_session(Ending::Error, std::get<event::UpdateMsgErr>(event).error);
    // RFC 9687 4.3, Event 29: the peer takes nothing any more
    case EventId::SendHoldTimerExpires: {
      Actions actions = end_session(Ending::SendHoldTimerExpired, Notification{ErrorCode::SendHoldTimerExpired, 0, {}});
      actions.add(LogError);
      return actions;
    }
    // RFC 2918 4, RFC 7313 5
    case EventId::RouteRefreshMsg: return {ProcessRouteRefresh};
    case EventId::RouteRefreshMsgErr:
      return end_session(Ending::Error, std::get<event::RouteRefreshMsgErr>(event).error);
  }
  return {};
}

}  // namespace bgp
