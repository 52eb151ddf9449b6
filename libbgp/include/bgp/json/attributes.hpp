// bgp/json/attributes.hpp
//
// Path attributes as JSON, by the RFCs' names in lower case: "origin", "as_path", "multi_exit_disc", ...
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "bgp/export.hpp"
#include "bgp/wire/aigp.hpp"
#include "bgp/wire/attr_set.hpp"
#include "bgp/wire/attribute_errors.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/pmsi_tunnel.hpp"
#include "bgp/wire/prefix_sid.hpp"
#include "bgp/wire/tunnel_encapsulation.hpp"

namespace bgp BGP_EXPORT {

/// [{"type": "AS_SEQUENCE", "asns": [65001, 65002]}]; [] for the empty path (RFC 4271 4.3 b).
[[nodiscard]] boost::json::array to_json(const AsPath& path);

/// An object with a key for each attribute that is there; "next_hop" and "link_local" are the next hop's (RFC 2545 3).
/// Attributes without a type of their own, or malformed, stand in "others"; "partial" names those typed ones that came
/// with the Partial bit.
[[nodiscard]] boost::json::object to_json(const PathAttributes& attributes);

/// {"code": 200, "name": "attribute 200", "flags": 224, "value": "..."}.
[[nodiscard]] boost::json::object to_json(const RawAttribute& attribute);

/// {"metric": 100}, with "others" as {"type", "value"} (RFC 7311 3).
[[nodiscard]] boost::json::object to_json(const Aigp& aigp);

/// {"flags", "type", "label", "identifier"}, with "endpoint" where the identifier is an address (RFC 6514 5).
[[nodiscard]] boost::json::object to_json(const PmsiTunnel& tunnel);

/// [{"type": 8, "name": "vxlan", "sub_tlvs": [{"name": "encapsulation", "vni": 100}]}] (RFC 9012 2, 3); a sub-TLV kept
/// as octets is {"type", "value"}.
[[nodiscard]] boost::json::array to_json(const TunnelEncapsulation& encapsulation);

/// [{"name": "label-index", "flags": 0, "index": 100}] (RFC 8669 3, RFC 9252 2); a TLV kept as octets is {"type",
/// "value"}.
[[nodiscard]] boost::json::array to_json(const PrefixSid& prefix_sid);

/// {"origin_as": 65001, "attributes": [...]} (RFC 6368 5).
[[nodiscard]] boost::json::object to_json(const AttrSet& set);

/// {"approach": "treat-as-withdraw", "attribute": 1, "name": "ORIGIN", "subcode": 6, "reason": "..."}; without
/// "attribute" and "name" when it concerns none (RFC 7606 2).
[[nodiscard]] boost::json::object to_json(const UpdateError& error);

}  // namespace bgp BGP_EXPORT
