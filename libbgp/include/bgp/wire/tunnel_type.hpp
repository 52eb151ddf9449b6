// bgp/wire/tunnel_type.hpp
//
// The registry "BGP Tunnel Encapsulation Attribute Tunnel Types" (RFC 9012 3): shared by the Encapsulation extended
// community and the Tunnel Encapsulation attribute.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// Names for some values of the two octets; others are kept as they came.
enum class TunnelType : std::uint16_t {
  L2tpV3OverIp = 1,
  Gre = 2,
  TransmitTunnelEndpoint = 3,
  IpsecInTunnelMode = 4,
  IpInIpWithIpsec = 5,
  MplsInIpWithIpsec = 6,
  IpInIp = 7,
  Vxlan = 8,
  Nvgre = 9,
  Mpls = 10,
  MplsInGre = 11,
  VxlanGpe = 12,
  MplsInUdp = 13,
  Ipv6Tunnel = 14,
  SrPolicy = 15,
  Bare = 16,
  Geneve = 19,
};

/// "gre", "vxlan"; the number where this library has no name.
[[nodiscard]] std::string to_string(TunnelType type);
/// What to_string() gives, or a number up to 65,535.
[[nodiscard]] std::optional<TunnelType> parse_tunnel_type(std::string_view text);

}  // namespace bgp BGP_EXPORT
