// bgp/wire/evpn_nlri.hpp
//
// EVPN routes (RFC 7432 7, AFI 25, SAFI 70; IP prefix routes of RFC 9136).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/ethernet.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/route_distinguisher.hpp"

namespace bgp BGP_EXPORT {

/// The route types, by the names of their sections. A label here is the whole field of 24 bits: with MPLS the label is
/// in the upper 20 bits, with VXLAN all of it is the VNI (RFC 8365 5.1.3).
namespace evpn {

/// Type 1, RFC 7432 7.1.
struct EthernetAutoDiscovery {
  RouteDistinguisher rd;
  EthernetSegmentId segment;
  std::uint32_t tag = 0;    ///< Ethernet Tag ID
  std::uint32_t label = 0;  ///< 24 bits; no part of the route's key

  friend constexpr auto operator<=>(const EthernetAutoDiscovery&, const EthernetAutoDiscovery&) = default;
};

/// Type 2, RFC 7432 7.2.
struct MacIpAdvertisement {
  RouteDistinguisher rd;
  EthernetSegmentId segment;  ///< no part of the route's key
  std::uint32_t tag = 0;
  MacAddress mac;
  std::optional<IpAddress> ip;
  std::uint32_t label1 = 0;             ///< 24 bits; no part of the route's key
  std::optional<std::uint32_t> label2;  ///< 24 bits; no part of the route's key

  friend constexpr auto operator<=>(const MacIpAdvertisement&, const MacIpAdvertisement&) = default;
};

/// Type 3, RFC 7432 7.3.
struct InclusiveMulticast {
  RouteDistinguisher rd;
  std::uint32_t tag = 0;
  IpAddress originator;

  friend constexpr auto operator<=>(const InclusiveMulticast&, const InclusiveMulticast&) = default;
};

/// Type 4, RFC 7432 7.4.
struct EthernetSegment {
  RouteDistinguisher rd;
  EthernetSegmentId segment;
  IpAddress originator;

  friend constexpr auto operator<=>(const EthernetSegment&, const EthernetSegment&) = default;
};

/// Type 5, RFC 9136 3.1.
struct IpPrefix {
  RouteDistinguisher rd;
  EthernetSegmentId segment;  ///< no part of the route's key
  std::uint32_t tag = 0;
  Prefix prefix;
  IpAddress gateway;        ///< of the prefix's address family; all 0: none. No part of the route's key
  std::uint32_t label = 0;  ///< 24 bits; no part of the route's key

  friend constexpr auto operator<=>(const IpPrefix&, const IpPrefix&) = default;
};

/// A type that this library does not know. RFC 7606 5.4: such routes are discarded, so NlriView::any() passes over
/// them; NlriView::any_as_written() shows them.
struct UnknownRoute {
  std::uint8_t type = 0;
  Bytes octets;  ///< behind the length octet

  friend auto operator<=>(const UnknownRoute&, const UnknownRoute&) = default;
};

using Route = std::variant<EthernetAutoDiscovery, MacIpAdvertisement, InclusiveMulticast, EthernetSegment, IpPrefix,
                           UnknownRoute>;

}  // namespace evpn

/// `path_id` is 0 where ADD-PATH is not in use for the family (RFC 7911).
struct EvpnNlri {
  evpn::Route route;
  std::uint32_t path_id = 0;

  friend auto operator<=>(const EvpnNlri&, const EvpnNlri&) = default;
};

/// The Route Type octet of RFC 7432 7.
[[nodiscard]] std::uint8_t route_type(const evpn::Route& route);

/// In the brackets that people know from routers, behind the Route Distinguisher, and then what is no part of the key:
/// "rd 192.0.2.1:10 [2]:[0]:[48]:[00:00:5e:00:53:01]:[32]:[192.0.2.9] label 160/176". "#id" stands before " label"
/// where the path id is not 0.
[[nodiscard]] std::string to_string(const EvpnNlri& nlri);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::EvpnNlri> {
  std::size_t operator()(const bgp::EvpnNlri& nlri) const noexcept;
};
