// wire/evpn_nlri.cpp
//
// EVPN routes on the wire (RFC 7432 7.1 to 7.4, RFC 9136 3.1): route type, length in octets, then the fields of the
// type.
#include "bgp/wire/evpn_nlri.hpp"

#include "hash.hpp"
#include "nlri_fields.hpp"
#include "nlri_octets.hpp"

namespace bgp {
namespace {

using namespace evpn;

constexpr std::uint8_t kMacBits = 48;  // RFC 7432 9.2.1

template <class Octets>
Octets read_octets(Reader& reader) {
  Octets value;
  for (std::uint8_t& octet : value.octets) octet = reader.u8();
  return value;
}

/// An address behind its length in bits; nothing when that is of no address family.
std::optional<IpAddress> read_sized_address(Reader& reader) {
  const std::uint8_t bits = reader.u8();
  if (bits != 32 && bits != 128) return std::nullopt;
  return read_address(reader, bits == 128);
}

void write_sized_address(Writer& out, const IpAddress& address) {
  out.u8(address.bits());
  out.bytes(address.octets());
}

/// Each reader gives nothing when a field says what its type cannot have; that all octets were used is the caller's
/// check.
std::optional<Route> read_auto_discovery(Reader& reader) {
  EthernetAutoDiscovery route;
  route.rd = read_rd(reader);
  route.segment = read_octets<EthernetSegmentId>(reader);
  route.tag = reader.u32();
  route.label = read_u24(reader);
  return route;
}

std::optional<Route> read_mac_ip(Reader& reader) {
  MacIpAdvertisement route;
  route.rd = read_rd(reader);
  route.segment = read_octets<EthernetSegmentId>(reader);
  route.tag = reader.u32();
  if (reader.u8() != kMacBits) return std::nullopt;
  route.mac = read_octets<MacAddress>(reader);
  const std::uint8_t bits = reader.u8();
  if (bits != 0 && bits != 32 && bits != 128) return std::nullopt;
  if (bits != 0) route.ip = read_address(reader, bits == 128);
  route.label1 = read_u24(reader);
  if (!reader.empty()) route.label2 = read_u24(reader);
  return route;
}

std::optional<Route> read_multicast(Reader& reader) {
  InclusiveMulticast route;
  route.rd = read_rd(reader);
  route.tag = reader.u32();
  const auto originator = read_sized_address(reader);
  if (!originator) return std::nullopt;
  route.originator = *originator;
  return route;
}

std::optional<Route> read_segment(Reader& reader) {
  EthernetSegment route;
  route.rd = read_rd(reader);
  route.segment = read_octets<EthernetSegmentId>(reader);
  const auto originator = read_sized_address(reader);
  if (!originator) return std::nullopt;
  route.originator = *originator;
  return route;
}

std::optional<Route> read_ip_prefix(Reader& reader) {
  constexpr std::size_t kSizeV4 = 34;  // RFC 9136 3.1; 58 with IPv6
  const bool v6 = reader.remaining() != kSizeV4;
  IpPrefix route;
  route.rd = read_rd(reader);
  route.segment = read_octets<EthernetSegmentId>(reader);
  route.tag = reader.u32();
  const std::uint8_t length = reader.u8();
  if (length > (v6 ? 128 : 32)) return std::nullopt;
  route.prefix = Prefix(read_address(reader, v6), length);
  route.gateway = read_address(reader, v6);
  route.label = read_u24(reader);
  return route;
}

/// Octets behind the length octet: RFC 7432 7.1 to 7.4, RFC 9136 3.1.
bool size_suits(std::uint8_t type, std::size_t size) {
  switch (type) {
    case 1: return size == 25;
    case 2: {  // no address, IPv4, IPv6; one label or two
      const std::size_t with_one_label = size % 4 == 1 ? size : size - 3;
      return with_one_label == 33 || with_one_label == 37 || with_one_label == 49;
    }
    case 3: return size == 17 || size == 29;
    case 4: return size == 23 || size == 35;
    default: return size == 34 || size == 58;
  }
}

struct WriteRoute {
  Writer& out;

