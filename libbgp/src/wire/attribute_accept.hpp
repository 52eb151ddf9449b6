// wire/attribute_accept.hpp
//
// The way of nearly every attribute past the table of attribute_rules.cpp: what is common and certainly well-formed is
// seen here, inline, at the cost of a few comparisons. Private to the wire layer.
#pragma once

#include "attribute_octets.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/update.hpp"

namespace bgp {

/// Whole segments of AS_SET and AS_SEQUENCE, none empty, without AS 0.
[[gnu::always_inline]] inline bool is_plain_path(BytesView value, std::size_t width) {
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

/// True only for attributes in which attribute_rule() finds nothing wrong; false decides nothing. A test holds the two
/// against each other.
[[gnu::always_inline]] inline bool is_plainly_good(const AttributeView& attribute, const DecodeContext& context) {
  using namespace attribute_flags;
  constexpr unsigned kOptionalTransitive = kOptional | kTransitive;
  const unsigned kind = attribute.flags & kOptionalTransitive;
  const BytesView value = attribute.value;
  switch (static_cast<AttributeCode>(attribute.code)) {
    case AttributeCode::Origin: return kind == kTransitive && value.size() == 1 && value[0] <= 2;
    case AttributeCode::AsPath:
      // RFC 5065 5: from a member of the confederation a plain path is an error
      return kind == kTransitive && !context.enforce_first_as && (context.internal || !context.confederation) &&
             is_plain_path(value, context.four_octet_as ? 4 : 2);
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
