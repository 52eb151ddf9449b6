#include "asio.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <span>

namespace bgp::net {

tcp::endpoint to_asio(const IpAddress& address, std::uint16_t port) {
  if (address.is_v4()) return {asio::ip::address_v4(address.v4_value()), port};
  asio::ip::address_v6::bytes_type octets{};
  std::ranges::copy(address.octets(), octets.begin());
  return {asio::ip::address_v6(octets), port};
}

IpAddress from_asio(const asio::ip::address& address) {
  if (address.is_v4()) return IpAddress::v4(address.to_v4().to_uint());
  const asio::ip::address_v6::bytes_type octets = address.to_v6().to_bytes();
  return IpAddress::v6(std::span<const std::uint8_t, 16>(octets));
}

Endpoints to_endpoints(const tcp::endpoint& local, const tcp::endpoint& remote) {
  return {from_asio(local.address()), local.port(), from_asio(remote.address()), remote.port()};
}

std::string describe(const error_code& error) {
  return error == asio::error::eof ? "connection closed by the peer" : error.message();
}

}  // namespace bgp::net
