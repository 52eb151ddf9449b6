#include "socket_options.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/ip/v6_only.hpp>

namespace bgp::net {
namespace {

// RFC 2474 4.2.2.2, RFC 4594 3.1: routing protocols are network control, CS6.
constexpr int kNetworkControl = 0xc0;

// Best effort: a kernel that refuses carries the session all the same.
void wish(int descriptor, int level, int name, int value) {
  static_cast<void>(::setsockopt(descriptor, level, name, &value, sizeof value));
}

void mark(int descriptor, const tcp& protocol) {
  if (protocol == tcp::v6()) {
    wish(descriptor, IPPROTO_IPV6, IPV6_TCLASS, kNetworkControl);
  } else {
    wish(descriptor, IPPROTO_IP, IP_TOS, kNetworkControl);
  }
}

void keep_from_children(int descriptor) { static_cast<void>(::fcntl(descriptor, F_SETFD, FD_CLOEXEC)); }

}  // namespace

void prepare_listener(tcp::acceptor& acceptor, const tcp& protocol, error_code& error) {
  keep_from_children(acceptor.native_handle());
  mark(acceptor.native_handle(), protocol);
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && protocol == tcp::v6()) acceptor.set_option(asio::ip::v6_only(true), error);
  if (!error) acceptor.non_blocking(true, error);
}

void prepare_dialer(tcp::socket& socket, bool any_port, error_code& error) {
  socket.set_option(tcp::socket::reuse_address(true), error);
#ifdef IP_BIND_ADDRESS_NO_PORT
  if (any_port) wish(socket.native_handle(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
#else
  static_cast<void>(any_port);
#endif
}

void prepare_connection(tcp::socket& socket, const tcp& protocol, error_code& error) {
  keep_from_children(socket.native_handle());
  mark(socket.native_handle(), protocol);
  wish(socket.native_handle(), IPPROTO_TCP, TCP_NODELAY, 1);
  socket.non_blocking(true, error);
}

}  // namespace bgp::net
