// One TCP connection of a peer, readiness-style: wait until it can be read or written, then one non-blocking operation
// on memory that is the caller's. No Asio operation holds such memory, so a connection can be dropped at any time.
//
// It knows nothing of BGP; Peer moves the octets between it and the Session.
#pragma once

#include <boost/asio/post.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "asio.hpp"
#include "bgp/net/transport_security.hpp"
#include "bgp/result.hpp"

namespace bgp::net {

/// What one non-blocking operation did.
struct Transfer {
  std::size_t octets = 0;
  error_code error;

  [[nodiscard]] bool would_block() const;
};

/// Octets of one read: then others get their turn.
inline constexpr std::size_t kReadOctets = std::size_t{64} * 1024;
/// Slices of one write.
inline constexpr std::size_t kWriteSlices = 64;

/// One non-blocking read; its octets go to `buffer`.
[[nodiscard]] Transfer read_some(tcp::socket& socket, std::span<std::uint8_t> buffer);
/// One non-blocking write of at most kWriteSlices slices.
[[nodiscard]] Transfer write_some(tcp::socket& socket, std::span<const BytesView> slices);

/// This thread's buffer of kReadOctets: what one read brings is used up before the next one, so a thread needs but one.
[[nodiscard]] std::span<std::uint8_t> read_buffer();

class Connection {
 public:
  /// One that is open: it was accepted.
  Connection(ConnectionId id, tcp::socket socket) : id_(id), socket_(std::move(socket)), phase_(Phase::Open) {}
  /// One that dial() is to open.
  Connection(ConnectionId id, const Executor& executor) : id_(id), socket_(executor) {}

  /// Opens the connection, so protected. `done(error_code)` runs later, never from inside.
  template <class Done>
  void dial(const tcp::endpoint& remote, const std::optional<tcp::endpoint>& local, const TransportSecurity& security,
            Done&& done) {
    if (const error_code error = open_to_dial(remote, local, security)) {
      asio::post(socket_.get_executor(), [error, done = std::forward<Done>(done)]() mutable { done(error); });
    } else {
      socket_.async_connect(remote, std::forward<Done>(done));
    }
  }
  /// What dial() came to: both ends, or nothing and why in `error`.
  [[nodiscard]] std::optional<Endpoints> dialed(error_code& error);

  /// Runs `wake` when there is something to read: later, never from inside, and one at a time.
  template <class Wake>
  void wait_readable(Wake&& wake) {
    if (std::exchange(read_armed_, true)) return;
    if (more_to_read_) {  // no need to ask the kernel, but others first
      asio::post(socket_.get_executor(), [wake = std::forward<Wake>(wake)]() mutable { wake(error_code()); });
    } else {
      socket_.async_wait(tcp::socket::wait_read, std::forward<Wake>(wake));
    }
  }
  /// Likewise when there is room to write.
  template <class Wake>
  void wait_writable(Wake&& wake) {
    write_armed_ = true;
    socket_.async_wait(tcp::socket::wait_write, std::forward<Wake>(wake));
  }
  /// Runs `wake` after what else waits for its turn.
  template <class Wake>
  void yield_writing(Wake&& wake) {
    write_armed_ = true;
    asio::post(socket_.get_executor(), [wake = std::forward<Wake>(wake)]() mutable { wake(error_code()); });
  }
  /// To be called first by what was given to the three above.
  void woke_to_read() { read_armed_ = false; }
  void woke_to_write() { write_armed_ = false; }

  /// One read into read_buffer(), of at most `octets`.
  [[nodiscard]] Transfer read(std::size_t octets = kReadOctets);
  /// Like read(), of one octet that stays where it is.
  [[nodiscard]] Transfer peek();
  [[nodiscard]] Transfer write(std::span<const BytesView> slices) { return write_some(socket_, slices); }

  /// Goes on with another key of TCP MD5 (RFC 2385 4.5).
  void set_md5_key(const IpAddress& remote, std::string_view key);

  /// Gives the socket away; the connection is of no use afterwards.
  [[nodiscard]] tcp::socket take_socket() { return std::move(socket_); }
  void close();

  [[nodiscard]] ConnectionId id() const { return id_; }
  /// False while dial() is under way and after close().
  [[nodiscard]] bool open() const { return phase_ == Phase::Open; }
  [[nodiscard]] bool closed() const { return phase_ == Phase::Closed; }
  [[nodiscard]] bool waits_to_write() const { return write_armed_; }

 private:
  enum class Phase : std::uint8_t { Dialing, Open, Closed };

  [[nodiscard]] error_code open_to_dial(const tcp::endpoint& remote, const std::optional<tcp::endpoint>& local,
                                        const TransportSecurity& security);

  ConnectionId id_;
  tcp::socket socket_;
  Phase phase_ = Phase::Dialing;
  bool read_armed_ = false;
  bool write_armed_ = false;
  bool more_to_read_ = false;  // the last read filled the buffer
};

}  // namespace bgp::net
