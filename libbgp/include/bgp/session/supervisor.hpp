// bgp/session/supervisor.hpp
//
// What the peer has and a connection has not (RFC 4271 8.2.1): the FSM of the configured peering and those of further
// connections, collision detection (6.8), the ConnectRetryCounter, the back-off in Idle, and the restart after a loss.
//
// It knows no octets. Decoded events come in; effects go out, to be carried out in order. It is a regular value: copy
// it, compare it, try it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/collision.hpp"
#include "bgp/session/config.hpp"
#include "bgp/session/connection_id.hpp"
#include "bgp/session/event.hpp"
#include "bgp/session/fsm.hpp"
#include "bgp/session/graceful_restart.hpp"
#include "bgp/session/negotiation.hpp"
#include "bgp/session/packed_open.hpp"
#include "bgp/session/shared_value.hpp"
#include "bgp/session/state.hpp"
#include "bgp/session/timers.hpp"

namespace bgp BGP_EXPORT {

/// What the supervisor asks for.
namespace effect {

struct Dial {
  ConnectionId connection{};
};
struct SendOpen {
  ConnectionId connection{};
};
struct SendKeepalive {
  ConnectionId connection{};
};
/// The connection's transport ends, after `notification` if there is one. It is unknown from now on.
struct Close {
  ConnectionId connection{};
  std::optional<Notification> notification;
  bool one_attempt = false;  ///< RFC 9687: try once, and not behind a half-written message
  Direction direction{};
};
struct DeliverUpdate {
  ConnectionId connection{};
};
struct DeliverRouteRefresh {
  ConnectionId connection{};
};
/// What waited behind a held OPEN can be taken up (CollisionPolicy::HoldLoser).
struct Resume {
  ConnectionId connection{};
};
struct Up {
  ConnectionId connection{};
  Direction direction{};
};
struct Down {
  EventId event{};
  std::optional<Notification> sent;
  std::vector<Retention> retention;  ///< families whose routes are kept, and until when (RFC 4724 4.2)
};
struct StateChanged {
  ConnectionId connection{};
  Direction direction{};
  State from{};
  State to{};
  EventId event{};
  std::optional<Notification> sent;
};

}  // namespace effect

using Effect =
    std::variant<effect::Dial, effect::SendOpen, effect::SendKeepalive, effect::Close, effect::DeliverUpdate,
                 effect::DeliverRouteRefresh, effect::Resume, effect::Up, effect::Down, effect::StateChanged>;
using Effects = std::vector<Effect>;

/// What to do with an OPEN that arrives on a connection now.
enum class OpenExpected : std::uint8_t {
  Yes,  ///< check it, then open(), or handle() it as Event 22
  No,   ///< handle() it as Event 19: the FSM knows what to do
};

class Supervisor {
 public:
  /// `config` must have no problems().
  explicit Supervisor(std::shared_ptr<const PeerConfig> config, Jitter jitter = {});

  // Each function appends to `effects` what is to be done.

  /// What `config` says counts from now on; running timers and connections go on as they are.
  void set_config(std::shared_ptr<const PeerConfig> config);

  /// Events 1, 4.
  void start(TimePoint now, Effects& effects);
  /// Event 2 for every connection; Idle until start().
  void stop(const Stop& stop, TimePoint now, Effects& effects);
  /// Event 8 for every connection that has a transport; comes back by the back-off.
  void stop_automatically(const Stop& stop, TimePoint now, Effects& effects);

  /// A connection from the peer was accepted: Event 17, for the configured peering or for an FSM of its own.
  [[nodiscard]] ConnectionId accepted(TimePoint now, Effects& effects);
  /// Whether an OPEN is to be checked and given to open().
  [[nodiscard]] OpenExpected open_expected(ConnectionId connection) const;
  /// A valid OPEN: runs 6.8, then Event 19 or 20, or 23 when it lost, or holds it back.
  void open(ConnectionId connection, PackedOpen open, SharedValue<Negotiated> negotiated, TimePoint now,
            Effects& effects);
  /// Any other event of one connection.
  void handle(ConnectionId connection, const Event& event, TimePoint now, Effects& effects);

  [[nodiscard]] std::optional<TimePoint> poll_timeout() const;
  void handle_timeout(TimePoint now, Effects& effects);
  /// See Fsm::message_sent().
  void message_sent(ConnectionId connection, MessageType type, TimePoint now);
  /// See Fsm::heard().
  void heard(ConnectionId connection, TimePoint now);

  /// One connection with its FSM. The first of links() is the FSM of the configured peering.
  struct Link {
    Link(ConnectionId connection, Direction opened_by, Fsm machine)
        : id(connection), direction(opened_by), fsm(std::move(machine)) {}

    ConnectionId id;  ///< none while no transport is open or being opened
    Direction direction;
    std::optional<TimePoint> held_until;  ///< what it received is held back until then at the latest
    Fsm fsm;
    PackedOpen open;  ///< the peer's, once valid
    SharedValue<Negotiated> negotiated;
    std::optional<TimePoint> established_at;
    std::uint64_t established_mark = 0;  ///< connections with a larger id were opened after it was Established
    friend bool operator==(const Link&, const Link&) = default;
  };
  [[nodiscard]] const std::vector<Link>& links() const { return links_; }
  /// Null when unknown.
  [[nodiscard]] const Link* find(ConnectionId connection) const;
  /// The link that is closest to Established.
  [[nodiscard]] const Link& foremost() const;
  [[nodiscard]] bool started() const { return started_; }
  [[nodiscard]] std::uint32_t connect_retry_counter() const { return connect_retry_counter_; }
  [[nodiscard]] std::optional<TimePoint> idle_hold_deadline() const { return idle_hold_deadline_; }

