// wire/attribute_checks_attr_set.cpp
//
// ATTR_SET: malformed when it is too short, has MP_REACH_NLRI or MP_UNREACH_NLRI in it, or "the included attributes are
// malformed themselves" (RFC 6368 5); then treat-as-withdraw whatever is wrong inside (RFC 7606 7.16). Inside the same
// table of rules holds as outside.
#include "attribute_checks.hpp"
#include "attribute_octets.hpp"

namespace bgp {
namespace {

/// Sets in sets that are looked into; nobody carries a customer's customer's customer further. It bounds the recursion.
constexpr int kMaxDepth = 8;

/// A customer's attributes are those of an internal session with four-octet AS, whoever carries them (RFC 6368 5).
const DecodeContext& customer_context() {
  static const DecodeContext kContext = [] {
    DecodeContext made;
    made.internal = true;
    return made;
  }();
  return kContext;
}

/// AS4_PATH and AS4_AGGREGATOR have no business beside four-octet AS, but are not malformed for it (RFC 6793 6).
const DecodeContext& old_customer_context() {
  static const DecodeContext kContext = [] {
    DecodeContext made = customer_context();
    made.four_octet_as = false;
    return made;
  }();
  return kContext;
}

const char* attributes_problem(BytesView value, int depth);

const char* attribute_problem(const AttributeView& attribute, int depth) {
  constexpr const char* kMalformed = "an attribute in it is malformed (RFC 6368 5, RFC 7606 7.16)";
  constexpr std::uint8_t kKind = attribute_flags::kOptional | attribute_flags::kTransitive;
  const auto code = static_cast<AttributeCode>(attribute.code);
  if (code == AttributeCode::MpReachNlri || code == AttributeCode::MpUnreachNlri) {
    return "MP_REACH_NLRI or MP_UNREACH_NLRI in it (RFC 6368 5, RFC 7606 7.16)";
  }
  const AttributeRule& rule = attribute_rule(attribute.code);
  if (!rule.recognized) return (attribute.flags & attribute_flags::kOptional) != 0 ? nullptr : kMalformed;
  if ((attribute.flags & kKind) != rule.flags) return kMalformed;
  if (code == AttributeCode::AttrSet) return attributes_problem(attribute.value, depth + 1);
  const bool old = code == AttributeCode::As4Path || code == AttributeCode::As4Aggregator;
  return rule.check(attribute.value, old ? old_customer_context() : customer_context()) ? kMalformed : nullptr;
}

/// What is wrong with the value of an ATTR_SET; null when nothing is.
const char* attributes_problem(BytesView value, int depth) {
  if (depth > kMaxDepth) return "sets in sets, more than are looked into (RFC 6368 5)";
  Reader reader(value);
  reader.u32();
  if (!reader.ok()) return "shorter than an AS (RFC 6368 5, RFC 7606 7.16)";
  CodeSet seen;
  AttributeOctets attribute;
  for (BytesView rest = reader.rest(); !rest.empty();) {
    if (!take_attribute(rest, attribute)) return "an attribute in it does not fit (RFC 6368 5, RFC 7606 7.16)";
    if (seen.contains(attribute.code)) continue;  // RFC 7606 3 g: the first one counts
    seen.insert(attribute.code);
    if (const char* problem = attribute_problem(attribute, depth)) return problem;
  }
  return nullptr;
}

}  // namespace

// RFC 7606 7.16
Finding check_attr_set(BytesView value, const DecodeContext&) {
  if (const char* problem = attributes_problem(value, 1))
    return withdraw(update_error::kOptionalAttributeError, problem);
  return kGood;
}

}  // namespace bgp
