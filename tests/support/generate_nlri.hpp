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
          {Afi::Ipv4, Safi::SrPolicy},
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
      case NlriKind::Opaque: break;
    }
    return OpaqueNlri{octets(1 + below(60)), 0};
  }

 private:
  std::mt19937 engine_;
};

}  // namespace bgp
