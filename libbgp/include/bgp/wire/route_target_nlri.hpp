// bgp/wire/route_target_nlri.hpp
//
// Route Target membership (RFC 4684 4; AFI 1, SAFI 132): which VPN routes a speaker wants.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// A prefix of 0 or 32 to 96 bits over an origin AS and a Route Target extended community. Default: the default route
/// target, which asks for everything. `path_id` is 0 where ADD-PATH is not in use (RFC 7911).
struct RouteTargetNlri {
  std::uint8_t length = 0;  ///< in bits; those beyond it are 0 in the fields below
  std::uint32_t origin_as = 0;
  std::array<std::uint8_t, 8> route_target{};
  std::uint32_t path_id = 0;

  friend constexpr auto operator<=>(const RouteTargetNlri&, const RouteTargetNlri&) = default;
};

/// "default", "65001:65001:100/96" (origin AS, then the Route Target of RFC 4360 4), "65001:0x0002fde9/64" where the
/// Route Target is not whole or of a type that RFC 4360 does not define; "#id" behind it where the path id is not 0.
[[nodiscard]] std::string to_string(const RouteTargetNlri& nlri);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::RouteTargetNlri> {
  std::size_t operator()(const bgp::RouteTargetNlri& nlri) const noexcept;
};
