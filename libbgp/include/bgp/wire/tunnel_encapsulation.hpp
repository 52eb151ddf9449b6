// bgp/wire/tunnel_encapsulation.hpp
//
// The Tunnel Encapsulation attribute (RFC 9012). PathAttributes keeps it as octets; find() and put() of
// attribute_access.hpp read and write it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/ethernet.hpp"
#include "bgp/wire/tunnel_type.hpp"

namespace bgp BGP_EXPORT {

/// The sub-TLVs of a tunnel that this library reads; one in another form, or with reserved bits set, is an Other.
namespace tunnel {

/// RFC 9012 3.1. No address: the tunnel ends at the route's next hop.
struct EgressEndpoint {
  std::optional<IpAddress> address;
  friend auto operator<=>(const EgressEndpoint&, const EgressEndpoint&) = default;
};

/// RFC 9012 3.2.1 and 3.2.3, the Encapsulation of VXLAN and NVGRE. `vni`: 24 bits. `mac`: of the inner Ethernet header.
struct VxlanEncapsulation {
  std::optional<std::uint32_t> vni;
  std::optional<MacAddress> mac;
  friend auto operator<=>(const VxlanEncapsulation&, const VxlanEncapsulation&) = default;
};

/// RFC 9012 3.2.5 and 3.2.6, the Encapsulation of GRE and MPLS-in-GRE.
struct GreEncapsulation {
  std::uint32_t key = 0;
  friend auto operator<=>(const GreEncapsulation&, const GreEncapsulation&) = default;
};

/// RFC 9012 3.2.4, the Encapsulation of L2TPv3.
struct L2tpV3Encapsulation {
  std::uint32_t session = 0;
  Bytes cookie;  ///< 0, 4 or 8 octets
  friend auto operator<=>(const L2tpV3Encapsulation&, const L2tpV3Encapsulation&) = default;
};

/// RFC 9012 3.4.1: an Ethertype.
struct ProtocolType {
  std::uint16_t ethertype = 0;
  friend auto operator<=>(const ProtocolType&, const ProtocolType&) = default;
};

/// RFC 9012 3.4.2: the tunnel serves routes with this Color extended community.
struct Color {
  std::uint32_t color = 0;
  friend auto operator<=>(const Color&, const Color&) = default;
};

/// RFC 9012 3.3.1.
struct DsField {
  std::uint8_t value = 0;
  friend auto operator<=>(const DsField&, const DsField&) = default;
};

/// RFC 9012 3.3.2.
struct UdpDestinationPort {
  std::uint16_t port = 0;
  friend auto operator<=>(const UdpDestinationPort&, const UdpDestinationPort&) = default;
};

/// RFC 9012 3.5: 1 keeps the label of the NLRI in the payload, 2 takes it as the VNI.
struct EmbeddedLabelHandling {
  std::uint8_t value = 0;
  friend auto operator<=>(const EmbeddedLabelHandling&, const EmbeddedLabelHandling&) = default;
};

/// RFC 9012 3.6: label stack entries of 32 bits, the top one first.
struct LabelStack {
  std::vector<std::uint32_t> entries;
  friend auto operator<=>(const LabelStack&, const LabelStack&) = default;
};

/// Any other sub-TLV, kept as octets.
struct Other {
  std::uint8_t type = 0;
  Bytes value;  ///< at most 255 octets for types below 128
  friend auto operator<=>(const Other&, const Other&) = default;
};

}  // namespace tunnel

using TunnelSubTlv =
    std::variant<tunnel::EgressEndpoint, tunnel::VxlanEncapsulation, tunnel::GreEncapsulation,
                 tunnel::L2tpV3Encapsulation, tunnel::ProtocolType, tunnel::Color, tunnel::DsField,
                 tunnel::UdpDestinationPort, tunnel::EmbeddedLabelHandling, tunnel::LabelStack, tunnel::Other>;

/// One TLV of the attribute.
struct Tunnel {
  TunnelType type{};
  std::vector<TunnelSubTlv> sub_tlvs;  ///< in wire order

  friend auto operator<=>(const Tunnel&, const Tunnel&) = default;
};

struct TunnelEncapsulation {
  static constexpr AttributeCode kCode = AttributeCode::TunnelEncapsulation;
  static constexpr std::uint8_t kFlags = 0xc0;  ///< optional transitive

  std::vector<Tunnel> tunnels;  ///< in wire order

  /// Nothing when a length does not fit what is around it, or there is no tunnel (RFC 9012 13).
  [[nodiscard]] static std::optional<TunnelEncapsulation> decode(BytesView value);
  [[nodiscard]] Bytes encode() const;

  friend auto operator<=>(const TunnelEncapsulation&, const TunnelEncapsulation&) = default;
};

/// "vxlan (endpoint 192.0.2.1 vni 100) gre (key 7)".
[[nodiscard]] std::string to_string(const TunnelEncapsulation& encapsulation);

}  // namespace bgp BGP_EXPORT
