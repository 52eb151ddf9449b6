// bgp/wire/attribute_access.hpp
//
// The attributes that PathAttributes keeps as octets, as values: find<Aigp>(attributes), put(attributes, aigp). Each
// such value type has a header of its own in bgp/wire/. Octets stay the truth, so what nobody looks into is passed on
// exactly as it came.
#pragma once

#include <algorithm>
#include <concepts>
#include <optional>

#include "bgp/export.hpp"
#include "bgp/wire/attributes.hpp"

namespace bgp BGP_EXPORT {

/// The value of one path attribute: its code, its Optional and Transitive bits, and its octets both ways.
template <class Value>
concept AttributeValue = requires(const Value& value, BytesView octets) {
  { Value::kCode } -> std::convertible_to<AttributeCode>;
  { Value::kFlags } -> std::convertible_to<std::uint8_t>;
  { Value::decode(octets) } -> std::same_as<std::optional<Value>>;
  { value.encode() } -> std::same_as<Bytes>;
};

/// The attribute as a value; nothing when it is absent or malformed. Among the attributes of an UpdateView only those
/// that were malformed in ways that their RFCs tolerate are left.
template <AttributeValue Value>
[[nodiscard]] std::optional<Value> find(const PathAttributes& attributes) {
  const auto found = std::ranges::find(attributes.others, static_cast<std::uint8_t>(Value::kCode), &RawAttribute::code);
  if (found == attributes.others.end()) return std::nullopt;
  return Value::decode(found->value);
}

/// Removes the attribute.
template <AttributeValue Value>
void remove(PathAttributes& attributes) {
  std::erase_if(attributes.others,
                [](const RawAttribute& other) { return other.code == static_cast<std::uint8_t>(Value::kCode); });
}

/// Adds the attribute in its place, or replaces it; the Partial bit is clear after that.
template <AttributeValue Value>
void put(PathAttributes& attributes, const Value& value) {
  remove<Value>(attributes);
  const auto code = static_cast<std::uint8_t>(Value::kCode);
  const auto place = std::ranges::upper_bound(attributes.others, code, {}, &RawAttribute::code);
  attributes.others.insert(place, RawAttribute{Value::kFlags, code, value.encode()});
}

}  // namespace bgp BGP_EXPORT
