// bgp/wire/route_refresh.hpp
//
// The ROUTE-REFRESH message (RFC 2918 3) with the subtypes of RFC 7313. Its filters (RFC 5291) are octets here and
// values by decode_orf() of bgp/wire/orf.hpp.
#pragma once

#include <string>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// Message subtype (RFC 7313 3.2); other values are kept and are ignored by a session.
enum class RefreshSubtype : std::uint8_t {
  Request = 0,
  BeginningOfRefresh = 1,  // BoRR
  EndOfRefresh = 2,        // EoRR
};

struct RouteRefresh {
  Family family;
  RefreshSubtype subtype = RefreshSubtype::Request;
  Bytes orf;  ///< When-to-refresh and ORF entries that follow the four octets (RFC 5291 3): see decode_orf()

  friend bool operator==(const RouteRefresh&, const RouteRefresh&) = default;
};

/// Decodes a whole ROUTE-REFRESH message. Shorter than 23 octets: header error 1/2 with the length field as data. With
/// `enhanced` (the peer advertised RFC 7313), subtype 1 or 2 with a body other than four octets is 7/1 and the data is
/// the whole message; without, the subtype octet is reserved and reads as Request.
[[nodiscard]] Result<RouteRefresh> decode_route_refresh(BytesView message, bool enhanced);

/// The whole message, header included.
[[nodiscard]] Bytes encode_route_refresh(const RouteRefresh& refresh);

/// "ipv4-unicast request", "ipv6-unicast BoRR"; with the filters in words, or in hex where they cannot be read.
[[nodiscard]] std::string to_string(const RouteRefresh& refresh);

}  // namespace bgp BGP_EXPORT
