// bgpd/daemon.hpp
//
// bgpd at work: listeners, peers, the control socket and signals, all on one thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bgp/net/speaker.hpp"
#include "bgpd/config.hpp"
#include "bgpd/control/api.hpp"
#include "bgpd/control/events.hpp"
#include "bgpd/control/server.hpp"
#include "bgpd/log.hpp"
#include "bgpd/networks.hpp"
#include "bgpd/peering.hpp"
#include "bgpd/reload.hpp"
#include "bgpd/service_manager.hpp"

namespace bgp::daemon {

struct NeighborDifference;

class Daemon {
 public:
  /// The configuration must have no problems; `source` gives the one of a reload. The log must outlive the daemon.
  Daemon(Config config, ConfigSource source, Log& log);
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Peers until SIGTERM or SIGINT, reloads at SIGHUP, and gives the exit status: 0, or 1 with the reason in the log.
  [[nodiscard]] int run();

 private:
  struct Peer {
    std::unique_ptr<Recording> recording;  // before who writes into it
    std::shared_ptr<Peering> peering;
    PeerId id{};
  };

  [[nodiscard]] bool listen();
  [[nodiscard]] bool open_control();
  [[nodiscard]] std::vector<RunningPeer> running() const;
  void network_changed(const Prefix& prefix);
  [[nodiscard]] bool listen_at(const IpAddress& address);
  void add_peers();
  void begin(const NeighborConfig& neighbor);
  void accept_from(const NeighborConfig& neighbor);
  [[nodiscard]] AcceptedPeer accept(const NeighborConfig& neighbor, PeerId id, const PeerOptions& options);
  void forget(PeerId id);
  [[nodiscard]] Peer make_peer(const NeighborConfig& neighbor);
  void record(Peer& peer, const NeighborConfig& neighbor);

  // daemon_reload.cpp
  Reloaded reload();
  [[nodiscard]] Reloaded take_over(LoadedConfig loaded);
  [[nodiscard]] std::string take_over(const NeighborDifference& one);
  [[nodiscard]] std::string change(const NeighborDifference& one);
  [[nodiscard]] static bool is_of(const Peer& peer, const NeighborConfig& neighbor);
  [[nodiscard]] bool configure(Peer& peer, NeighborConfig to);
  void end(const NeighborConfig& neighbor, const Stop& stop);
  void make_room_for(const NeighborConfig& neighbor);

  void wait_for_signal();
  void on_signal(int number);
  void stop(int signal_number);
  void log_summary();

  Config config_;
  const GlobalConfig started_with_;
  ConfigSource source_;
  Log& log_;
  boost::asio::io_context io_{1};
  boost::asio::signal_set signals_;
  ServiceManager service_manager_;
  Networks networks_;
  Events events_;
  std::vector<Peer> peers_;    // before the speaker, which calls them
  std::vector<Peer> leaving_;  // removed, and saying goodbye
  Speaker speaker_;
  Api api_;
  std::optional<ControlServer> control_;
  bool stopping_ = false;
  int exit_status_ = 0;
};

/// "peer 192.0.2.1", "range 192.0.2.0/24".
[[nodiscard]] std::string name_of(const NeighborConfig& neighbor);

/// What to do about a port that cannot be listened on: the sentence for the log.
[[nodiscard]] std::string listen_failure(const IpAddress& address, std::uint16_t port, const std::error_code& error);

}  // namespace bgp::daemon
