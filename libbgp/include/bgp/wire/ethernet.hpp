// bgp/wire/ethernet.hpp
//
// What EVPN routes are made of beside IP addresses: MAC addresses and Ethernet Segment Identifiers (RFC 7432 5).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

struct MacAddress {
  std::array<std::uint8_t, 6> octets{};

  /// Six pairs of hexadecimal digits with colons between them; nothing else.
  [[nodiscard]] static std::optional<MacAddress> parse(std::string_view text);
  friend constexpr auto operator<=>(const MacAddress&, const MacAddress&) = default;
};

/// Ten octets, the first of which is the type; all 0: a single-homed site (RFC 7432 5).
struct EthernetSegmentId {
  std::array<std::uint8_t, 10> octets{};

  /// Ten pairs of hexadecimal digits with colons between them; nothing else.
  [[nodiscard]] static std::optional<EthernetSegmentId> parse(std::string_view text);
  friend constexpr auto operator<=>(const EthernetSegmentId&, const EthernetSegmentId&) = default;
};

/// "00:00:5e:00:53:01".
[[nodiscard]] std::string to_string(const MacAddress& address);
/// "00:11:22:33:44:55:66:77:88:99".
[[nodiscard]] std::string to_string(const EthernetSegmentId& segment);

}  // namespace bgp BGP_EXPORT
