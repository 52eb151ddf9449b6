// bgp/wire/attr_set.hpp
//
// ATTR_SET (RFC 6368): a customer's attributes carried through a provider's VPN. PathAttributes keeps it as octets;
// find() and put() of attribute_access.hpp read and write it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

struct AttrSet {
  static constexpr AttributeCode kCode = AttributeCode::AttrSet;
  static constexpr std::uint8_t kFlags = 0xc0;  ///< optional transitive

  std::uint32_t origin_asn = 0;          ///< the customer's AS
  std::vector<RawAttribute> attributes;  ///< the customer's, in wire order; AS numbers in them have four octets

  /// Nothing when an attribute does not fit, or is MP_REACH_NLRI or MP_UNREACH_NLRI (RFC 6368 5). The contents of the
  /// attributes inside are not looked at: decode_update() did, and an UPDATE's ATTR_SET has only good ones (RFC 7606
  /// 7.16). Of several with one code the first counts (3 g); NEXT_HOP is to be ignored (RFC 6368 5).
  [[nodiscard]] static std::optional<AttrSet> decode(BytesView value);
  /// The lengths inside are of one octet where that is enough.
  [[nodiscard]] Bytes encode() const;

  friend auto operator<=>(const AttrSet&, const AttrSet&) = default;
};

/// "origin-as 65001 (ORIGIN 0x00 AS_PATH 0x)".
[[nodiscard]] std::string to_string(const AttrSet& set);

}  // namespace bgp BGP_EXPORT
