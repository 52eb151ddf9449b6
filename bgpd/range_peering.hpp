// bgpd/range_peering.hpp
//
// A neighbor of a range: the handler that its session's Speaker owns, in front of the Peering that bgpd shows.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "bgpd/peering.hpp"

namespace bgp::daemon {

class RangePeering final : public PeerHandler {
 public:
  /// `on_gone` runs when the Speaker has forgotten the neighbor.
  RangePeering(std::shared_ptr<Peering> peering, std::function<void()> on_gone)
      : peering_(std::move(peering)), on_gone_(std::move(on_gone)) {}
  RangePeering(const RangePeering&) = delete;
  RangePeering& operator=(const RangePeering&) = delete;
  ~RangePeering() override { on_gone_(); }

  std::optional<Notification> on_open(Session& session, const OpenReceived& received) override {
    return peering_->on_open(session, received);
  }
  void on_established(Session& session, const SessionUp& up) override { peering_->on_established(session, up); }
  void on_update(Session& session, const UpdateView& update) override { peering_->on_update(session, update); }
  void on_route_refresh(Session& session, const RouteRefresh& refresh) override {
    peering_->on_route_refresh(session, refresh);
  }
  void on_writable(Session& session, UpdateWriter& writer) override { peering_->on_writable(session, writer); }
  void on_down(Session& session, const SessionDown& down) override { peering_->on_down(session, down); }
  void on_state_change(Session& session, const StateChange& change) override {
    peering_->on_state_change(session, change);
  }
  void on_message(Session& session, Travel travel, ConnectionId connection, const RawMessage& message) override {
    peering_->on_message(session, travel, connection, message);
  }

 private:
  std::shared_ptr<Peering> peering_;
  std::function<void()> on_gone_;
};

}  // namespace bgp::daemon
