// wire/address.cpp
//
// Text forms of addresses: dotted quad (strict), RFC 4291 2.2 in, RFC 5952 out.
#include "bgp/wire/address.hpp"

#include <charconv>

#include "append_text.hpp"
#include "hash.hpp"

namespace bgp {
namespace {

/// One number of a dotted quad: 0 to 255 without leading zeros; takes it off the front of `text`.
std::optional<std::uint8_t> take_quad_number(std::string_view& text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc{} || value > 255 || (digits > 1 && text.front() == '0')) return std::nullopt;
  text.remove_prefix(digits);
  return static_cast<std::uint8_t>(value);
}

std::optional<std::uint32_t> parse_quad(std::string_view text) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    if (i > 0) {
      if (!text.starts_with('.')) return std::nullopt;
      text.remove_prefix(1);
    }
    const auto number = take_quad_number(text);
    if (!number) return std::nullopt;
    value = value << 8 | *number;
  }
  if (!text.empty()) return std::nullopt;
  return value;
}

/// The groups on one side of "::" (or of the whole text): "2001:db8", the last one possibly a quad.
struct Groups {
  std::array<std::uint16_t, 8> values{};
  std::size_t count = 0;
};

std::optional<Groups> parse_groups(std::string_view text, bool quad_allowed) {
  Groups groups;
  while (!text.empty()) {
    if (groups.count == groups.values.size()) return std::nullopt;
    const std::string_view group = text.substr(0, text.find(':'));
    if (quad_allowed && group.size() == text.size() && group.find('.') != std::string_view::npos) {
      const auto quad = parse_quad(group);
      if (!quad || groups.count > 6) return std::nullopt;
      groups.values[groups.count++] = static_cast<std::uint16_t>(*quad >> 16);
      groups.values[groups.count++] = static_cast<std::uint16_t>(*quad);
      return groups;
    }
    std::uint16_t value = 0;
    const auto [end, error] = std::from_chars(group.data(), group.data() + group.size(), value, 16);
    if (error != std::errc{} || end != group.data() + group.size() || group.size() > 4) return std::nullopt;
    groups.values[groups.count++] = value;
    text.remove_prefix(group.size());
    if (text.empty()) break;
    text.remove_prefix(1);
    if (text.empty()) return std::nullopt;  // a trailing single colon
  }
  return groups;
}

/// RFC 4291 2.2: eight groups, or fewer around one "::", which stands for at least one group.
std::optional<IpAddress> parse_v6(std::string_view text) {
  const std::size_t gap = text.find("::");
  const bool has_gap = gap != std::string_view::npos;
  const auto head = parse_groups(text.substr(0, gap), !has_gap);
  const auto tail = parse_groups(has_gap ? text.substr(gap + 2) : std::string_view{}, true);
  if (!head || !tail) return std::nullopt;
  const std::size_t count = head->count + tail->count;
  if (has_gap ? count > 7 : count != 8) return std::nullopt;

  std::array<std::uint16_t, 8> groups{};
  for (std::size_t i = 0; i < head->count; ++i) groups[i] = head->values[i];
  for (std::size_t i = 0; i < tail->count; ++i) groups[8 - tail->count + i] = tail->values[i];
  std::array<std::uint8_t, 16> octets{};
  for (std::size_t i = 0; i < 16; ++i) octets[i] = static_cast<std::uint8_t>(groups[i / 2] >> (i % 2 == 0 ? 8 : 0));
  return IpAddress::v6(octets);
}

/// RFC 5952 4.2: the longest run of at least two zero groups, the first of equal ones.
struct Run {
  std::size_t begin = 8, length = 0;
};
Run longest_zero_run(const std::array<std::uint16_t, 8>& groups) {
  Run best;
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - i >= 2 && end - i > best.length) best = {i, end - i};
    i = end == i ? i + 1 : end;
  }
  return best;
}

void append_v6(std::string& text, BytesView octets) {
  std::array<std::uint16_t, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) groups[i] = static_cast<std::uint16_t>(octets[2 * i] << 8 | octets[2 * i + 1]);
  const Run run = longest_zero_run(groups);
  // RFC 5952 5: an IPv4-mapped address shows its quad
  if (run.begin == 0 && run.length == 5 && groups[5] == 0xffff) {
    text += "::ffff:";
    return append_quad(text, static_cast<std::uint32_t>(groups[6]) << 16 | groups[7]);
  }
  bool colon = false;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == run.begin) {
      text += "::";
      colon = false;
      i += run.length - 1;
      continue;
    }
    if (colon) text += ':';
    colon = true;
    std::array<char, 4> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), groups[i], 16).ptr;
    text.append(digits.data(), end);
  }
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return parse_v6(text);
  const auto value = parse_quad(text);
  if (!value) return std::nullopt;
  return v4(*value);
}

void append_text(std::string& text, const IpAddress& address) {
  address.is_v4() ? append_quad(text, address.v4_value()) : append_v6(text, address.octets());
}

std::string to_string(const IpAddress& address) {
  std::string text;
  append_text(text, address);
  return text;
}

std::optional<BgpIdentifier> BgpIdentifier::parse(std::string_view text) {
  const auto value = parse_quad(text);
  if (!value) return std::nullopt;
  return BgpIdentifier{*value};
}

std::string to_string(BgpIdentifier identifier) {
  std::string text;
  append_quad(text, identifier.value);
  return text;
}

}  // namespace bgp

std::size_t std::hash<bgp::IpAddress>::operator()(const bgp::IpAddress& address) const noexcept {
  bgp::Hash state;
  state.octets(address.octets());
  return state.value();
}
