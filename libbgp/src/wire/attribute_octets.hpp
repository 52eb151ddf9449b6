// wire/attribute_octets.hpp
//
// Cutting the attribute field into attributes (RFC 4271 4.3). Private to the wire layer.
#pragma once

#include "bgp/wire/attribute_view.hpp"

namespace bgp {

struct AttributeOctets : AttributeView {
  BytesView whole;  // from the flags on: what a NOTIFICATION quotes (RFC 4271 6.3)
};

/// Octets of the attribute at the front of `field`; 0 when it is not whole (RFC 7606 4, both cases).
[[gnu::always_inline]] inline std::size_t whole_attribute(BytesView field) {
  if (field.size() < 3) return 0;
  const bool extended = (field[0] & attribute_flags::kExtendedLength) != 0;
  if (extended && field.size() < 4) return 0;
  const std::size_t size = extended ? 4U + load_u16(field.data() + 2) : 3U + field[2];
  return size <= field.size() ? size : 0;
}

/// Takes the next attribute from the front of `rest`; false when it is not whole.
inline bool take_attribute(BytesView& rest, AttributeOctets& attribute) {
  const std::size_t size = whole_attribute(rest);
  if (size == 0) return false;
  attribute = {attribute_at(rest.data()), rest.first(size)};
  rest = rest.subspan(size);
  return true;
}

}  // namespace bgp
