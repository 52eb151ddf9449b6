// bgp/testing/properties.hpp
//
// What must hold in every life of a Session, whatever the network and the peer do: the invariants of
// docs/properties.md, by name, and the one implementation of each. An observer is told every step of one Session, in
// order, and keeps the first invariant that was violated. Simulation, replay and walk use the same.
//
// It judges from outside: from what the Session says to its handler, and from the octets that leave. It shares no code
// with the FSM.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/session.hpp"
#include "bgp/wire/framer.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// The invariants, as docs/properties.md describes them.
enum class Invariant : std::uint8_t {
  OneEstablished,
  Convergence,
  LiveDeadline,
  TimersStop,
  Handshake,
  WholeMessages,
  OneNotification,
  NotificationUnanswered,
  UpDownAlternate,
  HoldTimer,
  HoldTimeZero,
  KeepaliveOnTime,
  KeepaliveRate,
  KeepaliveFirst,
  SendHoldTimer,
  BackOff,
  DataInOrder,
  Survivor,
  OpenAnswered,
  InputInOrder,
};
inline constexpr std::size_t kInvariantCount = 20;

/// "OneEstablished", ...
[[nodiscard]] std::string_view to_string(Invariant invariant);
/// The section that asks for it: "RFC 4271 6.8".
[[nodiscard]] std::string_view section_of(Invariant invariant);

/// An invariant that does not hold.
struct Violation {
  Invariant invariant{};
  std::string what;
  TimePoint time;
};

/// "t = 12.345 s: HoldTimer (RFC 4271 6.5): ...".
[[nodiscard]] std::string to_string(const Violation& violation);

/// What the timers and states of a session look like between two steps.
struct SessionFacts {
  bool started = false;
  State state = State::Idle;  ///< of the connection that is closest to Established
  std::optional<TimePoint> next;
  std::array<std::optional<TimePoint>, kTimerCount> deadlines;  ///< of that connection; IdleHold is the peer's

  [[nodiscard]] bool runs(Timer timer) const { return deadlines[static_cast<std::size_t>(timer)].has_value(); }
};

[[nodiscard]] SessionFacts facts_of(const Session& session);

/// Observes one Session from its birth on. A regular value: a copy goes on by itself.
class Properties {
 public:
  /// `tick`: how much later than asked for the driver may wake the Session up.
  explicit Properties(const PeerConfig& config, Duration tick = {});

  // --- What the driver does

  /// The Session asked for a connection.
  void dialed(ConnectionId connection, TimePoint now);
  /// A transport is open.
  void opened(ConnectionId connection, Direction direction);
  /// The socket took these octets, in order; farewell included.
  void socket_took(ConnectionId connection, BytesView octets, TimePoint now);
  /// The connection is over, whoever ended it. Octets of its farewell may follow.
  void ended(ConnectionId connection);

  /// These octets were read for the Session, in order; told before it is given them. A driver that tells it lets the
  /// HoldTimer be judged by when messages arrive, also while the Session makes them wait, and InputInOrder at all.
  void read(ConnectionId connection, BytesView octets, TimePoint now);
  /// Session::set_reading().
  void set_reading(bool reading, TimePoint now);
  /// Session::input_waits().
  void input_waits(ConnectionId connection, TimePoint now);

  // --- What the handler is told

  void message(Travel travel, ConnectionId connection, const RawMessage& message, TimePoint now);
  void state_changed(const StateChange& change);
  void up(TimePoint now);
  void down(TimePoint now);

  /// A call of the Session is over, and what followed from it has been done.
  void settled(const SessionFacts& facts, TimePoint now);
  void settled(const Session& session, TimePoint now) { settled(facts_of(session), now); }

  /// The first one; empty as long as all holds.
  [[nodiscard]] const std::optional<Violation>& violation() const { return violation_; }

 private:
  struct Connection {
    explicit Connection(ConnectionId connection) : id(connection) {
      stream.set_max_message_size(kMaxExtendedMessageSize);
      arriving.set_max_message_size(kMaxExtendedMessageSize);
    }

