// support/generate_nlri.hpp
//
// Random but repeatable NLRI of every family that has a type, for property tests, fuzzing and load: the same seed gives
// the same NLRI everywhere, for only the engine of the standard library is used, not its distributions.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "bgp/wire/nlri.hpp"

namespace bgp {

/// Families of each kind of NLRI, and some that are kept as octets.
inline std::vector<Family> generated_families() {
  return {kIpv4Unicast,
          kIpv6Unicast,
          {Afi::Ipv4, Safi::Multicast},
          {Afi::Ipv6, Safi::Multicast},
          {Afi::Ipv4, Safi::LabeledUnicast},
          {Afi::Ipv6, Safi::LabeledUnicast},
          {Afi::Ipv4, Safi::MplsVpn},
          {Afi::Ipv6, Safi::MplsVpn},
          {Afi::Ipv4, Safi::MplsVpnMulticast},
          {Afi::Ipv6, Safi::MplsVpnMulticast},
          {Afi::L2vpn, Safi::Evpn},
          {Afi::Ipv4, Safi::FlowSpec},
          {Afi::Ipv6, Safi::FlowSpec},
          {Afi::Ipv4, Safi::FlowSpecVpn},
          {Afi::Ipv6, Safi::FlowSpecVpn},
          {Afi::Ipv4, Safi::RouteTargetConstraint},
          {Afi::BgpLs, Safi::BgpLs},
          {Afi::BgpLs, Safi::BgpLsVpn},
          {Afi::Ipv4, Safi::SrPolicy},
          {Afi::Ipv6, Safi::RouteTargetConstraint},
          {Afi::L2vpn, static_cast<Safi>(65)}};
}

class NlriGenerator {
 public:
  explicit NlriGenerator(std::uint32_t seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
  bool chance(std::uint32_t one_in) { return below(one_in) == 0; }
  std::uint32_t u32() { return static_cast<std::uint32_t>(engine_()); }
  std::uint64_t u64() {
    const std::uint64_t upper = u32();
    return upper << 32 | u32();
  }
  std::uint8_t u8() { return static_cast<std::uint8_t>(engine_()); }

  Bytes octets(std::size_t size) {
    Bytes bytes(size);
    for (std::uint8_t& octet : bytes) octet = u8();
    return bytes;
  }
  template <std::size_t kSize>
  std::array<std::uint8_t, kSize> array() {
    std::array<std::uint8_t, kSize> octets{};
    for (std::uint8_t& octet : octets) octet = u8();
    return octets;
  }

  IpAddress address(bool v6) { return v6 ? IpAddress::v6(array<16>()) : IpAddress::v4(u32()); }
  Prefix prefix(bool v6) { return {address(v6), static_cast<std::uint8_t>(below(v6 ? 129 : 33))}; }

  /// Of each of the three types, and now and then of none.
  RouteDistinguisher rd() {
    switch (below(7)) {
      case 0: return {u64()};
      case 1:
      case 2: return RouteDistinguisher::of_v4(u32(), static_cast<std::uint16_t>(u32()));
      case 3:
      case 4: return RouteDistinguisher::of_as4(u32(), static_cast<std::uint16_t>(u32()));
      default: return RouteDistinguisher::of_as2(static_cast<std::uint16_t>(u32()), u32());
    }
  }

  std::uint32_t label_field() { return below(1U << 24); }

  /// As many labels as the form has and the length octet leaves room for behind `bits` of prefix (RFC 8277 2.1).
  LabelStack labels(LabelForm form, std::size_t bits) {
    LabelStack stack;
    if (form == LabelForm::Withdrawn) return stack;
    const auto most = static_cast<std::uint32_t>((255 - bits) / 24);
    for (std::uint32_t count = form == LabelForm::One ? 1 : 1 + below(most); count > 0; --count) {
      stack.push_back(below(LabelStack::kMaxLabel + 1));
    }
    return stack;
  }

  evpn::Route evpn_route() {
    const bool v6 = chance(2);
    switch (1 + below(5)) {
      case 1: return evpn::EthernetAutoDiscovery{rd(), {array<10>()}, u32(), label_field()};
      case 2: {
        evpn::MacIpAdvertisement route{rd(), {array<10>()}, u32(), {array<6>()}, {}, label_field(), {}};
        if (chance(2)) route.ip = address(v6);
        if (chance(2)) route.label2 = label_field();
        return route;
      }
      case 3: return evpn::InclusiveMulticast{rd(), u32(), address(v6)};
      case 4: return evpn::EthernetSegment{rd(), {array<10>()}, address(v6)};
      default: return evpn::IpPrefix{rd(), {array<10>()}, u32(), prefix(v6), address(v6), label_field()};
    }
  }

  FlowSpecPrefix flow_prefix(bool v6) {
    if (!v6 || chance(2)) return {prefix(v6), 0};
    const auto length = static_cast<std::uint8_t>(1 + below(128));
    const auto offset = static_cast<std::uint8_t>(below(length));
    std::array<std::uint8_t, 16> octets = array<16>();
    for (std::size_t bit = 0; bit < offset; ++bit) {  // bits that are not matched are 0
      octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] & ~(0x80U >> bit % 8));
    }
    return {Prefix(IpAddress::v6(octets), length), offset};
  }

