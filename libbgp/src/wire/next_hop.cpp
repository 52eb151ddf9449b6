// wire/next_hop.cpp
//
// Next hops by family: 4 octets, or 16 and 32 (RFC 2545 3); the same behind Route Distinguishers of 0 in the VPN
// families (RFC 4364 4.3.2, RFC 4659 3.2.1); IPv6 ones for IPv4 routes where RFC 8950 was negotiated.
#include "next_hop.hpp"

#include <algorithm>
#include <array>

namespace bgp {
namespace {

constexpr std::size_t kRdSize = 8;

bool has_distinguishers(Family family) {
  return nlri_kind(family) == NlriKind::Vpn || family == Family{Afi::BgpLs, Safi::BgpLsVpn};
}

/// IPv4 families whose next hop is an IPv4 address unless RFC 8950 was negotiated, and their IPv6 counterparts.
bool follows_address_family(NlriKind kind) {
  return kind == NlriKind::Prefix || kind == NlriKind::Labeled || kind == NlriKind::Vpn;
}

IpAddress read_v6(Reader& reader) {
  const BytesView octets = reader.bytes(16);
  return octets.size() == 16 ? IpAddress::v6(octets.first<16>()) : IpAddress{};
}

/// RFC 4659 3.2.1.2: ::ffff:192.0.2.1 stands for an IPv4 next hop of IPv6 routes.
IpAddress mapped(const IpAddress& v4) {
  std::array<std::uint8_t, 16> octets{};
  octets[10] = octets[11] = 0xff;
  std::ranges::copy(v4.octets(), octets.begin() + 12);
  return IpAddress::v6(octets);
}

}  // namespace

bool next_hop_length_fits(Family family, std::size_t length, const DecodeContext& context) {
  const NlriKind kind = nlri_kind(family);
  // RFC 7432 7 and RFC 4684 4 say either address family
  if (kind == NlriKind::Evpn) return length == 4 || length == 16 || length == 32;
  if (kind == NlriKind::RouteTarget) return length == 4 || length == 16;
  // RFC 8955 4: the next hop of a flow specification is ignored
  if (!follows_address_family(kind)) return true;
  const std::size_t unit = kind == NlriKind::Vpn ? kRdSize : 0;
  const bool v6 = length == unit + 16 || length == 2 * (unit + 16);
  if (family.afi == Afi::Ipv6) return v6;
  // RFC 8950 3, 4: IPv6 only where both sides said so
  const bool extended = context.extended_next_hop.contains(family);
  return length == unit + 4 || (extended && v6);
}

NextHop read_next_hop(Family family, BytesView octets) {
  if (nlri_kind(family) == NlriKind::FlowSpec) return {};  // RFC 8955 4
  const std::size_t unit = has_distinguishers(family) ? kRdSize : 0;
  Reader reader(octets);
  reader.bytes(unit);  // RFC 4364 4.3.2, RFC 4659 3.2.1: 0
  if (octets.size() == unit + 4) return {IpAddress::v4(reader.u32()), std::nullopt};
  if (octets.size() != unit + 16 && octets.size() != 2 * (unit + 16)) return {};
  NextHop next_hop{read_v6(reader), std::nullopt};
  if (!reader.empty()) {
    reader.bytes(unit);
    next_hop.link_local = read_v6(reader);
  }
  return next_hop;
}

bool next_hop_must_be_host(Family family) {
  const NlriKind kind = nlri_kind(family);
  return follows_address_family(kind) || kind == NlriKind::Evpn;
}

bool next_hop_is_taken(Family family, const NextHop& next_hop, const EncodeContext& context) {
  const bool extended =
      family.afi == Afi::Ipv4 && next_hop.address.is_v6() && follows_address_family(nlri_kind(family));
  return !extended || context.extended_next_hop.contains(family);
}

void write_next_hop(Writer& out, Family family, const NextHop& next_hop) {
  constexpr std::array<std::uint8_t, kRdSize> kZeroes{};
  const BytesView rd = BytesView(kZeroes).first(has_distinguishers(family) ? kRdSize : 0);
  const NlriKind kind = nlri_kind(family);
  if (kind == NlriKind::FlowSpec) return;  // RFC 8955 4: length 0
  const bool map = follows_address_family(kind) && family.afi == Afi::Ipv6 && next_hop.address.is_v4();
  const IpAddress address = map ? mapped(next_hop.address) : next_hop.address;
  out.bytes(rd);
  out.bytes(address.octets());
  if (address.is_v4() || !next_hop.link_local) return;
  out.bytes(rd);
  out.bytes(next_hop.link_local->octets());
}

}  // namespace bgp
