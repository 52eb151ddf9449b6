// bgp/json/state.hpp
//
// What a session is and agreed on, as JSON.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include "bgp/export.hpp"
#include "bgp/session/negotiation.hpp"
#include "bgp/session/state.hpp"

namespace bgp BGP_EXPORT {

/// "Established" and so on (RFC 4271 8.2.2).
[[nodiscard]] boost::json::string to_json(State state);

/// The terms of a session: what both OPENs agreed on.
[[nodiscard]] boost::json::object to_json(const Negotiated& negotiated);

}  // namespace bgp BGP_EXPORT
