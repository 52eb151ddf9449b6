#include "bgpd/daemon.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <system_error>

#include "bgpd/cli.hpp"
#include "bgpd/control/socket_path.hpp"
#include "bgpd/log_lines.hpp"
#include "bgpd/range_peering.hpp"

namespace bgp::daemon {

namespace {

std::string signal_name(int number) {
  switch (number) {
    case SIGTERM: return "SIGTERM";
    case SIGINT: return "SIGINT";
    default: return "signal " + std::to_string(number);
  }
}

std::string endpoint_text(const IpAddress& address, std::uint16_t port) {
  return to_string(address) + " port " + std::to_string(port);
}

/// Of a neighbor that is there, of a range perhaps.
std::string name_of(const Peering& peering) { return "peer " + to_string(peering.neighbor().peer.remote_address); }

std::string since_text(TimePoint since) {
  const auto age = std::chrono::duration_cast<std::chrono::system_clock::duration>(Speaker::now() - since);
  return utc_text(std::chrono::system_clock::now() - age);
}

std::string summary_text(const Peering& peering, const PeerSnapshot& peer) {
  std::string text = "summary: " + name_of(peering) + ": ";
  text.append(to_string(peer.state)).append(" since ").append(since_text(peer.state_since));
  if (peer.negotiated) text += ", AS " + std::to_string(peer.negotiated->peer_asn);
  text += ", " + counted(peering.adj_rib_in().size(), "prefix", "prefixes") + " in, messages " +
          std::to_string(peer.messages_received) + " in " + std::to_string(peer.messages_sent) + " out";
  if (!peering.neighbor().description.empty()) text += ", " + peering.neighbor().description;
  return text;
}

}  // namespace

std::string name_of(const NeighborConfig& neighbor) {
  return neighbor.range ? "range " + to_string(*neighbor.range) : "peer " + to_string(neighbor.peer.remote_address);
}

std::string listen_failure(const IpAddress& address, std::uint16_t port, const std::error_code& error) {
  std::string text = "cannot listen on " + endpoint_text(address, port) + ": " + error.message();
  if (error == std::errc::permission_denied && port < 1024) {
    return text +
           "; ports below 1024 take root or CAP_NET_BIND_SERVICE: run bgpd as root, give it the capability "
           "(setcap cap_net_bind_service=+ep bgpd), or set port in [global] to a higher one";
  }
  if (error == std::errc::address_in_use) {
    return text + "; another program listens there (ss -ltnp shows which)";
  }
  if (error == std::errc::address_not_available) return text + "; no interface of this machine has the address";
  return text;
}

Daemon::Daemon(Config config, ConfigSource source, Log& log)
    : config_(std::move(config)),
      started_with_(config_.global),
      source_(std::move(source)),
      log_(log),
      signals_(io_, SIGTERM, SIGINT, SIGUSR1),
      service_manager_(io_.get_executor()),
      networks_(config_.networks),
      speaker_(io_.get_executor()),
      api_(config_, networks_, speaker_, events_, [this] { return running(); }, [this] { return reload(); }) {
  networks_.on_change([this](const Prefix& prefix) { network_changed(prefix); });
  signals_.add(SIGHUP);
  std::signal(SIGPIPE, SIG_IGN);  // a log that nobody reads any more ends no session
}

int Daemon::run() {
  log_.info("bgpd " BGPD_VERSION " starts: AS " + std::to_string(config_.global.asn) + ", router-id " +
            to_string(config_.global.router_id) + ", " + counted(config_.neighbors.size(), "neighbor", "neighbors") +
            ", " + counted(config_.networks.size(), "network", "networks"));
  if (!listen() || !open_control()) return kExitFailure;
  add_peers();
  wait_for_signal();
  service_manager_.ready();
  io_.run();
  return exit_status_;
}

bool Daemon::listen() {
  bool all = true;
  for (const IpAddress& address : config_.global.listen) all = listen_at(address) && all;
  return all;
}

bool Daemon::listen_at(const IpAddress& address) {
  const std::uint16_t port = config_.global.port;
  try {
    log_.info("listening on " + endpoint_text(address, speaker_.listen(address, port)));
    return true;
  } catch (const std::system_error& error) {
    // A kernel without IPv6 is a reason to fail only for those who ask for it.
    const bool unsupported =
        error.code() == std::errc::address_family_not_supported || error.code() == std::errc::address_not_available;
    const bool tolerated = unsupported && config_.global.listen_by_default && address.is_v6();
    log_.write(tolerated ? LogLevel::Warning : LogLevel::Error, listen_failure(address, port, error.code()));
    return tolerated;
  }
}

// Without one that nobody asked for bgpd runs all the same.
bool Daemon::open_control() {
  const auto& configured = config_.global.control_socket;
  const std::string path = configured.value_or(default_socket_path());
  if (path.empty()) return true;
  auto server = ControlServer::open(io_.get_executor(), path,
                                    [this](const Request& request, const Done& done) { api_.handle(request, done); });
  if (!server) {
    log_.write(configured ? LogLevel::Error : LogLevel::Warning, server.error());
    return !configured;
  }
  control_ = std::move(*server);
  log_.info("control socket " + path);
  return true;
}

std::vector<RunningPeer> Daemon::running() const {
  std::vector<RunningPeer> running;
  for (const Peer& peer : peers_) running.push_back({peer.peering, peer.id});
  return running;
}

void Daemon::network_changed(const Prefix& prefix) {
  log_.info("network " + to_string(prefix) + " changed, " + counted(networks_.list().size(), "network", "networks"));
  for (const Peer& peer : peers_) {
    peer.peering->change(prefix);
    speaker_.want_write(peer.id);
  }
}

void Daemon::add_peers() {
  for (const NeighborConfig& neighbor : config_.neighbors) {
    if (!neighbor.enabled) {
      log_.info(name_of(neighbor) + ": disabled");
      continue;
    }
    begin(neighbor);
  }
  const bool none = std::ranges::none_of(config_.neighbors, &NeighborConfig::enabled);
  if (none) log_.warning("no neighbor is configured: nothing to do");
}

void Daemon::begin(const NeighborConfig& neighbor) {
  if (neighbor.range) return accept_from(neighbor);
  Peer peer = make_peer(neighbor);
  peer.id = speaker_.add_peer(neighbor.peer, *peer.peering, io_.get_executor());
  peers_.push_back(std::move(peer));
}

void Daemon::accept_from(const NeighborConfig& neighbor) {
  PeerRange range{*neighbor.range, neighbor.peer, neighbor.range_limit, neighbor.range_linger};
  speaker_.accept_from(std::move(range), [this, neighbor](PeerId id, const PeerOptions& options) {
    return accept(neighbor, id, options);
  });
}

AcceptedPeer Daemon::accept(const NeighborConfig& neighbor, PeerId id, const PeerOptions& options) {
  if (stopping_) return {};
  NeighborConfig one = neighbor;
  one.peer = options;
  Peer& peer = peers_.emplace_back(make_peer(one));
  peer.id = id;
  log_.info(name_of(*peer.peering) + ": connects from range " + to_string(*neighbor.range));
  return {std::make_unique<RangePeering>(peer.peering, [this, id] { forget(id); }), io_.get_executor()};
}

void Daemon::forget(PeerId id) {
  const auto peer = std::ranges::find(peers_, id, &Peer::id);
  if (peer == peers_.end()) return;
  if (!stopping_) log_.info(name_of(*peer->peering) + ": forgotten");
  peers_.erase(peer);
}

Daemon::Peer Daemon::make_peer(const NeighborConfig& neighbor) {
  Peer peer;
  peer.peering = std::make_shared<Peering>(neighbor, networks_.list(), log_);
  peer.peering->publish_to(events_);
  if (!neighbor.record.empty()) record(peer, neighbor);
  const std::weak_ptr<Peering> weak = peer.peering;
  peer.peering->wake_with([timer = std::make_shared<boost::asio::steady_timer>(io_), weak](TimePoint at) {
    timer->expires_at(std::chrono::steady_clock::time_point(at.time_since_epoch()));  // as Speaker::now() counts
    timer->async_wait([weak](const boost::system::error_code& error) {
      const auto peering = weak.lock();
      if (!error && peering) peering->expire_stale(Speaker::now());
    });
  });
  return peer;
}

void Daemon::record(Peer& peer, const NeighborConfig& neighbor) {
  const auto wall_clock = std::chrono::system_clock::now().time_since_epoch() - Speaker::now().time_since_epoch();
  peer.recording = std::make_unique<Recording>(neighbor, wall_clock);
  const std::string where = "peer " + to_string(neighbor.peer.remote_address) + ": record: " + neighbor.record;
  if (!peer.recording->good()) return log_.error(where + " cannot be written: nothing is recorded");
  log_.info(where);
  peer.peering->record_to(peer.recording.get());
}

void Daemon::wait_for_signal() {
  signals_.async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    on_signal(number);
    wait_for_signal();
  });
}

void Daemon::on_signal(int number) {
  switch (number) {
    case SIGUSR1: log_summary(); break;
    case SIGHUP:
      if (!stopping_) reload();
      break;
    default: stop(number); break;
  }
}

void Daemon::stop(int signal_number) {
  if (stopping_) {
    log_.warning(signal_name(signal_number) + " again: ending at once");
    exit_status_ = kExitFailure;
    io_.stop();
    return;
  }
  stopping_ = true;
  log_.info(signal_name(signal_number) + ": ending all sessions");
  service_manager_.stopping();
  control_.reset();
  speaker_.close(Stop::shutdown(config_.global.shutdown_text), [this] {
    log_.info("stopped");
    io_.stop();
  });
}

void Daemon::log_summary() {
  log_.info("summary: " + counted(peers_.size(), "peer", "peers") + ", " +
            counted(networks_.list().size(), "network", "networks"));
  for (const Peer& peer : peers_) {
    speaker_.snapshot(peer.id, [this, peering = peer.peering](const std::optional<PeerSnapshot>& snapshot) {
      if (snapshot) log_.info(summary_text(*peering, *snapshot));
    });
  }
}

}  // namespace bgp::daemon
