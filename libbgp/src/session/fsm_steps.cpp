// The steps that several cells of the FSM share, its timers, and its words.
#include <algorithm>

#include "bgp/session/fsm.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp {

using enum Action;
using std::chrono::seconds;

Fsm Fsm::accepting(const SessionAttributes& attributes, Jitter jitter) {
  Fsm fsm(attributes, jitter);
  fsm.state_ = State::Active;
  return fsm;
}

// --- Starting

Actions Fsm::start(Actions actions, Dial dial, TimePoint now) {
  actions.add(InitResources);
  actions.add(Listen);
  if (dial == Dial::No) {
    state_ = State::Active;
    return actions;
  }
  return redial(std::move(actions), now);
}

Actions Fsm::redial(Actions actions, TimePoint now) {
  deadlines_.stop(Timer::DelayOpen);
  start_jittered(Timer::ConnectRetry, attributes_.connect_retry_time, now);
  actions.add(InitiateTcp);
  actions.add(Listen);
  state_ = State::Connect;
  return actions;
}

Actions Fsm::fall_back(Count count, Dial dial, TimePoint now) {
  Actions actions{DropTcp, Listen};
  if (count == Count::Yes) actions.add(IncConnectRetryCounter);
  deadlines_.stop(Timer::DelayOpen);
  deadlines_.stop(Timer::Hold);
  if (dial == Dial::Yes) start_jittered(Timer::ConnectRetry, attributes_.connect_retry_time, now);
  state_ = State::Active;
  return actions;
}

Actions Fsm::refuse() const {
  if (!attributes_.send_notification_without_open) return {RejectTcp};
  Actions actions{DropTcp};
  actions.add(AcceptAndSendNotification, {ErrorCode::Cease, cease::kConnectionRejected, {}});
  return actions;
}

// --- Opening

Actions Fsm::transport_open(TimePoint now) {
  if (!attributes_.delay_open) return send_open(now);
  deadlines_.stop(Timer::ConnectRetry);
  start_timer(Timer::DelayOpen, attributes_.delay_open_time, now);
  return {};
}

Actions Fsm::send_open(TimePoint now) {
  deadlines_.stop(Timer::ConnectRetry);
  deadlines_.stop(Timer::DelayOpen);
  start_timer(Timer::Hold, attributes_.large_hold_time, now);
  state_ = State::OpenSent;
  return {CompleteInit, SendOpen};
}

Actions Fsm::open_before_ours(const SessionTerms& terms, TimePoint now) {
  Actions actions = open_received(terms, now);
  actions.add(CompleteInit);
  actions.add(SendOpen);
  return actions;
}

Actions Fsm::open_received(const SessionTerms& terms, TimePoint now) {
  terms_ = terms;
  deadlines_.stop(Timer::ConnectRetry);
  deadlines_.stop(Timer::DelayOpen);
  // RFC 4271 4.2, 8.2.2 OpenSent: hold time 0 means neither timer; the large HoldTimer ends here in any case
  deadlines_.stop(Timer::Hold);
  deadlines_.stop(Timer::Keepalive);
  restart_hold(now);
  restart_keepalive(now);
  state_ = State::OpenConfirm;
  return {SetPeerType, SendKeepalive};
}

Actions Fsm::confirmed(TimePoint now) {
  restart_hold(now);
  start_send_hold(now);
  state_ = State::Established;
  return {NotifyUp};
}

Actions Fsm::keepalive_due(TimePoint now) {
  if (terms_.hold_time == Duration::zero()) return {};
  restart_keepalive(now);
  return {SendKeepalive};
}

// --- Ending

void Fsm::release() {
  deadlines_.stop(Timer::ConnectRetry);
  deadlines_.stop(Timer::DelayOpen);
  deadlines_.stop(Timer::Hold);
  deadlines_.stop(Timer::Keepalive);
  deadlines_.stop(Timer::SendHold);
  state_ = State::Idle;
}

Actions Fsm::end(std::optional<Notification> notification) {
  release();
  Actions actions{ReleaseResources, DropTcp, IncConnectRetryCounter, PeerOscillationDamping};
  if (notification) actions.add(SendNotification, *std::move(notification));
  return actions;
}

Actions Fsm::end_before_open(const Notification& notification) {
  return attributes_.send_notification_without_open ? end(notification) : end(std::nullopt);
}

