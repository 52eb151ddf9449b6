// bgp/json/messages.hpp
//
// Each message as a JSON object with "type" in front; docs/guide/json.md shows one of each.
// Numbers are numbers, AS numbers too; addresses, prefixes and identifiers are text; octets are lower-case hexadecimal
// digits without prefix. Text of the peer is made safe to print: always valid UTF-8 without control characters.
#pragma once

#include <boost/json/object.hpp>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/capability.hpp"
#include "bgp/wire/framer.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/orf.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "bgp/wire/update.hpp"

namespace bgp BGP_EXPORT {

/// {"code": 65, "name": "4-octet-as", ...} (RFC 5492 4). One that is kept as octets has "value".
[[nodiscard]] boost::json::object to_json(const Capability& capability);

/// "asn" is the AS that counts (RFC 6793 4.1), "my_as" the field of two octets.
[[nodiscard]] boost::json::object to_json(const OpenMessage& open);

/// The effect after RFC 7606, like the view: "unreachable" and "reachable" groups, the "attributes" of what is
/// reachable, "end_of_rib" if it is one, and "errors" if there were any ("error_count" when there were more than the
/// view lists). "path_attributes" has every attribute that was not discarded, in wire order, as octets.
[[nodiscard]] boost::json::object to_json(const UpdateView& update);

/// With the registered names, and what the data says where an RFC gives it a meaning: "communication" (RFC 9003),
/// "reason" (RFC 8538 3.1), "capabilities" of a 2/7 (RFC 5492 5), "limit" of a Cease/1 (RFC 4486 4).
[[nodiscard]] boost::json::object to_json(const Notification& notification);

/// "orf" has the filters (RFC 5291 3); as octets where they cannot be read.
[[nodiscard]] boost::json::object to_json(const RouteRefresh& refresh);

/// {"when": "immediate", "groups": [{"type": 64, "name": "address-prefix", "entries": [...]}]}; "octets" instead of
/// "entries" for a type that this library does not read, or a malformed group.
[[nodiscard]] boost::json::object to_json(const OrfRefresh& refresh);

/// {"action": "add", "match": "permit", "sequence": 5, "prefix": "192.0.2.0/24"}, with "min_length" and "max_length"
/// where they are given (RFC 5292 2); the action alone for remove-all.
[[nodiscard]] boost::json::object to_json(const AddressPrefixOrf& entry);

/// A whole message as a receiver decodes it. One that ends the session is {"type", "length", "error": NOTIFICATION to
/// send}. `enhanced_refresh`: the peer advertised RFC 7313.
[[nodiscard]] boost::json::object to_json(const RawMessage& message, const DecodeContext& context,
                                          bool enhanced_refresh = false);

}  // namespace bgp BGP_EXPORT
