// wire/ethernet.cpp
//
// Text of MAC addresses and Ethernet Segment Identifiers: pairs of digits between colons.
#include "bgp/wire/ethernet.hpp"

#include <charconv>

namespace bgp {
namespace {

template <std::size_t kSize>
std::string colon_text(const std::array<std::uint8_t, kSize>& octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t octet : octets) {
    if (!text.empty()) text += ':';
    text += kDigits[octet >> 4];
    text += kDigits[octet & 15];
  }
  return text;
}

template <std::size_t kSize>
bool read_colon_text(std::string_view text, std::array<std::uint8_t, kSize>& octets) {
  if (text.size() != 3 * kSize - 1) return false;
  for (std::size_t i = 0; i < kSize; ++i) {
    const std::string_view pair = text.substr(3 * i, 2);
    const auto [end, error] = std::from_chars(pair.data(), pair.data() + pair.size(), octets[i], 16);
    if (error != std::errc{} || end != pair.data() + pair.size()) return false;
    if (i + 1 < kSize && text[3 * i + 2] != ':') return false;
  }
  return true;
}

}  // namespace

std::optional<MacAddress> MacAddress::parse(std::string_view text) {
  MacAddress address;
  return read_colon_text(text, address.octets) ? std::optional(address) : std::nullopt;
}

std::optional<EthernetSegmentId> EthernetSegmentId::parse(std::string_view text) {
  EthernetSegmentId segment;
  return read_colon_text(text, segment.octets) ? std::optional(segment) : std::nullopt;
}

std::string to_string(const MacAddress& address) { return colon_text(address.octets); }

std::string to_string(const EthernetSegmentId& segment) { return colon_text(segment.octets); }

}  // namespace bgp
