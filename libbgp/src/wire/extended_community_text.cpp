// wire/extended_community_text.cpp
//
// Text forms of extended communities. What has a name reads back to the same octets; everything else is hexadecimal.
#include <array>
#include <charconv>
#include <cmath>

#include "bgp/wire/address.hpp"
#include "bgp/wire/extended_community.hpp"
#include "number_text.hpp"
#include "overloaded.hpp"

namespace bgp {
namespace {

using namespace extended;

constexpr std::uint64_t kMax16 = 0xffff, kMax24 = 0xffffff, kMax32 = 0xffffffff;

std::string hex_digits(std::uint64_t value, std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(digits, '0');
  for (std::size_t i = digits; i-- > 0; value >>= 4) text[i] = kDigits[value & 15];
  return text;
}

/// Exactly `digits` hexadecimal digits.
std::optional<std::uint64_t> parse_hex(std::string_view text, std::size_t digits) {
  std::uint64_t value = 0;
  if (text.size() != digits) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string text_of(const Assigned& assigned) {
  const std::string number = ':' + std::to_string(assigned.number);
  if (assigned.form == Form::Ipv4) return to_string(IpAddress::v4(assigned.administrator)) + number;
  // An AS that fits both forms is marked in the longer one
  const bool marked = assigned.form == Form::FourOctetAs && assigned.administrator <= kMax16;
  return std::to_string(assigned.administrator) + (marked ? "L" : "") + number;
}

std::optional<Assigned> parse_assigned(std::string_view text) {
  std::string_view administrator = take_field(text);
  if (const auto address = IpAddress::parse(administrator); address && address->is_v4()) {
    const auto number = parse_number(text, kMax16);
    if (!number) return std::nullopt;
    return Assigned{Form::Ipv4, address->v4_value(), static_cast<std::uint32_t>(*number)};
  }
  const bool marked = administrator.ends_with('L');
  if (marked) administrator.remove_suffix(1);
  const auto asn = parse_number(administrator, kMax32);
  if (!asn) return std::nullopt;
  const Form form = marked || *asn > kMax16 ? Form::FourOctetAs : Form::TwoOctetAs;
  const auto number = parse_number(text, form == Form::TwoOctetAs ? kMax32 : kMax16);
  if (!number) return std::nullopt;
  return Assigned{form, static_cast<std::uint32_t>(*asn), static_cast<std::uint32_t>(*number)};
}

std::string text_of(std::uint16_t asn, float rate) {
  std::array<char, 256> digits{};  // the smallest floats have some 150 of them
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), rate, std::chars_format::fixed);
  return std::to_string(asn) + ':' + std::string(digits.data(), end);
}

struct Rate {
  std::uint16_t asn;
  float value;
};

std::optional<Rate> parse_rate(std::string_view text) {
  const auto asn = parse_number(take_field(text), kMax16);
  float value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!asn || text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || std::signbit(value)) return std::nullopt;
  return Rate{static_cast<std::uint16_t>(*asn), value};
}

std::string text_of(const TrafficAction& action) {
  if (action.sample && action.terminal) return "sample,terminal";
  if (action.sample) return "sample";
  return action.terminal ? "terminal" : "none";
}

std::string text_of(const ExtendedMeaning& meaning) {
  return std::visit(Overloaded{
                        [](const Other&) { return std::string(); },
                        [](const RouteTarget& c) { return "rt:" + text_of(c.target); },
                        [](const RouteOrigin& c) { return "soo:" + text_of(c.origin); },
                        [](const LinkBandwidth& c) {
                          return (c.transitive ? "link-bandwidth-transitive:" : "link-bandwidth:") +
                                 text_of(c.asn, c.octets_per_second);
                        },
                        [](const Color& c) {
                          const std::string flags = c.flags == 0 ? "" : "0x" + hex_digits(c.flags, 4) + ':';
                          return "color:" + flags + std::to_string(c.color);
                        },
                        [](const Encapsulation& c) { return "encapsulation:" + to_string(c.tunnel); },
                        [](const DefaultGateway&) { return std::string("default-gateway"); },
                        [](const MacMobility& c) {
                          return (c.sticky ? "mac-mobility:sticky:" : "mac-mobility:") + std::to_string(c.sequence);
                        },
                        [](const EsiLabel& c) {
                          return (c.single_active ? "esi-label:single-active:" : "esi-label:all-active:") +
                                 std::to_string(c.label);
                        },
                        [](const EsImport& c) { return "es-import:" + to_string(c.mac); },
                        [](const RouterMac& c) { return "router-mac:" + to_string(c.mac); },
                        [](const TrafficRateBytes& c) { return "traffic-rate:" + text_of(c.asn, c.rate); },
                        [](const TrafficRatePackets& c) { return "traffic-rate-packets:" + text_of(c.asn, c.rate); },
                        [](const TrafficAction& c) { return "traffic-action:" + text_of(c); },
                        [](const Redirect& c) { return "redirect:" + text_of(c.target); },
                        [](const TrafficMarking& c) { return "traffic-marking:" + std::to_string(c.dscp); },
                    },
                    meaning);
}

