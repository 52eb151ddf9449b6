// wire/prefix.cpp
//
// Prefixes as values, and NLRI on the wire: one length octet in bits, then as many octets as it needs (RFC 4271 4.3).
#include "bgp/wire/prefix.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "bgp/wire/bytes.hpp"
#include "hash.hpp"

namespace bgp {
namespace {

constexpr std::size_t octets_of(std::uint8_t bits) { return (bits + 7U) / 8U; }

constexpr std::size_t kPathIdSize = 4;  // RFC 7911 3

}  // namespace

Prefix::Prefix(const IpAddress& address, std::uint8_t length) {
  length = std::min(length, address.bits());
  *this = from_octets(address.is_v6(), address.octets().first(octets_of(length)), length);
}

Prefix Prefix::from_octets(bool v6, BytesView octets, std::uint8_t length) {
  Prefix prefix;
  prefix.length_ = length;
  if (v6) {
    std::array<std::uint8_t, 16> whole{};
    std::ranges::copy(octets, whole.begin());
    const unsigned used = length % 8;  // bits of the last octet; 0 when it is full
    if (used != 0) whole[length / 8] = static_cast<std::uint8_t>(whole[length / 8] & (0xff00U >> used));
    prefix.address_ = IpAddress::v6(whole);
  } else {
    std::uint64_t value = 0;
    for (const std::uint8_t octet : octets) value = value << 8 | octet;
    value <<= 32 - 8 * octets.size();
    prefix.address_ = IpAddress::v4(static_cast<std::uint32_t>(value & (0xffffffff00000000U >> length)));
  }
  return prefix;
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

std::string to_string(const Prefix& prefix) {
  return to_string(prefix.address()) + '/' + std::to_string(prefix.length());
}

std::string to_string(const Nlri& nlri) {
  std::string text = to_string(nlri.prefix);
  if (nlri.path_id != 0) text += '#' + std::to_string(nlri.path_id);
  return text;
}

NlriView::iterator NlriView::begin() const {
  return is_prefix_family(family_) ? iterator(octets_, family_.afi == Afi::Ipv6, add_path_) : iterator{};
}

NlriView::iterator NlriView::end() const { return {}; }

Nlri NlriView::iterator::operator*() const {
  Reader reader(rest_);
  Nlri nlri;
  if (add_path_) nlri.path_id = reader.u32();
  const std::uint8_t length = reader.u8();
  nlri.prefix = Prefix::from_octets(v6_, reader.bytes(octets_of(length)), length);
  return nlri;
}

NlriView::iterator& NlriView::iterator::operator++() {
  const std::size_t length_at = add_path_ ? kPathIdSize : 0;
  rest_ = rest_.subspan(length_at + 1 + octets_of(rest_[length_at]));  // checked when the view was made
  return *this;
}

bool check_nlri(Family family, BytesView octets, bool add_path) {
  if (!is_prefix_family(family)) return true;
  const std::uint8_t max_length = family.afi == Afi::Ipv6 ? 128 : 32;
  const std::size_t path_id_size = add_path ? kPathIdSize : 0;
  Reader reader(octets);
  while (!reader.empty()) {
    reader.bytes(path_id_size);
    const std::uint8_t length = reader.u8();
    // RFC 7606 5.3: longer than an address, or than what is left of the field
    if (length > max_length) return false;
    reader.bytes(octets_of(length));
  }
  return reader.ok();
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
