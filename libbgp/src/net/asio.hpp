// Boost.Asio's names as this layer uses them, and addresses between its types and ours.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>

#include "bgp/session/handler.hpp"
#include "bgp/wire/address.hpp"

namespace bgp::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Executor = asio::any_io_executor;

/// An address and port for Asio.
[[nodiscard]] tcp::endpoint to_asio(const IpAddress& address, std::uint16_t port);
/// An address from Asio; an IPv6 scope is dropped.
[[nodiscard]] IpAddress from_asio(const asio::ip::address& address);
/// Both ends of a connection.
[[nodiscard]] Endpoints to_endpoints(const tcp::endpoint& local, const tcp::endpoint& remote);

/// Why a connection ended, for people.
[[nodiscard]] std::string describe(const error_code& error);

}  // namespace bgp::net
