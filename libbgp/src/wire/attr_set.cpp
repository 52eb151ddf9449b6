// wire/attr_set.cpp
//
// ATTR_SET (RFC 6368): octets and text.
#include "bgp/wire/attr_set.hpp"

#include "attribute_octets.hpp"
#include "attribute_shapes.hpp"

namespace bgp {

using namespace attribute_flags;

std::optional<AttrSet> AttrSet::decode(BytesView value) {
  if (!attr_set_is_whole(value)) return std::nullopt;
  Reader reader(value);
  AttrSet set;
  set.origin_asn = reader.u32();
  AttributeOctets attribute;
  for (BytesView rest = reader.rest(); take_attribute(rest, attribute);) {
    set.attributes.push_back({static_cast<std::uint8_t>(attribute.flags & ~kExtendedLength), attribute.code,
                              Bytes(attribute.value.begin(), attribute.value.end())});
  }
  return set;
}

Bytes AttrSet::encode() const {
  Bytes value;
  Writer out(value);
  out.u32(origin_asn);
  for (const RawAttribute& attribute : attributes) {
    const bool extended = attribute.value.size() > 255;
    out.u8(static_cast<std::uint8_t>((attribute.flags & ~kExtendedLength) | (extended ? kExtendedLength : 0)));
    out.u8(attribute.code);
    if (extended) {
      out.u16(static_cast<std::uint16_t>(attribute.value.size()));
    } else {
      out.u8(static_cast<std::uint8_t>(attribute.value.size()));
    }
    out.bytes(attribute.value);
  }
  return value;
}

std::string to_string(const AttrSet& set) {
  std::string text = "origin-as " + std::to_string(set.origin_asn) + " (";
  for (std::size_t i = 0; i < set.attributes.size(); ++i) text += (i == 0 ? "" : " ") + to_string(set.attributes[i]);
  return text + ')';
}

}  // namespace bgp
