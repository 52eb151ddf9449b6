// wire/prefix_sid.cpp
//
// Prefix-SID (RFC 8669, RFC 9252) between octets and values.
#include "bgp/wire/prefix_sid.hpp"

#include <algorithm>

#include "attribute_shapes.hpp"
#include "overloaded.hpp"
#include "tlv.hpp"

namespace bgp {
namespace {

using namespace prefix_sid;

// TLV types of the IANA registry, and the types inside an SRv6 service
constexpr std::uint8_t kLabelIndex = 1, kOriginatorSrgb = 3, kSrv6L3Service = 5, kSrv6L2Service = 6;
constexpr std::uint8_t kSidInformation = 1, kSidStructure = 1;

Bytes copy(BytesView octets) { return {octets.begin(), octets.end()}; }

std::uint32_t u24(Reader& reader) {
  const std::uint32_t upper = reader.u8();
  return upper << 16 | reader.u16();
}

void write_u24(Writer& out, std::uint32_t value) {
  out.u8(static_cast<std::uint8_t>(value >> 16));
  out.u16(static_cast<std::uint16_t>(value));
}

LabelIndex read_label_index(BytesView value) {
  Reader reader(value);
  reader.u8();  // RFC 8669 3.1: reserved
  const std::uint16_t flags = reader.u16();
  return {flags, reader.u32()};
}

OriginatorSrgb read_originator_srgb(BytesView value) {
  Reader reader(value);
  OriginatorSrgb srgb{reader.u16(), {}};
  while (reader.remaining() >= 6) {
    const std::uint32_t base = u24(reader);
    srgb.ranges.push_back({base, u24(reader)});
  }
  return srgb;
}

SidStructure read_structure(BytesView value) {
  Reader reader(value);
  SidStructure structure;
  for (std::uint8_t* field : {&structure.locator_block, &structure.locator_node, &structure.function,
                              &structure.argument, &structure.transposition_length, &structure.transposition_offset}) {
    *field = reader.u8();
  }
  return structure;
}

Srv6Sid read_sid(BytesView value) {
  Reader reader(value);
  reader.u8();  // RFC 9252 3.1: reserved
  Srv6Sid sid;
  if (const auto address = address_of(reader.bytes(16))) sid.sid = *address;
  sid.flags = reader.u8();
  sid.endpoint_behavior = reader.u16();
  reader.u8();  // reserved
  while (const auto inner = reader.empty() ? std::nullopt : take_tlv(reader)) {
    if (inner->type == kSidStructure) sid.structure = read_structure(inner->value);
  }
  return sid;
}

std::vector<Srv6Sid> read_sids(BytesView value) {
  Reader reader(value);
  reader.u8();  // RFC 9252 2: reserved
  std::vector<Srv6Sid> sids;
  while (const auto inner = reader.empty() ? std::nullopt : take_tlv(reader)) {
    if (inner->type == kSidInformation) sids.push_back(read_sid(inner->value));
  }
  return sids;
}

void write_sid(Writer& out, const Srv6Sid& sid) {
  out.u8(0);
  out.bytes(sid.sid.octets());
  out.u8(sid.flags);
  out.u16(sid.endpoint_behavior);
  out.u8(0);
  if (!sid.structure) return;
  out.u8(kSidStructure);
  const auto length = out.length_u16();
  const SidStructure& structure = *sid.structure;
  for (const std::uint8_t field :
       {structure.locator_block, structure.locator_node, structure.function, structure.argument,
        structure.transposition_length, structure.transposition_offset}) {
    out.u8(field);
  }
}

void write_sids(Writer& out, const std::vector<Srv6Sid>& sids) {
  out.u8(0);
  for (const Srv6Sid& sid : sids) {
    out.u8(kSidInformation);
    const auto length = out.length_u16();
    write_sid(out, sid);
  }
}

PrefixSidTlv read_known(const Tlv& tlv) {
  switch (tlv.type) {
    case kLabelIndex: return read_label_index(tlv.value);
    case kOriginatorSrgb: return read_originator_srgb(tlv.value);
    case kSrv6L3Service: return Srv6L3Service{read_sids(tlv.value)};
    case kSrv6L2Service: return Srv6L2Service{read_sids(tlv.value)};
    default: return Other{static_cast<std::uint8_t>(tlv.type), copy(tlv.value)};
  }
}

std::uint8_t type_of(const PrefixSidTlv& tlv) {
  return std::visit(Overloaded{
                        [](const LabelIndex&) { return kLabelIndex; },
                        [](const OriginatorSrgb&) { return kOriginatorSrgb; },
                        [](const Srv6L3Service&) { return kSrv6L3Service; },
                        [](const Srv6L2Service&) { return kSrv6L2Service; },
                        [](const Other& other) { return other.type; },
                    },
                    tlv);
}

void write_value(Writer& out, const PrefixSidTlv& tlv) {
  std::visit(Overloaded{
                 [&](const LabelIndex& index) {
                   out.u8(0);
                   out.u16(index.flags);
                   out.u32(index.index);
                 },
                 [&](const OriginatorSrgb& srgb) {
                   out.u16(srgb.flags);
                   for (const LabelRange& range : srgb.ranges) {
                     write_u24(out, range.base);
                     write_u24(out, range.size);
                   }
                 },
                 [&](const Srv6L3Service& service) { write_sids(out, service.sids); },
                 [&](const Srv6L2Service& service) { write_sids(out, service.sids); },
                 [&](const Other& other) { out.bytes(other.value); },
             },
             tlv);
}

/// A TLV as a value when that says everything that its octets say.
PrefixSidTlv read_tlv(const Tlv& tlv) {
  PrefixSidTlv known = read_known(tlv);
  Bytes again;
  Writer out(again);
  write_value(out, known);
  if (std::ranges::equal(again, tlv.value)) return known;
  return Other{static_cast<std::uint8_t>(tlv.type), copy(tlv.value)};
}

}  // namespace

std::optional<PrefixSid> PrefixSid::decode(BytesView value) {
  if (prefix_sid_shape(value) != PrefixSidShape::Whole) return std::nullopt;
  PrefixSid prefix_sid;
  Reader reader(value);
  while (const auto tlv = reader.empty() ? std::nullopt : take_tlv(reader)) prefix_sid.tlvs.push_back(read_tlv(*tlv));
  return prefix_sid;
}

Bytes PrefixSid::encode() const {
  Bytes value;
  Writer out(value);
  for (const PrefixSidTlv& tlv : tlvs) {
    out.u8(type_of(tlv));
    const auto length = out.length_u16();
    write_value(out, tlv);
  }
  return value;
}

}  // namespace bgp
