// bgpd/control/event_views.hpp
//
// What happens to a neighbor, as JSON: the lines of GET /v1/monitor (docs/guide/api.md).
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "bgp/session/handler.hpp"
#include "bgpd/config.hpp"

namespace bgp::daemon {

/// A time of the sessions' clock in RFC 3339.
[[nodiscard]] std::string utc(TimePoint time);

[[nodiscard]] boost::json::object state_event(const NeighborConfig& neighbor, const StateChange& change);
/// `attributes`: null for a withdrawal.
[[nodiscard]] boost::json::object route_event(const NeighborConfig& neighbor, Family family, const Nlri& nlri,
                                              const PathAttributes* attributes);

}  // namespace bgp::daemon
