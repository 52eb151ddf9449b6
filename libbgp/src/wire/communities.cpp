// wire/communities.cpp
//
// Text forms of communities (RFC 1997, RFC 8092 5).
#include "bgp/wire/communities.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace bgp {
namespace {

struct WellKnown {
  std::uint32_t value;
  std::string_view name;
};

constexpr std::array<WellKnown, 5> kWellKnown{{
    {0xffff0000, "graceful-shutdown"},    // RFC 8326
    {0xffff029a, "blackhole"},            // RFC 7999
    {0xffffff01, "no-export"},            // RFC 1997
    {0xffffff02, "no-advertise"},         // RFC 1997
    {0xffffff03, "no-export-subconfed"},  // RFC 1997
}};

/// Decimal numbers without leading zeros, separated by colons: exactly N of them, each at most `max`.
template <std::size_t N>
std::optional<std::array<std::uint32_t, N>> parse_numbers(std::string_view text, std::uint32_t max) {
  std::array<std::uint32_t, N> numbers{};
  for (std::size_t i = 0; i < N; ++i) {
    if (i > 0) {
      if (!text.starts_with(':')) return std::nullopt;
      text.remove_prefix(1);
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || numbers[i] > max || (digits > 1 && text.front() == '0')) return std::nullopt;
    text.remove_prefix(digits);
  }
  if (!text.empty()) return std::nullopt;
  return numbers;
}

}  // namespace

std::optional<Community> Community::parse(std::string_view text) {
  for (const WellKnown& known : kWellKnown) {
    if (text == known.name) return Community{known.value};
  }
  const auto numbers = parse_numbers<2>(text, 65535);
  if (!numbers) return std::nullopt;
  return Community{(*numbers)[0] << 16 | (*numbers)[1]};
}

std::optional<LargeCommunity> LargeCommunity::parse(std::string_view text) {
  const auto numbers = parse_numbers<3>(text, std::numeric_limits<std::uint32_t>::max());
  if (!numbers) return std::nullopt;
  return LargeCommunity{(*numbers)[0], (*numbers)[1], (*numbers)[2]};
}

std::string to_string(Community community) {
  for (const WellKnown& known : kWellKnown) {
    if (community.value == known.value) return std::string(known.name);
  }
  return std::to_string(community.value >> 16) + ':' + std::to_string(community.value & 0xffff);
}

std::string to_string(const LargeCommunity& community) {
  return std::to_string(community.global) + ':' + std::to_string(community.local1) + ':' +
         std::to_string(community.local2);
}

}  // namespace bgp
