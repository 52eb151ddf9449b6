// support/generate_open.hpp
//
// Random but repeatable values of OPEN, NOTIFICATION and ROUTE-REFRESH with all that stands in them, such as the
// encoders can write: for properties like decode(encode(x)) == x.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bgp/wire/capability.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/orf.hpp"
#include "bgp/wire/route_refresh.hpp"

namespace bgp {

/// The standard distributions differ between libraries, so only the engine is used.
class OpenGenerator {
 public:
  explicit OpenGenerator(std::uint64_t seed) : engine_(seed) {}

  /// 0 to `below` - 1.
  std::uint32_t below(std::uint32_t below) { return static_cast<std::uint32_t>(engine_() % below); }
  bool flag() { return below(2) == 1; }
  std::uint8_t u8() { return static_cast<std::uint8_t>(engine_()); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(engine_()); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(engine_()); }

  Bytes octets(std::uint32_t most) {
    Bytes octets(below(most + 1));
    for (std::uint8_t& octet : octets) octet = u8();
    return octets;
  }
  std::string text(std::uint32_t most) {
    const Bytes octets = this->octets(most);
    return {octets.begin(), octets.end()};
  }
  Family family() {
    constexpr Family kKnown[] = {kIpv4Unicast, kIpv6Unicast, {Afi::Ipv4, Safi::MplsVpn}, {Afi::L2vpn, Safi::Evpn}};
    if (below(4) == 0) return {static_cast<Afi>(u16()), static_cast<Safi>(u8())};
    return kKnown[below(4)];
  }

  Capability capability() {
    using namespace capability;
    switch (below(19)) {
      case 0: return Multiprotocol{family()};
      case 1: return capability::RouteRefresh{};
      case 2: return orf_capability();
      case 3: return list<ExtendedNextHop>([&] { return ExtendedNextHop::Entry{family(), static_cast<Afi>(u16())}; });
      case 4: return ExtendedMessage{};
      case 5: return BgpSec{static_cast<std::uint8_t>(below(16)), BgpSec::Direction{flag()}, static_cast<Afi>(u16())};
      case 6: return list<MultipleLabels>([&] { return MultipleLabels::Entry{family(), u8()}; });
      case 7: return Role{static_cast<BgpRole>(u8())};
      case 8: return graceful_restart();
      case 9: return FourOctetAs{u32()};
      case 10: return DynamicCapability{octets(20)};
      case 11: return MultiSession{u8(), octets(20)};
      case 12: return list<AddPath>([&] { return AddPath::Entry{family(), static_cast<AddPath::Mode>(1 + below(3))}; });
      case 13: return EnhancedRouteRefresh{};
      case 14:
        return list<LongLivedGracefulRestart>(
            [&] { return LongLivedGracefulRestart::Entry{family(), flag(), below(1U << 24)}; });
      case 15: return Fqdn{text(100), text(100)};
      case 16: return SoftwareVersion{text(64)};
      case 17: return list<PathsLimit>([&] { return PathsLimit::Entry{family(), u16()}; });
      default: return Unknown{static_cast<std::uint8_t>(200 + below(56)), octets(255)};
    }
  }

  /// Without identical capabilities, which are written once. At most `most` of them.
  OpenMessage open(std::uint32_t most) {
    OpenMessage open;
    open.my_as = static_cast<std::uint16_t>(1 + below(65535));
    open.hold_time = flag() ? 0 : static_cast<std::uint16_t>(3 + below(65533));
    open.identifier.value = 1 + below(0xffffffff);
    for (std::uint32_t count = below(most + 1); count > 0; --count) {
      Capability next = capability();
      const auto* as = std::get_if<capability::FourOctetAs>(&next);
      if (as != nullptr && as->asn == 0) continue;
      bool repeated = false;
      for (const Capability& other : open.capabilities) repeated = repeated || other == next;
      if (!repeated) open.capabilities.push_back(std::move(next));
    }
    return open;
  }

  Notification notification() { return {static_cast<ErrorCode>(u8()), u8(), octets(100)}; }

  AddressPrefixOrf prefix_filter(Afi afi) {
    AddressPrefixOrf entry;
    entry.action = static_cast<OrfAction>(below(3));
    if (entry.action == OrfAction::RemoveAll) return entry;
    const bool v6 = afi == Afi::Ipv6;
    const std::uint32_t lengths = v6 ? 129 : 33;
    entry.match = static_cast<OrfMatch>(below(2));
    entry.sequence = u32();
    entry.min_length = static_cast<std::uint8_t>(below(lengths));
    entry.max_length = static_cast<std::uint8_t>(below(lengths));
    const auto length = static_cast<std::uint8_t>(below(lengths));
    Bytes prefix((length + 7U) / 8U);
    for (std::uint8_t& octet : prefix) octet = u8();
    entry.prefix = Prefix::from_octets(v6, prefix, length);
    return entry;
  }

  OrfRefresh orf(Afi afi) {
    OrfRefresh refresh;
    refresh.when = static_cast<WhenToRefresh>(u8());
    for (std::uint32_t count = below(4); count > 0; --count) {
      if (flag()) {
        refresh.groups.push_back({static_cast<OrfType>(below(64)), octets(40)});
        continue;
      }
      std::vector<AddressPrefixOrf> entries;
      for (std::uint32_t filters = below(5); filters > 0; --filters) entries.push_back(prefix_filter(afi));
      refresh.groups.push_back({flag() ? OrfType::AddressPrefix : OrfType::LegacyAddressPrefix, std::move(entries)});
    }
    return refresh;
  }

  bgp::RouteRefresh route_refresh() {
    bgp::RouteRefresh refresh;
    refresh.family = flag() ? kIpv4Unicast : kIpv6Unicast;
    refresh.subtype = static_cast<RefreshSubtype>(u8());
    const bool border =
        refresh.subtype == RefreshSubtype::BeginningOfRefresh || refresh.subtype == RefreshSubtype::EndOfRefresh;
    if (!border && flag()) refresh.orf = encode_orf(orf(refresh.family.afi));
    return refresh;
  }

 private:
  template <class List, class Entry>
  List list(Entry entry) {
    List list;
    for (std::uint32_t count = below(6); count > 0; --count) list.families.push_back(entry());
    return list;
  }

  Capability orf_capability() {
    capability::OutboundRouteFiltering orf;
    for (std::uint32_t count = 1 + below(3); count > 0; --count) {
      capability::OutboundRouteFiltering::Entry entry{family(), {}};
      for (std::uint32_t filters = below(4); filters > 0; --filters) {
        entry.filters.push_back(
            {static_cast<OrfType>(u8()), static_cast<capability::OutboundRouteFiltering::Mode>(u8())});
      }
      orf.families.push_back(std::move(entry));
    }
    return orf;
  }

  Capability graceful_restart() {
    using capability::GracefulRestart;
    GracefulRestart restart = list<GracefulRestart>([&] { return GracefulRestart::Entry{family(), flag()}; });
    restart.restart_state = flag();
    restart.notification = flag();
    restart.restart_time = static_cast<std::uint16_t>(below(4096));
    return restart;
  }

  std::mt19937_64 engine_;
};

}  // namespace bgp
