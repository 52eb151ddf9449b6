// Drives one Session over TCP: its connections, its one timer, and the farewells of those it has closed.
//
// Everything happens in turns: something wakes the peer on its executor (a socket, the timer, a call from outside), the
// Session is told, and settle() carries out what follows: commands, octets to send, the next waits. Turns go through
// the gate. Handlers that wait in Asio hold the peer weakly; the registry owns it until the last farewell is over.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "asio.hpp"
#include "bgp/net/speaker.hpp"
#include "connection.hpp"
#include "descriptor.hpp"
#include "farewell.hpp"
#include "forwarding_handler.hpp"
#include "gate.hpp"

namespace bgp::net {

/// Sockets of a peer that may say farewell at a time; a further one ends the oldest.
inline constexpr std::size_t kFarewells = 2;

class Peer : public std::enable_shared_from_this<Peer> {
 public:
  /// `options` must have no problems(). `finished` runs on the executor, once, when a retired peer has no socket left.
  Peer(PeerId id, PeerOptions options, PeerHandler& handler, Executor executor, std::function<void()> finished);

  // --- From any thread.

  [[nodiscard]] PeerId id() const { return id_; }
  [[nodiscard]] const IpAddress& remote_address() const { return remote_address_; }
  [[nodiscard]] std::optional<IpAddress> local_address() const;
  [[nodiscard]] PeerOptions options() const;
  /// Sets what options() gives, and returns what it gave.
  PeerOptions exchange_options(PeerOptions options);
  /// Goes by the options from here on; `change` is what they do to the peer.
  void adopt(PeerOptions options, ConfigChange change);
  /// Has the Session told something in a turn of its own, unless the peer is retired by then.
  void tell(std::function<void(Session&)> what);
  /// Takes over a connection that the peer opened.
  void accept(Descriptor socket, const Endpoints& endpoints);
  /// Stops for good; then `done`, and no callback of the handler after it.
  void retire(Stop stop, std::function<void()> done);
  void snapshot(std::function<void(std::optional<PeerSnapshot>)> done);
  void inspect(std::function<void(const Session*)> look);
  /// Makes it one of a range, before it is told anything else.
  struct Transience {
    std::unique_ptr<PeerHandler> handler;  ///< that of the constructor, owned from here on
    Duration linger{};
    std::function<void()> over;  ///< runs on the executor when there was no session for so long
  };
  void make_transient(Transience transience);
  /// Closes everything at once. When it returns no callback runs, and none will, but for the one that called it.
  void shut();

 private:
  template <class Turn>
  auto turn(Turn turn);

  // What wakes a peer.
  void accepted(Descriptor descriptor, const Endpoints& endpoints);
  void dialed(ConnectionId id, error_code error);
  void readable(ConnectionId id);
  void timer_fired();
  void farewell_over(const Farewell* farewell);

  // What follows.
  void settle();
  void carry_out(command::Dial dial);
  void carry_out(command::Close close);
  bool send_all();
  bool send(Connection& connection);
  void wait_for_octets();
  void arm_timer();
  void watch_linger();
  void finish_if_over();

  void read(Connection& connection);
  void read_before_timeout(Connection& connection);
  void lose(Connection& connection, const error_code& error);
  void end(Connection& connection, const error_code& error);
  void say_farewell(Connection& connection, Bytes octets);
  [[nodiscard]] Connection* find(ConnectionId id);
  [[nodiscard]] PeerSnapshot look() const;

  const PeerId id_;
  const IpAddress remote_address_;
  mutable std::mutex options_mutex_;
  PeerOptions options_;
  std::optional<Transience> transience_;  // its handler outlives the session
  Executor executor_;
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  std::function<void()> finished_;
  ForwardingHandler handler_;
  Session session_;
  bool retired_ = false;

  std::map<ConnectionId, Connection> connections_;
  std::vector<std::shared_ptr<Farewell>> farewells_;  // oldest first
  asio::steady_timer timer_;
  std::optional<TimePoint> armed_;  // when timer_ fires
  asio::steady_timer linger_;
  bool lingers_ = false;
};

}  // namespace bgp::net
