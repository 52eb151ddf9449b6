#include "tools/bgpcap/hex.hpp"

#include <cctype>
#include <optional>

#include "bgp/wire/text.hpp"

namespace bgp::cap {
namespace {

std::optional<std::uint8_t> digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

bool separates(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0 || std::string_view(":-,|").find(c) != std::string_view::npos;
}

std::unexpected<std::string> wrong(std::string_view text, std::size_t at, std::string_view what) {
  const std::string found = at < text.size() ? " \"" + escaped(text.substr(at, 1)) + '"' : std::string(" the end");
  return std::unexpected("character " + std::to_string(at + 1) + " of the octets:" + found + ' ' + std::string(what));
}

}  // namespace

std::expected<Bytes, std::string> parse_hex(std::string_view text) {
  Bytes octets;
  for (std::size_t at = 0; at < text.size();) {
    if (separates(text[at])) {
      ++at;
      continue;
    }
    if (text.substr(at, 2) == "0x" || text.substr(at, 2) == "0X") {
      at += 2;
      continue;
    }
    const auto high = digit(text[at]);
    if (!high) return wrong(text, at, "is no hexadecimal digit");
    const auto low = at + 1 < text.size() ? digit(text[at + 1]) : std::nullopt;
    if (!low) return wrong(text, at + 1, "where the second digit of an octet should be");
    octets.push_back(static_cast<std::uint8_t>(*high << 4 | *low));
    at += 2;
  }
  return octets;
}

std::string hex(BytesView octets) { return hex_text(octets).substr(2); }

}  // namespace bgp::cap
