// wire/as4.hpp
//
// AS numbers of two and four octets in AS_PATH and AGGREGATOR (RFC 6793). Private to the wire layer.
#pragma once

#include <algorithm>
#include <span>

#include "bgp/wire/as_path.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/constants.hpp"
#include "filler.hpp"

namespace bgp {

/// Reads the value of an AS_PATH or AS4_PATH that passed its rule.
[[nodiscard]] AsPath read_as_path(BytesView value, bool four_octet_as);

/// Reads the value of an AGGREGATOR or AS4_AGGREGATOR that passed its rule.
[[nodiscard]] Aggregator read_aggregator(BytesView value, bool four_octet_as);

/// RFC 6793 4.2.3: the exact path, from AS_PATH and AS4_PATH of an OLD speaker.
[[nodiscard]] AsPath merge_as4_path(const AsPath& as_path, const AsPath& as4_path);

[[nodiscard]] constexpr bool fits_two_octets(std::uint32_t asn) { return asn <= 65535; }

/// AS_TRANS for an AS that does not fit (RFC 6793 4.2.2).
[[nodiscard]] constexpr std::uint16_t two_octet_as(std::uint32_t asn) {
  return static_cast<std::uint16_t>(fits_two_octets(asn) ? asn : kAsTrans);
}

/// AS numbers that a segment holds on the wire (RFC 4271 4.3 b).
inline constexpr std::size_t kMaxSegment = 255;

/// With a header for each 255 AS numbers begun.
[[nodiscard]] inline std::size_t segment_size(const AsPathSegment& segment, bool four_octet_as) {
  const std::size_t count = segment.asns.size();
  return (count + kMaxSegment - 1) / kMaxSegment * 2 + count * (four_octet_as ? 4 : 2);
}

[[gnu::always_inline]] inline void write_segment(Filler& out, const AsPathSegment& segment, bool four_octet_as) {
  for (std::span<const std::uint32_t> rest = segment.asns; !rest.empty();) {
    const auto some = rest.first(std::min(kMaxSegment, rest.size()));
    rest = rest.subspan(some.size());
    out.u8(static_cast<std::uint8_t>(segment.type));
    out.u8(static_cast<std::uint8_t>(some.size()));
    if (four_octet_as) {
      for (const std::uint32_t asn : some) out.u32(asn);
    } else {
      for (const std::uint32_t asn : some) out.u16(two_octet_as(asn));
    }
  }
}

/// Octets that write_as_path() fills.
[[nodiscard]] inline std::size_t as_path_size(const AsPath& path, bool four_octet_as) {
  std::size_t size = 0;
  for (const AsPathSegment& segment : path.segments()) size += segment_size(segment, four_octet_as);
  return size;
}
/// The value. Segments beyond 255 AS numbers are split, empty ones left out. Inline, so that the Filler stays in
/// registers.
[[gnu::always_inline]] inline void write_as_path(Filler& out, const AsPath& path, bool four_octet_as) {
  for (const AsPathSegment& segment : path.segments()) write_segment(out, segment, four_octet_as);
}

/// True when an AS_PATH of two octets does not say it all (RFC 6793 4.2.2).
[[nodiscard]] bool needs_as4_path(const AsPath& path);
[[nodiscard]] std::size_t as4_path_size(const AsPath& path);
/// The value of AS4_PATH: without confederation segments (RFC 6793 4.2.2).
void write_as4_path(Filler& out, const AsPath& path);

}  // namespace bgp
