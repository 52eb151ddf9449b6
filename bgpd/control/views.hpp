// bgpd/control/views.hpp
//
// What bgpd shows of itself, as JSON: the bodies of the API (docs/guide/api.md). Durations are in milliseconds, times
// in RFC 3339, enumerations are words.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "bgp/net/speaker.hpp"
#include "bgpd/peering.hpp"

namespace bgp::daemon {

/// A row of the table of neighbors.
[[nodiscard]] boost::json::object neighbor_row(const Peering& peering, const PeerSnapshot& snapshot);
/// The row and everything else: what was negotiated, timers, both OPENs, the end of the last session.
[[nodiscard]] boost::json::object neighbor_detail(const Peering& peering, const PeerSnapshot& snapshot,
                                                  const Session& session);
/// Why it is down, in JSON and in words ("text").
[[nodiscard]] boost::json::object explanation(const Peering& peering, const Session& session);

[[nodiscard]] boost::json::object to_json(const ListedRoute& route);
[[nodiscard]] boost::json::object to_json(const NetworkConfig& network);

}  // namespace bgp::daemon
