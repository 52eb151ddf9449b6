// wire/attribute_checks_as_path.cpp
//
// AS_PATH, AGGREGATOR and their four-octet companions: RFC 4271 6.3, RFC 5065 5, RFC 6793 6, RFC 7606 7.2 and 7.7,
// RFC 7607 2.
#include "attribute_checks.hpp"
#include "bgp/wire/as_path.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp {
namespace {

/// What a list of path segments is; the approach is the caller's.
struct Segments {
  const char* malformed = nullptr;
  bool has_confederation = false;
  bool has_as_zero = false;
  SegmentType first_type{};    // 0 for an empty list
  std::uint32_t first_as = 0;  // of the first segment; 0 for an empty list
};

bool is_confederation(SegmentType type) {
  return type == SegmentType::AsConfedSequence || type == SegmentType::AsConfedSet;
}

Segments read_segments(BytesView value, bool four_octet_as) {
  Segments found;
  for (Reader reader(value); !reader.empty();) {
    const auto type = static_cast<SegmentType>(reader.u8());
    const std::size_t count = reader.u8();
    Reader asns = reader.sub(count * (four_octet_as ? 4U : 2U));
    if (!reader.ok()) return {"a segment overruns the attribute (RFC 7606 7.2)"};
    if (count == 0) return {"a segment is empty (RFC 7606 7.2)"};
    if (type < SegmentType::AsSet || type > SegmentType::AsConfedSet) return {"unknown segment type (RFC 7606 7.2)"};
    found.has_confederation |= is_confederation(type);
    while (!asns.empty()) {
      const std::uint32_t asn = four_octet_as ? asns.u32() : asns.u16();
      found.has_as_zero |= asn == 0;
      if (found.first_type == SegmentType{}) {
        found.first_type = type;
        found.first_as = asn;
      }
    }
  }
  return found;
}

/// RFC 5065 5: who may send confederation segments, and who must.
const char* confederation_error(const Segments& found, const DecodeContext& context) {
  if (context.internal) return nullptr;
  if (context.confederation) {
    return found.first_type == SegmentType::AsConfedSequence
               ? nullptr
               : "does not begin with AS_CONFED_SEQUENCE, from a member of the confederation (RFC 5065 5)";
  }
  return found.has_confederation ? "confederation segment from an external peer (RFC 5065 5)" : nullptr;
}

/// RFC 4271 6.3, RFC 7606 7.2: the leftmost AS is the peer's.
bool first_as_is_wrong(const Segments& found, const DecodeContext& context) {
  if (!context.enforce_first_as || context.internal || context.peer_asn == 0) return false;
  const bool fits = context.four_octet_as || context.peer_asn <= 65535;
  const SegmentType wanted = context.confederation ? SegmentType::AsConfedSequence : SegmentType::AsSequence;
  return found.first_type != wanted || found.first_as != (fits ? context.peer_asn : kAsTrans);
}

}  // namespace

// RFC 7606 7.2
Finding check_as_path(BytesView value, const DecodeContext& context) {
  const Segments found = read_segments(value, context.four_octet_as);
  if (found.malformed != nullptr) return withdraw(update_error::kMalformedAsPath, found.malformed);
  if (const char* error = confederation_error(found, context)) return withdraw(update_error::kMalformedAsPath, error);
  if (found.has_as_zero) return withdraw(update_error::kMalformedAsPath, "AS 0 (RFC 7607 2)");
  if (first_as_is_wrong(found, context)) {
    return withdraw(update_error::kMalformedAsPath, "the first AS is not the peer's (RFC 4271 6.3, RFC 7606 7.2)");
  }
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

// RFC 6793 6. Confederation segments in it are no error: they are left out when it is read (as4.cpp)
Finding check_as4_path(BytesView value, const DecodeContext& context) {
  if (context.four_octet_as) {
    return discard(update_error::kOptionalAttributeError, "from a peer with four-octet AS (RFC 6793 6)");
  }
  if (value.size() < 6) return discard(update_error::kAttributeLengthError, "shorter than one AS (RFC 6793 6)");
  const Segments found = read_segments(value, true);
  if (found.malformed != nullptr)
    return discard(update_error::kOptionalAttributeError, "malformed segment (RFC 6793 6)");
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

}  // namespace bgp
