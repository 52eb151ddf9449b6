#include "bgpd/control/views.hpp"

#include <chrono>
#include <string>

#include "bgp/json/attributes.hpp"
#include "bgp/json/messages.hpp"
#include "bgp/json/nlri.hpp"
#include "bgp/json/recording.hpp"
#include "bgp/json/state.hpp"
#include "bgpd/control/event_views.hpp"

namespace bgp::daemon {

namespace json = boost::json;

namespace {

std::int64_t milliseconds(Duration time) { return std::chrono::duration_cast<std::chrono::milliseconds>(time).count(); }

std::string address_of(const Peering& peering) { return to_string(peering.neighbor().peer.remote_address); }

json::object timers_of(const Session& session) {
  constexpr std::pair<Timer, const char*> kTimers[] = {
      {Timer::ConnectRetry, "connect_retry"}, {Timer::Hold, "hold"},          {Timer::Keepalive, "keepalive"},
      {Timer::DelayOpen, "delay_open"},       {Timer::IdleHold, "idle_hold"}, {Timer::SendHold, "send_hold"}};
  json::object timers;
  for (const auto& [timer, name] : kTimers) {
    if (const auto deadline = session.deadline(timer)) timers[name] = milliseconds(*deadline - Speaker::now());
  }
  return timers;
}

}  // namespace

json::object neighbor_row(const Peering& peering, const PeerSnapshot& snapshot) {
  const NeighborConfig& neighbor = peering.neighbor();
  const std::uint32_t asn = snapshot.negotiated ? snapshot.negotiated->peer_asn : neighbor.peer.session.remote_asn;
  const bool up = snapshot.state == State::Established;
  json::object row{{"address", address_of(peering)},
                   {"remote_asn", asn},
                   {"description", neighbor.description},
                   {"state", bgp::to_json(snapshot.state)},
                   {"started", snapshot.started},
                   {"since", utc(snapshot.state_since)},
                   {"since_ms", milliseconds(Speaker::now() - snapshot.state_since)},
                   {"prefixes_received", peering.adj_rib_in().size()},
                   {"prefixes_sent", up ? peering.outbound().size() : 0},
                   {"messages_received", snapshot.messages_received},
                   {"messages_sent", snapshot.messages_sent},
                   {"connect_retry_counter", snapshot.connect_retry_counter}};
  if (neighbor.range) row["range"] = to_string(*neighbor.range);
  return row;
}

json::object neighbor_detail(const Peering& peering, const PeerSnapshot& snapshot, const Session& session) {
  json::object detail = neighbor_row(peering, snapshot);
  detail["timers_ms"] = timers_of(session);
  if (snapshot.endpoints) {
    detail["local"] = {{"address", to_string(snapshot.endpoints->local)}, {"port", snapshot.endpoints->local_port}};
    detail["remote"] = {{"address", to_string(snapshot.endpoints->remote)}, {"port", snapshot.endpoints->remote_port}};
  }
  if (snapshot.negotiated) detail["negotiated"] = bgp::to_json(*snapshot.negotiated);
  const json::object why = bgp::to_json(explain(session.recording(Speaker::now())));
  for (const char* part : {"opens", "last_session"}) {
    if (const json::value* value = why.if_contains(part)) detail[part] = *value;
  }
  return detail;
}

json::object explanation(const Peering& peering, const Session& session) {
  const Explanation why = explain(session.recording(Speaker::now()));
  json::object body = bgp::to_json(why);
  body["address"] = address_of(peering);
  body["text"] = to_string(why);
  return body;
}

json::object to_json(const ListedRoute& route) {
  json::object object{{"family", to_string(route.family)}, {"prefix", bgp::to_json(route.nlri.prefix)}};
  if (route.nlri.path_id != 0) object["path_id"] = route.nlri.path_id;
  if (route.stale) object["stale"] = true;
  object["attributes"] = bgp::to_json(*route.attributes);
  return object;
}

json::object to_json(const NetworkConfig& network) {
  json::object object{{"prefix", to_string(network.prefix)}};
  if (network.next_hop) object["next_hop"] = to_string(*network.next_hop);
  if (network.med) object["med"] = *network.med;
  return object;
}

}  // namespace bgp::daemon
