// support/generate_attributes.hpp
//
// Random but repeatable path attributes, their values, addresses and prefixes: for tests that hold whatever a route
// looks like. Only the engine of <random> is used, because the standard distributions differ between libraries.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "bgp/wire/aigp.hpp"
#include "bgp/wire/attr_set.hpp"
#include "bgp/wire/attribute_access.hpp"
#include "bgp/wire/ipv6_extended_community.hpp"
#include "bgp/wire/pmsi_tunnel.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/prefix_sid.hpp"
#include "bgp/wire/tunnel_encapsulation.hpp"

namespace bgp {

class AttributeGenerator {
 public:
  explicit AttributeGenerator(std::uint32_t seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
  bool chance(std::uint32_t one_in) { return below(one_in) == 0; }
  std::uint8_t u8() { return static_cast<std::uint8_t>(engine_()); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(engine_()); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(engine_()); }
  std::uint64_t u64() {
    const std::uint64_t upper = u32();
    return upper << 32 | u32();
  }
  std::uint32_t u24() { return below(1U << 24); }
  /// Two octets or four.
  std::uint32_t asn() { return chance(3) ? 65536 + below(1000000) : 1 + below(65000); }

  Bytes octets(std::size_t size) {
    Bytes bytes(size);
    for (std::uint8_t& octet : bytes) octet = u8();
    return bytes;
  }

  /// One that may stand as a next hop.
  IpAddress address(bool v6) {
    if (!v6) return IpAddress::v4(0x01000000 + below(0xdf000000));
    Bytes bytes = octets(16);
    bytes[0] = 0x20;
    return IpAddress::v6(std::span<const std::uint8_t, 16>(bytes.data(), 16));
  }

  std::vector<Nlri> nlri(bool v6, bool add_path) {
    std::vector<Nlri> list;
    for (std::uint32_t count = 1 + below(chance(20) ? 3000 : 40); count > 0; --count) {
      const auto length = static_cast<std::uint8_t>(below(v6 ? 129 : 33));
      list.push_back({Prefix(address(v6), length), add_path ? u32() : 0});
    }
    return list;
  }

  /// `confederation`: confederation segments among them.
  AsPath as_path(bool confederation) {
    std::vector<AsPathSegment> segments;
    for (std::uint32_t count = below(4); count > 0; --count) {
      AsPathSegment segment{static_cast<SegmentType>(1 + below(confederation ? 4 : 2)), {}};
      for (std::uint32_t asns = 1 + below(chance(10) ? 255 : 6); asns > 0; --asns) segment.asns.push_back(asn());
      segments.push_back(segment);
    }
    return AsPath(std::move(segments));
  }

  Ipv6ExtendedCommunities ipv6_extended_communities() {
    Ipv6ExtendedCommunities list;
    for (std::uint32_t count = 1 + below(5); count > 0; --count) {
      list.communities.push_back({u8(), u8(), address(true), u16()});
    }
    return list;
  }

  Aigp aigp() {
    Aigp aigp;
    if (!chance(4)) aigp.metric = u64();
    for (std::uint32_t count = below(3); count > 0; --count) {
      aigp.others.push_back({static_cast<std::uint8_t>(2 + below(254)), octets(below(20))});
    }
    if (!aigp.metric && aigp.others.empty()) aigp.metric = 0;  // an empty attribute is malformed
    return aigp;
  }

  PmsiTunnel pmsi_tunnel() {
    PmsiTunnel tunnel{u8(), {}, u24(), {}};
    const std::uint32_t kind = below(5);
    const auto make = [&](PmsiTunnelType type, std::size_t size) {
      tunnel.type = type;
      tunnel.identifier = octets(size);
    };
    if (kind == 0) make(PmsiTunnelType::None, 0);
    if (kind == 1) make(PmsiTunnelType::IngressReplication, chance(2) ? 4 : 16);
    if (kind == 2) make(PmsiTunnelType::PimSm, chance(2) ? 8 : 32);
    if (kind == 3) make(PmsiTunnelType::RsvpTeP2mp, chance(2) ? 12 : 24);
    if (kind == 4) make(PmsiTunnelType::Bier, below(30));
    return tunnel;
  }

  MacAddress mac() {
    MacAddress mac{};
    for (std::uint8_t& octet : mac.octets) octet = u8();
    return mac;
  }

  TunnelSubTlv tunnel_sub_tlv(TunnelType type) {
    switch (below(10)) {
      case 0: return tunnel::EgressEndpoint{address(chance(2))};
      case 1: return tunnel::EgressEndpoint{};
      case 2: return encapsulation(type);
      case 3: return tunnel::ProtocolType{u16()};
      case 4: return tunnel::Color{u32()};
      case 5: return tunnel::DsField{u8()};
      case 6: return tunnel::UdpDestinationPort{u16()};
      case 7: return tunnel::EmbeddedLabelHandling{u8()};
      case 8: return tunnel::LabelStack{{u32(), u32()}};
      default: {
        const auto other = static_cast<std::uint8_t>(chance(2) ? 60 + below(60) : 128 + below(100));
        return tunnel::Other{other, octets(below(other < 128 ? 256 : 300))};
      }
    }
  }

  TunnelEncapsulation tunnel_encapsulation() {
    TunnelEncapsulation encapsulation;
    for (std::uint32_t count = 1 + below(3); count > 0; --count) {
      constexpr std::array<TunnelType, 5> kTypes{TunnelType::Vxlan, TunnelType::Gre, TunnelType::L2tpV3OverIp,
                                                 TunnelType::SrPolicy, static_cast<TunnelType>(1000)};
      Tunnel tunnel{kTypes[below(kTypes.size())], {}};
      for (std::uint32_t inner = below(5); inner > 0; --inner) tunnel.sub_tlvs.push_back(tunnel_sub_tlv(tunnel.type));
      encapsulation.tunnels.push_back(std::move(tunnel));
    }
    return encapsulation;
  }

  PrefixSid prefix_sid() {
    PrefixSid sid;
    for (std::uint32_t count = 1 + below(3); count > 0; --count) sid.tlvs.push_back(prefix_sid_tlv());
    return sid;
  }

  /// Good attributes of a customer, in any order, and unknown ones.
  AttrSet attr_set() {
    AttrSet set{asn(), {}};
    for (std::uint32_t count = below(4); count > 0; --count) set.attributes.push_back(customer_attribute());
    return set;
  }
  RawAttribute customer_attribute() {
    switch (below(5)) {
      case 0: return {0x40, 1, {static_cast<std::uint8_t>(below(3))}};
      case 1: return {0x40, 5, octets(4)};
      case 2: return {0xc0, 8, octets(4 * (1 + below(chance(5) ? 100 : 5)))};
      case 3: return {0x80, 9, octets(4)};
      default: return {0xc0, static_cast<std::uint8_t>(200 + below(56)), octets(below(chance(5) ? 400 : 20))};
    }
  }

  /// What stays octets: known ones with values, an unknown one. `internal`: AIGP among them.
  std::vector<RawAttribute> others(bool internal) {
    PathAttributes attributes;
    if (chance(4)) put(attributes, pmsi_tunnel());
    if (chance(4)) put(attributes, tunnel_encapsulation());
    if (chance(4)) put(attributes, ipv6_extended_communities());
    if (internal && chance(4)) put(attributes, aigp());
    if (chance(4)) put(attributes, prefix_sid());
    if (chance(4)) put(attributes, attr_set());
    for (RawAttribute& other : attributes.others) {
      if ((other.flags & attribute_flags::kTransitive) != 0 && chance(4)) other.flags |= attribute_flags::kPartial;
    }
    if (chance(3)) {
      attributes.others.push_back({0xe0, static_cast<std::uint8_t>(200 + below(56)), octets(below(20))});
    }
    return std::move(attributes.others);
  }

  /// As a peer of that kind may send them.
  PathAttributes attributes(bool v6, bool internal) {
    PathAttributes made;
    made.origin = static_cast<Origin>(below(3));
    made.as_path = as_path(internal);
    made.next_hop.address = address(v6);
    if (v6 && chance(2)) made.next_hop.link_local = *IpAddress::parse("fe80::1");
    if (chance(2)) made.med = u32();
    if (internal) made.local_pref = u32();
    made.atomic_aggregate = chance(4);
    if (chance(3)) made.aggregator = Aggregator{asn(), {u32()}};
    for (std::uint32_t count = chance(2) ? below(80) : 0; count > 0; --count) made.communities.push_back({u32()});
    if (internal && chance(3)) made.originator_id = BgpIdentifier{u32()};
    for (std::uint32_t count = internal && chance(3) ? below(9) : 0; count > 0; --count) {
      made.cluster_list.push_back({u32()});
    }
    for (std::uint32_t count = chance(2) ? below(40) : 0; count > 0; --count) {
      made.extended_communities.push_back({u64()});
    }
    for (std::uint32_t count = chance(2) ? below(9) : 0; count > 0; --count) {
      made.large_communities.push_back({u32(), u32(), u32()});
    }
    if (chance(3)) made.only_to_customer = u32();
    made.others = others(internal);
    made.partial.aggregator = made.aggregator && chance(2);
    made.partial.communities = !made.communities.empty() && chance(2);
    made.partial.extended_communities = !made.extended_communities.empty() && chance(2);
    made.partial.large_communities = !made.large_communities.empty() && chance(2);
    made.partial.only_to_customer = made.only_to_customer && chance(2);
    return made;
  }

 private:
  TunnelSubTlv encapsulation(TunnelType type) {
    switch (type) {
      case TunnelType::Vxlan: {
        tunnel::VxlanEncapsulation vxlan;
        if (chance(2)) vxlan.vni = u24();
        if (chance(2)) vxlan.mac = mac();
        return vxlan;
      }
      case TunnelType::Gre: return tunnel::GreEncapsulation{u32()};
      case TunnelType::L2tpV3OverIp: return tunnel::L2tpV3Encapsulation{u32(), octets(4 * below(3))};
      default: return tunnel::Other{1, octets(below(30))};
    }
  }

  std::vector<prefix_sid::Srv6Sid> srv6_sids() {
    std::vector<prefix_sid::Srv6Sid> sids;
    for (std::uint32_t count = below(3); count > 0; --count) {
      prefix_sid::Srv6Sid sid{address(true), u8(), u16(), std::nullopt};
      if (chance(2)) sid.structure = prefix_sid::SidStructure{u8(), u8(), u8(), u8(), u8(), u8()};
      sids.push_back(sid);
    }
    return sids;
  }

  PrefixSidTlv prefix_sid_tlv() {
    switch (below(5)) {
      case 0: return prefix_sid::LabelIndex{u16(), u32()};
      case 1: {
        prefix_sid::OriginatorSrgb srgb{u16(), {}};
        for (std::uint32_t count = 1 + below(3); count > 0; --count) srgb.ranges.push_back({u24(), u24()});
        return srgb;
      }
      case 2: return prefix_sid::Srv6L3Service{srv6_sids()};
      case 3: return prefix_sid::Srv6L2Service{srv6_sids()};
      default: return prefix_sid::Other{static_cast<std::uint8_t>(7 + below(200)), octets(below(30))};
    }
  }

  std::mt19937 engine_;
};

}  // namespace bgp
