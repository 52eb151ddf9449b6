// The ranges of addresses from which peers are accepted that nobody configured. Callable from any thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "bgp/net/speaker.hpp"

namespace bgp::net {

struct Range {
  PeerRange options;
  PeerFactory factory;
  std::atomic<std::size_t> peers = 0;  // until their last socket is closed
};

class Ranges {
 public:
  /// Throws std::invalid_argument when there is one of this prefix and local address already.
  void add(PeerRange options, PeerFactory factory);
  /// Those of a prefix; gives the local addresses that they had.
  std::vector<std::optional<IpAddress>> remove(const Prefix& prefix);
  /// That with the longest prefix that a connection fits; null when there is none.
  [[nodiscard]] std::shared_ptr<Range> match(const Endpoints& endpoints) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Range>> ranges_;
};

}  // namespace bgp::net
