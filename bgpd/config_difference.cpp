#include "bgpd/config_difference.hpp"

#include <algorithm>

namespace bgp::daemon {

namespace {

/// Ranges go by their prefix, as in Speaker::refuse_from().
bool is_same(const NeighborConfig& a, const NeighborConfig& b) {
  if (a.range || b.range) return a.range == b.range;
  return a.peer.remote_address == b.peer.remote_address && a.peer.local_address == b.peer.local_address;
}

template <class Neighbors>
auto find(Neighbors& neighbors, const NeighborConfig& wanted) -> decltype(neighbors.data()) {
  const auto found = std::ranges::find_if(neighbors, [&](const NeighborConfig& one) { return is_same(one, wanted); });
  return found == neighbors.end() ? nullptr : &*found;
}

std::vector<NeighborDifference> neighbors_of(const Config& from, Config& to) {
  std::vector<NeighborDifference> list;
  for (const NeighborConfig& before : from.neighbors) {
    const NeighborDifference one{&before, find(to.neighbors, before)};
    if (one.was() && !one.is()) list.push_back(one);
  }
  for (const NeighborConfig& before : from.neighbors) {
    const NeighborDifference one{&before, find(to.neighbors, before)};
    if (one.was() && one.is() && *one.before != *one.after) list.push_back(one);
  }
  for (NeighborConfig& after : to.neighbors) {
    const NeighborDifference one{find(from.neighbors, after), &after};
    if (!one.was() && one.is()) list.push_back(one);
  }
  return list;
}

}  // namespace

ConfigDifference difference_of(const Config& from, const std::vector<NetworkConfig>& announced, Config& to) {
  ConfigDifference difference{neighbors_of(from, to), {}, {}};
  const auto has = [](const std::vector<NetworkConfig>& networks, const Prefix& prefix) {
    return std::ranges::find(networks, prefix, &NetworkConfig::prefix) != networks.end();
  };
  for (const NetworkConfig& one : from.networks) {
    if (has(announced, one.prefix) && !has(to.networks, one.prefix)) difference.networks_gone.push_back(one.prefix);
  }
  for (const NetworkConfig& one : to.networks) {
    if (std::ranges::find(announced, one) == announced.end()) difference.networks_new.push_back(one);
  }
  return difference;
}

std::vector<std::string> global_differences(const GlobalConfig& at_start, const GlobalConfig& before,
                                            const GlobalConfig& now) {
  std::vector<std::string> lines;
  const auto at_once = [&](const char* key, bool differs) {
    if (differs) lines.push_back(std::string("[global] ") + key + ": changed");
  };
  const auto at_restart = [&](const char* key, bool differs) {
    if (differs) lines.push_back(std::string("[global] ") + key + ": counts when bgpd is restarted");
  };
  at_once("asn", before.asn != now.asn);
  at_once("router_id", before.router_id != now.router_id);
  at_once("shutdown_text", before.shutdown_text != now.shutdown_text);
  at_once("log_level", before.log_level != now.log_level);
  at_restart("listen", at_start.listen != now.listen);
  at_restart("port", at_start.port != now.port);
  at_restart("control_socket", at_start.control_socket != now.control_socket);
  return lines;
}

}  // namespace bgp::daemon
