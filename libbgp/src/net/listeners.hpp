// The listeners of a Speaker, and what they must know of its peers: a key of TCP MD5 is asked for when the SYN arrives,
// and GTSM needs the TTL of that. Callable from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bgp/net/transport_security.hpp"
#include "bgp/wire/prefix.hpp"
#include "listener.hpp"

namespace bgp::net {

class Listeners {
 public:
  /// Throws std::system_error when this system cannot protect a peer so.
  static void check(const TransportSecurity& security);

  /// Starts one. Throws std::logic_error after close(), and std::system_error when it cannot protect the peers.
  void add(const std::shared_ptr<Listener>& listener);
  /// Who connects from `remote` (to `local`, where that is chosen) is so protected from here on. `security` has passed
  /// check(); throws std::system_error when the system has no room for a key.
  void protect(const Prefix& remote, const std::optional<IpAddress>& local, const TransportSecurity& security);
  /// Takes back what protect() said of its key.
  void forget(const Prefix& remote, const std::optional<IpAddress>& local);
  /// From inside a turn of the listeners' gate: closes all, and takes no more.
  void close();

 private:
  struct Key {
    Prefix remote;
    std::optional<IpAddress> local;
    std::string key;
  };

  void tell(const Key& key);
  bool erase(const Prefix& remote, const std::optional<IpAddress>& local);

  std::mutex mutex_;
  bool closed_ = false;
  bool gtsm_ = false;  // a peer has had it
  std::vector<Key> keys_;
  std::vector<std::shared_ptr<Listener>> listeners_;
};

}  // namespace bgp::net
