// bgp/wire/attributes.hpp
//
// Path attributes as owned, comparable values (RFC 4271 4.3, 5): what a RIB keeps and an application builds.
// The NLRI are not among them, and MP_REACH_NLRI's next hop is simply the next hop (RFC 4760 3).
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/as_path.hpp"
#include "bgp/wire/attribute_view.hpp"
#include "bgp/wire/communities.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/extended_community.hpp"

namespace bgp BGP_EXPORT {

/// RFC 4271 4.3 a.
enum class Origin : std::uint8_t { Igp = 0, Egp = 1, Incomplete = 2 };

/// RFC 4271 4.3 g; the AS in four octets whatever the session uses (RFC 6793 4.2.3).
struct Aggregator {
  std::uint32_t asn = 0;
  BgpIdentifier speaker;  ///< the aggregating speaker's address

  friend constexpr auto operator<=>(const Aggregator&, const Aggregator&) = default;
};

/// Where to send what is reachable. `link_local` is the second half of a 32-octet IPv6 next hop (RFC 2545 3). The Route
/// Distinguisher of the VPN families' next hops is always 0 and not kept (RFC 4364 4.3.2).
struct NextHop {
  IpAddress address;
  std::optional<IpAddress> link_local;

  friend constexpr auto operator<=>(const NextHop&, const NextHop&) = default;
};

/// An attribute kept as octets: any that has no field below. The known ones among them read and write as values with
/// find() and put() of attribute_access.hpp.
struct RawAttribute {
  std::uint8_t flags = 0;  ///< the extended-length bit is not kept: the encoder sets it where needed
  std::uint8_t code = 0;
  Bytes value;

  friend auto operator<=>(const RawAttribute&, const RawAttribute&) = default;
};

/// Which of the typed optional transitive attributes came with the Partial bit. Once set it stays set (RFC 4271 5).
struct PartialBits {
  bool aggregator = false;
  bool communities = false;
  bool extended_communities = false;
  bool large_communities = false;
  bool only_to_customer = false;

  friend constexpr auto operator<=>(const PartialBits&, const PartialBits&) = default;
};

struct PathAttributes {
  Origin origin = Origin::Igp;
  AsPath as_path;
  NextHop next_hop;
  std::optional<std::uint32_t> med;
  std::optional<std::uint32_t> local_pref;
  bool atomic_aggregate = false;
  std::optional<Aggregator> aggregator;
  std::vector<Community> communities;                   ///< in wire order
  std::optional<BgpIdentifier> originator_id;           ///< RFC 4456 8; sent to internal peers only
  std::vector<BgpIdentifier> cluster_list;              ///< RFC 4456 8, in wire order; sent to internal peers only
  std::vector<ExtendedCommunity> extended_communities;  ///< RFC 4360, in wire order
  std::vector<LargeCommunity> large_communities;        ///< in wire order
  std::optional<std::uint32_t> only_to_customer;        ///< RFC 9234 5: the AS that attached OTC
  std::vector<RawAttribute> others;                     ///< ascending by code
  PartialBits partial;                                  ///< of attributes that an earlier AS passed on unrecognized

  friend bool operator==(const PathAttributes&, const PathAttributes&) = default;
};

[[nodiscard]] std::string to_string(Origin origin);
/// The registry's name: "AS_PATH"; "attribute 200" for an unknown one.
[[nodiscard]] std::string to_string(AttributeCode code);
/// The name and the value: "IPv6 Address Specific Extended Community rt:[2001:db8::1]:5"; hexadecimal for what this
/// library does not read, or is malformed.
[[nodiscard]] std::string to_string(const RawAttribute& attribute);
/// One line: "origin igp as-path 65001 next-hop 192.0.2.1 med 5 communities 65001:100".
[[nodiscard]] std::string to_string(const PathAttributes& attributes);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::PathAttributes> {
  std::size_t operator()(const bgp::PathAttributes& attributes) const noexcept;
};
