#include "bgp/json/state.hpp"

#include "bgp/json/messages.hpp"
#include "fields.hpp"

namespace bgp {

boost::json::string to_json(State state) { return boost::json::string(to_string(state)); }

boost::json::object to_json(const Negotiated& negotiated) {
  boost::json::object json{{"local_asn", negotiated.local_asn},
                           {"peer_asn", negotiated.peer_asn},
                           {"peer_identifier", to_string(negotiated.peer_identifier)},
                           {"internal", negotiated.internal},
                           {"hold_time", negotiated.hold_time},
                           {"families", families(negotiated.families)},
                           {"four_octet_as", negotiated.four_octet_as},
                           {"route_refresh", negotiated.route_refresh},
                           {"enhanced_route_refresh", negotiated.enhanced_route_refresh},
                           {"extended_message_receive", negotiated.extended_message_receive},
                           {"extended_message_send", negotiated.extended_message_send},
                           {"add_path_receive", families(negotiated.add_path_receive)},
                           {"add_path_send", families(negotiated.add_path_send)},
                           {"notification_graceful", negotiated.notification_graceful}};
  if (negotiated.peer_graceful_restart) {
    json["peer_graceful_restart"] = to_json(Capability(*negotiated.peer_graceful_restart));
  }
  return json;
}

}  // namespace bgp
