// bgpd/control/events.hpp
//
// What happens in bgpd, for those who watch: states, sessions and routes, as JSON (docs/guide/api.md). On bgpd's
// thread.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>

namespace bgp::daemon {

class Events {
 public:
  using Watcher = std::function<void(const boost::json::object&)>;

  /// `watcher` is called with every event until unwatch(). It may call unwatch() for itself.
  std::uint64_t watch(Watcher watcher);
  void unwatch(std::uint64_t watcher) { watchers_.erase(watcher); }
  /// Nobody watches: events need not be made.
  [[nodiscard]] bool unwatched() const { return watchers_.empty(); }
  void publish(const boost::json::object& event);

 private:
  std::map<std::uint64_t, Watcher> watchers_;
  std::uint64_t last_ = 0;
};

}  // namespace bgp::daemon
