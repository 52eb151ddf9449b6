// Stands between a Session and the application's handler: passes every callback on until it is cut off, and keeps what
// a snapshot tells.
#pragma once

#include <cstdint>
#include <optional>

#include "bgp/session/handler.hpp"
#include "bgp/session/session.hpp"

namespace bgp::net {

class ForwardingHandler final : public PeerHandler {
 public:
  ForwardingHandler(PeerHandler& handler, TimePoint now) : handler_(&handler), state_since_(now) {}
  ForwardingHandler(const ForwardingHandler&) = delete;
  ForwardingHandler& operator=(const ForwardingHandler&) = delete;

  /// From here on the application's handler is not touched any more.
  void cut() { handler_ = nullptr; }

  [[nodiscard]] TimePoint state_since() const { return state_since_; }
  [[nodiscard]] const std::optional<Endpoints>& endpoints() const { return endpoints_; }
  [[nodiscard]] std::uint64_t messages_received() const { return messages_received_; }
  [[nodiscard]] std::uint64_t messages_sent() const { return messages_sent_; }

  std::optional<Notification> on_open(Session& session, const OpenReceived& open) override {
    return handler_ ? handler_->on_open(session, open) : std::nullopt;
  }
  void on_established(Session& session, const SessionUp& up) override {
    endpoints_ = up.endpoints;
    if (handler_) handler_->on_established(session, up);
  }
  void on_update(Session& session, const UpdateView& update) override {
    if (handler_) handler_->on_update(session, update);
  }
  void on_route_refresh(Session& session, const RouteRefresh& refresh) override {
    if (handler_) handler_->on_route_refresh(session, refresh);
  }
  void on_writable(Session& session, UpdateWriter& writer) override {
    if (handler_) handler_->on_writable(session, writer);
  }
  void on_down(Session& session, const SessionDown& down) override {
    endpoints_.reset();
    if (handler_) handler_->on_down(session, down);
  }
  void on_state_change(Session& session, const StateChange& change) override {
    if (const State state = session.state(); state != state_) {
      state_ = state;
      state_since_ = change.time;
    }
    if (handler_) handler_->on_state_change(session, change);
  }
  void on_message(Session& session, Travel travel, ConnectionId connection, const RawMessage& message) override {
    ++(travel == Travel::Received ? messages_received_ : messages_sent_);
    if (handler_) handler_->on_message(session, travel, connection, message);
  }

 private:
  PeerHandler* handler_;
  State state_ = State::Idle;
  TimePoint state_since_;
  std::optional<Endpoints> endpoints_;
  std::uint64_t messages_received_ = 0;
  std::uint64_t messages_sent_ = 0;
};

}  // namespace bgp::net
