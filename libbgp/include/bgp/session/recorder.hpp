// bgp/session/recorder.hpp
//
// The flight recorder of one session: what came in and what was decided, bounded, so that "why is it down?" can be
// answered afterwards and a dump can be played again.
//
// What a supervisor is told is recorded in full; since it is a regular value, one copy of it at the tail of the ring
// and the records behind it give every later state (see replay()). What only keeps a session alive (KEEPALIVEs,
// UPDATEs, ROUTE-REFRESHes, messages sent) is counted in runs beside the ring, so it never pushes out a cause.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/supervisor.hpp"

namespace bgp BGP_EXPORT {

/// The OPENs of one connection.
struct Opens {
  PackedOpen sent;      ///< ours
  PackedOpen received;  ///< the peer's
};

/// What a record says: first what the supervisor was told, then what it decided.
namespace record {

/// ManualStart.
struct Started {
  friend bool operator==(const Started&, const Started&) = default;
};
/// ManualStop or AutomaticStop.
struct Stopped {
  Stop stop;
  bool automatic = false;
  friend bool operator==(const Stopped&, const Stopped&) = default;
};
/// A connection of the peer was accepted.
struct Accepted {
  friend bool operator==(const Accepted&, const Accepted&) = default;
};
/// A valid OPEN arrived.
struct OpenReceived {
  std::shared_ptr<const Opens> opens;
};
/// A connection failed, or the attempt to open it: TcpConnectionFails.
struct Failed {
  std::string detail;  ///< why, as the driver said: at most 128 octets
};
/// Any other event of one connection.
struct Happened {
  Event event;
};
/// Timers were due.
struct TimedOut {
  friend bool operator==(const TimedOut&, const TimedOut&) = default;
};

/// A connection FSM changed its state.
struct Changed {
  State from{};
  State to{};
  EventId event{};
  friend bool operator==(const Changed&, const Changed&) = default;
};
/// We dial.
struct Dialed {
  friend bool operator==(const Dialed&, const Dialed&) = default;
};
/// We end a connection or an attempt.
struct Closed {
  std::optional<Notification> notification;  ///< the last message on it
  friend bool operator==(const Closed&, const Closed&) = default;
};

}  // namespace record

/// One entry of the ring.
struct Record {
  using What = std::variant<record::Started, record::Stopped, record::Accepted, record::OpenReceived, record::Failed,
                            record::Happened, record::TimedOut, record::Changed, record::Dialed, record::Closed>;

  std::uint64_t number = 0;  ///< counts from 1 over the life of the session
  TimePoint time;
  ConnectionId connection{};  ///< none for what concerns the peer
  Direction direction{};      ///< of the connection
  What what;

  /// The supervisor was told this; the others are what it decided.
  [[nodiscard]] bool is_input() const { return what.index() < 7; }
};

/// One line without the time: "received OPEN", "state OpenSent -> Idle (HoldTimer_Expires)".
[[nodiscard]] std::string to_string(const Record& record);

/// Many events of one kind that changed nothing but deadlines, between two records of the ring.
struct QuietRun {
  enum class Kind : std::uint8_t {
    KeepaliveDue,
    KeepaliveReceived,
    UpdateReceived,
    RefreshReceived,
    MessageSent,
    Heard,  ///< something arrived that waits until reading is turned on again
  };

  std::uint64_t after = 0;  ///< the number of the record before it
  ConnectionId connection{};
  Kind kind{};
  MessageType sent{};  ///< of MessageSent
  std::uint64_t count = 0;
  TimePoint first;
  TimePoint last;
  std::uint64_t order = 0;  ///< of the last one among those of all runs

  friend bool operator==(const QuietRun&, const QuietRun&) = default;
};

/// How the latest session that was Established came to its end.
struct SessionEnd {
  TimePoint established_at;
  TimePoint ended_at;
  Direction direction{};
  EventId event{};
  std::optional<Notification> sent;
  std::optional<Notification> received;
  std::string detail;            ///< why the transport failed
  std::vector<Family> retained;  ///< RFC 4724 4.2
  Duration since_heard{};        ///< how long nothing had come from the peer
};

/// What a FlightRecorder knew at one moment. A value.
struct Recording {
  std::shared_ptr<const PeerConfig> config;
  TimePoint time;                          ///< of the moment
  std::vector<Record> records;             ///< the oldest first
  std::vector<QuietRun> quiet;             ///< by QuietRun::order
  std::shared_ptr<const Supervisor> tail;  ///< the supervisor as it was before record number `tail_number`
  std::uint64_t tail_number = 0;
  std::shared_ptr<const Supervisor> present;

