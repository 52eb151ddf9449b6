// bgp/json/nlri.hpp
//
// Prefixes, families and NLRI as JSON. Values; no thread rules.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include "bgp/export.hpp"
#include "bgp/wire/nlri.hpp"

namespace bgp BGP_EXPORT {

/// "192.0.2.0/24".
[[nodiscard]] boost::json::string to_json(const Prefix& prefix);

/// {"afi": 1, "safi": 1, "family": "ipv4-unicast"}: the numbers are the value, the name is for people.
[[nodiscard]] boost::json::object to_json(Family family);

/// {"prefix": "192.0.2.0/24"}, with "path_id" where it is not 0 (RFC 7911 3).
[[nodiscard]] boost::json::object to_json(const Nlri& nlri);

/// {"prefix": "192.0.2.0/24", "labels": [16]} (RFC 8277 2), with "rd" in front for a VPN's (RFC 4364 4.2); without
/// "labels" in a withdrawal.
[[nodiscard]] boost::json::object to_json(const LabeledNlri& nlri);
[[nodiscard]] boost::json::object to_json(const VpnNlri& nlri);

/// "route_type" with its "name" (null for an unknown one, which has "octets"), then the fields of that type (RFC 7432
/// 7). Labels are the whole field of 24 bits: an MPLS label in the upper 20, or a VNI.
[[nodiscard]] boost::json::object to_json(const EvpnNlri& nlri);

/// {"components": [{"type": 3, "name": "protocol", "terms": [{"operator": "=", "value": 6}]}]} (RFC 8955 4.2). A term
/// that is joined to the one before by AND has "and"; bits are matched by "not" and "match" instead of "operator".
[[nodiscard]] boost::json::object to_json(const FlowSpecNlri& nlri);

/// {"length": 96, "origin_as": 65001, "route_target": "0002fde900000064"}; the length alone when it is 0 (RFC 4684 4).
[[nodiscard]] boost::json::object to_json(const RouteTargetNlri& nlri);

/// {"nlri_type": 1, "name": "node", "protocol_id": 2, "identifier": 0, "descriptors": [{"type": 256, "value": "..."}]}
/// (RFC 9552 5.2); "octets" instead for an unknown type.
[[nodiscard]] boost::json::object to_json(const LinkStateNlri& nlri);

/// {"octets": "..."}: NLRI of a family that has no type, all of a field together, or one that is malformed.
[[nodiscard]] boost::json::object to_json(const OpaqueNlri& nlri);

/// That of the alternative. Each has "path_id" where it is not 0.
[[nodiscard]] boost::json::object to_json(const AnyNlri& nlri);

/// One object an NLRI, "path_id" in each where ADD-PATH is in use.
[[nodiscard]] boost::json::array to_json(const NlriView& nlri);

}  // namespace bgp BGP_EXPORT
