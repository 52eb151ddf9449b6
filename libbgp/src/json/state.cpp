#include "bgp/json/state.hpp"

#include "bgp/json/messages.hpp"
#include "fields.hpp"

namespace bgp {

namespace {

boost::json::array labels(const LabelCounts& counts) {
  boost::json::array json;
  for (const auto& [family, most] : counts) json.push_back({{"family", to_string(family)}, {"labels", most}});
  return json;
}

boost::json::array filters(const std::vector<OrfAgreement>& agreed) {
  boost::json::array json;
  for (const auto& [family, type] : agreed) {
    json.push_back({{"family", to_string(family)}, {"type", static_cast<unsigned>(type)}});
  }
  return json;
}

boost::json::array limits(const std::vector<capability::PathsLimit::Entry>& entries) {
  boost::json::array json;
  for (const auto& entry : entries) json.push_back({{"family", to_string(entry.family)}, {"limit", entry.limit}});
  return json;
}

}  // namespace

boost::json::string to_json(State state) { return boost::json::string(to_string(state)); }

boost::json::object to_json(const Negotiated& negotiated) {
  boost::json::object json{{"local_asn", negotiated.local_asn},
                           {"peer_asn", negotiated.peer_asn},
                           {"local_identifier", to_string(negotiated.local_identifier)},
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
                           {"extended_next_hop_receive", families(negotiated.extended_next_hop_receive)},
                           {"extended_next_hop_send", families(negotiated.extended_next_hop_send)},
                           {"multiple_labels_receive", labels(negotiated.multiple_labels_receive)},
                           {"multiple_labels_send", labels(negotiated.multiple_labels_send)},
                           {"orf_receive", filters(negotiated.orf_receive)},
                           {"orf_send", filters(negotiated.orf_send)},
                           {"peer_paths_limit", limits(negotiated.peer_paths_limit)},
                           {"enforce_first_as", negotiated.enforce_first_as},
                           {"notification_graceful", negotiated.notification_graceful}};
  if (negotiated.role) json["role"] = to_string(*negotiated.role);
  if (negotiated.peer_role) json["peer_role"] = to_string(*negotiated.peer_role);
  if (negotiated.peer_graceful_restart) {
    json["peer_graceful_restart"] = to_json(Capability(*negotiated.peer_graceful_restart));
  }
  if (negotiated.peer_long_lived) json["peer_long_lived"] = to_json(Capability(*negotiated.peer_long_lived));
  return json;
}

}  // namespace bgp