  std::shared_ptr<const Opens> opens;  ///< the latest that met; null when no valid OPEN has arrived
  Bytes offending;                     ///< the first 512 octets of the latest message that was refused
  std::uint64_t offending_number = 0;  ///< the record of it; 0 = none
  SharedValue<SessionEnd> last_session;
};

/// Plays the inputs from the tail on, quiet runs included, against a supervisor of its own. `changes`: the records of
/// state changes that come of it, numbered 0; `end`: the supervisor that results, equal to Recording::present.
struct Replay {
  std::vector<Record> changes;
  Supervisor end;
};
[[nodiscard]] Replay replay(const Recording& recording);

/// Writes a Recording as it goes. Belongs to one session and its thread.
class FlightRecorder {
 public:
  static constexpr std::size_t kDefaultEntries = 64;
  static constexpr std::size_t kMaxOffending = 512;  ///< octets kept of a message that was refused

  /// `entries`: of the ring; at least 32, for the decisions that one input can cause must find room.
  explicit FlightRecorder(std::shared_ptr<const PeerConfig> config, std::size_t entries = kDefaultEntries);

  // --- Before the supervisor is told. `supervisor` is it, still untouched.

  void started(const Supervisor& supervisor, TimePoint now);
  void stopped(const Supervisor& supervisor, TimePoint now, const Stop& stop, bool automatic);
  void accepted(const Supervisor& supervisor, TimePoint now);
  void opened(const Supervisor& supervisor, TimePoint now, ConnectionId connection, Opens opens);
  /// Supervisor::handle(): goes to the ring or, when it can only change deadlines, to a quiet run.
  void event(const Supervisor& supervisor, TimePoint now, ConnectionId connection, const Event& event,
             std::string_view detail = {});
  /// Supervisor::handle_timeout(), likewise. Nothing when nothing is due.
  void timeout(const Supervisor& supervisor, TimePoint now);
  /// Supervisor::heard().
  void heard(const Supervisor& supervisor, TimePoint now, ConnectionId connection);
  /// Supervisor::set_config(): what was before cannot be played again with it.
  void configured(std::shared_ptr<const PeerConfig> config);
  /// Supervisor::message_sent().
  void sent(TimePoint now, ConnectionId connection, MessageType type);

  // --- Beside it

  /// The message that the next event() refuses.
  void offends(BytesView octets);

  // --- What the supervisor decided

  void decided(TimePoint now, ConnectionId connection, Direction direction, Record::What what);
  void up(TimePoint now, Direction direction);
  void down(TimePoint now, const effect::Down& down, const Notification* received, std::string_view detail);

  [[nodiscard]] Recording recording(const Supervisor& present, TimePoint now) const;

  /// The runs that are still open: what each KEEPALIVE needs (see Session::prefetch()).
  [[nodiscard]] std::span<const QuietRun> open_runs() const {
    return std::span(quiet_).last(std::min(quiet_.size(), kOpenRuns));
  }

 private:
  static constexpr std::size_t kOpenRuns = 3;  // of a quiet session: a KEEPALIVE due, sent, received

  struct Snapshot {
    std::uint64_t number = 0;                 // of the record that it is before; 0 = there is none
    std::shared_ptr<const Supervisor> value;  // null for one to which nothing has happened: made with this
    Jitter jitter;
  };

  void input(const Supervisor& supervisor, TimePoint now, ConnectionId connection, Record::What what);
  void push(TimePoint now, ConnectionId connection, Direction direction, Record::What what);
  void snapshot(const Supervisor& supervisor);
  void quiet(TimePoint now, ConnectionId connection, QuietRun::Kind kind, MessageType sent = {});
  [[nodiscard]] std::uint64_t oldest() const { return records_.empty() ? last_number_ + 1 : records_.front().number; }

  std::shared_ptr<const PeerConfig> config_;
  std::size_t entries_;
  std::vector<Record> records_;
  Snapshot older_, newer_;

  std::shared_ptr<const Opens> opens_;
  Bytes offending_;
  std::uint64_t offending_number_ = 0;
  TimePoint established_at_;
  Direction established_direction_{};
  SharedValue<SessionEnd> last_session_;

  // what each KEEPALIVE needs comes last
  std::vector<QuietRun> quiet_;  // behind those of earlier records the open ones, which a new record closes
  std::uint64_t last_number_ = 0;
  std::uint64_t last_order_ = 0;
  TimePoint heard_;  // when the Established connection last brought something
};

}  // namespace bgp BGP_EXPORT
