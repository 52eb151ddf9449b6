// Two Sessions that dial each other over virtual TCP connections on one virtual clock: no sockets, no sleeping, the
// same seed gives the same run.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "bgp/session/session.hpp"

namespace bgp::test {

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
  void on_update(Session&, const UpdateView& update) override {
    for (const ReachableGroup& group : update.reachable()) {
      for (const Nlri& nlri : group.nlri) received.push_back(to_string(nlri));
    }
  }

  int ups = 0;
  int downs = 0;
  ConnectionId connection{};  // the Established one
  Direction direction{};
  std::vector<std::string> received;
};

class Pair {
 public:
  /// How long one portion of octets, or one TCP handshake, takes; drawn anew for each.
  struct Network {
    Duration least = std::chrono::milliseconds{1};
    Duration most = std::chrono::milliseconds{50};
  };

  Pair(const PeerConfig& a, const PeerConfig& b, std::uint64_t seed, Network network);

  /// Starts a side, now or later.
  void start(std::size_t side, Duration after = {});
  /// Resets a side, now.
  void reset(std::size_t side);
  /// Lets virtual time pass.
  void run(Duration time);

  [[nodiscard]] Session& session(std::size_t side) { return *sides_[side].session; }
  [[nodiscard]] Witness& witness(std::size_t side) { return sides_[side].witness; }
  /// Both are Established, and on the two ends of one TCP connection.
  [[nodiscard]] bool agree() const;
  [[nodiscard]] std::size_t open_connections() const;
  [[nodiscard]] TimePoint now() const { return now_; }

 private:
  struct Side {
    Witness witness;
    std::unique_ptr<Session> session;
    std::map<ConnectionId, std::size_t> wires;  // which wire a connection is one end of
  };
  /// One TCP connection; side `dialer` opened it.
  struct Wire {
    std::size_t dialer = 0;
    std::array<ConnectionId, 2> ends{};
    std::array<TimePoint, 2> last_arrival{};  // octets of one direction keep their order
    bool open = true;
  };
  struct Happening {
    TimePoint time;
    std::uint64_t order;
    std::function<void()> what;
    friend bool operator>(const Happening& x, const Happening& y) {
      return std::tie(x.time, x.order) > std::tie(y.time, y.order);
    }
  };

  void at(TimePoint time, std::function<void()> what);
  [[nodiscard]] Duration latency();
  /// When something sent now by `side` arrives at the other end.
  [[nodiscard]] TimePoint arrival(Wire& wire, std::size_t side);
  void attend(std::size_t side);
  void dial(std::size_t side, ConnectionId connection);
  void close(std::size_t side, const command::Close& command);
  void send(std::size_t side, std::size_t wire, Bytes octets);
  void hang_up(std::size_t side, std::size_t wire);

  Network network_;
  std::mt19937_64 random_;
  TimePoint now_{};
  std::uint64_t order_ = 0;
  std::array<Side, 2> sides_;
  std::vector<Wire> wires_;
  std::priority_queue<Happening, std::vector<Happening>, std::greater<>> happenings_;
};

}  // namespace bgp::test
