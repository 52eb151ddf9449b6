// wire/prefix.cpp
//
// Prefixes as values, and NLRI on the wire: one length octet in bits, then as many octets as it needs (RFC 4271 4.3).
#include "bgp/wire/prefix.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "append_text.hpp"
#include "hash.hpp"
#include "prefix_octets.hpp"

namespace bgp {
Prefix::Prefix(const IpAddress& address, std::uint8_t length) {
  length = std::min(length, address.bits());
  *this = from_octets(address.is_v6(), address.octets().first(prefix_octets(length)), length);
}

Prefix Prefix::from_octets(bool v6, BytesView octets, std::uint8_t length) {
  std::array<std::uint8_t, 17> field{length};  // as v4_at and v6_at find it in a message
  std::ranges::copy(octets, field.begin() + 1);
  return v6 ? v6_at(field.data() + 1, 16, length) : v4_at(field.data() + 1, 4, length);
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = IpAddress::parse(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  unsigned length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (!address || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (length > address->bits() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  const Prefix prefix(*address, static_cast<std::uint8_t>(length));
  if (prefix.address() != *address) return std::nullopt;
  return prefix;
}

void append_text(std::string& text, const Prefix& prefix) {
  append_text(text, prefix.address());
  text += '/';
  append_number(text, prefix.length());
}

void append_text(std::string& text, const Nlri& nlri) {
  append_text(text, nlri.prefix);
  if (nlri.path_id == 0) return;
  text += '#';
  append_number(text, nlri.path_id);
}

std::string to_string(const Prefix& prefix) {
  std::string text;
  append_text(text, prefix);
  return text;
}

std::string to_string(const Nlri& nlri) {
  std::string text;
  append_text(text, nlri);
  return text;
}

bool check_nlri(Family family, BytesView octets, bool add_path) {
  if (!is_prefix_family(family)) return true;
  const std::uint8_t max_length = family.afi == Afi::Ipv6 ? 128 : 32;
  return add_path ? are_whole_prefixes<4>(octets, max_length)  // RFC 7911 3
                  : are_whole_prefixes<0>(octets, max_length);
}

}  // namespace bgp

std::size_t std::hash<bgp::Prefix>::operator()(const bgp::Prefix& prefix) const noexcept {
  bgp::Hash state;
  state.octets(prefix.address().octets());
  state.number(prefix.length());
  return state.value();
}

std::size_t std::hash<bgp::Nlri>::operator()(const bgp::Nlri& nlri) const noexcept {
  bgp::Hash state;
  state.number(std::hash<bgp::Prefix>{}(nlri.prefix));
  state.number(nlri.path_id);
  return state.value();
}
