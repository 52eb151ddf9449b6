// wire/attribute_shapes.cpp
//
// The forms of AIGP, PMSI Tunnel, Tunnel Encapsulation, Prefix-SID, ATTR_SET and the BGP-LS attribute.
#include "attribute_shapes.hpp"

#include "attribute_octets.hpp"
#include "bgp/wire/constants.hpp"
#include "tlv.hpp"

namespace bgp {
namespace {

/// RFC 6514 5: the lengths that the identifier of a tunnel type may have.
bool pmsi_identifier_fits(std::uint8_t type, std::size_t size) {
  switch (type) {
    case 0: return size == 0;                 // no tunnel
    case 1: return size == 12 || size == 24;  // RSVP-TE P2MP: RFC 4875 session and P2MP identifier
    case 2:
    case 7: return size > 0;  // mLDP: a FEC element of RFC 6388
    case 3:
    case 4:
    case 5: return size == 8 || size == 32;  // PIM: sender and group
    case 6:
      return size == 4 || size == 16;  // ingress replication: the endpoint
    // RFC 9574, RFC 8556, drafts, and what the registry leaves to experiments
    case 10:
    case 11:
    case 12:
    case 13:
    case 123:
    case 124:
    case 125:
    case 126: return true;
    default: return false;
  }
}

/// RFC 9012 3.1: four reserved octets, a family, an address of it; none for family 0.
bool endpoint_is_whole(BytesView value) {
  Reader reader(value);
  reader.u32();
  const std::uint16_t family = reader.u16();
  if (!reader.ok()) return false;
  if (family == 0) return reader.empty();
  if (family == static_cast<std::uint16_t>(Afi::Ipv4)) return reader.remaining() == 4;
  return family == static_cast<std::uint16_t>(Afi::Ipv6) && reader.remaining() == 16;
}

constexpr std::uint16_t kEgressEndpoint = 6;

/// RFC 9252 7: an SID Information sub-TLV, its sub-sub-TLVs included.
bool srv6_sid_is_whole(BytesView value) {
  constexpr std::size_t kFixed = 21;
  constexpr std::uint16_t kSidStructure = 1;
  Reader reader(value);
  reader.bytes(kFixed);
  while (reader.ok() && !reader.empty()) {
    const auto inner = take_tlv(reader);
    if (!inner || (inner->type == kSidStructure && inner->value.size() != 6)) return false;
  }
  return reader.ok();
}

/// RFC 8669 3.1, 3.2.
bool sr_mpls_tlv_is_whole(const Tlv& tlv) {
  switch (tlv.type) {
    case 1: return tlv.value.size() == 7;                                     // Label-Index
    case 3: return tlv.value.size() >= 8 && (tlv.value.size() - 2) % 6 == 0;  // Originator SRGB: flags, then ranges
    default: return true;
  }
}

bool srv6_service_is_whole(BytesView value) {
  constexpr std::uint16_t kSidInformation = 1;
  Reader reader(value);
  reader.u8();
  while (reader.ok() && !reader.empty()) {
    const auto inner = take_tlv(reader);
    if (!inner || (inner->type == kSidInformation && !srv6_sid_is_whole(inner->value))) return false;
  }
  return reader.ok();
}

}  // namespace

std::optional<IpAddress> address_of(BytesView octets) {
  if (octets.size() == 16) return IpAddress::v6(octets.first<16>());
  if (octets.size() == 4) return IpAddress::v4(Reader(octets).u32());
  return std::nullopt;
}

bool aigp_is_whole(BytesView value) {
  constexpr std::uint16_t kMetric = 1;
  Reader reader(value);
  do {
    const auto tlv = take_aigp_tlv(reader);
    if (!tlv || (tlv->type == kMetric && tlv->value.size() != 8)) return false;
  } while (!reader.empty());
  return true;
}

bool pmsi_tunnel_is_whole(BytesView value) {
  constexpr std::uint8_t kComposite = 0x80;  // RFC 8317 4
  Reader reader(value);
  reader.u8();
  const auto type = static_cast<std::uint8_t>(reader.u8() & ~kComposite);
  reader.bytes(3);
  return reader.ok() && pmsi_identifier_fits(type, reader.remaining());
}

TunnelEncapsulationShape tunnel_encapsulation_shape(BytesView value) {
  bool any_valid = false;
  for (Reader reader(value); !reader.empty();) {
    const auto tlv = take_wide_tlv(reader);
    if (!tlv) return TunnelEncapsulationShape::Broken;
    bool valid = true;
    for (Reader inner(tlv->value); !inner.empty();) {
      const auto sub_tlv = take_tunnel_subtlv(inner);
      if (!sub_tlv) return TunnelEncapsulationShape::Broken;
      valid = valid && (sub_tlv->type != kEgressEndpoint || endpoint_is_whole(sub_tlv->value));
    }
    any_valid = any_valid || valid;
  }
  return any_valid ? TunnelEncapsulationShape::Whole : TunnelEncapsulationShape::NoValidTunnel;
}

PrefixSidShape prefix_sid_shape(BytesView value) {
  bool malformed = value.empty();
  bool malformed_service = false;
  for (Reader reader(value); !reader.empty();) {
    const std::uint8_t type = Reader(reader).u8();
    const bool service = type == 5 || type == 6;  // SRv6 L3 and L2 Service
    const auto tlv = take_tlv(reader);
    if (service) {
      malformed_service = malformed_service || !tlv || !srv6_service_is_whole(tlv->value);
    } else {
      malformed = malformed || !tlv || !sr_mpls_tlv_is_whole(*tlv);
    }
    if (!tlv) break;
  }
  // RFC 9252 7 asks for more than RFC 8669 6
  if (malformed_service) return PrefixSidShape::MalformedSrv6Service;
  return malformed ? PrefixSidShape::Malformed : PrefixSidShape::Whole;
}

bool attr_set_is_whole(BytesView value) {
  Reader reader(value);
  reader.u32();
  if (!reader.ok()) return false;
  AttributeOctets attribute;
  for (BytesView rest = reader.rest(); !rest.empty();) {
    if (!take_attribute(rest, attribute)) return false;
    const auto code = static_cast<AttributeCode>(attribute.code);
    if (code == AttributeCode::MpReachNlri || code == AttributeCode::MpUnreachNlri) return false;
  }
  return true;
}

bool bgp_ls_attribute_is_whole(BytesView value) {
  Reader reader(value);
  do {
    if (!take_wide_tlv(reader)) return false;
  } while (!reader.empty());
  return true;
}

}  // namespace bgp
