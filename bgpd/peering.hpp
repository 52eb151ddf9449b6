// bgpd/peering.hpp
//
// One neighbor: what its session does goes to the log, what it tells to its Adj-RIB-In, and our networks to it.
// Lives on the session's thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/session/session.hpp"
#include "bgpd/config.hpp"
#include "bgpd/control/events.hpp"
#include "bgpd/log.hpp"
#include "bgpd/outbound.hpp"
#include "bgpd/recording.hpp"
#include "bgpd/rib/adj_rib_in.hpp"

namespace bgp::daemon {

class Peering final : public PeerHandler {
 public:
  /// Asks for a call of expire_stale() at a time; a later wish takes the place of an earlier one.
  using WakeAt = std::function<void(TimePoint)>;

  /// `networks` and `log` must outlive this.
  Peering(NeighborConfig neighbor, const std::vector<NetworkConfig>& networks, Log& log);
  Peering(const Peering&) = delete;
  Peering& operator=(const Peering&) = delete;

  [[nodiscard]] const NeighborConfig& neighbor() const { return neighbor_; }
  [[nodiscard]] const AdjRibIn& adj_rib_in() const { return adj_rib_in_; }
  [[nodiscard]] const Outbound& outbound() const { return outbound_; }

  /// Tells of states and routes from here on; `events` must outlive this.
  void publish_to(Events& events) { events_ = &events; }

  /// A network was added, changed or removed: to be followed by Speaker::want_write().
  void change(const Prefix& prefix) { outbound_.change(prefix); }

  /// Another configuration of the same neighbor; its session is the Speaker's affair. True when a session is up whose
  /// AS number is not right any more.
  [[nodiscard]] bool configure(NeighborConfig neighbor);
  /// Many networks changed, or what the configuration says of next hops: to be followed by Speaker::want_write().
  void renew();

  /// Without it stale routes are kept until the neighbor is up again.
  void wake_with(WakeAt wake_at) { wake_at_ = std::move(wake_at); }
  /// Drops the stale routes that were kept until now. Early and repeated calls are harmless.
  void expire_stale(TimePoint now);

  /// From now on its messages are written there; null: nowhere. It must outlive this, or the next call.
  void record_to(Recording* recording);

  std::optional<Notification> on_open(Session& session, const OpenReceived& received) override;
  void on_established(Session& session, const SessionUp& up) override;
  void on_update(Session& session, const UpdateView& update) override;
  void on_route_refresh(Session& session, const RouteRefresh& refresh) override;
  void on_writable(Session& session, UpdateWriter& writer) override;
  void on_down(Session& session, const SessionDown& down) override;
  void on_state_change(Session& session, const StateChange& change) override;
  void on_message(Session& session, Travel travel, ConnectionId connection, const RawMessage& message) override;

 private:
  /// Why a route is kept out, and how loudly to say so.
  struct Unusable {
    LogLevel level{};
    std::string reason;
  };

  [[nodiscard]] bool is_right(std::uint32_t asn) const;
  void log_left_out(const std::vector<Prefix>& left_out);
  void log(LogLevel level, std::string_view text) { log_.write(level, prefix_ + std::string(text)); }
  void log_malformed(const UpdateView& update);
  void take(const UpdateView& update, const ReachableGroup& group);
  void keep_stale(std::vector<Retention> stale);
  void withdraw(Family family, const Nlri& nlri);
  void log_size(Family family);
  [[nodiscard]] bool is_watched() const { return events_ != nullptr && !events_->unwatched(); }
  void log_and_tell_withdrawn(Family family, const std::vector<Nlri>& nlri);
  [[nodiscard]] std::optional<Unusable> why_unusable(const DecodeContext& context,
                                                     const PathAttributes& attributes) const;

  NeighborConfig neighbor_;
  Log& log_;
  std::string prefix_;  // "peer ADDRESS: "
  Outbound outbound_;
  AdjRibIn adj_rib_in_;
  WakeAt wake_at_;
  Events* events_ = nullptr;
  Recording* recording_ = nullptr;
  std::vector<Retention> stale_;  // families that may have stale routes, and until when
  IpAddress local_;               // ours, of the session
  std::uint32_t peer_asn_ = 0;    // while a session is up
  Bytes last_update_;             // as it stood on the wire, for the log when it is malformed
  std::string last_detail_;       // why the transport failed when it last did
};

}  // namespace bgp::daemon
