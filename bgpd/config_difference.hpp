// bgpd/config_difference.hpp
//
// What is different between two configurations: a reload does that, and touches nothing else.
#pragma once

#include <string>
#include <vector>

#include "bgpd/config.hpp"

namespace bgp::daemon {

/// A neighbor or range that is not as it was. Not both are null, and one at least is enabled.
struct NeighborDifference {
  const NeighborConfig* before = nullptr;  ///< null: it was not there
  NeighborConfig* after = nullptr;         ///< null: it is not there any more

  [[nodiscard]] bool was() const { return before != nullptr && before->enabled; }
  [[nodiscard]] bool is() const { return after != nullptr && after->enabled; }
};

struct ConfigDifference {
  /// First those that are to be ended, then those that change, then those that are to be started. A neighbor with
  /// another `local_address` is another neighbor.
  std::vector<NeighborDifference> neighbors;
  std::vector<Prefix> networks_gone;        ///< from the configuration, not those that were added beside it
  std::vector<NetworkConfig> networks_new;  ///< or with other attributes

  [[nodiscard]] bool empty() const { return neighbors.empty() && networks_gone.empty() && networks_new.empty(); }
};

/// `announced`: the networks as they are, with what was added to and removed from those of `from`. Both configurations
/// must outlive the result.
[[nodiscard]] ConfigDifference difference_of(const Config& from, const std::vector<NetworkConfig>& announced,
                                             Config& to);

/// A line for each key of [global] that is not as it was. Some count only when bgpd starts: these as long as they are
/// not as they were then. What a key does to neighbors shows there.
[[nodiscard]] std::vector<std::string> global_differences(const GlobalConfig& at_start, const GlobalConfig& before,
                                                          const GlobalConfig& now);

}  // namespace bgp::daemon
