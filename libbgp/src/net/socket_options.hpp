// What we ask of the kernel for a socket that carries BGP.
#pragma once

#include "asio.hpp"

namespace bgp::net {

/// For a socket that was just opened to listen: reuse of the address, IPv6 without IPv4, DSCP for the SYN-ACK.
void prepare_listener(tcp::acceptor& acceptor, const tcp& protocol, error_code& error);

/// For a socket that was just opened to dial: reuse of the address, as the port may be one that a connection used a
/// moment ago; and when only the source address is chosen, no port is taken before the destination is known.
void prepare_dialer(tcp::socket& socket, bool any_port, error_code& error);

/// For every socket that carries BGP: non-blocking, no Nagle delay, DSCP CS6, not inherited over exec(). Only failing
/// to become non-blocking is an error. SO_LINGER is never set: close() must not throw away a NOTIFICATION.
void prepare_connection(tcp::socket& socket, const tcp& protocol, error_code& error);

}  // namespace bgp::net