  bool operator()(const EthernetAutoDiscovery& route) const {
    write_rd(out, route.rd);
    out.bytes(route.segment.octets);
    out.u32(route.tag);
    write_u24(out, route.label);
    return true;
  }
  bool operator()(const MacIpAdvertisement& route) const {
    write_rd(out, route.rd);
    out.bytes(route.segment.octets);
    out.u32(route.tag);
    out.u8(kMacBits);
    out.bytes(route.mac.octets);
    if (route.ip) {
      write_sized_address(out, *route.ip);
    } else {
      out.u8(0);
    }
    write_u24(out, route.label1);
    if (route.label2) write_u24(out, *route.label2);
    return true;
  }
  bool operator()(const InclusiveMulticast& route) const {
    write_rd(out, route.rd);
    out.u32(route.tag);
    write_sized_address(out, route.originator);
    return true;
  }
  bool operator()(const EthernetSegment& route) const {
    write_rd(out, route.rd);
    out.bytes(route.segment.octets);
    write_sized_address(out, route.originator);
    return true;
  }
  bool operator()(const IpPrefix& route) const {
    write_rd(out, route.rd);
    out.bytes(route.segment.octets);
    out.u32(route.tag);
    out.u8(route.prefix.length());
    out.bytes(route.prefix.address().octets());
    out.bytes(route.gateway.octets());
    write_u24(out, route.label);
    return route.gateway.is_v6() == route.prefix.address().is_v6();
  }
  bool operator()(const UnknownRoute& route) const {
    out.bytes(route.octets);
    return !is_known_evpn_type(route.type) && route.octets.size() <= 255;
  }
};

}  // namespace

bool is_known_evpn_type(std::uint8_t type) { return type >= 1 && type <= 5; }

std::optional<NlriError> check_evpn(const RawNlri& raw) {
  Reader reader(raw.octets);
  const std::uint8_t type = reader.u8();
  if (!is_known_evpn_type(type)) return std::nullopt;
  if (!size_suits(type, raw.octets.size() - 2)) {
    return NlriError{ErrorApproach::SessionReset, "a length does not suit its route type (RFC 7606 5.3, RFC 7432 7)"};
  }
  if (read_evpn(raw)) return std::nullopt;
  // RFC 7606 2: where it ends is known, so the others of the message can be withdrawn
  return NlriError{ErrorApproach::TreatAsWithdraw, "a field has what its route type cannot have (RFC 7432 7)"};
}

std::optional<EvpnNlri> read_evpn(const RawNlri& raw) {
  Reader reader(raw.octets);
  const std::uint8_t type = reader.u8();
  reader.u8();
  std::optional<Route> route;
  switch (type) {
    case 1: route = read_auto_discovery(reader); break;
    case 2: route = read_mac_ip(reader); break;
    case 3: route = read_multicast(reader); break;
    case 4: route = read_segment(reader); break;
    case 5: route = read_ip_prefix(reader); break;
    default: {
      const BytesView octets = reader.rest();
      route = UnknownRoute{type, Bytes(octets.begin(), octets.end())};
    }
  }
  if (!route || !reader.done()) return std::nullopt;
  return EvpnNlri{*std::move(route), raw.path_id};
}

bool write_evpn(Writer& out, const EvpnNlri& nlri) {
  out.u8(route_type(nlri.route));
  const auto length = out.length_u8();
  return std::visit(WriteRoute{out}, nlri.route);
}

void keep_key(EvpnNlri& nlri) {
  if (auto* discovery = std::get_if<EthernetAutoDiscovery>(&nlri.route)) discovery->label = 0;
  if (auto* mac_ip = std::get_if<MacIpAdvertisement>(&nlri.route)) {
    mac_ip->segment = {};
    mac_ip->label1 = 0;
    mac_ip->label2.reset();
  }
  if (auto* prefix = std::get_if<IpPrefix>(&nlri.route)) {
    prefix->segment = {};
    prefix->gateway = prefix->prefix.address().is_v6() ? IpAddress::v6(std::array<std::uint8_t, 16>{}) : IpAddress{};
    prefix->label = 0;
  }
}

std::uint8_t route_type(const evpn::Route& route) {
  if (const auto* unknown = std::get_if<UnknownRoute>(&route)) return unknown->type;
  return static_cast<std::uint8_t>(route.index() + 1);  // the alternatives stand in the order of their types
}

}  // namespace bgp

std::size_t std::hash<bgp::EvpnNlri>::operator()(const bgp::EvpnNlri& nlri) const noexcept {
  bgp::Bytes octets;
  bgp::Writer out(octets);
  static_cast<void>(bgp::write_evpn(out, nlri));
  bgp::Hash state;
  state.octets(octets);
  state.number(nlri.path_id);
  return state.value();
}
