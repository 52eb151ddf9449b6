// bgp/wire/attribute_view.hpp
//
// A path attribute as it stands in a message: flags, code, a length of one or two octets, value (RFC 4271 4.3).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp BGP_EXPORT {

/// Attribute flags (RFC 4271 4.3).
namespace attribute_flags {
inline constexpr std::uint8_t kOptional = 0x80;
inline constexpr std::uint8_t kTransitive = 0x40;
inline constexpr std::uint8_t kPartial = 0x20;
inline constexpr std::uint8_t kExtendedLength = 0x10;
}  // namespace attribute_flags

/// Borrowed.
struct AttributeView {
  std::uint8_t flags = 0;
  std::uint8_t code = 0;
  BytesView value;
};

/// The attribute that begins at `at`, of which all octets must be there.
[[nodiscard]] constexpr AttributeView attribute_at(const std::uint8_t* at) {
  const bool extended = (at[0] & attribute_flags::kExtendedLength) != 0;
  const BytesView value = extended ? BytesView(at + 4, load_u16(at + 2)) : BytesView(at + 3, at[2]);
  return {at[0], at[1], value};
}

/// A set of attribute codes.
class CodeSet {
 public:
  [[nodiscard]] constexpr bool contains(std::uint8_t code) const { return (words_[code / 64] >> code % 64 & 1) != 0; }
  /// Those below 64; bit n stands for code n.
  [[nodiscard]] constexpr std::uint64_t below_64() const { return words_[0]; }
  constexpr void insert(std::uint8_t code) { words_[code / 64] |= std::uint64_t{1} << code % 64; }
  constexpr void erase(std::uint8_t code) { words_[code / 64] &= ~(std::uint64_t{1} << code % 64); }
  /// Bit n stands for code n.
  constexpr void insert_below_64(std::uint64_t bits) { words_[0] |= bits; }
  constexpr void erase(const CodeSet& codes) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~codes.words_[i];
  }
  [[nodiscard]] constexpr bool empty() const { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }

 private:
  std::array<std::uint64_t, 4> words_{};
};

}  // namespace bgp BGP_EXPORT
