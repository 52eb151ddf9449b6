// bgp/session/collision.hpp
//
// Connection collision detection (RFC 4271 6.8): which of two connections with one peer survives.
#pragma once

#include <cstdint>
#include <string_view>

#include "bgp/export.hpp"
#include "bgp/wire/address.hpp"

namespace bgp BGP_EXPORT {

/// Who opened a connection.
enum class Direction : std::uint8_t { Outgoing, Incoming };

[[nodiscard]] std::string_view to_string(Direction direction);

/// What tells two speakers apart.
struct SpeakerId {
  BgpIdentifier identifier;
  std::uint32_t asn = 0;
};

/// The direction, seen from us, of the connection that survives: the one that the side with the larger BGP Identifier
/// opened; with equal identifiers, the larger AS number (RFC 6286 2.3). Both sides come to the same connection.
[[nodiscard]] Direction collision_winner(const SpeakerId& local, const SpeakerId& remote);

}  // namespace bgp BGP_EXPORT
