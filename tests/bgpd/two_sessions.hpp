// bgpd/two_sessions.hpp
//
// A Peering on a Session, and a scripted neighbor on another, joined without sockets: what one sends the other gets.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "bgp/session/session.hpp"
#include "bgpd/config.hpp"
#include "bgpd/networks.hpp"
#include "bgpd/peering.hpp"

namespace bgp::daemon {

/// The neighbor: notes what it is told, and tells what a test gives it.
class ScriptedNeighbor final : public PeerHandler {
 public:
  /// "announce 10.0.0.0/8 next-hop ...", "withdraw 10.0.0.0/8", "end-of-rib ipv4-unicast", "refresh ipv4-unicast BoRR".
  std::vector<std::string> heard;
  /// Is told each of them, too.
  std::function<void(const std::string&)> on_line;
  /// Run in the next on_writable.
  std::deque<std::function<void(UpdateWriter&)>> to_tell;
  std::vector<Notification> notifications;

  void on_update(Session& session, const UpdateView& update) override;
  void on_route_refresh(Session& session, const RouteRefresh& refresh) override;
  void on_writable(Session& session, UpdateWriter& writer) override;
  void on_down(Session& session, const SessionDown& down) override;

 private:
  void hear(std::string line);
};

/// Our AS is 65001, the neighbor's 65002, or 65001 when `internal`; addresses are 192.0.2.1 and .2, or
/// 2001:db8:ffff::1 and ::2 when `ipv6_session`.
struct TwoSessionsOptions {
  std::string networks{};       ///< [[network]] sections
  std::string neighbor_keys{};  ///< more lines for our [[neighbor]]
  bool internal = false;
  bool ipv6_session = false;
  LogLevel level = LogLevel::Info;
  std::size_t send_queue_octets = std::size_t{256} * 1024;
  std::vector<Family> neighbor_families{kIpv4Unicast, kIpv6Unicast};
  bool neighbor_extended_message = true;
  bool neighbor_extended_next_hop = false;
  std::optional<capability::GracefulRestart> neighbor_restart{};
  bool neighbor_sends_paths = false;  ///< several for an IPv4 prefix (RFC 7911)
};

/// Both ends and the link between them. Time stands still.
class TwoSessions {
 public:
  explicit TwoSessions(TwoSessionsOptions options = {});

  /// Dials and lets everything happen until both are Established.
  void establish();
  /// The neighbor writes this, and all that follows happens.
  void tell(std::function<void(UpdateWriter&)> write);
  /// Octets as if the neighbor had sent them.
  void inject(const Bytes& octets);
  /// Moves octets to and fro until there are none.
  void settle();
  /// Cuts the link.
  void cut(std::string_view detail);

  /// The log, without timestamps: "info peer 192.0.2.2: ...".
  [[nodiscard]] std::vector<std::string> log_lines() const;
  /// Those of them that start with `start` behind "peer ADDRESS: ", without what stands before it.
  [[nodiscard]] std::vector<std::string> said(std::string_view start) const;

  Peering& peering() { return *peering_; }
  /// What we originate: a change is told at once.
  Networks& networks() { return *networks_; }
  Session& ours() { return *ours_; }
  Session& theirs() { return *theirs_; }
  ScriptedNeighbor& neighbor() { return neighbor_; }

 private:
  bool carry_out(Session& session);
  bool move(Session& from, ConnectionId from_id, Session& to, ConnectionId to_id);

  TwoSessionsOptions options_;
  LoadedConfig config_;
  std::ostringstream text_;
  Log log_;
  ScriptedNeighbor neighbor_;
  std::unique_ptr<Networks> networks_;
  std::unique_ptr<Peering> peering_;
  std::unique_ptr<Session> ours_;
  std::unique_ptr<Session> theirs_;
  ConnectionId our_connection_{};
  ConnectionId their_connection_{};
  TimePoint now_{std::chrono::seconds{1000}};
};

}  // namespace bgp::daemon