// One reader a kind; each takes what stands behind the name and its colon
using Parsed = std::optional<ExtendedMeaning>;

template <class Kind>
Parsed parse_as(std::string_view text) {
  if (const auto assigned = parse_assigned(text)) return Kind{*assigned};
  return std::nullopt;
}

template <class Kind>
Parsed parse_mac_as(std::string_view text) {
  if (const auto mac = MacAddress::parse(text)) return Kind{*mac};
  return std::nullopt;
}

template <class Kind>
Parsed parse_rate_as(std::string_view text) {
  if (const auto rate = parse_rate(text)) return Kind{rate->asn, rate->value};
  return std::nullopt;
}

template <bool kTransitive>
Parsed parse_link_bandwidth(std::string_view text) {
  if (const auto rate = parse_rate(text)) return LinkBandwidth{rate->asn, rate->value, kTransitive};
  return std::nullopt;
}

Parsed parse_color(std::string_view text) {
  std::uint64_t flags = 0;
  if (text.starts_with("0x")) {
    const auto written = parse_hex(take_field(text).substr(2), 4);
    if (!written) return std::nullopt;
    flags = *written;
  }
  const auto color = parse_number(text, kMax32);
  if (!color) return std::nullopt;
  return Color{static_cast<std::uint16_t>(flags), static_cast<std::uint32_t>(*color)};
}

Parsed parse_encapsulation(std::string_view text) {
  if (const auto tunnel = parse_tunnel_type(text)) return Encapsulation{*tunnel};
  return std::nullopt;
}

Parsed parse_mac_mobility(std::string_view text) {
  const bool sticky = text.starts_with("sticky:");
  if (sticky) take_field(text);
  if (const auto sequence = parse_number(text, kMax32))
    return MacMobility{sticky, static_cast<std::uint32_t>(*sequence)};
  return std::nullopt;
}

Parsed parse_esi_label(std::string_view text) {
  const std::string_view mode = take_field(text);
  const auto label = parse_number(text, kMax24);
  if (!label || (mode != "single-active" && mode != "all-active")) return std::nullopt;
  return EsiLabel{mode == "single-active", static_cast<std::uint32_t>(*label)};
}

Parsed parse_traffic_action(std::string_view text) {
  for (const bool sample : {false, true}) {
    for (const bool terminal : {false, true}) {
      const TrafficAction action{sample, terminal};
      if (text == text_of(action)) return action;
    }
  }
  return std::nullopt;
}

Parsed parse_traffic_marking(std::string_view text) {
  if (const auto dscp = parse_number(text, 63)) return TrafficMarking{static_cast<std::uint8_t>(*dscp)};
  return std::nullopt;
}

struct Keyword {
  std::string_view name;
  Parsed (*parse)(std::string_view text);
};

constexpr std::array<Keyword, 15> kKeywords{{
    {"rt", parse_as<RouteTarget>},
    {"soo", parse_as<RouteOrigin>},
    {"link-bandwidth", parse_link_bandwidth<false>},
    {"link-bandwidth-transitive", parse_link_bandwidth<true>},
    {"color", parse_color},
    {"encapsulation", parse_encapsulation},
    {"mac-mobility", parse_mac_mobility},
    {"esi-label", parse_esi_label},
    {"es-import", parse_mac_as<EsImport>},
    {"router-mac", parse_mac_as<RouterMac>},
    {"traffic-rate", parse_rate_as<TrafficRateBytes>},
    {"traffic-rate-packets", parse_rate_as<TrafficRatePackets>},
    {"traffic-action", parse_traffic_action},
    {"redirect", parse_as<Redirect>},
    {"traffic-marking", parse_traffic_marking},
}};

}  // namespace

std::optional<ExtendedCommunity> ExtendedCommunity::parse(std::string_view text) {
  if (text.starts_with("0x")) {
    const auto value = parse_hex(text.substr(2), 16);
    if (!value) return std::nullopt;
    return ExtendedCommunity{*value};
  }
  if (text == "default-gateway") return of(DefaultGateway{});
  const std::string_view name = take_field(text);
  Parsed parsed;
  for (const Keyword& keyword : kKeywords) {
    if (name == keyword.name) parsed = keyword.parse(text);
  }
  if (!parsed) return std::nullopt;
  return of(*parsed);
}

std::string to_string(ExtendedCommunity community) {
  std::string text = text_of(meaning(community));
  // Reserved bits, infinite and negative rates: the name would not bring them back
  if (!text.empty() && ExtendedCommunity::parse(text) == community) return text;
  return "0x" + hex_digits(community.value, 16);
}

}  // namespace bgp
