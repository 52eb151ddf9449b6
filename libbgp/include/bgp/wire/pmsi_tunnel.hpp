// bgp/wire/pmsi_tunnel.hpp
//
// The PMSI Tunnel attribute (RFC 6514 5): how multicast or BUM traffic of a VPN travels. PathAttributes keeps it as
// octets; find() and put() of attribute_access.hpp read and write it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// RFC 6514 5 and the registry of RFC 7385; RFC 8317 may set bit 0x80 on top (composite tunnel).
enum class PmsiTunnelType : std::uint8_t {
  None = 0,
  RsvpTeP2mp = 1,
  MldpP2mp = 2,
  PimSsm = 3,
  PimSm = 4,
  PimBidir = 5,
  IngressReplication = 6,
  MldpMp2mp = 7,
  AssistedReplication = 10,
  Bier = 11,
};

struct PmsiTunnel {
  static constexpr AttributeCode kCode = AttributeCode::PmsiTunnel;
  static constexpr std::uint8_t kFlags = 0xc0;  ///< optional transitive

  std::uint8_t flags = 0;  ///< 0x01: leaf information required
  PmsiTunnelType type{};
  std::uint32_t label = 0;  ///< the 24 bits of the field: an MPLS label in the upper 20 (0 = none), or a VNI
  Bytes identifier;         ///< as the type wants it

  /// The tunnel's endpoint, when the identifier is one address (ingress replication).
  [[nodiscard]] std::optional<IpAddress> endpoint() const;

  /// Nothing for what RFC 6514 5 calls malformed: shorter than 5 octets, an undefined type, or an identifier that is
  /// none of its type.
  [[nodiscard]] static std::optional<PmsiTunnel> decode(BytesView value);
  [[nodiscard]] Bytes encode() const;

  friend auto operator<=>(const PmsiTunnel&, const PmsiTunnel&) = default;
};

/// "ingress-replication label 256 endpoint 192.0.2.1"; other identifiers in hexadecimal.
[[nodiscard]] std::string to_string(const PmsiTunnel& tunnel);

}  // namespace bgp BGP_EXPORT
