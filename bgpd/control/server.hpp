// bgpd/control/server.hpp
//
// The control socket: HTTP/1.1 over a Unix socket that its owner alone may use (mode 0600), on bgpd's thread. Bounded:
// so many clients, so large a request, so long a silence; who watches events and does not keep up is cut off.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "bgpd/control/message.hpp"

namespace bgp::daemon {

class ControlServer {
 public:
  static constexpr std::size_t kMaxClients = 64;        ///< a further one is closed at once
  static constexpr std::size_t kMaxBody = 65536;        ///< octets of a request's body
  static constexpr std::size_t kMaxEvents = 10000;      ///< that wait for one client
  static constexpr std::chrono::seconds kPatience{30};  ///< with a client that says or takes nothing

  using Handle = std::function<void(const Request&, Done)>;

  /// Listens at `path`; its folder is made if it is missing, and a socket that nobody listens at any more is replaced.
  /// A sentence when that cannot be done.
  [[nodiscard]] static std::expected<ControlServer, std::string> open(const boost::asio::any_io_executor& executor,
                                                                      const std::string& path, Handle handle);
  /// Cuts all clients off, and removes the socket.
  ~ControlServer();
  ControlServer(ControlServer&&) noexcept;
  ControlServer& operator=(ControlServer&&) noexcept;

 private:
  class Core;
  explicit ControlServer(std::shared_ptr<Core> core);
  std::shared_ptr<Core> core_;
};

}  // namespace bgp::daemon
