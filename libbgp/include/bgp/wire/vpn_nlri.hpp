// bgp/wire/vpn_nlri.hpp
//
// VPN-IPv4 and VPN-IPv6 prefixes (RFC 4364 4.3.4, RFC 4659 3.2; AFI 1 and 2, SAFI 128), and those of multicast VPNs,
// which have no label (RFC 6514; SAFI 129).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "bgp/export.hpp"
#include "bgp/wire/labels.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/route_distinguisher.hpp"

namespace bgp BGP_EXPORT {

/// `path_id` is 0 where ADD-PATH is not in use for the family (RFC 7911).
struct VpnNlri {
  RouteDistinguisher rd;
  Prefix prefix;
  LabelStack labels;  ///< none in a withdrawal (RFC 8277 2.4) and in SAFI 129; no part of the route's key
  std::uint32_t path_id = 0;

  friend constexpr auto operator<=>(const VpnNlri&, const VpnNlri&) = default;
};

/// "rd 65001:1 10.0.0.0/8#7 label 16"; "#id" and the labels only where there are some.
[[nodiscard]] std::string to_string(const VpnNlri& nlri);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::VpnNlri> {
  std::size_t operator()(const bgp::VpnNlri& nlri) const noexcept;
};
