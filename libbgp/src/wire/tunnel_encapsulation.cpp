// wire/tunnel_encapsulation.cpp
//
// Tunnel Encapsulation (RFC 9012) between octets and values.
#include "bgp/wire/tunnel_encapsulation.hpp"

#include <algorithm>

#include "attribute_shapes.hpp"
#include "overloaded.hpp"
#include "tlv.hpp"

namespace bgp {
namespace {

using namespace tunnel;

// Sub-TLV types of the IANA registry
constexpr std::uint8_t kEncapsulation = 1, kProtocolType = 2, kColor = 4, kEgressEndpoint = 6, kDsField = 7,
                       kUdpDestinationPort = 8, kEmbeddedLabelHandling = 9, kLabelStack = 10;
constexpr std::uint8_t kHasVni = 0x80, kHasMac = 0x40;  // RFC 9012 3.2.1
constexpr std::uint16_t kColorCommunity = 0x030b;       // RFC 9012 3.4.2: the value is a Color extended community

Bytes copy(BytesView octets) { return {octets.begin(), octets.end()}; }

TunnelSubTlv read_endpoint(BytesView value) {
  Reader reader(value);
  reader.u32();  // RFC 9012 3.1: reserved
  reader.u16();  // the family, which the length says too
  return EgressEndpoint{address_of(reader.rest())};
}

TunnelSubTlv read_vxlan(BytesView value) {
  Reader reader(value);
  const std::uint8_t flags = reader.u8();
  std::uint32_t vni = reader.u8();
  vni = vni << 16 | reader.u16();
  MacAddress mac{};
  std::ranges::copy(reader.bytes(mac.octets.size()), mac.octets.begin());
  VxlanEncapsulation encapsulation;
  if ((flags & kHasVni) != 0) encapsulation.vni = vni;
  if ((flags & kHasMac) != 0) encapsulation.mac = mac;
  return encapsulation;
}

TunnelSubTlv read_l2tpv3(BytesView value) {
  Reader reader(value);
  const std::uint32_t session = reader.u32();
  return L2tpV3Encapsulation{session, copy(reader.rest())};
}

TunnelSubTlv read_encapsulation(TunnelType type, BytesView value) {
  switch (type) {
    case TunnelType::Vxlan:
    case TunnelType::Nvgre: return read_vxlan(value);
    case TunnelType::Gre:
    case TunnelType::MplsInGre: return GreEncapsulation{Reader(value).u32()};
    case TunnelType::L2tpV3OverIp: return read_l2tpv3(value);
    default: return Other{kEncapsulation, copy(value)};
  }
}

TunnelSubTlv read_color(BytesView value) {
  Reader reader(value);
  reader.u32();  // type, sub-type and flags
  return tunnel::Color{reader.u32()};
}

TunnelSubTlv read_label_stack(BytesView value) {
  tunnel::LabelStack stack;
  for (Reader reader(value); reader.remaining() >= 4;) stack.entries.push_back(reader.u32());
  return stack;
}

TunnelSubTlv read_known(TunnelType type, const Tlv& tlv) {
  Reader reader(tlv.value);
  switch (tlv.type) {
    case kEncapsulation: return read_encapsulation(type, tlv.value);
    case kProtocolType: return ProtocolType{reader.u16()};
    case kColor: return read_color(tlv.value);
    case kEgressEndpoint: return read_endpoint(tlv.value);
    case kDsField: return DsField{reader.u8()};
    case kUdpDestinationPort: return UdpDestinationPort{reader.u16()};
    case kEmbeddedLabelHandling: return EmbeddedLabelHandling{reader.u8()};
    case kLabelStack: return read_label_stack(tlv.value);
    default: return Other{static_cast<std::uint8_t>(tlv.type), copy(tlv.value)};
  }
}

void write_endpoint(Writer& out, const EgressEndpoint& endpoint) {
  out.u32(0);
  out.u16(endpoint.address ? static_cast<std::uint16_t>(endpoint.address->is_v6() ? Afi::Ipv6 : Afi::Ipv4) : 0);
  if (endpoint.address) out.bytes(endpoint.address->octets());
}

void write_vxlan(Writer& out, const VxlanEncapsulation& encapsulation) {
  out.u8(static_cast<std::uint8_t>((encapsulation.vni ? kHasVni : 0) | (encapsulation.mac ? kHasMac : 0)));
  const std::uint32_t vni = encapsulation.vni.value_or(0);
  out.u8(static_cast<std::uint8_t>(vni >> 16));
  out.u16(static_cast<std::uint16_t>(vni));
  out.bytes(encapsulation.mac.value_or(MacAddress{}).octets);
  out.u16(0);
}

std::uint8_t type_of(const TunnelSubTlv& sub_tlv) {
  return std::visit(Overloaded{
                        [](const EgressEndpoint&) { return kEgressEndpoint; },
                        [](const VxlanEncapsulation&) { return kEncapsulation; },
                        [](const GreEncapsulation&) { return kEncapsulation; },
                        [](const L2tpV3Encapsulation&) { return kEncapsulation; },
                        [](const ProtocolType&) { return kProtocolType; },
                        [](const tunnel::Color&) { return kColor; },
                        [](const DsField&) { return kDsField; },
                        [](const UdpDestinationPort&) { return kUdpDestinationPort; },
                        [](const EmbeddedLabelHandling&) { return kEmbeddedLabelHandling; },
                        [](const tunnel::LabelStack&) { return kLabelStack; },
                        [](const Other& other) { return other.type; },
                    },
                    sub_tlv);
}

Bytes value_of(const TunnelSubTlv& sub_tlv) {
  Bytes value;
  Writer out(value);
  std::visit(Overloaded{
                 [&](const EgressEndpoint& endpoint) { write_endpoint(out, endpoint); },
                 [&](const VxlanEncapsulation& encapsulation) { write_vxlan(out, encapsulation); },
                 [&](const GreEncapsulation& encapsulation) { out.u32(encapsulation.key); },
                 [&](const L2tpV3Encapsulation& encapsulation) {
                   out.u32(encapsulation.session);
                   out.bytes(encapsulation.cookie);
                 },
                 [&](const ProtocolType& protocol) { out.u16(protocol.ethertype); },
                 [&](const tunnel::Color& color) {
                   out.u16(kColorCommunity);
                   out.u16(0);
                   out.u32(color.color);
                 },
                 [&](const DsField& field) { out.u8(field.value); },
                 [&](const UdpDestinationPort& port) { out.u16(port.port); },
                 [&](const EmbeddedLabelHandling& handling) { out.u8(handling.value); },
                 [&](const tunnel::LabelStack& stack) {
                   for (const std::uint32_t entry : stack.entries) out.u32(entry);
                 },
                 [&](const Other& other) { out.bytes(other.value); },
             },
             sub_tlv);
  return value;
}

/// A sub-TLV as a value when that says everything that its octets say.
TunnelSubTlv read_sub_tlv(TunnelType type, const Tlv& tlv) {
  TunnelSubTlv known = read_known(type, tlv);
  if (std::ranges::equal(value_of(known), tlv.value)) return known;
  return Other{static_cast<std::uint8_t>(tlv.type), copy(tlv.value)};
}

void write_sub_tlv(Writer& out, const TunnelSubTlv& sub_tlv) {
  const std::uint8_t type = type_of(sub_tlv);
  const Bytes value = value_of(sub_tlv);
  out.u8(type);
  if (type < 128) {
    out.u8(static_cast<std::uint8_t>(value.size()));
  } else {
    out.u16(static_cast<std::uint16_t>(value.size()));
  }
  out.bytes(value);
}

}  // namespace

std::optional<TunnelEncapsulation> TunnelEncapsulation::decode(BytesView value) {
  if (value.empty() || tunnel_encapsulation_shape(value) == TunnelEncapsulationShape::Broken) return std::nullopt;
  TunnelEncapsulation encapsulation;
  Reader reader(value);
  while (const auto tlv = reader.empty() ? std::nullopt : take_wide_tlv(reader)) {
    Tunnel tunnel{static_cast<TunnelType>(tlv->type), {}};
    Reader inner(tlv->value);
    while (const auto sub_tlv = inner.empty() ? std::nullopt : take_tunnel_subtlv(inner)) {
      tunnel.sub_tlvs.push_back(read_sub_tlv(tunnel.type, *sub_tlv));
    }
    encapsulation.tunnels.push_back(std::move(tunnel));
  }
  return encapsulation;
}

Bytes TunnelEncapsulation::encode() const {
  Bytes value;
  Writer out(value);
  for (const Tunnel& tunnel : tunnels) {
    out.u16(static_cast<std::uint16_t>(tunnel.type));
    const auto length = out.length_u16();
    for (const TunnelSubTlv& sub_tlv : tunnel.sub_tlvs) write_sub_tlv(out, sub_tlv);
  }
  return value;
}

}  // namespace bgp
