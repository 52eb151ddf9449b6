// wire/text.cpp
//
// Escaping: a peer's text is shown, never trusted (RFC 9003 4).
#include "text.hpp"

#include <algorithm>
#include <cstdint>

namespace bgp {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

void append_hex(std::string& text, std::uint8_t octet) {
  text += kDigits[octet >> 4];
  text += kDigits[octet & 15];
}

/// The code point of a character that utf8_size() measured.
std::uint32_t code_point(std::string_view character) {
  const auto lead = static_cast<std::uint8_t>(character.front());
  if (character.size() == 1) return lead;
  std::uint32_t value = lead & (0xffU >> (character.size() + 1));
  for (const char c : character.substr(1)) value = value << 6 | (static_cast<std::uint8_t>(c) & 0x3fU);
  return value;
}

/// Control characters, and those that reorder or break the line around them.
bool unsafe(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x200e && point <= 0x200f) ||
         (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

}  // namespace

std::string hex_text(BytesView octets) {
  std::string text = "0x";
  for (const std::uint8_t octet : octets) append_hex(text, octet);
  return text;
}

std::size_t utf8_size(std::string_view text) {
  if (text.empty()) return 0;
  const auto lead = static_cast<std::uint8_t>(text.front());
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return 0;
  const std::string_view character = text.substr(0, size);
  const bool continued = std::ranges::all_of(character.substr(1), [](char c) { return (c & 0xc0) == 0x80; });
  if (!continued) return 0;
  // RFC 3629 3: the shortest form, no surrogates, nothing beyond U+10FFFF
  const std::uint32_t point = code_point(character);
  const bool shortest = point >= (size == 2 ? 0x80U : size == 3 ? 0x800U : 0x10000U);
  const bool scalar = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return shortest && scalar ? size : 0;
}

std::string escaped(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t size = utf8_size(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(size, 1));
    if (size > 0 && !unsafe(code_point(character))) {
      safe += character;
    } else {
      for (const char c : character) {
        safe += "\\x";
        append_hex(safe, static_cast<std::uint8_t>(c));
      }
    }
    text.remove_prefix(character.size());
  }
  return safe;
}

}  // namespace bgp
