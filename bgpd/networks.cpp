#include "bgpd/networks.hpp"

#include <algorithm>

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

}  // namespace bgp::daemon
