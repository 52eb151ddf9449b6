// wire/number_text.hpp
//
// Numbers and fields of the text forms: decimal without leading zeros, separated by colons. Private to the wire layer.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bgp {

/// A whole decimal number without leading zeros, at most `max`.
inline std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t max) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number > max || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  return number;
}

/// Takes what stands before the next `separator`, and the separator; all that is left when there is none.
inline std::string_view take_field(std::string_view& text, char separator = ':') {
  const std::size_t end = text.find(separator);
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return field;
}

}  // namespace bgp
