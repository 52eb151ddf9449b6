// wire/capability_decode.cpp
//
// The values of the capabilities, read. A value that does not have its form gives nothing, and is then kept as octets:
// no capability can end a session (RFC 5492 3). Reserved bits and octets are ignored.
#include <string>

#include "capability_value.hpp"

namespace bgp {
namespace {

using namespace capability;

using Typed = std::optional<Capability>;

Afi read_afi(Reader& reader) { return static_cast<Afi>(reader.u16()); }

Family read_family(Reader& reader) {
  const Afi afi = read_afi(reader);
  return {afi, static_cast<Safi>(reader.u8())};
}

std::string as_string(BytesView octets) { return {octets.begin(), octets.end()}; }

/// A capability whose value is a list of entries, each read by `read_entry`; whole entries only.
template <class List, class ReadEntry>
Typed decode_list(Reader value, ReadEntry read_entry) {
  List list;
  while (!value.empty()) list.families.push_back(read_entry(value));
  if (!value.done()) return std::nullopt;
  return list;
}

/// RFC 2918 2, RFC 7313 3.1, RFC 8654 3: a capability without a value.
template <class Flag>
Typed decode_flag(Reader value) {
  if (!value.done()) return std::nullopt;
  return Flag{};
}

/// RFC 4760 8: AFI, a reserved octet, SAFI.
Typed decode_multiprotocol(Reader value) {
  Multiprotocol mp;
  mp.family.afi = read_afi(value);
  value.u8();
  mp.family.safi = static_cast<Safi>(value.u8());
  if (!value.done()) return std::nullopt;
  return mp;
}

/// RFC 5291 4: AFI, reserved, SAFI, the number of filters; then type and send/receive of each. At least one entry.
Typed decode_orf(Reader value) {
  if (value.empty()) return std::nullopt;
  return decode_list<OutboundRouteFiltering>(value, [](Reader& reader) {
    OutboundRouteFiltering::Entry entry;
    entry.family.afi = read_afi(reader);
    reader.u8();
    entry.family.safi = static_cast<Safi>(reader.u8());
    for (unsigned count = reader.u8(); count > 0 && reader.ok(); --count) {
      const auto type = static_cast<OrfType>(reader.u8());
      entry.filters.push_back({type, static_cast<OutboundRouteFiltering::Mode>(reader.u8())});
    }
    return entry;
  });
}

/// RFC 8950 4: AFI, SAFI in two octets, AFI of the next hop.
Typed decode_extended_next_hop(Reader value) {
  ExtendedNextHop capability;
  while (!value.empty()) {
    const Afi afi = read_afi(value);
    const std::uint16_t safi = value.u16();
    if (safi > 0xff) return std::nullopt;  // no such SAFI can be registered (RFC 4760 6)
    capability.families.push_back({{afi, static_cast<Safi>(safi)}, read_afi(value)});
  }
  if (!value.done()) return std::nullopt;
  return capability;
}

/// RFC 8205 2.1: version (4 bits), direction (1 bit), unassigned (3 bits), AFI.
Typed decode_bgpsec(Reader value) {
  BgpSec bgpsec;
  const std::uint8_t first = value.u8();
  bgpsec.version = static_cast<std::uint8_t>(first >> 4);
  bgpsec.direction = (first & 0x08) != 0 ? BgpSec::Direction::Send : BgpSec::Direction::Receive;
  bgpsec.afi = read_afi(value);
  if (!value.done()) return std::nullopt;
  return bgpsec;
}

/// RFC 8277 2.1: family and count of each.
Typed decode_multiple_labels(Reader value) {
  return decode_list<MultipleLabels>(value, [](Reader& reader) {
    const Family family = read_family(reader);
    return MultipleLabels::Entry{family, reader.u8()};
  });
}

/// RFC 9234 4.1.
Typed decode_role(Reader value) {
  const Role role{static_cast<BgpRole>(value.u8())};
  if (!value.done()) return std::nullopt;
  return role;
}

/// RFC 4724 3: flags (4 bits) and restart time (12 bits), then family and flags for each family.
Typed decode_graceful_restart(Reader value) {
  GracefulRestart restart;
  const std::uint16_t flags_and_time = value.u16();
  restart.restart_state = (flags_and_time & 0x8000) != 0;
  restart.notification = (flags_and_time & 0x4000) != 0;  // RFC 8538 2
  restart.restart_time = flags_and_time & 0x0fff;
  while (!value.empty()) {
    const Family family = read_family(value);
    restart.families.push_back({family, (value.u8() & 0x80) != 0});
  }
  if (!value.done()) return std::nullopt;
  return restart;
}

/// RFC 6793 3.
Typed decode_four_octet_as(Reader value) {
  const FourOctetAs as{value.u32()};
  if (!value.done()) return std::nullopt;
  return as;
}

Typed decode_dynamic(Reader value) {
  const BytesView codes = value.rest();
  return DynamicCapability{{codes.begin(), codes.end()}};
}

Typed decode_multisession(Reader value) {
  const std::uint8_t flags = value.u8();
  const BytesView codes = value.rest();
  if (!value.done()) return std::nullopt;
  return MultiSession{flags, {codes.begin(), codes.end()}};
}

/// RFC 7911 4: family and send/receive for each; any other send/receive value and the capability is not understood.
Typed decode_add_path(Reader value) {
  AddPath add_path;
  while (!value.empty()) {
    const Family family = read_family(value);
    const std::uint8_t mode = value.u8();
    if (mode < 1 || mode > 3) return std::nullopt;
    add_path.families.push_back({family, static_cast<AddPath::Mode>(mode)});
  }
  if (!value.done()) return std::nullopt;
  return add_path;
}

/// RFC 9494 3.1: family, flags and stale time (24 bits) of each.
Typed decode_long_lived(Reader value) {
  return decode_list<LongLivedGracefulRestart>(value, [](Reader& reader) {
    const Family family = read_family(reader);
    const std::uint32_t flags_and_time = reader.u32();
    return LongLivedGracefulRestart::Entry{family, (flags_and_time & 0x80000000) != 0, flags_and_time & 0x00ffffff};
  });
}

/// Host name, then domain name, each behind its length.
Typed decode_fqdn(Reader value) {
  const BytesView host = value.bytes(value.u8());
  const BytesView domain = value.bytes(value.u8());
  if (!value.done()) return std::nullopt;
  return Fqdn{as_string(host), as_string(domain)};
}

/// The version behind its length.
Typed decode_software_version(Reader value) {
  const BytesView version = value.bytes(value.u8());
  if (!value.done()) return std::nullopt;
  return SoftwareVersion{as_string(version)};
}

/// Family and limit of each.
Typed decode_paths_limit(Reader value) {
  return decode_list<PathsLimit>(value, [](Reader& reader) {
    const Family family = read_family(reader);
    return PathsLimit::Entry{family, reader.u16()};
  });
}

}  // namespace

std::optional<Capability> decode_capability_value(CapabilityCode code, BytesView octets) {
  const Reader value(octets);
  switch (code) {
    case CapabilityCode::Multiprotocol: return decode_multiprotocol(value);
    case CapabilityCode::RouteRefresh: return decode_flag<RouteRefresh>(value);
    case CapabilityCode::OutboundRouteFiltering: return decode_orf(value);
    case CapabilityCode::ExtendedNextHop: return decode_extended_next_hop(value);
    case CapabilityCode::ExtendedMessage: return decode_flag<ExtendedMessage>(value);
    case CapabilityCode::BgpSec: return decode_bgpsec(value);
    case CapabilityCode::MultipleLabels: return decode_multiple_labels(value);
    case CapabilityCode::Role: return decode_role(value);
    case CapabilityCode::GracefulRestart: return decode_graceful_restart(value);
    case CapabilityCode::FourOctetAs: return decode_four_octet_as(value);
    case CapabilityCode::DynamicCapability: return decode_dynamic(value);
    case CapabilityCode::MultiSession: return decode_multisession(value);
    case CapabilityCode::AddPath: return decode_add_path(value);
    case CapabilityCode::EnhancedRouteRefresh: return decode_flag<EnhancedRouteRefresh>(value);
    case CapabilityCode::LongLivedGracefulRestart: return decode_long_lived(value);
    case CapabilityCode::Fqdn: return decode_fqdn(value);
    case CapabilityCode::SoftwareVersion: return decode_software_version(value);
    case CapabilityCode::PathsLimit: return decode_paths_limit(value);
  }
  return std::nullopt;
}

}  // namespace bgp
