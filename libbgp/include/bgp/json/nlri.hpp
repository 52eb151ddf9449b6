// bgp/json/nlri.hpp
//
// Prefixes, families and NLRI as JSON. Values; no thread rules.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include "bgp/wire/prefix.hpp"

namespace bgp {

/// "192.0.2.0/24".
[[nodiscard]] boost::json::string to_json(const Prefix& prefix);

/// {"afi": 1, "safi": 1, "family": "ipv4-unicast"}: the numbers are the value, the name is for people.
[[nodiscard]] boost::json::object to_json(Family family);

/// {"prefix": "192.0.2.0/24"}, with "path_id" where it is not 0 (RFC 7911 3).
[[nodiscard]] boost::json::object to_json(const Nlri& nlri);

/// One object an NLRI, "path_id" in each where ADD-PATH is in use. A family whose NLRI are kept as octets gives one
/// object with all of them: {"octets": "..."}.
[[nodiscard]] boost::json::array to_json(const NlriView& nlri);

}  // namespace bgp
