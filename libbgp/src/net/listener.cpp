#include "listener.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <sstream>
#include <system_error>
#include <utility>

#include "secure_socket.hpp"
#include "socket_options.hpp"

namespace bgp::net {
namespace {

// Connections accepted before others get their turn.
constexpr int kAcceptsPerTurn = 64;
// How long to wait when the system has no descriptor or memory for another connection: without a pause the one that
// waits would keep us spinning.
constexpr std::chrono::milliseconds kPause{100};

// accept(2): errors of one connection that is gone already, on Linux also those of its network.
bool concerns_one_connection(const error_code& error) {
  for (const int value : {ECONNABORTED, EINTR, EPROTO, EPERM, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH,
                          EOPNOTSUPP, ENETUNREACH, ETIMEDOUT}) {
    if (error == error_code(value, boost::system::system_category())) return true;
  }
  return false;
}

[[noreturn]] void fail(const error_code& error, const tcp::endpoint& at) {
  std::ostringstream text;
  text << "cannot listen at " << at;
  throw std::system_error(error, text.str());
}

}  // namespace

Listener::Listener(const Executor& executor, const tcp::endpoint& at, int backlog, std::shared_ptr<Gate> gate,
                   Take take)
    : acceptor_(executor),
      pause_(executor),
      address_(from_asio(at.address())),
      gate_(std::move(gate)),
      take_(std::move(take)) {
  error_code error;
  acceptor_.open(at.protocol(), error);
  if (!error) prepare_listener(acceptor_, at.protocol(), error);
  if (!error) acceptor_.bind(at, error);
  if (!error) acceptor_.listen(backlog, error);
  if (!error) port_ = acceptor_.local_endpoint(error).port();
  if (error) fail(error, at);
}

bool Listener::takes(const IpAddress& local) const {
  const bool any = std::ranges::all_of(address_.octets(), [](std::uint8_t octet) { return octet == 0; });
  return address_.is_v4() == local.is_v4() && (any || address_ == local);
}

void Listener::expect_gtsm() {
  error_code error;
  net::expect_gtsm(acceptor_.native_handle(), address_.is_v6(), error);
  if (error) throw std::system_error(error, "GTSM at " + to_string(address_));
}

void Listener::set_md5_key(const Prefix& remote, std::string_view key) {
  error_code error;
  net::set_md5_key(acceptor_.native_handle(), remote, key, error);
  if (error) throw std::system_error(error, "TCP MD5 key for " + to_string(remote) + " at " + to_string(address_));
}

template <class Step>
auto Listener::turn(Step step) {
  return [weak = weak_from_this(), gate = gate_, step](const auto&...) {
    const std::shared_ptr<Listener> self = weak.lock();
    if (!self) return;
    gate->enter([&] {
      if (!self->closed_) step(*self);
    });
  };
}

void Listener::start() {
  asio::post(acceptor_.get_executor(), turn([](Listener& self) { self.wait(); }));
}

void Listener::wait() {
  acceptor_.async_wait(tcp::acceptor::wait_read, turn([](Listener& self) { self.accept_some(); }));
}

void Listener::accept_some() {
  for (int i = 0; i < kAcceptsPerTurn; ++i) {
    tcp::socket socket(acceptor_.get_executor());
    tcp::endpoint remote;
    error_code error;
    acceptor_.accept(socket, remote, error);
    if (error == asio::error::would_block || error == asio::error::try_again) return wait();
    if (error && concerns_one_connection(error)) continue;
    if (error) return pause();
    const tcp::endpoint local = socket.local_endpoint(error);
    if (error) continue;
    Descriptor descriptor(socket.release(error));
    if (error) continue;
    take_(std::move(descriptor), to_endpoints(local, remote));
  }
  asio::post(acceptor_.get_executor(), turn([](Listener& self) { self.accept_some(); }));
}

void Listener::pause() {
  pause_.expires_after(kPause);
  pause_.async_wait(turn([](Listener& self) { self.accept_some(); }));
}

void Listener::close() {
  closed_ = true;
  error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
}

}  // namespace bgp::net
