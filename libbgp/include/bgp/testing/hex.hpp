// bgp/testing/hex.hpp
//
// Octets in test code as people read them in RFCs and dumps: "ffff... 001d 01"_hex.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// Octets from hexadecimal digits. Space of any kind and '|' may stand between octets; "ffff..." is the marker, sixteen
/// octets of all ones. Throws std::invalid_argument for anything else, so that a typing error is no test input.
inline Bytes octets_of_hex(std::string_view text) {
  constexpr std::string_view kMarker = "ffff...";
  constexpr std::string_view kDigits = "0123456789abcdef";
  Bytes octets;
  while (!text.empty()) {
    if (std::string_view(" \n\t|").find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    } else if (text.starts_with(kMarker)) {
      octets.insert(octets.end(), 16, std::uint8_t{0xff});
      text.remove_prefix(kMarker.size());
    } else {
      const auto high = kDigits.find(text.front());
      const auto low = text.size() > 1 ? kDigits.find(text[1]) : std::string_view::npos;
      if (high == std::string_view::npos || low == std::string_view::npos) {
        throw std::invalid_argument("not hexadecimal: " + std::string(text));
      }
      octets.push_back(static_cast<std::uint8_t>(high << 4 | low));
      text.remove_prefix(2);
    }
  }
  return octets;
}

/// Lower-case digits without spaces.
inline std::string hex_of(BytesView octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t octet : octets) {
    text += kDigits[octet >> 4];
    text += kDigits[octet & 15];
  }
  return text;
}

/// A whole message: header with the right length, then `body`.
inline Bytes framed(MessageType type, BytesView body) {
  Bytes message(16, 0xff);
  const std::size_t length = kHeaderSize + body.size();
  message.push_back(static_cast<std::uint8_t>(length >> 8));
  message.push_back(static_cast<std::uint8_t>(length));
  message.push_back(static_cast<std::uint8_t>(type));
  message.insert(message.end(), body.begin(), body.end());
  return message;
}

/// `first` and then `second`.
inline Bytes operator+(const Bytes& first, const Bytes& second) {
  Bytes joined;
  joined.reserve(first.size() + second.size());
  for (const std::uint8_t octet : first) joined.push_back(octet);  // insert() makes g++ 12 warn of what is not there
  for (const std::uint8_t octet : second) joined.push_back(octet);
  return joined;
}

inline namespace hex_literals {
/// octets_of_hex() of a literal.
inline Bytes operator""_hex(const char* text, std::size_t size) { return octets_of_hex({text, size}); }
}  // namespace hex_literals

}  // namespace test
}  // namespace bgp BGP_EXPORT
