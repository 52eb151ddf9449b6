// wire/as4.hpp
//
// AS numbers of two and four octets in AS_PATH and AGGREGATOR (RFC 6793). Private to the wire layer.
#pragma once

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

/// Octets that write_as_path() fills.
[[nodiscard]] std::size_t as_path_size(const AsPath& path, bool four_octet_as);
/// The value. Segments beyond 255 AS numbers are split, empty ones left out.
void write_as_path(Filler& out, const AsPath& path, bool four_octet_as);

/// True when an AS_PATH of two octets does not say it all (RFC 6793 4.2.2).
[[nodiscard]] bool needs_as4_path(const AsPath& path);
[[nodiscard]] std::size_t as4_path_size(const AsPath& path);
/// The value of AS4_PATH: without confederation segments (RFC 6793 4.2.2).
void write_as4_path(Filler& out, const AsPath& path);

}  // namespace bgp
