#include "bgpd/log_lines.hpp"

#include "bgp/wire/notification.hpp"

namespace bgp::daemon {

namespace {

// "event 19 BGPOpen"; ROUTE-REFRESH has no number in any RFC.
std::string event_text(EventId event) {
  std::string text = "event ";
  if (event < EventId::RouteRefreshMsg) text += std::to_string(static_cast<unsigned>(event)) + ' ';
  return text.append(to_string(event));
}

// The one that this event is about; while it is dealt with, other connections may change their state, too.
bool is_notification(EventId event) { return event == EventId::NotifMsg || event == EventId::NotifMsgVerErr; }

template <class List>
void append_list(std::string& text, std::string_view name, const List& list) {
  if (list.empty()) return;
  text.append(" ").append(name);
  for (const auto& element : list) text.append(" ").append(to_string(element));
}

}  // namespace

std::string state_change_text(const StateChange& change) {
  std::string text = "state ";
  text.append(to_string(change.from)).append(" -> ").append(to_string(change.to));
  text.append(" (").append(event_text(change.event));
  std::string_view separator = ": ";
  const auto add = [&](const std::string& why) {
    text.append(separator).append(why);
    separator = ", ";
  };
  if (change.received != nullptr && is_notification(change.event))
    add("received NOTIFICATION " + to_string(*change.received));
  if (change.sent != nullptr) add("sent NOTIFICATION " + to_string(*change.sent));
  if (!change.detail.empty()) add(std::string(change.detail));
  text += ')';
  if (change.connection != ConnectionId{} && change.direction == Direction::Incoming) {
    text += " on the incoming connection";
  }
  return text;
}

std::string established_text(const SessionUp& up) {
  const Negotiated& terms = up.negotiated;
  std::string text = "established: AS " + std::to_string(terms.peer_asn) + ", identifier " +
                     to_string(terms.peer_identifier) + ", hold time " + std::to_string(terms.hold_time) + " s";
  text += ", families";
  for (const Family family : terms.families) text.append(" ").append(to_string(family));
  if (terms.families.empty()) text += " none";
  return text + ", local " + to_string(up.endpoints.local);
}

std::string down_text(const SessionDown& down, std::string_view detail) {
  if (down.received != nullptr && is_notification(down.event))
    return "down: received NOTIFICATION " + to_string(*down.received);
  if (down.sent != nullptr) {
    return "down: sent NOTIFICATION " + to_string(*down.sent) + " (" + event_text(down.event) + ")";
  }
  std::string text = "down: " + event_text(down.event);
  if (!detail.empty()) text.append(": ").append(detail);
  return text;
}

std::string route_text(const Nlri& nlri, std::string_view attributes) {
  return to_string(nlri).append(" ").append(attributes);
}

std::string attributes_text(const PathAttributes& attributes) {
  std::string text = "next-hop " + to_string(attributes.next_hop.address);
  if (attributes.next_hop.link_local) text += " link-local " + to_string(*attributes.next_hop.link_local);
  text += " origin " + to_string(attributes.origin);
  if (!attributes.as_path.empty()) text += " as-path " + to_string(attributes.as_path);
  if (attributes.med) text += " med " + std::to_string(*attributes.med);
  if (attributes.local_pref) text += " local-pref " + std::to_string(*attributes.local_pref);
  if (attributes.atomic_aggregate) text += " atomic-aggregate";
  if (attributes.aggregator) {
    text +=
        " aggregator " + std::to_string(attributes.aggregator->asn) + ' ' + to_string(attributes.aggregator->speaker);
  }
  append_list(text, "communities", attributes.communities);
  if (attributes.originator_id) text += " originator-id " + to_string(*attributes.originator_id);
  append_list(text, "cluster-list", attributes.cluster_list);
  append_list(text, "extended-communities", attributes.extended_communities);
  append_list(text, "large-communities", attributes.large_communities);
  if (attributes.only_to_customer) text += " only-to-customer " + std::to_string(*attributes.only_to_customer);
  for (const RawAttribute& other : attributes.others) text += ' ' + to_string(other);
  return text;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

std::string hex_of_message(BytesView octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "0x";
  for (const std::uint8_t octet : octets) {
    text += kDigits[octet >> 4];
    text += kDigits[octet & 15];
  }
  return text;
}

}  // namespace bgp::daemon
