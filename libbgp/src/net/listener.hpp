// Listens at one address and hands on what connects there. It knows no peers.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string_view>

#include "asio.hpp"
#include "bgp/wire/prefix.hpp"
#include "descriptor.hpp"
#include "gate.hpp"

namespace bgp::net {

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  /// Takes a connection; dropping the Descriptor closes it.
  using Take = std::function<void(Descriptor, const Endpoints&)>;

  /// Opens the port; throws std::system_error that names it. `take` runs under `gate` on `executor`, after start().
  Listener(const Executor& executor, const tcp::endpoint& at, int backlog, std::shared_ptr<Gate> gate, Take take);

  void start();
  /// From inside a turn of the gate, or before start().
  void close();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const IpAddress& address() const { return address_; }
  /// Whether a connection to this address of ours arrives here.
  [[nodiscard]] bool takes(const IpAddress& local) const;

  // Not together with close(). They throw std::system_error.

  /// From here on a peer with GTSM may connect.
  void expect_gtsm();
  /// See there.
  void set_md5_key(const Prefix& remote, std::string_view key);

 private:
  template <class Step>
  auto turn(Step step);
  void wait();
  void accept_some();
  void pause();

  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  IpAddress address_;
  std::uint16_t port_ = 0;
  bool closed_ = false;
  std::shared_ptr<Gate> gate_;
  Take take_;
};

}  // namespace bgp::net
