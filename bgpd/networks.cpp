#include "bgpd/networks.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace bgp::daemon {

void Networks::put(NetworkConfig network) {
  const Prefix prefix = network.prefix;
  const auto found = std::ranges::find(networks_, prefix, &NetworkConfig::prefix);
  if (found == networks_.end()) {
    networks_.push_back(std::move(network));
  } else {
    *found = std::move(network);
  }
  if (changed_) changed_(prefix);
}

bool Networks::remove(const Prefix& prefix) {
  if (std::erase_if(networks_, [&](const NetworkConfig& one) { return one.prefix == prefix; }) == 0) return false;
  if (changed_) changed_(prefix);
  return true;
}

void Networks::update(const std::vector<Prefix>& gone, const std::vector<NetworkConfig>& put) {
  const std::set<Prefix> removed(gone.begin(), gone.end());
  std::erase_if(networks_, [&](const NetworkConfig& one) { return removed.contains(one.prefix); });
  std::map<Prefix, std::size_t> places;
  for (std::size_t i = 0; i < networks_.size(); ++i) places.emplace(networks_[i].prefix, i);
  for (const NetworkConfig& network : put) {
    const auto [place, is_new] = places.emplace(network.prefix, networks_.size());
    if (is_new) {
      networks_.push_back(network);
    } else {
      networks_[place->second] = network;
    }
  }
}

}  // namespace bgp::daemon
