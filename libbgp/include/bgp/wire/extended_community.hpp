// bgp/wire/extended_community.hpp
//
// Extended communities (RFC 4360): eight octets, of which type and sub-type say what the others mean. The value keeps
// the octets, so any of them is passed on as it came; meaning() reads the common kinds and ExtendedCommunity::of()
// makes them. An unknown type is never an error (RFC 7606 7.14).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "bgp/export.hpp"
#include "bgp/wire/ethernet.hpp"
#include "bgp/wire/tunnel_type.hpp"

namespace bgp BGP_EXPORT {

/// The kinds of extended communities that this library reads. Numbers are in host order; bits that a kind reserves are
/// sent as 0 and ignored on receipt.
namespace extended {

/// How the six octets after the type divide into administrator and number (RFC 4360 3.1, 3.2; RFC 5668 2).
enum class Form : std::uint8_t {
  TwoOctetAs = 0,   ///< AS of 16 bits, number of 32
  Ipv4 = 1,         ///< address of 32 bits, number of 16
  FourOctetAs = 2,  ///< AS of 32 bits, number of 16
};

/// Who assigned the number, and the number. Parts beyond their width in the form are cut off by
/// ExtendedCommunity::of().
struct Assigned {
  Form form = Form::TwoOctetAs;
  std::uint32_t administrator = 0;
  std::uint32_t number = 0;

  friend constexpr auto operator<=>(const Assigned&, const Assigned&) = default;
};

/// RFC 4360 4; transitive.
struct RouteTarget {
  Assigned target;
  friend constexpr auto operator<=>(const RouteTarget&, const RouteTarget&) = default;
};

/// RFC 4360 5, Site of Origin in RFC 4364; transitive.
struct RouteOrigin {
  Assigned origin;
  friend constexpr auto operator<=>(const RouteOrigin&, const RouteOrigin&) = default;
};

/// draft-ietf-idr-link-bandwidth: octets a second. Non-transitive in the draft; many send the transitive form.
struct LinkBandwidth {
  std::uint16_t asn = 0;
  float octets_per_second = 0;
  bool transitive = false;
  friend constexpr bool operator==(const LinkBandwidth&, const LinkBandwidth&) = default;
};

/// RFC 9012 4.3.
struct Color {
  std::uint16_t flags = 0;
  std::uint32_t color = 0;
  friend constexpr auto operator<=>(const Color&, const Color&) = default;
};

/// RFC 9012 4.1.
struct Encapsulation {
  TunnelType tunnel{};
  friend constexpr auto operator<=>(const Encapsulation&, const Encapsulation&) = default;
};

/// RFC 9012 4.2, RFC 7432 7.8.
struct DefaultGateway {
  friend constexpr auto operator<=>(const DefaultGateway&, const DefaultGateway&) = default;
};

/// RFC 7432 7.7.
struct MacMobility {
  bool sticky = false;
  std::uint32_t sequence = 0;
  friend constexpr auto operator<=>(const MacMobility&, const MacMobility&) = default;
};

/// RFC 7432 7.5. `label`: the 24 bits of the field, an MPLS label in the upper 20 or a VNI.
struct EsiLabel {
  bool single_active = false;
  std::uint32_t label = 0;
  friend constexpr auto operator<=>(const EsiLabel&, const EsiLabel&) = default;
};

/// RFC 7432 7.6.
struct EsImport {
  MacAddress mac{};
  friend constexpr auto operator<=>(const EsImport&, const EsImport&) = default;
};

/// RFC 9135 8.1.
struct RouterMac {
  MacAddress mac{};
  friend constexpr auto operator<=>(const RouterMac&, const RouterMac&) = default;
};

/// RFC 8955 7.1: octets a second; 0 drops the traffic. `asn` only informs.
struct TrafficRateBytes {
  std::uint16_t asn = 0;
  float rate = 0;
  friend constexpr bool operator==(const TrafficRateBytes&, const TrafficRateBytes&) = default;
};

/// RFC 8955 7.2: packets a second.
struct TrafficRatePackets {
  std::uint16_t asn = 0;
  float rate = 0;
  friend constexpr bool operator==(const TrafficRatePackets&, const TrafficRatePackets&) = default;
};

/// RFC 8955 7.3. `terminal`: later filters are applied too when it is set.
struct TrafficAction {
  bool sample = false;
  bool terminal = false;
  friend constexpr auto operator<=>(const TrafficAction&, const TrafficAction&) = default;
};

/// RFC 8955 7.4: into the VRF that imports this route target.
struct Redirect {
  Assigned target;
  friend constexpr auto operator<=>(const Redirect&, const Redirect&) = default;
};

/// RFC 8955 7.5: the DSCP to set, 0 to 63.
struct TrafficMarking {
  std::uint8_t dscp = 0;
  friend constexpr auto operator<=>(const TrafficMarking&, const TrafficMarking&) = default;
};

/// Any other kind: OSPF's, experimental ones, those of a later RFC.
struct Other {
  friend constexpr auto operator<=>(const Other&, const Other&) = default;
};

}  // namespace extended

/// What an extended community says. Compares by contents.
using ExtendedMeaning =
    std::variant<extended::Other, extended::RouteTarget, extended::RouteOrigin, extended::LinkBandwidth,
                 extended::Color, extended::Encapsulation, extended::DefaultGateway, extended::MacMobility,
                 extended::EsiLabel, extended::EsImport, extended::RouterMac, extended::TrafficRateBytes,
                 extended::TrafficRatePackets, extended::TrafficAction, extended::Redirect, extended::TrafficMarking>;

/// RFC 4360 2.
struct ExtendedCommunity {
  std::uint64_t value = 0;  ///< the eight octets as one number in host order, the type on top

  /// The octets of a kind; Other gives 0. Fields wider than theirs on the wire lose their upper bits.
  [[nodiscard]] static ExtendedCommunity of(const ExtendedMeaning& meaning);
  /// What to_string() gives; also "rt:65001L:1" for a small AS in the four-octet form.
  [[nodiscard]] static std::optional<ExtendedCommunity> parse(std::string_view text);

  /// The first octet, flags and all.
  [[nodiscard]] constexpr std::uint8_t type() const { return static_cast<std::uint8_t>(value >> 56); }
  /// The second octet; part of the value for the few types that have no sub-type.
  [[nodiscard]] constexpr std::uint8_t subtype() const { return static_cast<std::uint8_t>(value >> 48); }
  /// Whether it may leave the AS (RFC 4360 2, T bit clear). Removing the others at the border is the caller's.
  [[nodiscard]] constexpr bool transitive() const { return (type() & 0x40U) == 0; }

  friend constexpr auto operator<=>(const ExtendedCommunity&, const ExtendedCommunity&) = default;
};

/// Reads type and sub-type; Other for what is not among the kinds above.
[[nodiscard]] ExtendedMeaning meaning(ExtendedCommunity community);

/// "rt:65001:100", "soo:192.0.2.1:5", "color:100", "encapsulation:vxlan", "mac-mobility:sticky:7", "redirect:65001:1";
/// sixteen hexadecimal digits behind "0x" for other kinds and where reserved bits are set, so that parse() always gives
/// the same octets again.
[[nodiscard]] std::string to_string(ExtendedCommunity community);

}  // namespace bgp BGP_EXPORT