Actions Fsm::stop_before_open(const Stop& stop, Count count) {
  const bool tell = delaying_open() && attributes_.send_notification_without_open;
  return stopped(tell ? std::optional(stop.notification()) : std::nullopt, count);
}

Actions Fsm::stop_opening(const Stop& stop, Count count) { return stopped(stop.notification(), count); }

Actions Fsm::stopped(std::optional<Notification> notification, Count count) {
  if (count == Count::Yes) return end(std::move(notification));
  release();
  Actions actions{ReleaseResources, DropTcp, ZeroConnectRetryCounter};
  if (notification) actions.add(SendNotification, *std::move(notification));
  return actions;
}

Actions Fsm::dump(bool tell) {
  release();
  Actions actions{ReleaseResources, DropTcp};
  if (tell) actions.add(SendNotification, {ErrorCode::Cease, cease::kCollisionResolution, {}});
  return actions;
}

// --- Ending what was Established

// As the table of teardown.cpp says.
Actions Fsm::end_session(Ending ending, std::optional<Notification> notification) {
  const Teardown& how = teardown(ending);
  release();
  Actions actions{ReleaseResources, DropTcp, NotifyDown};
  actions.add(how.keeps(terms_) ? RetainStaleRoutes : DeleteRoutes);
  if (how.damps(terms_)) actions.add(PeerOscillationDamping);
  const bool by_hand = ending == Ending::Stop || ending == Ending::StopGraceful || ending == Ending::TakenOver;
  if (by_hand) {
    actions.add(ZeroConnectRetryCounter);
  } else if (ending != Ending::CollisionLoser) {
    actions.add(IncConnectRetryCounter);
  }
  switch (how.tell) {
    case Teardown::Tell::Nothing: break;
    case Teardown::Tell::Notification: actions.add(SendNotification, *std::move(notification)); break;
    case Teardown::Tell::OneAttempt: actions.add(TrySendNotification, *std::move(notification)); break;
    // RFC 8538 3.1: what is meant to last travels inside a Hard Reset
    case Teardown::Tell::HardReset:
      actions.add(SendNotification, terms_.notification_graceful ? hard_reset(*notification) : *notification);
      break;
  }
  return actions;
}

Actions Fsm::stop_session(const Stop& stop, Ending graceful, Ending lasting) {
  return end_session(stop.is_graceful() ? graceful : lasting, stop.notification());
}

Actions Fsm::take_over() {
  Actions actions = end_session(Ending::TakenOver, std::nullopt);
  state_ = State::Active;
  actions.add(InitResources);
  actions.add(AdoptNewConnection);
  return actions;
}

// --- Timers

std::optional<Event> Fsm::expire(TimePoint now) {
  const std::optional<Timer> timer = deadlines_.due(now);
  if (!timer) return std::nullopt;
  deadlines_.stop(*timer);
  switch (*timer) {
    case Timer::ConnectRetry: return event::ConnectRetryTimerExpires{};
    case Timer::Hold: return event::HoldTimerExpires{};
    case Timer::Keepalive: return event::KeepaliveTimerExpires{};
    case Timer::DelayOpen: return event::DelayOpenTimerExpires{};
    case Timer::SendHold: return event::SendHoldTimerExpires{};
    case Timer::IdleHold: return event::IdleHoldTimerExpires{};
  }
  return std::nullopt;
}

void Fsm::message_sent(MessageType type, TimePoint now) {
  if (deadlines_.running(Timer::SendHold)) start_send_hold(now);
  // RFC 4271 8.2.2 Established: each KEEPALIVE or UPDATE sent restarts the KeepaliveTimer
  if (type == MessageType::Update && deadlines_.running(Timer::Keepalive)) restart_keepalive(now);
}

void Fsm::heard(TimePoint now) {
  if (deadlines_.running(Timer::Hold)) restart_hold(now);
}

void Fsm::start_timer(Timer timer, Duration full, TimePoint now) { deadlines_.start(timer, now + full); }

void Fsm::start_jittered(Timer timer, Duration full, TimePoint now) {
  deadlines_.start(timer, now + jitter_.apply(full));
}

