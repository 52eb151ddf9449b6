// bgp/wire/link_state_nlri.hpp
//
// Link-state NLRI (BGP-LS, RFC 9552 5.2; AFI 16388, SAFI 71; 72 with a Route Distinguisher).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/route_distinguisher.hpp"

namespace bgp BGP_EXPORT {

/// NLRI types whose form is known (RFC 9552 5.2, RFC 9514 6).
enum class LinkStateType : std::uint16_t { Node = 1, Link = 2, Ipv4Prefix = 3, Ipv6Prefix = 4, Srv6Sid = 6 };

/// A descriptor, its value kept as octets.
struct LinkStateTlv {
  std::uint16_t type = 0;
  Bytes value;

  friend auto operator<=>(const LinkStateTlv&, const LinkStateTlv&) = default;
};

/// What an NLRI of a known type says.
struct LinkStateObject {
  std::uint8_t protocol = 0;              ///< Protocol-ID: 1 and 2 IS-IS, 3 OSPFv2, 4 direct, 5 static, 6 OSPFv3, ...
  std::uint64_t identifier = 0;           ///< of the routing universe
  std::vector<LinkStateTlv> descriptors;  ///< in wire order

  friend auto operator<=>(const LinkStateObject&, const LinkStateObject&) = default;
};

/// `path_id` is 0 where ADD-PATH is not in use (RFC 7911).
struct LinkStateNlri {
  LinkStateType type{};
  std::optional<RouteDistinguisher> rd;         ///< SAFI 72 only
  std::variant<LinkStateObject, Bytes> object;  ///< octets where the type is none of those above
  std::uint32_t path_id = 0;

  friend auto operator<=>(const LinkStateNlri&, const LinkStateNlri&) = default;
};

/// "link-state node protocol 2 identifier 0 256:0x02000004...", "rd 65001:1 " before it in SAFI 72, and "#id" behind it
/// where the path id is not 0.
[[nodiscard]] std::string to_string(const LinkStateNlri& nlri);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::LinkStateNlri> {
  std::size_t operator()(const bgp::LinkStateNlri& nlri) const noexcept;
};
