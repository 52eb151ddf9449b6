#include "connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <vector>

#include "secure_socket.hpp"
#include "socket_options.hpp"

namespace bgp::net {

bool Transfer::would_block() const {
  return error == asio::error::would_block || error == asio::error::try_again || error == asio::error::interrupted;
}

Transfer read_some(tcp::socket& socket, std::span<std::uint8_t> buffer) {
  Transfer transfer;
  transfer.octets = socket.read_some(asio::buffer(buffer.data(), buffer.size()), transfer.error);
  return transfer;
}

Transfer write_some(tcp::socket& socket, std::span<const BytesView> slices) {
  std::array<asio::const_buffer, kWriteSlices> buffers;
  const std::size_t count = std::min(slices.size(), buffers.size());
  for (std::size_t i = 0; i < count; ++i) buffers[i] = asio::const_buffer(slices[i].data(), slices[i].size());
  Transfer transfer;
  transfer.octets = socket.write_some(std::span<const asio::const_buffer>(buffers.data(), count), transfer.error);
  return transfer;
}

std::span<std::uint8_t> read_buffer() {
  thread_local std::vector<std::uint8_t> buffer(kReadOctets);
  return buffer;
}

Transfer Connection::read(std::size_t octets) {
  const std::span<std::uint8_t> buffer = read_buffer();
  const Transfer transfer = read_some(socket_, buffer.first(std::min(octets, buffer.size())));
  more_to_read_ = transfer.octets == kReadOctets;
  return transfer;
}

Transfer Connection::peek() {
  std::uint8_t octet = 0;
  Transfer transfer;
  transfer.octets = socket_.receive(asio::buffer(&octet, 1), tcp::socket::message_peek, transfer.error);
  return transfer;
}

error_code Connection::open_to_dial(const tcp::endpoint& remote, const std::optional<tcp::endpoint>& local,
                                    const TransportSecurity& security) {
  error_code error;
  if (socket_.open(remote.protocol(), error)) return error;
  prepare_connection(socket_, remote.protocol(), error);
  if (!error) secure_dialer(socket_.native_handle(), from_asio(remote.address()), security, error);
  if (error || !local) return error;
  prepare_dialer(socket_, local->port() == 0, error);
  if (!error) socket_.bind(*local, error);
  return error;
}

std::optional<Endpoints> Connection::dialed(error_code& error) {
  tcp::endpoint local;
  tcp::endpoint remote;
  if (!error) local = socket_.local_endpoint(error);
  if (!error) remote = socket_.remote_endpoint(error);
  // TCP connects to itself when it is told to dial the very address and port that it was given to dial from.
  if (!error && local == remote) error = asio::error::connection_refused;
  if (error) return std::nullopt;
  phase_ = Phase::Open;
  return to_endpoints(local, remote);
}

void Connection::set_md5_key(const IpAddress& remote, std::string_view key) {
  error_code ignored;  // a socket that is closed by now
  net::set_md5_key(socket_.native_handle(), Prefix(remote, remote.bits()), key, ignored);
}

void Connection::close() {
  error_code ignored;
  socket_.close(ignored);
  phase_ = Phase::Closed;
}

}  // namespace bgp::net
