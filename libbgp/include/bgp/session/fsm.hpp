// bgp/session/fsm.hpp
//
// The state machine of one connection (RFC 4271 8.2.2, with RFC 4724, 6608, 8538 and 9687): decoded events in, a set of
// actions out. It knows no octets, no sockets and no clock; it is total (any event in any state), pure, and a regular
// value: copy it, compare it, try it. What belongs to the peer and not to a connection (ConnectRetryCounter,
// IdleHoldTimer, the other connection) is asked of the supervisor by actions.
//
// fsm.cpp has one function per state with a case for every event, in the RFC's order; the effective table it implements
// is tests/data/fsm/transitions.tsv, and a test compares every row.
#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "bgp/export.hpp"
#include "bgp/session/config.hpp"
#include "bgp/session/event.hpp"
#include "bgp/session/state.hpp"
#include "bgp/session/teardown.hpp"
#include "bgp/session/timers.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// What the FSM asks for. The order of the enumerators is the order in which the actions of one step are carried out.
enum class Action : std::uint8_t {
  InitResources,
  StopIdleHoldTimer,
  CompleteInit,       ///< set what needs an open transport
  ProcessTcpRequest,  ///< nothing visible
  SetPeerType,        ///< internal or external
  SendOpen,
  SendKeepalive,
  SendNotification,           ///< Actions::notification()
  TrySendNotification,        ///< likewise, in one attempt, and not behind a half-written message
  AcceptAndSendNotification,  ///< likewise, on the connection that is refused
  RejectTcp,                  ///< refuse the incoming connection
  DropTcp,                    ///< close the transport, an attempt in progress included
  ReleaseResources,
  ProcessUpdate,
  ProcessRouteRefresh,
  DeleteRoutes,
  RetainStaleRoutes,  ///< of the families with graceful restart; delete the others
  NotifyUp,
  NotifyDown,
  ZeroConnectRetryCounter,
  IncConnectRetryCounter,
  PeerOscillationDamping,  ///< start the IdleHoldTimer if damping is on and this was the peer's last connection
  Listen,
  InitiateTcp,
  TrackSecondConnection,   ///< the connection gets an FSM of its own
  IgnoreSecondConnection,  ///< refuse it
  AdoptNewConnection,      ///< the connection that caused the event takes this FSM's place
  LogFsmError,             ///< an event that the session attributes exclude
  LogError,                ///< log at error level (RFC 9687 4.3)
};
inline constexpr std::size_t kActionCount = 29;

[[nodiscard]] std::string_view to_string(Action action);

/// A set of actions with the NOTIFICATION to send, if one is among them. A value; walks in carrying-out order.
class Actions {
 public:
  Actions() = default;
  Actions(std::initializer_list<Action> actions) {
    for (const Action action : actions) add(action);
  }

  void add(Action action) { bits_ |= bit(action); }
  void add(Action action, Notification notification) {
    add(action);
    notification_ = std::move(notification);
  }
  [[nodiscard]] bool has(Action action) const { return (bits_ & bit(action)) != 0; }
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  /// Meaningful when one of the Send... actions is in the set.
  [[nodiscard]] const Notification& notification() const { return notification_; }

  /// Calls `visit(Action)` for each action, in carrying-out order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::uint32_t rest = bits_; rest != 0; rest &= rest - 1) visit(static_cast<Action>(std::countr_zero(rest)));
  }

  friend bool operator==(const Actions&, const Actions&) = default;

 private:
  static constexpr std::uint32_t bit(Action action) { return std::uint32_t{1} << static_cast<unsigned>(action); }

  std::uint32_t bits_ = 0;
  Notification notification_;
};

/// The NOTIFICATION to send, if one of the Send... actions is in the set.
[[nodiscard]] std::optional<Notification> notification_of(const Actions& actions);

/// "SendNotification(6/2) DropTcp ...".
[[nodiscard]] std::string to_string(const Actions& actions);

class Fsm {
 public:
  /// In Idle, nothing running.
  explicit Fsm(const SessionAttributes& attributes, Jitter jitter = {}) : jitter_(jitter), attributes_(attributes) {}
  /// In Active without a transport: the FSM of a second connection that was just accepted (RFC 4271 8.2.1).
  [[nodiscard]] static Fsm accepting(const SessionAttributes& attributes, Jitter jitter = {});

  /// Other attributes: they count when a timer starts or a step asks for them. What runs goes on.
  void set_attributes(const SessionAttributes& attributes) { attributes_ = attributes; }

