// The peers of a Speaker, by number and by address. Callable from any thread; never calls out while it is locked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "bgp/net/speaker.hpp"
#include "peer.hpp"

namespace bgp::net {

class Registry {
 public:
  /// Makes a number for a new peer.
  [[nodiscard]] PeerId next_id();
  /// Throws std::invalid_argument when a listed peer has the same remote and an overlapping local address, and
  /// std::logic_error after close().
  void add(const std::shared_ptr<Peer>& peer);

  /// Gives a listed peer other options, and returns those it had. Throws std::invalid_argument when their local address
  /// overlaps with that of another listed peer.
  PeerOptions update(const std::shared_ptr<Peer>& peer, PeerOptions options);

  /// Null when there is none, or no more.
  [[nodiscard]] std::shared_ptr<Peer> find(PeerId id) const;
  /// The listed peer that connects from `remote` and may connect to `local`; null when there is none.
  [[nodiscard]] std::shared_ptr<Peer> match(const IpAddress& remote, const IpAddress& local) const;

  /// From here on no connection matches the peer and its addresses may be used by another; it is still found by number.
  [[nodiscard]] std::shared_ptr<Peer> unlist(PeerId id);
  /// Forgets an unlisted peer.
  void erase(PeerId id);
  /// Unlists all and takes no more; gives them.
  std::vector<std::shared_ptr<Peer>> close();
  /// close(), and forgets them.
  std::vector<std::shared_ptr<Peer>> clear();
  [[nodiscard]] bool closed() const;
  [[nodiscard]] bool empty() const;

 private:
  using ByAddress = std::multimap<IpAddress, std::shared_ptr<Peer>>;  // remote addresses

  [[nodiscard]] std::vector<std::shared_ptr<Peer>> close_locked();
  void refuse_overlap(const Peer& peer, const std::optional<IpAddress>& local) const;

  mutable std::mutex mutex_;
  std::uint64_t last_id_ = 0;
  bool closed_ = false;
  std::unordered_map<PeerId, std::shared_ptr<Peer>> peers_;
  ByAddress listed_;
};

}  // namespace bgp::net
