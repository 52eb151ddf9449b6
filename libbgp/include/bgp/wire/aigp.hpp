// bgp/wire/aigp.hpp
//
// The Accumulated IGP Metric attribute (RFC 7311). PathAttributes keeps it as octets; find() and put() of
// attribute_access.hpp read and write it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// A TLV of AIGP other than the first of type 1: kept and passed on as it came (RFC 7311 3).
struct AigpTlv {
  std::uint8_t type = 0;
  Bytes value;

  friend auto operator<=>(const AigpTlv&, const AigpTlv&) = default;
};

/// RFC 7311 3. The metric is that of the first TLV of type 1; later ones of that type are ignored.
struct Aigp {
  static constexpr AttributeCode kCode = AttributeCode::Aigp;
  static constexpr std::uint8_t kFlags = 0x80;  ///< optional non-transitive

  std::optional<std::uint64_t> metric;  ///< absent when there is no TLV of type 1
  std::vector<AigpTlv> others;          ///< in wire order; written behind the metric

  /// Nothing for what RFC 7311 3 calls malformed: a TLV that overruns, or one of type 1 with a length other than 11.
  [[nodiscard]] static std::optional<Aigp> decode(BytesView value);
  [[nodiscard]] Bytes encode() const;

  friend auto operator<=>(const Aigp&, const Aigp&) = default;
};

/// "100"; further TLVs as "2:0x0102".
[[nodiscard]] std::string to_string(const Aigp& aigp);

}  // namespace bgp BGP_EXPORT