  /// One step. Timers are started and stopped here; everything else is asked for.
  Actions handle(const Event& event, TimePoint now);

  /// Takes the nearest due timer off the table and gives its event, to be handled next. Empty when none is due.
  [[nodiscard]] std::optional<Event> expire(TimePoint now);
  /// When expire() has something to give.
  [[nodiscard]] std::optional<TimePoint> poll_timeout() const { return deadlines_.next(); }

  /// The socket took the last octet of a message: restarts the SendHoldTimer (RFC 9687 4.3) and, for an UPDATE, the
  /// KeepaliveTimer (RFC 4271 8.2.2 Established).
  void message_sent(MessageType type, TimePoint now);

  /// A KEEPALIVE or UPDATE arrived and waits until reading is turned on again: it restarts the HoldTimer now, and not a
  /// second time when it is handled (KeepAliveMsg::heard).
  void heard(TimePoint now);

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] std::optional<TimePoint> deadline(Timer timer) const { return deadlines_.deadline(timer); }
  /// Meaningful from OpenConfirm on.
  [[nodiscard]] const SessionTerms& terms() const { return terms_; }
  [[nodiscard]] const SessionAttributes& attributes() const { return attributes_; }

  /// Sets what the constructor and events would: for tests that put an FSM into a state, and for dumps.
  struct Setup {
    State state = State::Idle;
    SessionTerms terms;
    Deadlines deadlines;
    Jitter jitter{};
  };
  Fsm(const SessionAttributes& attributes, const Setup& setup)
      : state_(setup.state),
        deadlines_(setup.deadlines),
        terms_(setup.terms),
        jitter_(setup.jitter),
        attributes_(attributes) {}
  /// What an FSM of the same attributes needs to go on as this one.
  [[nodiscard]] Setup setup() const { return {state_, terms_, deadlines_, jitter_}; }

  friend bool operator==(const Fsm&, const Fsm&) = default;
  /// Equal for FSMs that will behave alike from `now` on: deadlines count relative to it.
  [[nodiscard]] std::uint64_t fingerprint(TimePoint now) const;

 private:
  enum class Dial : bool { No, Yes };
  enum class Count : bool { No, Yes };  // whether it counts in the ConnectRetryCounter (and is damped)

  Actions idle(const Event& event, TimePoint now);
  Actions connect(const Event& event, TimePoint now);
  Actions active(const Event& event, TimePoint now);
  Actions before_open(const Event& event, TimePoint now);
  Actions open_sent(const Event& event, TimePoint now);
  Actions open_confirm(const Event& event, TimePoint now);
  Actions established(const Event& event, TimePoint now);

  // The steps that several cells share (fsm_steps.cpp).
  Actions start(Actions actions, Dial dial, TimePoint now);
  Actions redial(Actions actions, TimePoint now);
  Actions fall_back(Count count, Dial dial, TimePoint now);
  [[nodiscard]] Actions refuse() const;
  Actions transport_open(TimePoint now);
  Actions send_open(TimePoint now);
  Actions open_before_ours(const SessionTerms& terms, TimePoint now);
  Actions open_received(const SessionTerms& terms, TimePoint now);
  Actions confirmed(TimePoint now);
  Actions keepalive_due(TimePoint now);
  Actions end(std::optional<Notification> notification);
  Actions end_before_open(const Notification& notification);
  Actions stop_before_open(const Stop& stop, Count count);
  Actions stop_opening(const Stop& stop, Count count);
  Actions stopped(std::optional<Notification> notification, Count count);
  Actions dump(bool tell);
  Actions end_session(Ending ending, std::optional<Notification> notification);
  Actions stop_session(const Stop& stop, Ending graceful, Ending lasting);
  Actions take_over();
  void release();
  void start_timer(Timer timer, Duration full, TimePoint now);
  void start_jittered(Timer timer, Duration full, TimePoint now);
  void restart_hold(TimePoint now);
  void restart_keepalive(TimePoint now);
  void start_send_hold(TimePoint now);
  [[nodiscard]] bool delaying_open() const { return deadlines_.running(Timer::DelayOpen); }

  // what each KEEPALIVE needs comes first
  State state_ = State::Idle;
  Deadlines deadlines_;
  SessionTerms terms_;
  Jitter jitter_;
  SessionAttributes attributes_;
};

}  // namespace bgp BGP_EXPORT
