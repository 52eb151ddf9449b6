// wire/attribute_octets.hpp
//
// One path attribute on the wire: flags, code, a length of one or two octets, value (RFC 4271 4.3). Private to the wire
// layer.
#pragma once

#include <array>
#include <optional>

#include "bgp/wire/attributes.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp {

struct AttributeOctets {
  std::uint8_t flags = 0;
  std::uint8_t code = 0;
  BytesView value;
  BytesView whole;  // from the flags on: what a NOTIFICATION quotes (RFC 4271 6.3)
};

/// Takes the next attribute; nothing when it is not whole (RFC 7606 4, both cases).
inline std::optional<AttributeOctets> take_attribute(Reader& reader) {
  const BytesView from = Reader(reader).rest();
  AttributeOctets attribute;
  attribute.flags = reader.u8();
  attribute.code = reader.u8();
  const bool extended = (attribute.flags & attribute_flags::kExtendedLength) != 0;
  attribute.value = reader.bytes(extended ? reader.u16() : reader.u8());
  if (!reader.ok()) return std::nullopt;
  attribute.whole = from.first(from.size() - reader.remaining());
  return attribute;
}

/// A set of attribute codes.
using CodeSet = std::array<std::uint64_t, 4>;

inline bool contains(const CodeSet& set, std::uint8_t code) { return (set[code / 64] >> code % 64 & 1) != 0; }
inline void insert(CodeSet& set, std::uint8_t code) { set[code / 64] |= std::uint64_t{1} << code % 64; }

}  // namespace bgp
