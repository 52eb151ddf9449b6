// wire/pmsi_tunnel.cpp
//
// PMSI Tunnel (RFC 6514 5): octets and text.
#include "bgp/wire/pmsi_tunnel.hpp"

#include "attribute_shapes.hpp"
#include "bgp/wire/bytes.hpp"
#include "text.hpp"

namespace bgp {
namespace {

constexpr std::uint8_t kComposite = 0x80;

const char* name(PmsiTunnelType type) {
  switch (type) {
    case PmsiTunnelType::None: return "no-tunnel";
    case PmsiTunnelType::RsvpTeP2mp: return "rsvp-te-p2mp";
    case PmsiTunnelType::MldpP2mp: return "mldp-p2mp";
    case PmsiTunnelType::PimSsm: return "pim-ssm";
    case PmsiTunnelType::PimSm: return "pim-sm";
    case PmsiTunnelType::PimBidir: return "pim-bidir";
    case PmsiTunnelType::IngressReplication: return "ingress-replication";
    case PmsiTunnelType::MldpMp2mp: return "mldp-mp2mp";
    case PmsiTunnelType::AssistedReplication: return "assisted-replication";
    case PmsiTunnelType::Bier: return "bier";
  }
  return nullptr;
}

std::string text_of(PmsiTunnelType type) {
  const auto number = static_cast<std::uint8_t>(type);
  const auto base = static_cast<PmsiTunnelType>(number & ~kComposite);
  const std::string prefix = (number & kComposite) != 0 ? "composite-" : "";
  if (const char* known = name(base)) return prefix + known;
  return "tunnel-type-" + std::to_string(number);
}

}  // namespace

std::optional<IpAddress> PmsiTunnel::endpoint() const {
  if (static_cast<PmsiTunnelType>(static_cast<std::uint8_t>(type) & ~kComposite) !=
      PmsiTunnelType::IngressReplication) {
    return std::nullopt;
  }
  return address_of(identifier);
}

std::optional<PmsiTunnel> PmsiTunnel::decode(BytesView value) {
  if (!pmsi_tunnel_is_whole(value)) return std::nullopt;
  Reader reader(value);
  PmsiTunnel tunnel;
  tunnel.flags = reader.u8();
  tunnel.type = static_cast<PmsiTunnelType>(reader.u8());
  tunnel.label = reader.u16();
  tunnel.label = tunnel.label << 8 | reader.u8();
  const BytesView identifier = reader.rest();
  tunnel.identifier.assign(identifier.begin(), identifier.end());
  return tunnel;
}

Bytes PmsiTunnel::encode() const {
  Bytes value;
  Writer out(value);
  out.u8(flags);
  out.u8(static_cast<std::uint8_t>(type));
  out.u8(static_cast<std::uint8_t>(label >> 16));
  out.u16(static_cast<std::uint16_t>(label));
  out.bytes(identifier);
  return value;
}

std::string to_string(const PmsiTunnel& tunnel) {
  std::string text = text_of(tunnel.type) + " label " + std::to_string(tunnel.label);
  if (tunnel.flags != 0) text += " flags " + std::to_string(tunnel.flags);
  if (const auto endpoint = tunnel.endpoint()) return text + " endpoint " + to_string(*endpoint);
  if (!tunnel.identifier.empty()) text += " identifier " + hex_text(tunnel.identifier);
  return text;
}

}  // namespace bgp
