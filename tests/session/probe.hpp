// session/probe.hpp
//
// One Session with a driver and a handler that write down what they see, for tests of the Session's behaviour. The
// socket of each connection takes everything at once, or as much as `window` says.
#pragma once

#include <array>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "bgp/session/session.hpp"
#include "support/hex.hpp"

namespace bgp::test {

inline PeerConfig session_config() {
  PeerConfig config;
  config.local_asn = 65001;
  config.local_identifier = {0x0a000005};
  config.remote_asn = 65002;
  return config;
}

/// The peer's OPEN, with the capabilities that most tests want.
inline OpenMessage peer_open() {
  OpenMessage open;
  open.my_as = 65002;
  open.hold_time = 90;
  open.identifier = {0x0a000009};
  open.capabilities = {capability::Multiprotocol{kIpv4Unicast}, capability::RouteRefresh{},
                       capability::EnhancedRouteRefresh{}, capability::FourOctetAs{65002}};
  return open;
}

inline const Bytes kKeepalive = framed(MessageType::Keepalive, {});
/// 192.0.2.0/24 from AS 65002.
inline const Bytes kUpdate =
    framed(MessageType::Update, octets_of_hex("0000 0014 40010100 40020602010000fdea 4003040a000009 18c00002"));
inline const Bytes kRefresh = framed(MessageType::RouteRefresh, octets_of_hex("0001 00 01"));

class Probe : public PeerHandler {
 public:
  struct Wire {
    Bytes sent;           ///< farewell included
    bool closed = false;  ///< by us
    bool lost = false;    ///< by the peer or the network
    bool open = false;    ///< the transport was open
    bool one_attempt = false;
    std::size_t farewell = 0;                                      ///< octets of it
    std::size_t window = std::numeric_limits<std::size_t>::max();  ///< what the socket still takes
  };

  explicit Probe(const PeerConfig& config = session_config(), Jitter jitter = {}) : session(config, *this, jitter) {}

  // --- The driver

  /// Lets time pass; timers fire at their own times.
  void advance(Duration time) {
    const TimePoint to = now + time;
    for (auto due = session.poll_timeout(); due && *due <= to; due = session.poll_timeout()) {
      now = std::max(now, *due);
      session.handle_timeout(now);
      attend();
    }
    now = to;
  }
  void start() {
    session.start(now);
    attend();
  }
  /// The attempt succeeds.
  void connect() {
    wires[dialed].open = true;
    session.connected(dialed, {}, now);
    attend();
  }
  ConnectionId accept() {
    const ConnectionId id = session.accepted({}, now);
    wires[id].open = true;
    attend();
    return id;
  }
  void receive(ConnectionId id, const Bytes& octets) {
    session.received(id, octets, now);
    attend();
  }
  void receive(const Bytes& octets) { receive(dialed, octets); }
  void lose(ConnectionId id) {
    wires[id].lost = true;
    session.disconnected(id, "reset by peer", now);
    attend();
  }
  /// To Established, on a connection that we dialed.
  void establish(const OpenMessage& open = peer_open()) {
    start();
    connect();
    receive(encode_open(open) + kKeepalive);
  }
  void want_write() {
    session.want_write();
    attend();
  }
  void open_window(ConnectionId id, std::size_t octets) {
    wires[id].window = octets;
    attend();
  }

  /// What a driver does after each call.
  void attend() {
    for (bool more = true; more;) {
      more = false;
      for (auto& [id, wire] : wires) more = transmit(id, wire) || more;
      while (const auto command = session.poll_command()) {
        carry_out(*command);
        more = true;
      }
    }
  }

  [[nodiscard]] std::vector<MessageType> sent_types(ConnectionId id) { return types_of(wires[id].sent); }
  [[nodiscard]] static std::vector<MessageType> types_of(BytesView octets) {
    std::vector<MessageType> types;
    Framer framer;
    framer.set_max_message_size(kMaxExtendedMessageSize);
    for (;;) {
      const auto message = framer.next(octets);
      if (!message || !*message) return types;
      types.push_back((*message)->type);
    }
  }

