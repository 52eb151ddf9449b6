// testing/replay_player.hpp
//
// Drives a Session with what the other end of captured connections sent, and writes down what it does.
#pragma once

#include <deque>
#include <variant>

#include "bgp/session/session.hpp"
#include "bgp/testing/replay.hpp"

namespace bgp::test {

class ReplayPlayer : public PeerHandler {
 public:
  /// A connection, and which end of it is played.
  struct Part {
    std::size_t connection = 0;
    std::size_t side = 0;
  };
  /// `together`: the Session starts with the capture, and who collides with whom is its own decision. Otherwise there
  /// is one part, and the Session starts with it.
  ReplayPlayer(const Capture& capture, const std::vector<Part>& parts, bool together, PeerHandler& handler,
               const PeerConfig& config);

  [[nodiscard]] Replay play();

 private:
  struct Line {
    Part part;
    bool opened = false;
    std::optional<ConnectionId> id;     // while it is open
    std::optional<ConnectionId> known;  // also afterwards
  };
  struct Border {
    Family family;
    RefreshSubtype subtype{};
  };

  // --- What the Session says, passed on
  std::optional<Notification> on_open(Session& session, const OpenReceived& open) override;
  void on_established(Session& session, const SessionUp& up) override;
  void on_update(Session& session, const UpdateView& update) override { handler_.on_update(session, update); }
  void on_route_refresh(Session& session, const RouteRefresh& refresh) override {
    handler_.on_route_refresh(session, refresh);
  }
  void on_writable(Session& session, UpdateWriter& writer) override;
  void on_down(Session& session, const SessionDown& down) override { handler_.on_down(session, down); }
  void on_state_change(Session& session, const StateChange& change) override;
  void on_message(Session& session, Travel travel, ConnectionId id, const RawMessage& message) override;

  // --- What happens to it
  [[nodiscard]] TimePoint at(std::chrono::nanoseconds time) const { return TimePoint(time - first_); }
  [[nodiscard]] Line* line_of(ConnectionId id);
  [[nodiscard]] bool opens(const CapturedItem& item) const;
  void follow(const CapturedItem& item, Line& line);
  void run_until(TimePoint time);
  void start(TimePoint now);
  void open(Line& line, TimePoint now);
  void take(Line& line, const CapturedItem& item);
  void take_own(Line& line, const CapturedItem& item);
  void refresh(const CapturedItem& item);
  void decide(const Notification& said, TimePoint now);
  void attend(TimePoint now);
  void transmit(Line& line, TimePoint now);

  const Capture& capture_;
  bool together_;
  PeerHandler& handler_;
  Session session_;
  Replay made_;
  std::chrono::nanoseconds first_{};
  std::vector<Line> lines_;
  Line* opening_ = nullptr;  // while the Session does not have its number yet
  std::vector<ConnectionId> dials_;
  std::deque<std::variant<SharedOctets, Border>> routes_;  // to be sent again
};

}  // namespace bgp::test
