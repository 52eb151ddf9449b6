// Another configuration while bgpd runs: what is different is done, and everything else goes on.
#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

#include "bgpd/config_difference.hpp"
#include "bgpd/daemon.hpp"
#include "bgpd/log_lines.hpp"

namespace bgp::daemon {

namespace {

std::vector<std::string> network_lines(const std::vector<NetworkConfig>& before, const ConfigDifference& difference) {
  std::vector<std::string> lines;
  for (const Prefix& prefix : difference.networks_gone) lines.push_back("network " + to_string(prefix) + ": removed");
  for (const NetworkConfig& network : difference.networks_new) {
    const auto old = std::ranges::find(before, network.prefix, &NetworkConfig::prefix);
    lines.push_back("network " + to_string(network.prefix) + (old == before.end() ? ": added" : ": changed"));
  }
  return lines;
}

}  // namespace

Reloaded Daemon::reload() {
  service_manager_.reloading();
  LoadedConfig loaded = source_();
  if (loaded.problems.empty()) log_.set_level(loaded.config.global.log_level);
  Reloaded reloaded = take_over(std::move(loaded));
  if (reloaded) {
    log_.info("reload: " + counted(reloaded->size(), "change", "changes"));
  } else {
    for (const std::string& problem : reloaded.error()) log_.error(problem);
    log_.error("reload: " + counted(reloaded.error().size(), "problem", "problems") + ", nothing was changed");
  }
  service_manager_.ready();
  return reloaded;
}

Reloaded Daemon::take_over(LoadedConfig loaded) {
  if (!loaded.problems.empty()) return std::unexpected(std::move(loaded.problems));
  const Config before = std::exchange(config_, std::move(loaded.config));
  const ConfigDifference difference = difference_of(before, networks_.list(), config_);
  std::vector<std::string> lines = global_differences(started_with_, before.global, config_.global);
  std::ranges::move(network_lines(networks_.list(), difference), std::back_inserter(lines));
  for (const std::string& line : lines) log_.info(line);

  networks_.update(difference.networks_gone, difference.networks_new);
  for (const NeighborDifference& one : difference.neighbors) lines.push_back(take_over(one));
  if (difference.empty()) return lines;
  for (const Peer& peer : peers_) {
    peer.peering->renew();
    speaker_.want_write(peer.id);
  }
  return lines;
}

// What fails now is tried again with the next reload.
std::string Daemon::take_over(const NeighborDifference& one) {
  const std::string name = name_of(one.after != nullptr ? *one.after : *one.before) + ": ";
  try {
    const std::string line = name + change(one);
    log_.info(line);
    return line;
  } catch (const std::exception& error) {
    const bool goes_on = one.was() && one.is() && !one.after->range;
    if (goes_on) {
      *one.after = *one.before;
    } else if (one.after != nullptr) {
      one.after->enabled = false;
    }
    std::string line = name + "not taken over: " + error.what();
    log_.error(line);
    return line;
  }
}

std::string Daemon::change(const NeighborDifference& one) {
  if (!one.was()) {
    make_room_for(*one.after);
    begin(*one.after);
    return one.before != nullptr ? "enabled" : "added";
  }
  if (!one.is()) {
    end(*one.before, one.after != nullptr ? Stop::shutdown() : Stop::deconfigured());
    return one.after != nullptr ? "disabled" : "removed";
  }
  if (one.after->range) {
    speaker_.refuse_from(*one.after->range);
    accept_from(*one.after);
  }
  bool resets = false;
  for (Peer& peer : peers_) {
    if (is_of(peer, *one.before)) resets = configure(peer, *one.after) || resets;
  }
  return resets ? "changed, which resets its session" : "changed";
}

/// The neighbor itself, or one that a range has.
bool Daemon::is_of(const Peer& peer, const NeighborConfig& neighbor) {
  return neighbor.range ? peer.peering->neighbor().range == neighbor.range : peer.peering->neighbor() == neighbor;
}

/// Whether that ends its session.
bool Daemon::configure(Peer& peer, NeighborConfig to) {
  const NeighborConfig from = peer.peering->neighbor();
  if (to.range) {
    to.peer.remote_address = from.peer.remote_address;
    to.peer.session.attributes.passive = true;
  }
  ConfigChange change = speaker_.update_peer(peer.id, to.peer);
  const bool wrong_asn = peer.peering->configure(to);
  if (wrong_asn && change != ConfigChange::Reset) {
    speaker_.reset_peer(peer.id, kOtherConfiguration);
    change = ConfigChange::Reset;
  }
  if (to.record != from.record) {
    peer.peering->record_to(nullptr);
    peer.recording.reset();
    if (!to.record.empty()) record(peer, to);
  }
  return change == ConfigChange::Reset;
}

void Daemon::end(const NeighborConfig& neighbor, const Stop& stop) {
  if (neighbor.range) speaker_.refuse_from(*neighbor.range);
  for (auto peer = peers_.begin(); peer != peers_.end();) {
    if (!is_of(*peer, neighbor)) {
      ++peer;
    } else if (neighbor.range) {
      speaker_.remove_peer(peer->id, stop);  // forget() follows
      ++peer;
    } else {
      const PeerId id = peer->id;
      leaving_.push_back(std::move(*peer));
      peer = peers_.erase(peer);
      speaker_.remove_peer(id, stop,
                           [this, id] { std::erase_if(leaving_, [id](const Peer& one) { return one.id == id; }); });
    }
  }
}

/// A neighbor takes the place of the one that has connected from its address by a range.
void Daemon::make_room_for(const NeighborConfig& neighbor) {
  if (neighbor.range) return;
  for (const Peer& peer : peers_) {
    const NeighborConfig& other = peer.peering->neighbor();
    if (!other.range || other.peer.remote_address != neighbor.peer.remote_address) continue;
    speaker_.remove_peer(peer.id, kOtherConfiguration);
  }
}

}  // namespace bgp::daemon
