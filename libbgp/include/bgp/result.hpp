// bgp/result.hpp
//
// What every decoder returns: a value, or exactly the NOTIFICATION that the RFC asks to be sent (RFC 4271 6).
// Everything here is a value that owns its data; no thread rules.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <span>
#include <utility>
#include <vector>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// Owned octets, in network order where they hold part of a message.
using Bytes = std::vector<std::uint8_t>;

/// Borrowed octets: valid only as long as what they were cut from.
using BytesView = std::span<const std::uint8_t>;

/// Error codes of a NOTIFICATION (RFC 4271 4.5; 7 by RFC 7313, 8 by RFC 9687). Any other octet is kept as it came.
enum class ErrorCode : std::uint8_t {
  MessageHeader = 1,
  OpenMessage = 2,
  UpdateMessage = 3,
  HoldTimerExpired = 4,
  FiniteStateMachine = 5,
  Cease = 6,
  RouteRefreshMessage = 7,
  SendHoldTimerExpired = 8,
};

/// A NOTIFICATION message (RFC 4271 4.5), as received or as to be sent. Also the error type of every decoder.
struct Notification {
  ErrorCode code{};
  std::uint8_t subcode = 0;  ///< 0 = unspecific (RFC 4271 4.5)
  Bytes data;                ///< empty unless the RFC names its content

  friend bool operator==(const Notification&, const Notification&) = default;
};

/// A decoded value, or the NOTIFICATION to send for what was wrong.
template <class T>
using Result = std::expected<T, Notification>;

/// The error half of a Result, for `return failure(ErrorCode::OpenMessage, 1, {0, 4});`.
[[nodiscard]] inline std::unexpected<Notification> failure(ErrorCode code, std::uint8_t subcode, Bytes data = {}) {
  return std::unexpected(Notification{code, subcode, std::move(data)});
}

}  // namespace bgp BGP_EXPORT
