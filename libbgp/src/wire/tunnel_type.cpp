// wire/tunnel_type.cpp
//
// Names of tunnel types (RFC 9012 3 and its registry).
#include "bgp/wire/tunnel_type.hpp"

#include <array>

#include "number_text.hpp"

namespace bgp {
namespace {

struct Named {
  TunnelType type;
  std::string_view name;
};

constexpr std::array<Named, 17> kNames{{
    {TunnelType::L2tpV3OverIp, "l2tpv3"},
    {TunnelType::Gre, "gre"},
    {TunnelType::TransmitTunnelEndpoint, "transmit-tunnel-endpoint"},
    {TunnelType::IpsecInTunnelMode, "ipsec"},
    {TunnelType::IpInIpWithIpsec, "ip-in-ip-with-ipsec"},
    {TunnelType::MplsInIpWithIpsec, "mpls-in-ip-with-ipsec"},
    {TunnelType::IpInIp, "ip-in-ip"},
    {TunnelType::Vxlan, "vxlan"},
    {TunnelType::Nvgre, "nvgre"},
    {TunnelType::Mpls, "mpls"},
    {TunnelType::MplsInGre, "mpls-in-gre"},
    {TunnelType::VxlanGpe, "vxlan-gpe"},
    {TunnelType::MplsInUdp, "mpls-in-udp"},
    {TunnelType::Ipv6Tunnel, "ipv6-tunnel"},
    {TunnelType::SrPolicy, "sr-policy"},
    {TunnelType::Bare, "bare"},
    {TunnelType::Geneve, "geneve"},
}};

}  // namespace

std::string to_string(TunnelType type) {
  for (const Named& named : kNames) {
    if (named.type == type) return std::string(named.name);
  }
  return std::to_string(static_cast<unsigned>(type));
}

std::optional<TunnelType> parse_tunnel_type(std::string_view text) {
  for (const Named& named : kNames) {
    if (named.name == text) return named.type;
  }
  const auto number = parse_number(text, 65535);
  if (!number) return std::nullopt;
  return static_cast<TunnelType>(*number);
}

}  // namespace bgp