  // --- The handler. `inside` runs within every callback.

  std::optional<Notification> on_open(Session& s, const OpenReceived&) override {
    note(s, "open");
    return refuse_open;
  }
  void on_established(Session& s, const SessionUp& up) override {
    ++ups;
    established = up.connection;
    note(s, "established");
  }
  void on_update(Session& s, const UpdateView& view) override {
    std::string text = "update";
    for (const auto& group : view.reachable()) {
      for (const Nlri& nlri : group.nlri) text += " +" + to_string(nlri);
    }
    for (const auto& group : view.unreachable()) {
      for (const Nlri& nlri : group.nlri) text += " -" + to_string(nlri);
    }
    if (view.end_of_rib()) text += " end of " + to_string(*view.end_of_rib());
    note(s, text);
  }
  void on_route_refresh(Session& s, const RouteRefresh& refresh) override { note(s, "refresh " + to_string(refresh)); }
  void on_writable(Session& s, UpdateWriter& writer) override {
    if (write) write(writer);
    note(s, "writable");
  }
  void on_down(Session& s, const SessionDown& down) override {
    ++downs;
    down_event = down.event;
    down_at = down.time;
    retained = down.retained;
    retention = down.retention;
    down_sent = down.sent != nullptr ? std::optional(*down.sent) : std::nullopt;
    down_received = down.received != nullptr ? std::optional(*down.received) : std::nullopt;
    note(s, "down");
  }
  void on_state_change(Session& s, const StateChange& change) override {
    detail = std::string(change.detail);
    note(s, "state " + std::string(to_string(change.from)) + " " + std::string(to_string(change.to)));
  }
  void on_message(Session& s, Travel travel, ConnectionId id, const RawMessage& message) override {
    if (travel == Travel::Sent) tapped[id].insert(tapped[id].end(), message.octets.begin(), message.octets.end());
    note(s, (travel == Travel::Sent ? "sent " : "received ") + std::to_string(static_cast<int>(message.type)));
  }

  TimePoint now{};
  std::map<ConnectionId, Wire> wires;
  std::map<ConnectionId, Bytes> tapped;  // what on_message said that was sent
  ConnectionId dialed{};                 // the latest attempt
  int dials = 0;
  int ups = 0;
  int downs = 0;
  ConnectionId established{};
  EventId down_event{};
  std::optional<Notification> down_sent;
  std::optional<Notification> down_received;
  TimePoint down_at;
  std::vector<Family> retained;
  std::vector<Retention> retention;
  std::string detail;
  std::vector<std::string> log;  // the callbacks, in order
  std::optional<Notification> refuse_open;
  std::function<void(UpdateWriter&)> write;
  std::function<void(Session&, const std::string&)> inside;
  Session session;

 private:
  void note(Session& s, const std::string& what) {
    log.push_back(what);
    if (inside) inside(s, what);
  }

  bool transmit(ConnectionId id, Wire& wire) {
    if (wire.window == 0) return false;
    std::array<BytesView, 4> buffers;
    const std::size_t used = session.transmit_buffers(id, buffers);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < used; ++i) {
      const BytesView part = buffers[i].first(std::min(buffers[i].size(), wire.window));
      wire.sent.insert(wire.sent.end(), part.begin(), part.end());
      wire.window -= part.size();
      taken += part.size();
    }
    if (taken > 0) session.transmitted(id, taken, now);
    return taken > 0;
  }

  void carry_out(const Command& command) {
    if (const auto* dial = std::get_if<command::Dial>(&command)) {
      ++dials;
      dialed = dial->connection;
      wires[dialed];
      return;
    }
    const auto& close = std::get<command::Close>(command);
    Wire& wire = wires[close.connection];
    wire.sent.insert(wire.sent.end(), close.farewell.begin(), close.farewell.end());
    wire.farewell = close.farewell.size();
    wire.one_attempt = close.one_attempt;
    wire.closed = true;
  }
};

}  // namespace bgp::test