  std::vector<FlowSpecTerm> flow_terms(FlowSpecType type) {
    std::vector<FlowSpecTerm> terms;
    const bool one_octet = type == FlowSpecType::Dscp || type == FlowSpecType::Fragment;
    const std::uint32_t widths = one_octet ? 1 : type == FlowSpecType::TcpFlags ? 2 : 4;
    for (std::uint32_t count = 1 + below(chance(8) ? 30 : 4); count > 0; --count) {
      FlowSpecTerm term;
      term.conjunction = !terms.empty() && chance(2);
      term.comparison = static_cast<std::uint8_t>(below(has_bitmask_operators(type) ? 4 : 8));
      term.width = static_cast<std::uint8_t>(1U << below(widths));
      term.value = term.width == 8 ? u64() : u64() & ((std::uint64_t{1} << 8U * term.width) - 1);
      terms.push_back(term);
    }
    return terms;
  }

  /// Of one octet's length and of two.
  FlowSpecNlri flow_spec(Family family) {
    const bool v6 = family.afi == Afi::Ipv6;
    FlowSpecNlri nlri;
    if (family.safi == Safi::FlowSpecVpn) nlri.rd = rd();
    while (nlri.components.empty()) {
      for (unsigned number = 1; number <= (v6 ? 13U : 12U); ++number) {
        const auto type = static_cast<FlowSpecType>(number);
        if (!chance(3)) continue;
        if (number <= 2) {
          nlri.components.push_back({type, flow_prefix(v6)});
        } else {
          nlri.components.push_back({type, flow_terms(type)});
        }
      }
    }
    return nlri;
  }

  RouteTargetNlri route_target() {
    RouteTargetNlri nlri;
    if (chance(6)) return nlri;
    nlri.length = static_cast<std::uint8_t>(chance(2) ? 96 : 32 + below(65));
    nlri.origin_as = u32();
    nlri.route_target = array<8>();
    if (chance(2)) nlri.route_target = {static_cast<std::uint8_t>(below(3)), 2, u8(), u8(), u8(), u8(), u8(), u8()};
    for (std::size_t bit = nlri.length - 32U; bit < 64; ++bit) {
      std::uint8_t& octet = nlri.route_target[bit / 8];
      octet = static_cast<std::uint8_t>(octet & ~(0x80U >> bit % 8));
    }
    return nlri;
  }

  LinkStateNlri link_state(Family family) {
    LinkStateNlri nlri;
    if (family.safi == Safi::BgpLsVpn) nlri.rd = rd();
    nlri.type = static_cast<LinkStateType>(1 + below(8));  // 5, 7 and 8 are kept as octets
    if (const auto number = static_cast<unsigned>(nlri.type); number == 5 || number > 6) {
      nlri.object = octets(below(40));
      return nlri;
    }
    LinkStateObject object{static_cast<std::uint8_t>(below(8)), u64(), {}};
    auto type = static_cast<std::uint16_t>(256);
    for (std::uint32_t count = below(5); count > 0; --count) {
      object.descriptors.push_back({type, octets(below(30))});
      type = static_cast<std::uint16_t>(type + below(6));
    }
    nlri.object = std::move(object);
    return nlri;
  }

  /// One NLRI that the family can have, in canonical form: it is what its own octets decode to.
  AnyNlri nlri(Family family, bool add_path, LabelForm form) {
    const bool v6 = family.afi == Afi::Ipv6;
    const std::uint32_t path_id = add_path ? u32() : 0;
    switch (nlri_kind(family)) {
      case NlriKind::Prefix: return Nlri{prefix(v6), path_id};
      case NlriKind::Labeled: {
        const Prefix at = prefix(v6);
        return LabeledNlri{at, labels(form, at.length()), path_id};
      }
      case NlriKind::Vpn: {
        const Prefix at = prefix(v6);
        const bool labeled = family.safi == Safi::MplsVpn;
        return VpnNlri{rd(), at, labeled ? labels(form, 64U + at.length()) : LabelStack{}, path_id};
      }
      case NlriKind::Evpn: return EvpnNlri{evpn_route(), path_id};
      case NlriKind::FlowSpec: {
        FlowSpecNlri flow = flow_spec(family);
        flow.path_id = path_id;
        return flow;
      }
      case NlriKind::RouteTarget: {
        RouteTargetNlri target = route_target();
        target.path_id = path_id;
        return target;
      }
      case NlriKind::LinkState: {
        LinkStateNlri state = link_state(family);
        state.path_id = path_id;
        return state;
      }
      case NlriKind::Opaque: break;
    }
    return OpaqueNlri{octets(1 + below(60)), 0};
  }

 private:
  std::mt19937 engine_;
};

}  // namespace bgp