  /// Everything but the configuration, for dumps: a supervisor made of it goes on as this one.
  struct Values {
    Jitter jitter;
    std::vector<Link> links;
    std::uint64_t last_id = 0;
    bool started = false;
    std::uint32_t connect_retry_counter = 0;
    Duration idle_hold_time{};           ///< the last one used; 0 = none yet
    std::uint32_t automatic_starts = 0;  ///< in a row
    std::optional<TimePoint> idle_hold_deadline;
    std::optional<TimePoint> last_immediate_restart;  ///< after a loss with routes retained
    bool accepts_in_idle = false;                     ///< after a further one, until the IdleHoldTimer expires
    std::optional<TimePoint> last_refusal;            ///< of a connection in Idle, with Cease/5
    friend bool operator==(const Values&, const Values&) = default;
  };
  Supervisor(std::shared_ptr<const PeerConfig> config, Values values);
  [[nodiscard]] Values values() const;

  friend bool operator==(const Supervisor&, const Supervisor&) = default;
  /// Equal for supervisors that will behave alike from `now` on.
  [[nodiscard]] std::uint64_t fingerprint(TimePoint now) const;

 private:
  // supervisor.cpp: one event on one connection, and what follows from its end
  void step(std::size_t index, const Event& event, TimePoint now, Effects& effects);
  void carry_out(Link& link, EventId event, const Actions& actions, TimePoint now, Effects& effects);
  void carry_out(Link& link, EventId event, const Actions& actions, Action action, TimePoint now, Effects& effects);
  void settle(std::size_t index, const Event& event, const Actions& actions, TimePoint now, Effects& effects);
  void forget_session(Link& link, TimePoint now);
  void end_all(const Event& event, TimePoint now, Effects& effects);

  // back_off.cpp: how a peer comes back from Idle
  void rest_in_idle(const Event& event, const Actions& actions, TimePoint now, Effects& effects);
  void start_automatically(TimePoint now, Effects& effects);
  void start_to_accept(TimePoint now, Effects& effects);
  void idle_hold_expired(TimePoint now, Effects& effects);
  void start_idle_hold(Duration full, TimePoint now);
  void forget_failures();
  [[nodiscard]] Duration raised_idle_hold() const;

  // collision_step.cpp: second connections and 6.8
  enum class Verdict : std::uint8_t { GoOn, Hold, Lost };
  void track(ConnectionId connection, TimePoint now, Effects& effects);
  void refuse(ConnectionId connection, TimePoint now, Effects& effects);
  [[nodiscard]] bool has_incoming_attempt() const;
  void make_room_for_incoming(TimePoint now, Effects& effects);
  enum class Patience : bool { No, Yes };  // whether an OPEN may still be held back
  void decide(ConnectionId connection, Patience patience, TimePoint now, Effects& effects);
  static void hold(Link& link, TimePoint now);
  void hold_expired(ConnectionId connection, TimePoint now, Effects& effects);
  Verdict collide(ConnectionId newcomer, Patience patience, TimePoint now, Effects& effects);
  Verdict collide_with(const Link& newcomer, Link& other, Patience patience, TimePoint now, Effects& effects);
  Verdict collide_with_established(const Link& newcomer, const Link& other, TimePoint now, Effects& effects);
  [[nodiscard]] bool outlives(const Link& newcomer, const Link& other) const;
  [[nodiscard]] Direction winner_against(const Link& link) const;
  void hold_what_may_lose(TimePoint now);
  void resume(ConnectionId connection, Effects& effects);
  void deliver_open(ConnectionId connection, TimePoint now, Effects& effects);
  void dump(ConnectionId connection, TimePoint now, Effects& effects);
  void release_held(TimePoint now, Effects& effects);

  [[nodiscard]] std::optional<std::size_t> index_of(ConnectionId connection) const;
  [[nodiscard]] ConnectionId next_id() { return ConnectionId{++last_id_}; }

  // what each KEEPALIVE needs comes first
  std::vector<Link> links_;
  std::optional<TimePoint> idle_hold_deadline_;
  std::shared_ptr<const PeerConfig> config_;
  Jitter jitter_;
  std::uint64_t last_id_ = 0;
  bool started_ = false;
  std::uint32_t connect_retry_counter_ = 0;
  Duration idle_hold_time_{};                        // the last one used; 0 = none yet
  std::uint32_t automatic_starts_ = 0;               // in a row; counted only where there is a bound
  std::optional<TimePoint> last_immediate_restart_;  // after a loss with routes retained
  bool accepts_in_idle_ = false;                     // after a further one, until the IdleHoldTimer expires
  std::optional<TimePoint> last_refusal_;            // of a connection in Idle, with Cease/5
};

}  // namespace bgp BGP_EXPORT
