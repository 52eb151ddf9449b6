// bgp/session/event.hpp
//
// Every event of a connection FSM (RFC 4271 8.1; 29 by RFC 9687), as values with what the FSM needs to know about them.
// ROUTE-REFRESH came later and has no number in any RFC: 101 and 102 are ours.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/session/stop.hpp"
#include "bgp/session/timers.hpp"

namespace bgp BGP_EXPORT {

/// The RFC's numbers.
enum class EventId : std::uint8_t {
  ManualStart = 1,
  ManualStop = 2,
  AutomaticStart = 3,
  ManualStartPassive = 4,
  AutomaticStartPassive = 5,
  AutomaticStartDamp = 6,
  AutomaticStartDampPassive = 7,
  AutomaticStop = 8,
  ConnectRetryTimerExpires = 9,
  HoldTimerExpires = 10,
  KeepaliveTimerExpires = 11,
  DelayOpenTimerExpires = 12,
  IdleHoldTimerExpires = 13,
  TcpConnectionValid = 14,
  TcpCrInvalid = 15,
  TcpCrAcked = 16,
  TcpConnectionConfirmed = 17,
  TcpConnectionFails = 18,
  BgpOpen = 19,
  BgpOpenDelayOpenTimerRunning = 20,
  BgpHeaderErr = 21,
  BgpOpenMsgErr = 22,
  OpenCollisionDump = 23,
  NotifMsgVerErr = 24,
  NotifMsg = 25,
  KeepAliveMsg = 26,
  UpdateMsg = 27,
  UpdateMsgErr = 28,
  SendHoldTimerExpires = 29,
  RouteRefreshMsg = 101,
  RouteRefreshMsgErr = 102,
};

/// What two OPENs agreed on, as far as the FSM cares.
struct SessionTerms {
  Duration hold_time{};                ///< negotiated; 0 = no HoldTimer, no KEEPALIVEs (RFC 4271 4.2)
  bool internal = false;               ///< the peer is in our AS
  bool graceful_restart = false;       ///< the peer's routes survive a lost transport (RFC 4724 4.2)
  bool notification_graceful = false;  ///< the N bit was sent and received (RFC 8538 2)

  friend bool operator==(const SessionTerms&, const SessionTerms&) = default;
};

namespace event {

// 8.1.2 Administrative events
struct ManualStart {};
struct ManualStop {
  Stop stop;
};
struct AutomaticStart {};
struct ManualStartPassive {};
struct AutomaticStartPassive {};
struct AutomaticStartDamp {
  bool idle_hold_timer_running = false;
};
struct AutomaticStartDampPassive {
  bool idle_hold_timer_running = false;
};
struct AutomaticStop {
  Stop stop;
};
// 8.1.3 Timer events
struct ConnectRetryTimerExpires {};
struct HoldTimerExpires {};
struct KeepaliveTimerExpires {};
struct DelayOpenTimerExpires {};
struct IdleHoldTimerExpires {};
// 8.1.4 TCP connection-based events
struct TcpConnectionValid {};
struct TcpCrInvalid {};
struct TcpCrAcked {};              ///< a connection that we dialed is open
struct TcpConnectionConfirmed {};  ///< a connection that the peer dialed is open
struct TcpConnectionFails {};
// 8.1.5 BGP message-based events
struct BgpOpen {
  SessionTerms terms;
  bool collision_lost = false;  ///< 6.8 ran and chose this connection to be closed
};
struct BgpOpenDelayOpenTimerRunning {
  SessionTerms terms;
  bool collision_lost = false;
};
struct BgpHeaderErr {
  Notification error;
};
struct BgpOpenMsgErr {
  Notification error;
};
struct OpenCollisionDump {};
struct NotifMsgVerErr {
  bool hard_reset = false;  ///< as in NotifMsg; no peer can send both
};
struct NotifMsg {
  Notification received;
  bool hard_reset = false;  ///< it is a Cease/9, and the N bit was sent and received (RFC 8538 3)
};
struct KeepAliveMsg {
  bool heard = false;  ///< it restarted the HoldTimer when it arrived, and waited since (Fsm::heard())
};
struct UpdateMsg {
  bool heard = false;  ///< likewise
};
struct UpdateMsgErr {
  Notification error;
};
// RFC 9687
struct SendHoldTimerExpires {};
// RFC 2918, RFC 7313
struct RouteRefreshMsg {};
struct RouteRefreshMsgErr {
  Notification error;
};

}  // namespace event

using Event =
    std::variant<event::ManualStart, event::ManualStop, event::AutomaticStart, event::ManualStartPassive,
                 event::AutomaticStartPassive, event::AutomaticStartDamp, event::AutomaticStartDampPassive,
                 event::AutomaticStop, event::ConnectRetryTimerExpires, event::HoldTimerExpires,
                 event::KeepaliveTimerExpires, event::DelayOpenTimerExpires, event::IdleHoldTimerExpires,
                 event::TcpConnectionValid, event::TcpCrInvalid, event::TcpCrAcked, event::TcpConnectionConfirmed,
                 event::TcpConnectionFails, event::BgpOpen, event::BgpOpenDelayOpenTimerRunning, event::BgpHeaderErr,
                 event::BgpOpenMsgErr, event::OpenCollisionDump, event::NotifMsgVerErr, event::NotifMsg,
                 event::KeepAliveMsg, event::UpdateMsg, event::UpdateMsgErr, event::SendHoldTimerExpires,
                 event::RouteRefreshMsg, event::RouteRefreshMsgErr>;

/// The RFC's number of an event: its place in the variant, but for ROUTE-REFRESH.
[[nodiscard]] constexpr EventId id(const Event& event) {
  constexpr std::size_t kRouteRefresh = 29;
  static_assert(std::is_same_v<std::variant_alternative_t<kRouteRefresh, Event>, event::RouteRefreshMsg>);
  static_assert(std::is_same_v<std::variant_alternative_t<27, Event>, event::UpdateMsgErr>);
  const std::size_t index = event.index();
  return static_cast<EventId>(index < kRouteRefresh ? index + 1 : index - kRouteRefresh + 101);
}

/// The RFC's spelling: "Tcp_CR_Acked", "BGPOpen with DelayOpenTimer running", ...
[[nodiscard]] std::string_view to_string(EventId event);

}  // namespace bgp BGP_EXPORT
