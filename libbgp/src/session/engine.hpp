// What is inside a Session: the supervisor, and for each connection the octets in and out. Octets become events
// (engine.cpp), effects become octets, commands and callbacks (engine_effects.cpp).
#pragma once

#include <algorithm>
#include <forward_list>
#include <functional>
#include <memory>
#include <string>

#include "bgp/session/fifo.hpp"
#include "bgp/session/recorder.hpp"
#include "bgp/session/send_queue.hpp"
#include "bgp/session/session.hpp"
#include "bgp/session/supervisor.hpp"
#include "bgp/wire/framer.hpp"

namespace bgp {

class Session::Engine {
 public:
  Engine(Session& session, std::shared_ptr<const PeerConfig> config, PeerHandler& handler, Jitter jitter);

  // See Session for all of these.
  void start(TimePoint now);
  void stop(const Stop& stop, TimePoint now);
  void reset(const Stop& stop, TimePoint now);
  void stop_automatically(const Stop& stop, TimePoint now);
  ConfigChange configure(PeerConfig config, TimePoint now);
  void want_write();
  void set_reading(bool reading, TimePoint now);
  bool request_refresh(Family family, const std::optional<OrfRefresh>& filters);
  ConnectionId accepted(const Endpoints& endpoints, TimePoint now);
  void connected(ConnectionId id, const Endpoints& endpoints, TimePoint now);
  void disconnected(ConnectionId id, std::string_view detail, TimePoint now);
  void received(ConnectionId id, BytesView octets, TimePoint now);
  std::size_t read_room(ConnectionId id, TimePoint now) const;
  void input_waits(ConnectionId id, TimePoint now);
  std::size_t transmit_buffers(ConnectionId id, std::span<BytesView> buffers) const;
  void transmitted(ConnectionId id, std::size_t octets, TimePoint now);
  std::optional<Command> poll_command();
  std::optional<TimePoint> poll_timeout() const;
  void handle_timeout(TimePoint now);

  void prefetch(Prefetch what) const noexcept;

  [[nodiscard]] bool reading() const { return reading_; }
  [[nodiscard]] Duration hold_extended_by() const { return hold_extended_by_; }
  [[nodiscard]] const Supervisor& supervisor() const { return supervisor_; }
  [[nodiscard]] const PeerConfig& config() const { return *latest_config_; }
  [[nodiscard]] TimePoint now() const { return now_; }
  [[nodiscard]] Recording recording(TimePoint now) const {
    return recorder_.recording(supervisor_, std::max(now, now_));
  }

 private:
  // What arrived while reading was off.
  struct Kept {
    Bytes messages;                     // whole ones
    std::size_t delivered = 0;          // octets of them
    std::size_t seen = 0;               // octets of them that on_message had when they arrived
    std::size_t overflow = 0;           // octets read since, of what read_room() allows
    std::optional<Notification> error;  // a broken header behind them

    [[nodiscard]] std::size_t size() const { return messages.size() - delivered; }
  };
  // What the message that is being handled carried, or why a transport was lost, for the callbacks that it causes.
  struct Cause {
    const UpdateView* update = nullptr;
    const RouteRefresh* route_refresh = nullptr;
    const Notification* received = nullptr;
    std::string_view detail{};
  };
  static const Cause kNothing;
  struct Connection {
    Connection(ConnectionId connection, std::size_t send_queue_octets) : id(connection), out(send_queue_octets) {}

    DecodeContext decode;  // once the peer's OPEN is valid
    EncodeContext encode;
    Endpoints endpoints;
    Bytes held;  // whole messages behind a held OPEN

    // what each KEEPALIVE needs comes last: see prefetch()
    ConnectionId id;
    std::unique_ptr<Kept> kept;  // null when nothing is
    bool ending = false;         // what is kept is delivered whether or not reading is on
    std::optional<bool> plain;   // whether our OPEN on it has no capabilities, once that is settled
    Framer framer;
    SendQueue out;
  };

