// bgp/wire/communities.hpp
//
// Communities (RFC 1997) and large communities (RFC 8092) as values with their text forms.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// RFC 1997: by convention the upper two octets are an AS number.
struct Community {
  std::uint32_t value = 0;

  /// "65001:100", or a well-known name: "no-export", "no-advertise", "no-export-subconfed", "blackhole".
  [[nodiscard]] static std::optional<Community> parse(std::string_view text);
  friend constexpr auto operator<=>(const Community&, const Community&) = default;
};

/// RFC 8092 3.
struct LargeCommunity {
  std::uint32_t global = 0, local1 = 0, local2 = 0;

  /// "65001:1:2".
  [[nodiscard]] static std::optional<LargeCommunity> parse(std::string_view text);
  friend constexpr auto operator<=>(const LargeCommunity&, const LargeCommunity&) = default;
};

[[nodiscard]] std::string to_string(Community community);
[[nodiscard]] std::string to_string(const LargeCommunity& community);

}  // namespace bgp BGP_EXPORT
