// bgp/testing/session_pair.hpp
//
// Two Sessions that are configured for each other, over a Network of their own. The same seed gives the same run.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/testing/network.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// What one side saw.
class Witness : public PeerHandler {
 public:
  void on_established(Session&, const SessionUp& up) override {
    ++ups;
    connection = up.connection;
    direction = up.direction;
  }
  void on_down(Session&, const SessionDown&) override {
    ++downs;
    connection = {};
  }
  void on_update(Session&, const UpdateView& update) override;
  void on_message(Session&, Travel travel, ConnectionId, const RawMessage& message) override {
    if (travel == Travel::Received && message.type == MessageType::Keepalive) ++keepalives;
  }

  int ups = 0;
  int downs = 0;
  int keepalives = 0;                 ///< received
  ConnectionId connection{};          ///< the Established one
  Direction direction{};              ///< of it
  std::vector<std::string> received;  ///< what was announced, as text: prefixes in the order of arrival
};

class SessionPair {
 public:
  /// Neither side is started. The sides are numbered 0 and 1. `observer` may be null, and must outlive this.
  SessionPair(const PeerConfig& a, const PeerConfig& b, std::uint64_t seed, const LinkConditions& conditions = {},
              NetworkObserver* observer = nullptr)
      : network_(seed, true, observer) {
    network_.add_peering(a, witnesses_[0], b, witnesses_[1], conditions);
  }

  /// Starts a side, now or later.
  void start(std::size_t side, Duration after = {});
  /// Resets a side, now.
  void reset(std::size_t side) { network_.reset(side, Stop::reset()); }
  /// Lets virtual time pass.
  void run(Duration time) { network_.run(time); }

  [[nodiscard]] Network& network() { return network_; }
  [[nodiscard]] Session& session(std::size_t side) { return *network_.session(side); }
  [[nodiscard]] Witness& witness(std::size_t side) { return witnesses_[side]; }
  /// Both are Established, and on the two ends of one TCP connection.
  [[nodiscard]] bool agree() const { return network_.agree(0); }
  [[nodiscard]] std::size_t open_connections() const { return network_.open_connections(); }
  [[nodiscard]] TimePoint now() const { return network_.now(); }

 private:
  std::array<Witness, 2> witnesses_;
  Network network_;
};

}  // namespace test
}  // namespace bgp BGP_EXPORT
