// bgp/wire/ipv6_extended_community.hpp
//
// IPv6 address specific extended communities (RFC 5701): the attribute with code 25. PathAttributes keeps it as octets;
// find() and put() of attribute_access.hpp read and write it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// RFC 5701 2: twenty octets.
struct Ipv6ExtendedCommunity {
  std::uint8_t type = 0;     ///< 0x00 transitive, 0x40 non-transitive
  std::uint8_t subtype = 0;  ///< 2 route target, 3 route origin
  IpAddress address;         ///< the global administrator; IPv6
  std::uint16_t number = 0;  ///< the local administrator

  /// "rt:[2001:db8::1]:5", "soo:[2001:db8::1]:5"; others "0xTTSS:[2001:db8::1]:5" with type and sub-type.
  [[nodiscard]] static std::optional<Ipv6ExtendedCommunity> parse(std::string_view text);

  friend constexpr auto operator<=>(const Ipv6ExtendedCommunity&, const Ipv6ExtendedCommunity&) = default;
};

/// What parse() reads.
[[nodiscard]] std::string to_string(const Ipv6ExtendedCommunity& community);

/// The value of the attribute: at least one.
struct Ipv6ExtendedCommunities {
  static constexpr AttributeCode kCode = AttributeCode::Ipv6ExtendedCommunities;
  static constexpr std::uint8_t kFlags = 0xc0;  ///< optional transitive

  std::vector<Ipv6ExtendedCommunity> communities;

  /// Nothing when the octets are no list of at least one (RFC 7606 7.15).
  [[nodiscard]] static std::optional<Ipv6ExtendedCommunities> decode(BytesView value);
  [[nodiscard]] Bytes encode() const;

  friend auto operator<=>(const Ipv6ExtendedCommunities&, const Ipv6ExtendedCommunities&) = default;
};

/// One after the other, a space between.
[[nodiscard]] std::string to_string(const Ipv6ExtendedCommunities& communities);

}  // namespace bgp BGP_EXPORT