void Fsm::restart_hold(TimePoint now) {
  // RFC 4271 10: jitter is for other timers; a shortened HoldTimer would drop peers that are within their rights
  if (terms_.hold_time > Duration::zero()) start_timer(Timer::Hold, terms_.hold_time, now);
}

void Fsm::restart_keepalive(TimePoint now) {
  if (terms_.hold_time == Duration::zero()) return;
  // RFC 4271 4.4: a third of the hold time, and never more than one a second, jitter included
  const Duration jittered = jitter_.apply(terms_.hold_time / 3);
  start_timer(Timer::Keepalive, std::max<Duration>(jittered, seconds{1}), now);
}

void Fsm::start_send_hold(TimePoint now) {
  if (terms_.hold_time == Duration::zero()) return;
  // RFC 9687 6: eight minutes, or twice the hold time where that is longer
  const Duration fallback = std::max<Duration>(seconds{480}, 2 * terms_.hold_time);
  const Duration time = attributes_.send_hold_time.value_or(fallback);
  if (time > Duration::zero()) start_timer(Timer::SendHold, time, now);
}

// --- Looking at it

std::uint64_t Fsm::fingerprint(TimePoint now) const {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a, 64 bit
  const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3; };
  mix(static_cast<std::uint64_t>(state_));
  mix(static_cast<std::uint64_t>(terms_.hold_time.count()));
  mix((terms_.internal ? 1U : 0U) | (terms_.graceful_restart ? 2U : 0U) | (terms_.notification_graceful ? 4U : 0U));
  for (std::size_t i = 0; i < kTimerCount; ++i) {
    const auto deadline = deadlines_.deadline(static_cast<Timer>(i));
    mix(deadline ? static_cast<std::uint64_t>((*deadline - now).count()) : ~std::uint64_t{0});
  }
  return hash;
}

std::string_view to_string(Action action) {
  switch (action) {
    case InitResources: return "InitResources";
    case StopIdleHoldTimer: return "StopIdleHoldTimer";
    case CompleteInit: return "CompleteInit";
    case ProcessTcpRequest: return "ProcessTcpRequest";
    case SetPeerType: return "SetPeerType";
    case SendOpen: return "SendOpen";
    case SendKeepalive: return "SendKeepalive";
    case SendNotification: return "SendNotification";
    case TrySendNotification: return "TrySendNotification";
    case AcceptAndSendNotification: return "AcceptAndSendNotification";
    case RejectTcp: return "RejectTcp";
    case DropTcp: return "DropTcp";
    case ReleaseResources: return "ReleaseResources";
    case ProcessUpdate: return "ProcessUpdate";
    case ProcessRouteRefresh: return "ProcessRouteRefresh";
    case DeleteRoutes: return "DeleteRoutes";
    case RetainStaleRoutes: return "RetainStaleRoutes";
    case NotifyUp: return "NotifyUp";
    case NotifyDown: return "NotifyDown";
    case ZeroConnectRetryCounter: return "ZeroConnectRetryCounter";
    case IncConnectRetryCounter: return "IncConnectRetryCounter";
    case PeerOscillationDamping: return "PeerOscillationDamping";
    case Listen: return "Listen";
    case InitiateTcp: return "InitiateTcp";
    case TrackSecondConnection: return "TrackSecondConnection";
    case IgnoreSecondConnection: return "IgnoreSecondConnection";
    case AdoptNewConnection: return "AdoptNewConnection";
    case LogFsmError: return "LogFsmError";
    case LogError: return "LogError";
  }
  return "unknown action";
}

std::optional<Notification> notification_of(const Actions& actions) {
  const bool sends =
      actions.has(SendNotification) || actions.has(TrySendNotification) || actions.has(AcceptAndSendNotification);
  return sends ? std::optional(actions.notification()) : std::nullopt;
}

std::string to_string(const Actions& actions) {
  std::string text;
  actions.for_each([&](Action action) {
    if (!text.empty()) text += ' ';
    text += to_string(action);
    if (action == SendNotification || action == TrySendNotification || action == AcceptAndSendNotification) {
      const Notification& notification = actions.notification();
      text +=
          '(' + std::to_string(static_cast<int>(notification.code)) + '/' + std::to_string(notification.subcode) + ')';
    }
  });
  return text.empty() ? "nothing" : text;
}

}  // namespace bgp
