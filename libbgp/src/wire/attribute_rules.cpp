// wire/attribute_rules.cpp
//
// The reaction table of RFC 7606 for the attributes that this library reads, in the order of its section 7, then the
// later RFCs. Each function says what is malformed and which approach follows.
#include "attribute_rules.hpp"

#include <array>

#include "bgp/wire/bytes.hpp"

namespace bgp {
namespace {

constexpr Finding kGood{};

constexpr Finding discard(std::uint8_t subcode, const char* reason) {
  return {ErrorApproach::AttributeDiscard, subcode, reason};
}
constexpr Finding withdraw(std::uint8_t subcode, const char* reason) {
  return {ErrorApproach::TreatAsWithdraw, subcode, reason};
}

constexpr bool is_multiple(std::size_t size, std::size_t unit) { return size > 0 && size % unit == 0; }

// RFC 7606 7.1
Finding check_origin(BytesView value, const DecodeContext&) {
  if (value.size() != 1) return withdraw(update_error::kAttributeLengthError, "length is not 1 (RFC 7606 7.1)");
  if (Reader(value).u8() > 2) return withdraw(update_error::kInvalidOrigin, "undefined value (RFC 7606 7.1)");
  return kGood;
}

/// Why a list of path segments is malformed; the approach is the caller's.
struct SegmentsFinding {
  const char* malformed = nullptr;
  bool has_confederation = false;
  bool has_as_zero = false;
};

SegmentsFinding check_segments(BytesView value, bool four_octet_as) {
  SegmentsFinding found;
  Reader reader(value);
  while (!reader.empty()) {
    const auto type = static_cast<SegmentType>(reader.u8());
    const std::size_t count = reader.u8();
    Reader asns = reader.sub(count * (four_octet_as ? 4U : 2U));
    if (!reader.ok()) return {"a segment overruns the attribute (RFC 7606 7.2)"};
    if (count == 0) return {"a segment is empty (RFC 7606 7.2)"};
    if (type < SegmentType::AsSet || type > SegmentType::AsConfedSet) return {"unknown segment type (RFC 7606 7.2)"};
    found.has_confederation |= type == SegmentType::AsConfedSequence || type == SegmentType::AsConfedSet;
    while (!asns.empty()) found.has_as_zero |= (four_octet_as ? asns.u32() : asns.u16()) == 0;
  }
  return found;
}

// RFC 7606 7.2
Finding check_as_path(BytesView value, const DecodeContext& context) {
  const SegmentsFinding found = check_segments(value, context.four_octet_as);
  if (found.malformed) return withdraw(update_error::kMalformedAsPath, found.malformed);
  // RFC 5065 5: confederation segments from a peer that is outside
  if (found.has_confederation && !context.internal) {
    return withdraw(update_error::kMalformedAsPath, "confederation segment from an external peer (RFC 5065 5)");
  }
  // RFC 7607 2
  if (found.has_as_zero) return withdraw(update_error::kMalformedAsPath, "AS 0 (RFC 7607 2)");
  return kGood;
}

// RFC 7606 7.3
Finding check_next_hop(BytesView value, const DecodeContext&) {
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 7606 7.3)");
  if (!may_be_host(IpAddress::v4(Reader(value).u32()))) {
    return withdraw(update_error::kInvalidNextHop, "not a host address (RFC 4271 6.3, RFC 7606 3 e)");
  }
  return kGood;
}

// RFC 7606 7.4
Finding check_med(BytesView value, const DecodeContext&) {
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 7606 7.4)");
  return kGood;
}

// RFC 7606 7.5
Finding check_local_pref(BytesView value, const DecodeContext& context) {
  if (!context.internal) return discard(update_error::kMalformedAttributeList, "from an external peer (RFC 7606 7.5)");
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 7606 7.5)");
  return kGood;
}

// RFC 7606 7.6
Finding check_atomic_aggregate(BytesView value, const DecodeContext&) {
  if (!value.empty()) return discard(update_error::kAttributeLengthError, "length is not 0 (RFC 7606 7.6)");
  return kGood;
}

// RFC 7606 7.7
Finding check_aggregator(BytesView value, const DecodeContext& context) {
  const std::size_t size = context.four_octet_as ? 8 : 6;
  if (value.size() != size) {
    return discard(update_error::kAttributeLengthError, "length is not 6, or 8 with four-octet AS (RFC 7606 7.7)");
  }
  Reader reader(value);
  const std::uint32_t asn = context.four_octet_as ? reader.u32() : reader.u16();
  if (asn == 0) return discard(update_error::kOptionalAttributeError, "AS 0 (RFC 7607 2)");
  return kGood;
}

// RFC 7606 7.8
Finding check_communities(BytesView value, const DecodeContext&) {
  if (!is_multiple(value.size(), 4)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 4, or 0 (RFC 7606 7.8)");
  }
  return kGood;
}

// RFC 7606 7.9
Finding check_originator_id(BytesView value, const DecodeContext& context) {
  if (!context.internal) return discard(update_error::kOptionalAttributeError, "from an external peer (RFC 7606 7.9)");
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 7606 7.9)");
  return kGood;
}

// RFC 7606 7.10
Finding check_cluster_list(BytesView value, const DecodeContext& context) {
  if (!context.internal) return discard(update_error::kOptionalAttributeError, "from an external peer (RFC 7606 7.10)");
  if (!is_multiple(value.size(), 4)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 4, or 0 (RFC 7606 7.10)");
  }
  return kGood;
}

