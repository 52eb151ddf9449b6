// wire/attribute_octets.hpp
//
// Cutting the attribute field into attributes (RFC 4271 4.3). Private to the wire layer.
#pragma once

#include "bgp/wire/attribute_view.hpp"

namespace bgp {

struct AttributeOctets : AttributeView {
  BytesView whole;  // from the flags on: what a NOTIFICATION quotes (RFC 4271 6.3)
};

/// Takes the next attribute from the front of `rest`; false when it is not whole (RFC 7606 4, both cases).
inline bool take_attribute(BytesView& rest, AttributeOctets& attribute) {
  if (rest.size() < 3) return false;
  const bool extended = (rest[0] & attribute_flags::kExtendedLength) != 0;
  if (extended && rest.size() < 4) return false;
  static_cast<AttributeView&>(attribute) = attribute_at(rest.data());
  const std::size_t size = (extended ? 4 : 3) + attribute.value.size();
  if (size > rest.size()) return false;
  attribute.whole = rest.first(size);
  rest = rest.subspan(size);
  return true;
}

}  // namespace bgp
