// bgp/session/session.hpp
//
// One peer, sans-I/O: octets and time come in; octets, deadlines and commands go out. Inside are up to two connections
// (and one that was just accepted), each with its FSM, and the supervisor that runs collision detection and back-off.
//
// A Session has no clock, socket or thread. Whoever drives it (bgp::Speaker over TCP, a simulator, a test) calls one
// function at a time, with a monotonic time that never goes back, and after each call carries out poll_command(), sends
// what transmit_buffers() has, and wakes up at poll_timeout().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/session/config.hpp"
#include "bgp/session/config_change.hpp"
#include "bgp/session/handler.hpp"
#include "bgp/session/recorder.hpp"
#include "bgp/session/state.hpp"
#include "bgp/session/stop.hpp"
#include "bgp/session/timers.hpp"
#include "bgp/wire/orf.hpp"

namespace bgp BGP_EXPORT {

namespace command {

/// Open a TCP connection to the peer; answer with connected() or disconnected().
struct Dial {
  ConnectionId connection{};
  friend bool operator==(const Dial&, const Dial&) = default;
};

/// End a connection, or an attempt. The Session does not know it any more: no answer is expected. The driver owns the
/// socket from here on: it sends `farewell`, half-closes, reads and discards until the peer closes too, and closes
/// after a bounded time (10 s), so that a reset does not eat the NOTIFICATION.
struct Close {
  ConnectionId connection{};
  Bytes farewell;  ///< the rest of a half-written message and a NOTIFICATION; may be empty: then close at once
  bool one_attempt = false;  ///< one non-blocking write, then close (RFC 9687: the peer takes nothing)
  friend bool operator==(const Close&, const Close&) = default;
};

}  // namespace command

using Command = std::variant<command::Dial, command::Close>;

/// What Session::prefetch() asks for.
enum class Prefetch : std::uint8_t {
  Session,  ///< what leads to its parts, when the Session object itself is there
  Parts,    ///< its connection, FSM and flight recorder, when that has arrived
};

class Session {
 public:
  /// `config` must have no problems(). `handler` must outlive the Session. `jitter`: see there.
  Session(PeerConfig config, PeerHandler& handler, Jitter jitter = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // --- The operator's side. Also from inside a callback: it is then carried out when the callback returns.

  /// ManualStart (RFC 4271 8.1.2 Events 1, 4). Nothing when already started.
  void start(TimePoint now);
  /// ManualStop (Event 2): ends every connection with this Cease, and stays in Idle until start().
  void stop(const Stop& stop, TimePoint now);
  /// ManualStop followed by ManualStart.
  void reset(const Stop& stop, TimePoint now);
  /// AutomaticStop (Event 8): ends every connection with this Cease and comes back by the back-off.
  void stop_automatically(const Stop& stop, TimePoint now);
  /// Another configuration, without problems(). An Established session goes on if classify() calls the change soft;
  /// otherwise it ends with Cease/6 and comes back. What is not Established starts over with the new values at once.
  ConfigChange configure(PeerConfig config, TimePoint now);
  /// There is something to write: PeerHandler::on_writable is called as soon as the session is Established and the send
  /// queue has room.
  void want_write();
  /// Turns the delivery of what an Established connection receives off and on again, for a handler that can take no
  /// more (TCP then makes the peer wait). It stays off over sessions until it is turned on. What was read already waits
  /// inside, in order: nothing is delivered once the callback that turned it off has returned, not even of the same
  /// read. Timers go on; that we do not read is not held against the peer (see read_room()).
  ///
  /// What ends the connection ends the pause for it: a NOTIFICATION or a broken header among what waits, or the loss of
  /// the transport, is handled at once, and the messages in front of it are delivered first, so that a handler that
  /// keeps routes over the loss (RFC 4724 4.2) has the last ones. An end by us (stop, a timer) drops what waits.
  void set_reading(bool reading, TimePoint now);
  /// Asks the peer to send its routes again (RFC 2918). False unless Established and the peer takes it for this family.
  [[nodiscard]] bool request_refresh(Family family);
  /// The same with filters for what it sends (RFC 5291). False also when a filter was not agreed (Negotiated::orf_send)
  /// or when all of them do not fit one message.
  [[nodiscard]] bool request_refresh(Family family, const OrfRefresh& filters);

  // --- The driver's side.

  /// A connection from the peer was accepted. The Session may refuse it at once, by a Close command.
  [[nodiscard]] ConnectionId accepted(const Endpoints& endpoints, TimePoint now);
  /// A Dial succeeded.
  void connected(ConnectionId connection, const Endpoints& endpoints, TimePoint now);
  /// A Dial failed, or a connection was closed or reset by the peer or the network. `detail`: why, for people.
  void disconnected(ConnectionId connection, std::string_view detail, TimePoint now);
  /// How many octets the driver should read now: without bound while reading is on. While it is off none, until the
  /// HoldTimer is due; then what is left of an overflow of 64 KiB, so that messages which wait in the socket count.
  [[nodiscard]] std::size_t read_room(ConnectionId connection, TimePoint now) const;
  /// The driver has read all that read_room() allows, and the socket has more. When that is all that keeps the peer
  /// from being heard, the HoldTimer restarts, for at most PeerConfig::max_input_pause; otherwise nothing happens.
  void input_waits(ConnectionId connection, TimePoint now);
  /// Octets arrived, in any portions. Unknown connections are ignored, here and below.
  void received(ConnectionId connection, BytesView octets, TimePoint now);

  /// Fills `buffers` with what is to be sent next on a connection and gives how many it used. Valid until the next call
  /// of anything else here.
  [[nodiscard]] std::size_t transmit_buffers(ConnectionId connection, std::span<BytesView> buffers) const;
  /// The socket took this many octets from the front of them.
  void transmitted(ConnectionId connection, std::size_t octets, TimePoint now);

  /// The next thing to do, in order; empty when there is nothing.
  [[nodiscard]] std::optional<Command> poll_command();
  /// When to call handle_timeout(). Before that, the driver reads once what is readable (at most read_room(), and then
  /// says input_waits()), so that a message that waits in the socket counts against the HoldTimer.
  [[nodiscard]] std::optional<TimePoint> poll_timeout() const;
  /// Fires what is due. Early, late and repeated calls are harmless.
  void handle_timeout(TimePoint now);

  /// Asks the processor for the memory that a KEEPALIVE will need, and waits for nothing; changes nothing. For a driver
  /// of thousands of sessions that knows some steps ahead whose turn comes: first Prefetch::Session, then, some hundred
  /// nanoseconds later, Prefetch::Parts. Too early, too late or not at all does no harm.
  void prefetch(Prefetch what) const noexcept;

  // --- Looking at it.

  /// Of the connection that is closest to Established.
  [[nodiscard]] State state() const;
  /// start() was called, and no stop() after it.
  [[nodiscard]] bool started() const;
  /// The terms of the Established connection; null otherwise.
  [[nodiscard]] const Negotiated* negotiated() const;
  [[nodiscard]] const PeerConfig& config() const;
  /// RFC 4271 8: attempts since the peer was last started or stopped by hand.
  [[nodiscard]] std::uint32_t connect_retry_counter() const;
  /// Deadline of a timer of the connection that is closest to Established; IdleHold is the peer's.
  [[nodiscard]] std::optional<TimePoint> deadline(Timer timer) const;
  /// False between set_reading(false) and set_reading(true).
  [[nodiscard]] bool reading() const;
  /// By how much the HoldTimer of the present session, or the last one, was extended because the peer's octets waited
  /// while reading was off: time in which the peer was not silent but unheard.
  [[nodiscard]] Duration hold_extended_by() const;
  /// State of one connection; Idle when it is unknown.
  [[nodiscard]] State state(ConnectionId connection) const;
  /// What happened lately, and with it why the session is down: see explain().
  [[nodiscard]] Recording recording(TimePoint now) const;
  /// The time of the latest call: what a callback passes on to stop() and the like.
  [[nodiscard]] TimePoint now() const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace bgp BGP_EXPORT
