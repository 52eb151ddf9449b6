// wire/notification_names.cpp
//
// The registered names of NOTIFICATION codes and subcodes (RFC 4271 4.5 and 6; RFC 4486, 6608, 7313, 8538, 9234, 9384,
// 9687).
#include <array>
#include <span>
#include <string_view>

#include "bgp/wire/notification.hpp"

namespace bgp {
namespace {

constexpr std::array<std::string_view, 9> kCodes{"",
                                                 "Message Header Error",
                                                 "OPEN Message Error",
                                                 "UPDATE Message Error",
                                                 "Hold Timer Expired",
                                                 "Finite State Machine Error",
                                                 "Cease",
                                                 "ROUTE-REFRESH Message Error",
                                                 "Send Hold Timer Expired"};

// One table a code, indexed by subcode; an empty name is unassigned.
constexpr std::array<std::string_view, 4> kHeader{"Unspecific", "Connection Not Synchronized", "Bad Message Length",
                                                  "Bad Message Type"};
constexpr std::array<std::string_view, 12> kOpen{"Unspecific",
                                                 "Unsupported Version Number",
                                                 "Bad Peer AS",
                                                 "Bad BGP Identifier",
                                                 "Unsupported Optional Parameter",
                                                 "Authentication Failure (deprecated)",
                                                 "Unacceptable Hold Time",
                                                 "Unsupported Capability",
                                                 "",
                                                 "",
                                                 "",
                                                 "Role Mismatch"};
constexpr std::array<std::string_view, 12> kUpdate{"Unspecific",
                                                   "Malformed Attribute List",
                                                   "Unrecognized Well-known Attribute",
                                                   "Missing Well-known Attribute",
                                                   "Attribute Flags Error",
                                                   "Attribute Length Error",
                                                   "Invalid ORIGIN Attribute",
                                                   "AS Routing Loop (deprecated)",
                                                   "Invalid NEXT_HOP Attribute",
                                                   "Optional Attribute Error",
                                                   "Invalid Network Field",
                                                   "Malformed AS_PATH"};
constexpr std::array<std::string_view, 4> kStateMachine{
    "Unspecified Error", "Receive Unexpected Message in OpenSent State",
    "Receive Unexpected Message in OpenConfirm State", "Receive Unexpected Message in Established State"};
constexpr std::array<std::string_view, 11> kCease{"Unspecific",
                                                  "Maximum Number of Prefixes Reached",
                                                  "Administrative Shutdown",
                                                  "Peer De-configured",
                                                  "Administrative Reset",
                                                  "Connection Rejected",
                                                  "Other Configuration Change",
                                                  "Connection Collision Resolution",
                                                  "Out of Resources",
                                                  "Hard Reset",
                                                  "BFD Down"};
constexpr std::array<std::string_view, 2> kRouteRefresh{"Unspecific", "Invalid Message Length"};
constexpr std::array<std::string_view, 1> kUnspecific{"Unspecific"};

std::span<const std::string_view> subcodes(ErrorCode code) {
  switch (code) {
    case ErrorCode::MessageHeader: return kHeader;
    case ErrorCode::OpenMessage: return kOpen;
    case ErrorCode::UpdateMessage: return kUpdate;
    case ErrorCode::FiniteStateMachine: return kStateMachine;
    case ErrorCode::Cease: return kCease;
    case ErrorCode::RouteRefreshMessage: return kRouteRefresh;
    case ErrorCode::HoldTimerExpired:
    case ErrorCode::SendHoldTimerExpired: return kUnspecific;
  }
  return {};
}

}  // namespace

std::string to_string(ErrorCode code) {
  const auto number = static_cast<std::size_t>(code);
  if (number == 0 || number >= kCodes.size()) return "code " + std::to_string(number);
  return std::string(kCodes[number]);
}

std::string subcode_name(ErrorCode code, std::uint8_t subcode) {
  const auto names = subcodes(code);
  if (subcode >= names.size() || names[subcode].empty()) return "subcode " + std::to_string(subcode);
  return std::string(names[subcode]);
}

}  // namespace bgp
