// bgp/wire/route_distinguisher.hpp
//
// Route Distinguishers (RFC 4364 4.2): eight octets that keep equal addresses of several VPNs apart.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// A value; ordered as its octets are. Default: type 0, 0:0.
struct RouteDistinguisher {
  std::uint64_t value = 0;  ///< the eight octets as a number: type (two octets), administrator, assigned number

  /// Type 0: a two-octet AS and a four-octet number.
  [[nodiscard]] static constexpr RouteDistinguisher of_as2(std::uint16_t asn, std::uint32_t number) {
    return {std::uint64_t{asn} << 32 | number};
  }
  /// Type 1: an IPv4 address (host order) and a two-octet number.
  [[nodiscard]] static constexpr RouteDistinguisher of_v4(std::uint32_t address, std::uint16_t number) {
    return {std::uint64_t{1} << 48 | std::uint64_t{address} << 16 | number};
  }
  /// Type 2: a four-octet AS and a two-octet number.
  [[nodiscard]] static constexpr RouteDistinguisher of_as4(std::uint32_t asn, std::uint16_t number) {
    return {std::uint64_t{2} << 48 | std::uint64_t{asn} << 16 | number};
  }

  /// What to_string() writes. An AS beyond 65535 means type 2; "2:65001:1" asks for it.
  [[nodiscard]] static std::optional<RouteDistinguisher> parse(std::string_view text);

  [[nodiscard]] constexpr std::uint16_t type() const { return static_cast<std::uint16_t>(value >> 48); }

  friend constexpr auto operator<=>(const RouteDistinguisher&, const RouteDistinguisher&) = default;
};

/// "65001:1" (type 0), "192.0.2.1:5" (type 1), "4200000000:1" (type 2; "2:65001:1" where the AS would fit type 0), and
/// sixteen digits behind "0x" for a type that RFC 4364 4.2 does not define.
[[nodiscard]] std::string to_string(RouteDistinguisher distinguisher);

}  // namespace bgp BGP_EXPORT
