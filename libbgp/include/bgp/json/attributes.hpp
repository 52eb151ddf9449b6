// bgp/json/attributes.hpp
//
// Path attributes as JSON, by the RFCs' names in lower case: "origin", "as_path", "multi_exit_disc", ...
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "bgp/wire/attribute_errors.hpp"
#include "bgp/wire/attributes.hpp"

namespace bgp {

/// [{"type": "AS_SEQUENCE", "asns": [65001, 65002]}]; [] for the empty path (RFC 4271 4.3 b).
[[nodiscard]] boost::json::array to_json(const AsPath& path);

/// An object with a key for each attribute that is there; "next_hop" and "link_local" are the next hop's (RFC 2545 3).
/// Attributes without a type of their own stand in "others" as {"code", "flags", "value"}, and "partial" names those
/// typed ones that came with the Partial bit.
[[nodiscard]] boost::json::object to_json(const PathAttributes& attributes);

/// {"approach": "treat-as-withdraw", "attribute": 1, "name": "ORIGIN", "subcode": 6, "reason": "..."}; without
/// "attribute" and "name" when it concerns none (RFC 7606 2).
[[nodiscard]] boost::json::object to_json(const UpdateError& error);

}  // namespace bgp
