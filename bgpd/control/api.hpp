// bgpd/control/api.hpp
//
// The API of bgpd (docs/guide/api.md): what each request means. On bgpd's thread.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

#include "bgp/net/speaker.hpp"
#include "bgpd/config.hpp"
#include "bgpd/control/message.hpp"
#include "bgpd/networks.hpp"
#include "bgpd/peering.hpp"
#include "bgpd/reload.hpp"

namespace bgp::daemon {

/// A neighbor at work. One of a range may be forgotten while an answer about it is under way.
struct RunningPeer {
  std::shared_ptr<const Peering> peering;
  PeerId id{};
};

class Api {
 public:
  /// All must outlive this. `peers` gives those that run now; `reload` reads the configuration again.
  Api(const Config& config, Networks& networks, Speaker& speaker, Events& events,
      std::function<std::vector<RunningPeer>()> peers, std::function<Reloaded()> reload)
      : config_(config),
        networks_(networks),
        speaker_(speaker),
        events_(events),
        peers_(std::move(peers)),
        reload_(std::move(reload)) {}

  /// `done` runs once, now or later, on the thread that this was called on.
  void handle(const Request& request, const Done& done);

 private:
  void summary(const Done& done);
  void reload(const Done& done);
  void networks(const Request& request, const Done& done);
  void add_network(const boost::json::object& body, const Done& done);
  void remove_network(const Request& request, const Done& done);
  void neighbors(const Done& done);
  void neighbor(const Request& request, const RunningPeer& peer, const Done& done);
  void look(const RunningPeer& peer, std::string_view what, const Done& done);
  void act(const RunningPeer& peer, std::string_view what, const boost::json::object& body, const Done& done);
  [[nodiscard]] std::optional<RunningPeer> find(std::string_view address) const;
  [[nodiscard]] Reply no_such_neighbor(std::string_view address) const;

  const Config& config_;
  Networks& networks_;
  Speaker& speaker_;
  Events& events_;
  std::function<std::vector<RunningPeer>()> peers_;
  std::function<Reloaded()> reload_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace bgp::daemon