    ConnectionId id;
    std::optional<Direction> direction;
    State state = State::Idle;
    bool lives = true;
    bool over = false;  // its transport has ended

    // the messages as the session sees them
    bool open_sent = false;
    bool keepalive_sent = false;
    bool keepalive_received = false;
    bool notification_sent = false;
    bool notification_received = false;
    std::optional<TimePoint> open_received;
    std::uint32_t remote_identifier = 0;
    Duration hold_time{};  // negotiated

    // the octets that arrived
    bool is_read = false;     // the driver tells of them
    bool unreadable = false;  // what comes now can't be followed
    Framer arriving;
    std::deque<std::uint64_t> arrived;  // a hash of each message that the handler hasn't seen

    // when timers were started last
    TimePoint heard{};
    std::optional<TimePoint> waits_since;  // when the driver said last that the Session has no room for what waits
    TimePoint keepalive_from{};
    std::optional<TimePoint> last_keepalive;
    TimePoint last_sent{};

    // the octets that left
    Framer stream;
    bool any_left = false;
    bool notification_left = false;
    std::deque<std::uint64_t> data_waits;  // a hash of each message of the data lane, in order
    bool keepalive_waits = false;
    int data_may_finish = 0;  // messages of the data lane that were half-written when the KEEPALIVE came

    /// Once it is over: of its farewell.
    [[nodiscard]] bool may_say_more() const {
      return stream.pending() > 0 || (notification_sent && !notification_left);
    }
  };

  void violate(Invariant invariant, std::string what, TimePoint now);
  Connection& of(ConnectionId connection);
  [[nodiscard]] bool another_lives(ConnectionId connection) const;

  // properties_messages.cpp
  void received(Connection& connection, const RawMessage& message, TimePoint now);
  void check_input(Connection& connection, const RawMessage& message, TimePoint now);
  void sent(Connection& connection, const RawMessage& message, TimePoint now);
  void left(Connection& connection, const RawMessage& message, TimePoint now);
  void check_survivor(const Connection& loser, TimePoint now);

  // properties_timers.cpp
  void check_timers(const Connection& connection, TimePoint now);
  void check_expiry(const Connection& connection, EventId event, TimePoint now);
  void check_deadlines(const SessionFacts& facts, TimePoint now);
  void enter(Connection& connection, const StateChange& change);
  void back_off(const StateChange& change);
  void rest_in_idle(const StateChange& change);
  [[nodiscard]] Duration limit_of(const Connection& connection) const;
  [[nodiscard]] TimePoint latest_expiry(const Connection& connection) const;
  [[nodiscard]] Duration send_hold_of(const Connection& connection) const;

  PeerConfig config_;
  Duration tick_;
  std::vector<Connection> connections_;
  bool established_ = false;
  bool reading_ = true;
  TimePoint reading_since_{};  // or not reading
  std::optional<Violation> violation_;

  // back-off
  TimePoint not_before_ = TimePoint::min();  // of the next dial
  std::optional<TimePoint> may_restart_;     // at once, for routes are retained
  std::optional<TimePoint> restarted_;       // the last time that it did
  Duration idle_hold_{};                     // the last one; 0: none yet
  Duration idle_hold_before_{};              // before the last failure
  std::optional<TimePoint> established_since_;
};

/// A handler that tells Properties what it is told. Derive from it to do more, and call it first.
class WatchedHandler : public PeerHandler {
 public:
  /// `properties` must outlive this.
  explicit WatchedHandler(Properties& properties) : properties_(&properties) {}
  /// Tells another one from now on.
  void watch(Properties& properties) { properties_ = &properties; }

  void on_established(Session&, const SessionUp& up) override { properties_->up(up.time); }
  void on_down(Session&, const SessionDown& down) override { properties_->down(down.time); }
  void on_state_change(Session&, const StateChange& change) override { properties_->state_changed(change); }
  void on_message(Session& session, Travel travel, ConnectionId connection, const RawMessage& message) override {
    properties_->message(travel, connection, message, session.now());
  }

 private:
  Properties* properties_;
};

}  // namespace test
}  // namespace bgp BGP_EXPORT
