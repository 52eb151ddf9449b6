// wire/ipv6_extended_community.cpp
//
// IPv6 address specific extended communities: octets and text.
#include "bgp/wire/ipv6_extended_community.hpp"

#include "bgp/wire/bytes.hpp"
#include "number_text.hpp"
#include "text.hpp"

namespace bgp {
namespace {

constexpr std::uint8_t kRouteTarget = 2, kRouteOrigin = 3;
constexpr std::size_t kSize = 20;

/// "0xTTSS".
std::optional<std::uint16_t> parse_type(std::string_view text) {
  if (text == "rt") return kRouteTarget;
  if (text == "soo") return kRouteOrigin;
  std::uint16_t type = 0;
  if (text.size() != 6 || !text.starts_with("0x")) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), type, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return type;
}

}  // namespace

std::optional<Ipv6ExtendedCommunity> Ipv6ExtendedCommunity::parse(std::string_view text) {
  const auto type = parse_type(take_field(text));
  if (!type || !text.starts_with('[')) return std::nullopt;
  text.remove_prefix(1);
  const auto address = IpAddress::parse(take_field(text, ']'));
  if (!address || !address->is_v6() || !text.starts_with(':')) return std::nullopt;
  const auto number = parse_number(text.substr(1), 65535);
  if (!number) return std::nullopt;
  return Ipv6ExtendedCommunity{static_cast<std::uint8_t>(*type >> 8), static_cast<std::uint8_t>(*type), *address,
                               static_cast<std::uint16_t>(*number)};
}

std::string to_string(const Ipv6ExtendedCommunity& community) {
  std::string text;
  if (community.type == 0 && community.subtype == kRouteTarget) {
    text = "rt";
  } else if (community.type == 0 && community.subtype == kRouteOrigin) {
    text = "soo";
  } else {
    const std::array<std::uint8_t, 2> type{community.type, community.subtype};
    text = hex_text(type);
  }
  return text + ":[" + to_string(community.address) + "]:" + std::to_string(community.number);
}

std::optional<Ipv6ExtendedCommunities> Ipv6ExtendedCommunities::decode(BytesView value) {
  if (value.empty() || value.size() % kSize != 0) return std::nullopt;
  Ipv6ExtendedCommunities list;
  list.communities.reserve(value.size() / kSize);
  for (Reader reader(value); !reader.empty();) {
    Ipv6ExtendedCommunity community;
    community.type = reader.u8();
    community.subtype = reader.u8();
    community.address = IpAddress::v6(reader.bytes(16).first<16>());
    community.number = reader.u16();
    list.communities.push_back(community);
  }
  return list;
}

Bytes Ipv6ExtendedCommunities::encode() const {
  Bytes value;
  Writer out(value);
  for (const Ipv6ExtendedCommunity& community : communities) {
    out.u8(community.type);
    out.u8(community.subtype);
    out.bytes(community.address.octets());
    out.u16(community.number);
  }
  return value;
}

std::string to_string(const Ipv6ExtendedCommunities& communities) {
  std::string text;
  for (const Ipv6ExtendedCommunity& community : communities.communities) {
    text += (text.empty() ? "" : " ") + to_string(community);
  }
  return text;
}

}  // namespace bgp
