// What the kernel is asked for so that a connection is what TransportSecurity says: GTSM (RFC 5082) and TCP MD5
// (RFC 2385). All of it must succeed: a connection that is less protected than was asked for is not used.
#pragma once

#include <string_view>

#include "asio.hpp"
#include "bgp/net/transport_security.hpp"
#include "bgp/wire/prefix.hpp"

namespace bgp::net {

/// For a socket that is to dial `remote`, before it does.
void secure_dialer(int descriptor, const IpAddress& remote, const TransportSecurity& security, error_code& error);

/// For a socket that was accepted from `remote`. GTSM: an error when its SYN came from too far away, or when that is
/// not known any more and octets have arrived already (RFC 5082 3: they count as not to be trusted).
void secure_accepted(int descriptor, const IpAddress& remote, const TransportSecurity& security, error_code& error);

/// For a listening socket, when a peer with GTSM may connect: the SYN-ACK leaves with TTL 255, and the SYN is kept for
/// secure_accepted().
void expect_gtsm(int descriptor, bool v6, error_code& error);

/// For a listening or connected socket: segments from `remote` must be signed with `key` from here on, and what goes
/// there is. An empty key takes away the one there is. A prefix shorter than an address is for listening sockets.
void set_md5_key(int descriptor, const Prefix& remote, std::string_view key, error_code& error);

}  // namespace bgp::net
