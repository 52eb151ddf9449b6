// wire/attribute_accept.hpp
//
// The way of nearly every attribute past the table of attribute_rules.cpp: what is common and certainly well-formed is
// seen here, inline, at the cost of a few comparisons. Private to the wire layer.
#pragma once

#include "attribute_octets.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/update.hpp"

namespace bgp {

/// Whether AS 0 is among `count` AS numbers of four octets (RFC 7607). Two at a time: subtracting 1 from each half sets
/// its top bit only where it was set before, or where the half was 0.
[[gnu::always_inline]] inline bool has_as_zero(const std::uint8_t* at, std::size_t count) {
  constexpr std::uint64_t kOnes = 0x00000001'00000001, kTops = kOnes << 31;
  const std::uint8_t* const pairs_end = at + count / 2 * 8;
  std::uint64_t zero = 0;
  for (; at != pairs_end; at += 8) {
    const std::uint64_t two = load_u64(at);
    zero |= (two - kOnes) & ~two;
  }
  return (zero & kTops) != 0 || (count % 2 != 0 && load_u32(at) == 0);
}

/// Whole segments of AS_SET and AS_SEQUENCE, none empty, without AS 0.
[[nodiscard]] inline bool are_plain_segments(BytesView value, std::size_t width) {
  std::size_t at = 0;
  while (at < value.size()) {
    if (value.size() - at < 2) return false;
    const std::size_t type = value[at];
    const std::size_t end = at + 2 + value[at + 1] * width;
    if (type - 1 > 1 || end > value.size() || end == at + 2) return false;
    bool zero = false;
    const std::uint8_t* const octets = value.data();
    if (width == 4) {
      for (at += 2; at < end; at += 4) zero |= load_u32(octets + at) == 0;
    } else {
      for (at += 2; at < end; at += 2) zero |= load_u16(octets + at) == 0;
    }
    if (zero) return false;
  }
  return true;
}

/// The same, fastest for the one AS_SEQUENCE of four-octet AS numbers that most paths are.
[[gnu::always_inline]] inline bool is_plain_path(BytesView value, bool four_octet_as) {
  if (four_octet_as && value.size() > 2) [[likely]] {
    const std::size_t count = value[1];
    const bool sequence = value[0] == static_cast<std::uint8_t>(SegmentType::AsSequence);
    if (sequence && value.size() == 2 + count * 4) [[likely]]
      return !has_as_zero(value.data() + 2, count);
  }
  return are_plain_segments(value, four_octet_as ? 4 : 2);
}

/// True only for attributes in which attribute_rule() finds nothing wrong; false decides nothing. A test holds the two
/// against each other. `code` is the attribute's: where it is a constant, only that case is left of the switch.
[[gnu::always_inline]] inline bool is_plainly_good(AttributeCode code, const AttributeView& attribute,
                                                   const DecodeContext& context) {
  using namespace attribute_flags;
  constexpr unsigned kOptionalTransitive = kOptional | kTransitive;
  const unsigned kind = attribute.flags & kOptionalTransitive;
  const BytesView value = attribute.value;
  switch (code) {
    case AttributeCode::Origin: return kind == kTransitive && value.size() == 1 && value[0] <= 2;
    case AttributeCode::AsPath:
      // RFC 5065 5: from a member of the confederation a plain path is an error
      return kind == kTransitive && !context.enforce_first_as && (context.internal || !context.confederation) &&
             is_plain_path(value, context.four_octet_as);
    case AttributeCode::NextHop:
      // RFC 4271 6.3: not in 0/8, no group, not reserved
      return kind == kTransitive && value.size() == 4 && value[0] != 0 && value[0] < 224;
    case AttributeCode::MultiExitDisc: return kind == kOptional && value.size() == 4;
    case AttributeCode::LocalPref: return kind == kTransitive && context.internal && value.size() == 4;
    case AttributeCode::AtomicAggregate: return kind == kTransitive && value.empty();
    case AttributeCode::Aggregator:
      return kind == kOptionalTransitive && context.four_octet_as && value.size() == 8 && load_u32(value.data()) != 0;
    case AttributeCode::Communities: return kind == kOptionalTransitive && !value.empty() && value.size() % 4 == 0;
    case AttributeCode::OriginatorId: return kind == kOptional && context.internal && value.size() == 4;
    case AttributeCode::ClusterList:
      return kind == kOptional && context.internal && !value.empty() && value.size() % 4 == 0;
    case AttributeCode::ExtendedCommunities:
      return kind == kOptionalTransitive && !value.empty() && value.size() % 8 == 0;
    case AttributeCode::LargeCommunities:
      return kind == kOptionalTransitive && !value.empty() && value.size() % 12 == 0;
    default: return false;
  }
}

}  // namespace bgp