  // engine.cpp: a call does one thing and lets everything that follows from it happen before it returns. What a
  // callback asks for (ask) waits until the callback has returned; a driver (drive) never calls from inside one.
  void ask(TimePoint now, std::function<void()> operation);
  template <class Operation>
  void drive(TimePoint now, Operation&& operation);
  void settle();
  void fill();
  void feed(ConnectionId id, Framer& framer, BytesView octets);
  enum class Heard : bool { No, Yes };  // whether a message restarted the HoldTimer when it arrived
  void dispatch(Connection& connection, const RawMessage& message, Heard heard);
  void refuse_header(ConnectionId id, const Framer& framer, const Notification& error, BytesView offending);
  [[nodiscard]] OpenMessage sent_on(Connection& connection);
  void note_old_speaker(const Connection& connection, const Notification& notification);
  void hold_back(Connection& connection, const RawMessage& message);
  void receive_open(Connection& connection, const RawMessage& message);
  void receive_update(const Connection& connection, const RawMessage& message, Heard heard);
  void receive_notification(ConnectionId id, const RawMessage& message);
  void receive_route_refresh(ConnectionId id, const RawMessage& message);
  void event(ConnectionId id, const Event& event, std::string_view detail = {});
  void refuse(ConnectionId id, const Event& event, BytesView offending);

  // engine_pause.cpp: what arrives while reading is off waits
  [[nodiscard]] bool paused(const Connection& connection) const;
  void keep(Connection& connection, Framer& framer, BytesView octets);
  void deliver_kept(ConnectionId id);
  void deliver_at_end(ConnectionId id);
  void extend_hold(ConnectionId id);
  void end_long_pause();
  void heard(ConnectionId id);

  void adopt(const std::shared_ptr<const PeerConfig>& config, ConfigChange change);

  // engine_effects.cpp
  void apply(const effect::Dial& effect);
  void apply(const effect::SendOpen& effect);
  void apply(const effect::SendKeepalive& effect);
  void apply(const effect::Close& effect);
  void apply(const effect::DeliverUpdate& effect);
  void apply(const effect::DeliverRouteRefresh& effect);
  void apply(const effect::Resume& effect);
  void apply(const effect::Up& effect);
  void apply(const effect::Down& effect);
  void apply(const effect::StateChanged& effect);
  [[nodiscard]] const Notification* received_by(EventId event) const;
  void send_control(Connection& connection, Bytes message);
  void tap_sent(ConnectionId id, BytesView messages);

  Connection& add(ConnectionId id);
  [[nodiscard]] Connection* find(ConnectionId id);
  [[nodiscard]] const Connection* find(ConnectionId id) const;
  void erase(ConnectionId id);
  [[nodiscard]] Connection* established();

  std::shared_ptr<const PeerConfig> config_;         // that what happens now goes by
  std::shared_ptr<const PeerConfig> latest_config_;  // that configure() was told
  bool next_is_plain_ = false;                       // the next connection that sends an OPEN offers no capabilities
  bool has_been_up_ = false;                         // by this configuration
  TimePoint paused_since_{};
  Duration hold_extended_by_{};

  std::forward_list<Connection> further_;  // rare
  FlightRecorder recorder_;                // is told of everything that the supervisor is told
  // From the end of this one to the beginning of the supervisor is what each KEEPALIVE needs: see prefetch()
  std::optional<Connection> first_;  // of one at a time, which is the rule, all that it needs is near
  Session& session_;
  PeerHandler& handler_;
  TimePoint now_{};
  bool busy_ = false;
  bool want_write_ = false;
  bool reading_ = true;
  bool delivering_kept_ = false;
  std::optional<TimePoint> pause_end_;  // when a pause that extends the HoldTimer ends the session
  Effects effects_;
  Fifo<std::function<void()>> pending_;  // what callbacks asked for
  Fifo<Command, 0> commands_;            // rare
  const Cause* cause_ = &kNothing;
  Supervisor supervisor_;
};

}  // namespace bgp
