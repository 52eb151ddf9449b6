// The end of a connection that the Session has already forgotten: sends its last octets, half-closes, and reads and
// discards until the peer closes, too, so that a reset doesn't eat the NOTIFICATION (a close() with unread octets
// resets). Bounded in time; whatever goes wrong ends it.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "asio.hpp"
#include "bgp/result.hpp"
#include "gate.hpp"

namespace bgp::net {

/// How long a farewell may take.
inline constexpr std::chrono::seconds kFarewellTime{10};

class Farewell : public std::enable_shared_from_this<Farewell> {
 public:
  /// Runs under `gate` on the socket's executor. `over` runs there once, when the socket is closed, but not from inside
  /// start() or close().
  Farewell(tcp::socket socket, Bytes octets, std::shared_ptr<Gate> gate, std::function<void(const Farewell*)> over,
           std::chrono::milliseconds time = kFarewellTime);

  void start();
  /// Ends it at once, without running `over`. From inside a turn of the gate only.
  void close();

 private:
  template <class Step>
  auto turn(Step step);
  void write();
  void discard();
  void finish();

  tcp::socket socket_;
  asio::steady_timer deadline_;
  std::chrono::milliseconds time_;
  Bytes octets_;
  std::size_t written_ = 0;
  bool peer_closed_ = false;
  bool finished_ = false;
  std::shared_ptr<Gate> gate_;
  std::function<void(const Farewell*)> over_;
};

}  // namespace bgp::net
