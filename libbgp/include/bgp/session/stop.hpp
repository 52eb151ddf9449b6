// bgp/session/stop.hpp
//
// Why we end a session on purpose: the Cease that the peer is told (RFC 4271 6.7, RFC 4486, RFC 9003, RFC 9384).
#pragma once

#include <cstdint>
#include <string_view>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// The cause of ManualStop or AutomaticStop. A regular value.
struct Stop {
  std::uint8_t subcode = cease::kAdministrativeShutdown;  ///< of Cease
  Bytes data;                                             ///< of the NOTIFICATION
  bool graceful = false;  ///< Cease/4 only: the operator expects the peer to keep routes (RFC 8538 5.1)

  /// Cease/2 with a shutdown communication of at most 128 octets of UTF-8 (RFC 9003 2); none when empty.
  [[nodiscard]] static Stop shutdown(std::string_view text = {});
  /// Cease/4, likewise.
  [[nodiscard]] static Stop reset(std::string_view text = {});
  /// Cease/3: the peer was removed from the configuration.
  [[nodiscard]] static Stop deconfigured() { return {cease::kPeerDeconfigured, {}, false}; }
  /// Cease/1 with family and bound (RFC 4486 4).
  [[nodiscard]] static Stop maximum_prefixes(Family family, std::uint32_t bound);

  /// The peer is expected to keep our routes over it where RFC 8538 applies (its 5.1): Cease 5 to 8, and 4 by choice.
  [[nodiscard]] bool is_graceful() const;
  [[nodiscard]] Notification notification() const { return {ErrorCode::Cease, subcode, data}; }

  friend bool operator==(const Stop&, const Stop&) = default;
};

}  // namespace bgp BGP_EXPORT
