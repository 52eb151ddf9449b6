#include "link_layer.hpp"

#include <pcap/dlt.h>

#include "bgp/wire/bytes.hpp"

namespace bgp::test {
namespace {

// EtherTypes
constexpr std::uint16_t kIpv4 = 0x0800;
constexpr std::uint16_t kIpv6 = 0x86dd;
constexpr std::uint16_t kVlan = 0x8100;
constexpr std::uint16_t kQinQ = 0x88a8;
constexpr std::uint16_t kOldQinQ = 0x9100;
constexpr std::uint16_t kMpls = 0x8847;
constexpr std::uint16_t kMplsUpstream = 0x8848;
constexpr std::uint16_t kPppoeSession = 0x8864;
constexpr std::uint16_t kBridgedEthernet = 0x6558;

// PPP protocol numbers
constexpr std::uint16_t kPppIpv4 = 0x0021;
constexpr std::uint16_t kPppIpv6 = 0x0057;
constexpr std::uint16_t kPppMpls = 0x0281;

/// Anything that says of itself that it is IP.
BytesView ip(BytesView octets) {
  const unsigned version = octets.empty() ? 0 : octets[0] >> 4;
  return version == 4 || version == 6 ? octets : BytesView();
}

/// RFC 3032 2.1: labels up to the bottom of the stack, then what the first four bits say.
BytesView mpls(BytesView octets) {
  Reader reader(octets);
  while (reader.ok() && (reader.u32() & 0x100) == 0) {
  }
  return ip(reader.rest());
}

BytesView ppp_protocol(std::uint16_t protocol, BytesView rest) {
  if (protocol == kPppIpv4 || protocol == kPppIpv6) return ip(rest);
  return protocol == kPppMpls ? mpls(rest) : BytesView();
}

/// RFC 1662 3.1: with address and control (ff 03), or without; a protocol of one octet is odd (RFC 1661 2).
BytesView ppp(BytesView octets) {
  if (octets.size() > 2 && octets[0] == 0xff && octets[1] == 0x03) octets = octets.subspan(2);
  if (octets.size() > 1 && (octets[0] & 1) != 0) return ppp_protocol(octets[0], octets.subspan(1));
  Reader reader(octets);
  const std::uint16_t protocol = reader.u16();
  return ppp_protocol(protocol, reader.rest());
}

/// Cisco HDLC or PPP in HDLC-like framing, by its first octet.
BytesView hdlc(BytesView octets) {
  if (octets.size() > 1 && (octets[0] == 0x0f || octets[0] == 0x8f)) {
    Reader reader(octets.subspan(2));
    const std::uint16_t type = reader.u16();
    return after_ether_type(type, reader.rest());
  }
  return ppp(octets);
}

BytesView ethernet(BytesView octets) {
  Reader reader(octets);
  reader.bytes(12);
  const std::uint16_t type = reader.u16();
  return after_ether_type(type, reader.rest());
}

/// The family of BSD loopback differs between systems; the IP version does not.
BytesView loopback(BytesView octets) { return octets.size() > 4 ? ip(octets.subspan(4)) : BytesView(); }

BytesView cooked(BytesView octets) {
  Reader reader(octets);
  reader.bytes(14);
  const std::uint16_t type = reader.u16();
  return after_ether_type(type, reader.rest());
}

BytesView cooked2(BytesView octets) {
  Reader reader(octets);
  const std::uint16_t type = reader.u16();
  reader.bytes(18);
  return after_ether_type(type, reader.rest());
}

/// Q.922 address of two octets, then Cisco's EtherType or RFC 2427 (03, NLPID).
BytesView frame_relay(BytesView octets) {
  Reader reader(octets);
  reader.u16();
  const std::uint16_t type = reader.u16();
  if (type == 0x03cc || type == 0x038e) return ip(reader.rest());  // NLPIDs of IPv4 and IPv6
  if (type != 0x0300) return after_ether_type(type, reader.rest());
  reader.bytes(4);  // NLPID 80 and the OUI of SNAP
  const std::uint16_t inner = reader.u16();
  return after_ether_type(inner, reader.rest());
}

/// "MGC", flags, then extensions with their length where the flags say so.
BytesView juniper_ethernet(BytesView octets) {
  constexpr std::uint8_t kNoLinkLayer = 0x02;
  constexpr std::uint8_t kExtensions = 0x80;
  Reader reader(octets);
  reader.bytes(3);
  const std::uint8_t flags = reader.u8();
  if ((flags & kExtensions) != 0) reader.bytes(reader.u16());
  if ((flags & kNoLinkLayer) == 0) return ethernet(reader.rest());
  reader.bytes(4);
  return ip(reader.rest());
}

}  // namespace

BytesView after_ether_type(std::uint16_t type, BytesView octets) {
  constexpr int kMostTags = 8;
  for (int tags = 0; tags < kMostTags; ++tags) {
    switch (type) {
      case kIpv4:
      case kIpv6: return ip(octets);
      case kMpls:
      case kMplsUpstream: return mpls(octets);
      case kPppoeSession: return octets.size() > 6 ? ppp(octets.subspan(6)) : BytesView();
      case kBridgedEthernet: return ethernet(octets);
      case kVlan:
      case kQinQ:
      case kOldQinQ: {
        Reader reader(octets);
        reader.u16();
        type = reader.u16();
        octets = reader.rest();
        break;
      }
      default: return {};
    }
  }
  return {};
}

BytesView network_layer(int link_type, BytesView octets) {
  switch (link_type) {
    case DLT_EN10MB: return ethernet(octets);
    case DLT_LINUX_SLL: return cooked(octets);
    case DLT_LINUX_SLL2: return cooked2(octets);
    case DLT_RAW:
    case 14:   // DLT_RAW elsewhere
    case 101:  // LINKTYPE_RAW
    case DLT_IPV4:
    case DLT_IPV6: return ip(octets);
    case DLT_NULL:
    case DLT_LOOP: return loopback(octets);
    case DLT_PPP:
    case DLT_PPP_SERIAL:
    case DLT_C_HDLC: return hdlc(octets);
    case DLT_PPP_ETHER: return octets.size() > 6 ? ppp(octets.subspan(6)) : BytesView();
    case DLT_FRELAY: return frame_relay(octets);
    case DLT_JUNIPER_ETHER: return juniper_ethernet(octets);
    default: return {};
  }
}

}  // namespace bgp::test
