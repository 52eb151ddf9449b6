// wire/as4.hpp
//
// AS numbers of two and four octets in AS_PATH and AGGREGATOR (RFC 6793). Private to the wire layer.
#pragma once

#include <optional>

#include "bgp/wire/as_path.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp {

/// Reads the value of an AS_PATH or AS4_PATH that passed its rule.
[[nodiscard]] AsPath read_as_path(BytesView value, bool four_octet_as);

/// Reads the value of an AGGREGATOR or AS4_AGGREGATOR that passed its rule.
[[nodiscard]] Aggregator read_aggregator(BytesView value, bool four_octet_as);

/// RFC 6793 4.2.3: the exact path, from AS_PATH and AS4_PATH of an OLD speaker.
[[nodiscard]] AsPath merge_as4_path(const AsPath& as_path, const AsPath& as4_path);

/// Writes the value; in two octets an AS that does not fit becomes AS_TRANS (RFC 6793 4.2.2). Segments beyond 255 AS
/// numbers are split, empty ones left out.
void write_as_path(Writer& out, const AsPath& path, bool four_octet_as);

/// The AS4_PATH to send with an AS_PATH of two octets: nothing when every AS fits (RFC 6793 4.2.2).
[[nodiscard]] std::optional<AsPath> as4_path_for(const AsPath& path);

}  // namespace bgp
