#include "bgpd/config_values.hpp"

#include <algorithm>
#include <charconv>

#include "bgp/wire/address.hpp"
#include "bgp/wire/communities.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgpd/spelling.hpp"

namespace bgp::daemon {

namespace {

std::string one_of(std::span<const std::string_view> choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) text += i + 1 == choices.size() ? " or " : ", ";
    text.append("\"").append(choices[i]).append("\"");
  }
  return text;
}

std::string range(const Key& key) {
  std::string text = key.or_zero ? "0 or " : "";
  text += std::to_string(key.least) + " to " + std::to_string(key.most);
  if (!key.unit.empty()) text.append(" (").append(key.unit).append(")");
  return text;
}

// Neither the wildcard, nor multicast (and what lies behind it in IPv4), nor IPv6 link-local.
bool names_a_host(const IpAddress& address) {
  if (address == IpAddress::v4(0) || address == *IpAddress::parse("::")) return false;
  const BytesView octets = address.octets();
  if (address.is_v4()) return octets[0] < 224;
  return octets[0] != 0xff && !(octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80);
}

}  // namespace

std::string expectation(const Key& key) {
  switch (key.kind) {
    case Kind::Boolean: return "true or false";
    case Kind::Integer: return range(key);
    case Kind::Text: return "text of at most " + std::to_string(key.most) + " octets";
    case Kind::Secret: return "text of " + std::to_string(key.least) + " to " + std::to_string(key.most) + " octets";
    case Kind::Choice: return one_of(key.choices);
    case Kind::Address: return "an IPv4 or IPv6 address";
    case Kind::Host: return "the IPv4 or IPv6 address of a host, not link-local";
    case Kind::Ipv4Host: return "the IPv4 address of a host";
    case Kind::Ipv6Host: return "the IPv6 address of a host, not link-local";
    case Kind::RouterId: return "a dotted quad other than 0.0.0.0, like \"192.0.2.1\"";
    case Kind::Prefix: return "a prefix without bits beyond its length, like \"192.0.2.0/24\" or \"2001:db8::/32\"";
    case Kind::Community:
      return "a community like \"65001:100\", or \"no-export\", \"no-advertise\", \"no-export-subconfed\" or "
             "\"blackhole\"";
    case Kind::LargeCommunity: return "a large community like \"65001:1:2\"";
  }
  return "something else";
}

bool accepts(const Key& key, std::int64_t value) {
  return (key.or_zero && value == 0) || (key.least <= value && value <= key.most);
}

bool accepts(const Key& key, std::string_view value) {
  switch (key.kind) {
    case Kind::Boolean:
    case Kind::Integer: return false;
    case Kind::Text: return value.size() <= static_cast<std::size_t>(key.most);
    case Kind::Secret:
      return static_cast<std::size_t>(key.least) <= value.size() && value.size() <= static_cast<std::size_t>(key.most);
    case Kind::Choice: return std::ranges::find(key.choices, value) != key.choices.end();
    case Kind::Address: return IpAddress::parse(value).has_value();
    case Kind::Host:
    case Kind::Ipv4Host:
    case Kind::Ipv6Host: {
      const auto address = IpAddress::parse(value);
      if (!address || !names_a_host(*address)) return false;
      return key.kind == Kind::Host || address->is_v4() == (key.kind == Kind::Ipv4Host);
    }
    case Kind::RouterId: {
      const auto identifier = BgpIdentifier::parse(value);
      return identifier && identifier->value != 0;
    }
    case Kind::Prefix: return Prefix::parse(value).has_value();
    case Kind::Community: return Community::parse(value).has_value();
    case Kind::LargeCommunity: return LargeCommunity::parse(value).has_value();
  }
  return false;
}

std::optional<std::string> suggestion(const Key& key, std::string_view value) {
  if (key.kind == Kind::Choice) {
    const auto found = nearest(value, key.choices);
    return found ? std::optional(std::string(*found)) : std::nullopt;
  }
  if (key.kind != Kind::Prefix) return std::nullopt;
  const std::size_t slash = value.find('/');
  const auto address = IpAddress::parse(value.substr(0, slash));
  if (!address || slash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = value.substr(slash + 1);
  unsigned length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (error != std::errc{} || end != digits.data() + digits.size() || length > address->bits()) return std::nullopt;
  return to_string(Prefix(*address, static_cast<std::uint8_t>(length)));
}

}  // namespace bgp::daemon
