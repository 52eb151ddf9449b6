#include "bgp/session/event.hpp"

#include "bgp/session/state.hpp"

namespace bgp {

std::string_view to_string(EventId event) {
  switch (event) {
    case EventId::ManualStart: return "ManualStart";
    case EventId::ManualStop: return "ManualStop";
    case EventId::AutomaticStart: return "AutomaticStart";
    case EventId::ManualStartPassive: return "ManualStart_with_PassiveTcpEstablishment";
    case EventId::AutomaticStartPassive: return "AutomaticStart_with_PassiveTcpEstablishment";
    case EventId::AutomaticStartDamp: return "AutomaticStart_with_DampPeerOscillations";
    case EventId::AutomaticStartDampPassive:
      return "AutomaticStart_with_DampPeerOscillations_and_PassiveTcpEstablishment";
    case EventId::AutomaticStop: return "AutomaticStop";
    case EventId::ConnectRetryTimerExpires: return "ConnectRetryTimer_Expires";
    case EventId::HoldTimerExpires: return "HoldTimer_Expires";
    case EventId::KeepaliveTimerExpires: return "KeepaliveTimer_Expires";
    case EventId::DelayOpenTimerExpires: return "DelayOpenTimer_Expires";
    case EventId::IdleHoldTimerExpires: return "IdleHoldTimer_Expires";
    case EventId::TcpConnectionValid: return "TcpConnection_Valid";
    case EventId::TcpCrInvalid: return "Tcp_CR_Invalid";
    case EventId::TcpCrAcked: return "Tcp_CR_Acked";
    case EventId::TcpConnectionConfirmed: return "TcpConnectionConfirmed";
    case EventId::TcpConnectionFails: return "TcpConnectionFails";
    case EventId::BgpOpen: return "BGPOpen";
    case EventId::BgpOpenDelayOpenTimerRunning: return "BGPOpen with DelayOpenTimer running";
    case EventId::BgpHeaderErr: return "BGPHeaderErr";
    case EventId::BgpOpenMsgErr: return "BGPOpenMsgErr";
    case EventId::OpenCollisionDump: return "OpenCollisionDump";
    case EventId::NotifMsgVerErr: return "NotifMsgVerErr";
    case EventId::NotifMsg: return "NotifMsg";
    case EventId::KeepAliveMsg: return "KeepAliveMsg";
    case EventId::UpdateMsg: return "UpdateMsg";
    case EventId::UpdateMsgErr: return "UpdateMsgErr";
    case EventId::SendHoldTimerExpires: return "SendHoldTimer_Expires";
    case EventId::RouteRefreshMsg: return "RouteRefreshMsg";
    case EventId::RouteRefreshMsgErr: return "RouteRefreshMsgErr";
  }
  return "unknown event";
}

std::string_view to_string(State state) {
  switch (state) {
    case State::Idle: return "Idle";
    case State::Connect: return "Connect";
    case State::Active: return "Active";
    case State::OpenSent: return "OpenSent";
    case State::OpenConfirm: return "OpenConfirm";
    case State::Established: return "Established";
  }
  return "unknown state";
}

}  // namespace bgp