// RFC 7606 7.14
Finding check_extended_communities(BytesView value, const DecodeContext&) {
  if (!is_multiple(value.size(), 8)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 8, or 0 (RFC 7606 7.14)");
  }
  return kGood;
}

// RFC 7606 7.15
Finding check_ipv6_extended_communities(BytesView value, const DecodeContext&) {
  if (!is_multiple(value.size(), 20)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 20, or 0 (RFC 7606 7.15)");
  }
  return kGood;
}

// RFC 6793 6. Confederation segments in it are no error: they are left out when it is read (as4.cpp)
Finding check_as4_path(BytesView value, const DecodeContext& context) {
  if (context.four_octet_as) {
    return discard(update_error::kOptionalAttributeError, "from a peer with four-octet AS (RFC 6793 6)");
  }
  if (value.size() < 6) return discard(update_error::kAttributeLengthError, "shorter than one AS (RFC 6793 6)");
  const SegmentsFinding found = check_segments(value, true);
  if (found.malformed) return discard(update_error::kOptionalAttributeError, "malformed segment (RFC 6793 6)");
  if (found.has_as_zero) return discard(update_error::kOptionalAttributeError, "AS 0 (RFC 7607 2)");
  return kGood;
}

// RFC 6793 6
Finding check_as4_aggregator(BytesView value, const DecodeContext& context) {
  if (context.four_octet_as) {
    return discard(update_error::kOptionalAttributeError, "from a peer with four-octet AS (RFC 6793 6)");
  }
  if (value.size() != 8) return discard(update_error::kAttributeLengthError, "length is not 8 (RFC 6793 6)");
  if (Reader(value).u32() == 0) return discard(update_error::kOptionalAttributeError, "AS 0 (RFC 7607 2)");
  return kGood;
}

// RFC 8092 5
Finding check_large_communities(BytesView value, const DecodeContext&) {
  if (!is_multiple(value.size(), 12)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 12, or 0 (RFC 8092 5)");
  }
  return kGood;
}

// RFC 9234 5
Finding check_only_to_customer(BytesView value, const DecodeContext&) {
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 9234 5)");
  return kGood;
}

constexpr std::uint8_t kWellKnown = attribute_flags::kTransitive;
constexpr std::uint8_t kOptionalTransitive = attribute_flags::kOptional | attribute_flags::kTransitive;
constexpr std::uint8_t kOptionalNonTransitive = attribute_flags::kOptional;

using Rules = std::array<AttributeRule, 256>;

constexpr Rules make_rules() {
  Rules rules{};
  const auto add = [&rules](AttributeCode code, AttributeRule rule) { rules[static_cast<std::size_t>(code)] = rule; };
  using enum AttributeCode;
  using enum ErrorApproach;
  // Wrong flags: RFC 7606 3 c; 3 f for ATOMIC_AGGREGATE and AGGREGATOR; 5.3 for the MP attributes; RFC 6793 6 for AS4_*
  add(Origin, {true, kWellKnown, TreatAsWithdraw, check_origin});
  add(AsPath, {true, kWellKnown, TreatAsWithdraw, check_as_path});
  add(NextHop, {true, kWellKnown, TreatAsWithdraw, check_next_hop});
  add(MultiExitDisc, {true, kOptionalNonTransitive, TreatAsWithdraw, check_med});
  add(LocalPref, {true, kWellKnown, TreatAsWithdraw, check_local_pref});
  add(AtomicAggregate, {true, kWellKnown, AttributeDiscard, check_atomic_aggregate});
  add(Aggregator, {true, kOptionalTransitive, AttributeDiscard, check_aggregator});
  add(Communities, {true, kOptionalTransitive, TreatAsWithdraw, check_communities});
  add(OriginatorId, {true, kOptionalNonTransitive, TreatAsWithdraw, check_originator_id});
  add(ClusterList, {true, kOptionalNonTransitive, TreatAsWithdraw, check_cluster_list});
  add(MpReachNlri, {true, kOptionalNonTransitive, SessionReset, nullptr});
  add(MpUnreachNlri, {true, kOptionalNonTransitive, SessionReset, nullptr});
  add(ExtendedCommunities, {true, kOptionalTransitive, TreatAsWithdraw, check_extended_communities});
  add(As4Path, {true, kOptionalTransitive, AttributeDiscard, check_as4_path});
  add(As4Aggregator, {true, kOptionalTransitive, AttributeDiscard, check_as4_aggregator});
  add(PmsiTunnel, {true, kOptionalTransitive, TreatAsWithdraw, nullptr});
  add(TunnelEncapsulation, {true, kOptionalTransitive, TreatAsWithdraw, nullptr});
  add(Ipv6ExtendedCommunities, {true, kOptionalTransitive, TreatAsWithdraw, check_ipv6_extended_communities});
  add(Aigp, {true, kOptionalNonTransitive, AttributeDiscard, nullptr});  // RFC 7311 3
  add(LargeCommunities, {true, kOptionalTransitive, TreatAsWithdraw, check_large_communities});
  add(OnlyToCustomer, {true, kOptionalTransitive, TreatAsWithdraw, check_only_to_customer});
  add(PrefixSid, {true, kOptionalTransitive, TreatAsWithdraw, nullptr});
  add(AttrSet, {true, kOptionalTransitive, TreatAsWithdraw, nullptr});
  return rules;
}

constexpr Rules kRules = make_rules();

}  // namespace

bool may_be_host(const IpAddress& address) {
  const std::uint8_t first = address.octets().front();
  return address.is_v6() ? first != 0xff : first != 0 && first < 224;
}

const AttributeRule& attribute_rule(std::uint8_t code) { return kRules[code]; }

}  // namespace bgp
