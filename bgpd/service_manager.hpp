// bgpd/service_manager.hpp
//
// What systemd is told while it runs bgpd (sd_notify(3)): ready, reloading, stopping, and still alive. One datagram
// each: the protocol is three lines, so that no library is needed for it. Without a service manager nothing happens.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <string>
#include <string_view>

namespace bgp::daemon {

class ServiceManager {
 public:
  /// Looks at NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID. The watchdog is fed by `executor`: when that is stuck,
  /// bgpd is.
  explicit ServiceManager(const boost::asio::any_io_executor& executor);

  /// Listening, and all neighbors started. From here on the watchdog is fed, twice in its time.
  void ready();
  /// Another configuration is being taken over; ready() says when it has been.
  void reloading();
  void stopping();

 private:
  void feed_watchdog();
  void tell(std::string_view state);

  boost::asio::local::datagram_protocol::socket socket_;
  boost::asio::steady_timer timer_;
  std::string address_;                // empty: nobody to tell
  std::chrono::microseconds every_{};  // 0: no watchdog
};

}  // namespace bgp::daemon
