// bgp/wire/prefix_sid.hpp
//
// The Prefix-SID attribute: segment routing over MPLS (RFC 8669) and SRv6 services (RFC 9252). PathAttributes keeps it
// as octets; find() and put() of attribute_access.hpp read and write it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// The TLVs that this library reads; one with reserved bits set, or with parts of a later RFC, is an Other.
namespace prefix_sid {

/// RFC 8669 3.1.
struct LabelIndex {
  std::uint16_t flags = 0;
  std::uint32_t index = 0;
  friend auto operator<=>(const LabelIndex&, const LabelIndex&) = default;
};

/// RFC 8669 3.2: labels from `base` on, `size` of them; 24 bits each.
struct LabelRange {
  std::uint32_t base = 0;
  std::uint32_t size = 0;
  friend auto operator<=>(const LabelRange&, const LabelRange&) = default;
};

/// RFC 8669 3.2.
struct OriginatorSrgb {
  std::uint16_t flags = 0;
  std::vector<LabelRange> ranges;
  friend auto operator<=>(const OriginatorSrgb&, const OriginatorSrgb&) = default;
};

/// RFC 9252 3.2.1: how the 128 bits of a SID divide, in bits.
struct SidStructure {
  std::uint8_t locator_block = 0, locator_node = 0, function = 0, argument = 0;
  std::uint8_t transposition_length = 0, transposition_offset = 0;
  friend auto operator<=>(const SidStructure&, const SidStructure&) = default;
};

/// RFC 9252 3.1.
struct Srv6Sid {
  IpAddress sid;  ///< IPv6
  std::uint8_t flags = 0;
  std::uint16_t endpoint_behavior = 0;  ///< IANA "SRv6 Endpoint Behaviors"; 0xffff: opaque
  std::optional<SidStructure> structure;
  friend auto operator<=>(const Srv6Sid&, const Srv6Sid&) = default;
};

/// RFC 9252 2: the SRv6 L3 Service TLV.
struct Srv6L3Service {
  std::vector<Srv6Sid> sids;
  friend auto operator<=>(const Srv6L3Service&, const Srv6L3Service&) = default;
};

/// RFC 9252 2: the SRv6 L2 Service TLV.
struct Srv6L2Service {
  std::vector<Srv6Sid> sids;
  friend auto operator<=>(const Srv6L2Service&, const Srv6L2Service&) = default;
};

/// Any other TLV, kept as octets.
struct Other {
  std::uint8_t type = 0;
  Bytes value;
  friend auto operator<=>(const Other&, const Other&) = default;
};

}  // namespace prefix_sid

using PrefixSidTlv = std::variant<prefix_sid::LabelIndex, prefix_sid::OriginatorSrgb, prefix_sid::Srv6L3Service,
                                  prefix_sid::Srv6L2Service, prefix_sid::Other>;

struct PrefixSid {
  static constexpr AttributeCode kCode = AttributeCode::PrefixSid;
  static constexpr std::uint8_t kFlags = 0xc0;  ///< optional transitive

  std::vector<PrefixSidTlv> tlvs;  ///< in wire order

  /// Nothing for what RFC 8669 6 and RFC 9252 7 call malformed.
  [[nodiscard]] static std::optional<PrefixSid> decode(BytesView value);
  [[nodiscard]] Bytes encode() const;

  friend auto operator<=>(const PrefixSid&, const PrefixSid&) = default;
};

/// "label-index 100 srgb 16000+8000", "srv6-l3 2001:db8::1 behavior 19 structure 40.24.16.0.16.64".
[[nodiscard]] std::string to_string(const PrefixSid& prefix_sid);

}  // namespace bgp BGP_EXPORT
