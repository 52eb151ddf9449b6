// bgpd/networks.hpp
//
// The prefixes that we originate: those of the configuration, and what is added and removed while bgpd runs.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "bgpd/config.hpp"

namespace bgp::daemon {

class Networks {
 public:
  explicit Networks(std::vector<NetworkConfig> networks) : networks_(std::move(networks)) {}
  Networks(const Networks&) = delete;
  Networks& operator=(const Networks&) = delete;

  /// The same vector for ever.
  [[nodiscard]] const std::vector<NetworkConfig>& list() const { return networks_; }
  /// Is called behind every put() and remove(), with the prefix that is not as it was.
  void on_change(std::function<void(const Prefix&)> changed) { changed_ = std::move(changed); }

  /// Adds one, or takes the place of that with the same prefix.
  void put(NetworkConfig network);
  /// False when there is none with this prefix.
  bool remove(const Prefix& prefix);
  /// Removes and puts many, without a word to who is told of changes.
  void update(const std::vector<Prefix>& gone, const std::vector<NetworkConfig>& put);

 private:
  std::vector<NetworkConfig> networks_;
  std::function<void(const Prefix&)> changed_;
};

}  // namespace bgp::daemon
