// A TCP client that isn't a BGP speaker: says whatever the test likes, and keeps what it is told. Never blocks.
#pragma once

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "bgp/wire/framer.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "node.hpp"

namespace bgp::test {

class RawClient {
 public:
  using tcp = asio::ip::tcp;

  /// Connects from `from` to `to`, once `prepare` has had the socket.
  RawClient(
      std::string_view from, const IpAddress& to, std::uint16_t port,
      const std::function<void(int)>& prepare = [](int) {})
      : socket_(io_) {
    socket_.open(tcp::v4());
    socket_.bind({asio::ip::make_address(from), 0});
    prepare(socket_.native_handle());
    socket_.connect({asio::ip::make_address(to_string(to)), port});
    socket_.non_blocking(true);
  }

  /// As many of the octets as the socket takes. False when the connection is gone.
  bool send(BytesView octets) {
    boost::system::error_code error;
    asio::write(socket_, asio::buffer(octets.data(), octets.size()), error);
    if (!error || error == asio::error::would_block) return true;
    reset_ = true;
    return false;
  }
  /// How many octets from the front the socket takes.
  [[nodiscard]] std::size_t send_some(BytesView octets) {
    boost::system::error_code error;
    return socket_.write_some(asio::buffer(octets.data(), octets.size()), error);
  }
  /// Reads what there is.
  void receive() {
    std::uint8_t buffer[65536];
    while (!closed_) {
      boost::system::error_code error;
      const std::size_t count = socket_.read_some(asio::buffer(buffer), error);
      received_.insert(received_.end(), buffer, buffer + count);
      if (error == asio::error::would_block) return;
      closed_ = static_cast<bool>(error);
      reset_ = reset_ || (closed_ && error != asio::error::eof);
    }
  }
  /// Reads at most so many octets.
  void receive_some(std::size_t octets) {
    std::vector<std::uint8_t> buffer(octets);
    boost::system::error_code error;
    const std::size_t count = socket_.read_some(asio::buffer(buffer), error);
    received_.insert(received_.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
    if (error == asio::error::would_block) return;
    closed_ = static_cast<bool>(error);
    reset_ = reset_ || (closed_ && error != asio::error::eof);
  }
  void close() { socket_.close(); }
  [[nodiscard]] int descriptor() { return socket_.native_handle(); }
  void shutdown_send() { socket_.shutdown(tcp::socket::shutdown_send); }

  /// The other end closed its side; it reset, which a read or a write was told.
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] bool reset() const { return reset_; }
  /// What was received so far are whole messages, with valid headers.
  [[nodiscard]] bool whole() const {
    std::size_t octets = 0;
    for_each([&](const RawMessage& message) { octets += message.octets.size(); });
    return octets == received_.size();
  }
  /// The types of the whole messages received so far.
  [[nodiscard]] std::vector<MessageType> types() const {
    std::vector<MessageType> all;
    for_each([&](const RawMessage& message) { all.push_back(message.type); });
    return all;
  }
  [[nodiscard]] bool has(MessageType type) const { return std::ranges::count(types(), type) > 0; }
  /// The last NOTIFICATION received.
  [[nodiscard]] std::optional<Notification> notification() const {
    std::optional<Notification> last;
    for_each([&](const RawMessage& message) {
      if (message.type == MessageType::Notification) last = decode_notification(message.body());
    });
    return last;
  }

 private:
  template <class Visit>
  void for_each(Visit visit) const {
    Framer framer;
    BytesView rest(received_);
    while (true) {
      const auto message = framer.next(rest);
      if (!message || !*message) return;
      visit(**message);
    }
  }

  asio::io_context io_;
  tcp::socket socket_;
  Bytes received_;
  bool closed_ = false;
  bool reset_ = false;
};

}  // namespace bgp::test
