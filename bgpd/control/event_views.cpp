#include "bgpd/control/event_views.hpp"

#include "bgp/json/attributes.hpp"
#include "bgp/json/messages.hpp"
#include "bgp/json/nlri.hpp"
#include "bgp/json/state.hpp"
#include "bgp/net/speaker.hpp"
#include "bgpd/log.hpp"

namespace bgp::daemon {

namespace json = boost::json;

std::string utc(TimePoint time) {
  const auto ago = std::chrono::duration_cast<std::chrono::system_clock::duration>(Speaker::now() - time);
  return utc_text(std::chrono::system_clock::now() - ago);
}

json::object state_event(const NeighborConfig& neighbor, const StateChange& change) {
  json::object event{{"time", utc(change.time)},
                     {"event", "state"},
                     {"address", to_string(neighbor.peer.remote_address)},
                     {"from", bgp::to_json(change.from)},
                     {"to", bgp::to_json(change.to)},
                     {"cause", to_string(change.event)}};
  if (change.sent != nullptr) event["sent"] = bgp::to_json(*change.sent);
  if (change.received != nullptr) event["received"] = bgp::to_json(*change.received);
  return event;
}

json::object route_event(const NeighborConfig& neighbor, Family family, const Nlri& nlri,
                         const PathAttributes* attributes) {
  json::object event{{"time", utc(Speaker::now())},
                     {"event", attributes != nullptr ? "announced" : "withdrawn"},
                     {"address", to_string(neighbor.peer.remote_address)},
                     {"family", to_string(family)},
                     {"prefix", bgp::to_json(nlri.prefix)}};
  if (nlri.path_id != 0) event["path_id"] = nlri.path_id;
  if (attributes != nullptr) event["attributes"] = bgp::to_json(*attributes);
  return event;
}

}  // namespace bgp::daemon
