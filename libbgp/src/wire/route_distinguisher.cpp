// wire/route_distinguisher.cpp
//
// Text of Route Distinguishers: administrator, a colon, assigned number (RFC 4364 4.2).
#include "bgp/wire/route_distinguisher.hpp"

#include <array>
#include <charconv>

#include "bgp/wire/address.hpp"
#include "text.hpp"

namespace bgp {
namespace {

template <class T>
std::optional<T> number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr std::string_view kAs4Mark = "2:";

}  // namespace

std::optional<RouteDistinguisher> RouteDistinguisher::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view administrator = text.substr(0, colon);
  const std::string_view assigned = text.substr(colon + 1);
  const auto short_number = number<std::uint16_t>(assigned);
  if (administrator.find('.') != std::string_view::npos) {
    const auto address = IpAddress::parse(administrator);
    if (!address || !address->is_v4() || !short_number) return std::nullopt;
    return of_v4(address->v4_value(), *short_number);
  }
  const bool marked = administrator.starts_with(kAs4Mark);
  if (marked) administrator.remove_prefix(kAs4Mark.size());
  const auto asn = number<std::uint32_t>(administrator);
  if (!asn) return std::nullopt;
  if (marked || *asn > 65535) return short_number ? std::optional(of_as4(*asn, *short_number)) : std::nullopt;
  const auto long_number = number<std::uint32_t>(assigned);
  return long_number ? std::optional(of_as2(static_cast<std::uint16_t>(*asn), *long_number)) : std::nullopt;
}

std::string to_string(RouteDistinguisher distinguisher) {
  const std::uint64_t value = distinguisher.value;
  const auto upper = static_cast<std::uint32_t>(value >> 16);  // of types 1 and 2
  const std::string lower = std::to_string(value & 0xffff);
  switch (distinguisher.type()) {
    case 0: return std::to_string(value >> 32) + ':' + std::to_string(value & 0xffffffff);
    case 1: return to_string(IpAddress::v4(upper)) + ':' + lower;
    case 2: return std::string(upper > 65535 ? "" : kAs4Mark) + std::to_string(upper) + ':' + lower;
    default: break;
  }
  std::array<std::uint8_t, 8> octets{};
  for (std::size_t i = 0; i < 8; ++i) octets[i] = static_cast<std::uint8_t>(value >> (56 - 8 * i));
  return hex_text(octets);
}

}  // namespace bgp
