// bgp/wire/flow_spec.hpp
//
// Flow specifications (RFC 8955, RFC 8956; AFI 1 and 2, SAFI 133; 134 with a Route Distinguisher).
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
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/route_distinguisher.hpp"

namespace bgp BGP_EXPORT {

/// Component types (RFC 8955 4.2.2; FlowLabel by RFC 8956 3.7).
enum class FlowSpecType : std::uint8_t {
  DestinationPrefix = 1,
  SourcePrefix = 2,
  Protocol = 3,
  Port = 4,
  DestinationPort = 5,
  SourcePort = 6,
  IcmpType = 7,
  IcmpCode = 8,
  TcpFlags = 9,
  PacketLength = 10,
  Dscp = 11,
  Fragment = 12,
  FlowLabel = 13,  ///< IPv6 only
};

/// True for TcpFlags and Fragment, whose operators match bits instead of comparing (RFC 8955 4.2.1.2).
[[nodiscard]] constexpr bool has_bitmask_operators(FlowSpecType type) {
  return type == FlowSpecType::TcpFlags || type == FlowSpecType::Fragment;
}

/// The bits of an operator that say what is compared (RFC 8955 4.2.1).
namespace flow_spec_operator {
inline constexpr std::uint8_t kLess = 4, kGreater = 2, kEqual = 1;  // numeric_op
inline constexpr std::uint8_t kNot = 2, kMatch = 1;                 // bitmask_op
}  // namespace flow_spec_operator

/// One {operator, value} pair. Those of a component are joined by OR, or by AND where `conjunction` says so, AND
/// binding more tightly.
struct FlowSpecTerm {
  bool conjunction = false;     ///< the AND bit; never set in the first term (RFC 8955 4.2.1.1)
  std::uint8_t comparison = 0;  ///< the lower three bits of a numeric_op, two of a bitmask_op
  std::uint8_t width = 1;       ///< octets of the value on the wire: 1, 2, 4 or 8
  std::uint64_t value = 0;

  friend constexpr auto operator<=>(const FlowSpecTerm&, const FlowSpecTerm&) = default;
};

/// What a prefix component matches: the bits of `prefix` from `offset` on (RFC 8956 3.1; 0 in IPv4). Bits before
/// `offset` are 0.
struct FlowSpecPrefix {
  Prefix prefix;
  std::uint8_t offset = 0;

  friend constexpr auto operator<=>(const FlowSpecPrefix&, const FlowSpecPrefix&) = default;
};

struct FlowSpecComponent {
  FlowSpecType type{};
  std::variant<FlowSpecPrefix, std::vector<FlowSpecTerm>> match;  ///< the former for the two prefix types

  friend auto operator<=>(const FlowSpecComponent&, const FlowSpecComponent&) = default;
};

/// All components must match a packet (RFC 8955 4.2). `path_id` is 0 where ADD-PATH is not in use (RFC 7911).
struct FlowSpecNlri {
  std::optional<RouteDistinguisher> rd;       ///< SAFI 134 only
  std::vector<FlowSpecComponent> components;  ///< ascending by type, each type once, at least one
  std::uint32_t path_id = 0;

  friend auto operator<=>(const FlowSpecNlri&, const FlowSpecNlri&) = default;
};

/// "destination 192.0.2.0/24 & protocol = 6 & port >= 137 and <= 139 or = 8080", "rd 65001:1 " before it in SAFI 134,
/// and
/// "#id" behind it where the path id is not 0. An offset is written as in RFC 8956: "::1234:0:0/65-104". Of the bits of
/// TCP flags and fragments: "any 0x02" one of them, "all 0x12" each of them, "not" before them.
[[nodiscard]] std::string to_string(const FlowSpecNlri& nlri);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::FlowSpecNlri> {
  std::size_t operator()(const bgp::FlowSpecNlri& nlri) const noexcept;
};
