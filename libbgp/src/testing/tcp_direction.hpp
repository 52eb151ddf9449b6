// testing/tcp_direction.hpp
//
// One direction of a TCP connection as octets in order, from segments as they were captured: retransmitted,
// overlapping, out of order, lost (RFC 9293 3.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "bgp/result.hpp"

namespace bgp::test {

class TcpDirection {
 public:
  /// A SYN: the octets begin behind it.
  void begin(std::uint32_t sequence);

  /// Takes a segment's octets. Then take() has what has come in order.
  void add(std::uint32_t sequence, BytesView octets);

  /// The other side has everything before `acknowledgment`: what of it is not here will not come again.
  void acknowledge(std::uint32_t acknowledgment);

  /// No more will come: what waits for something missing is to be had without it.
  void finish() { given_up_ = true; }

  /// Octets in order, or so many that are missing before the next ones.
  struct Piece {
    BytesView octets;
    std::size_t gap = 0;
  };
  /// The next piece; valid until the next call of any of these. Nothing when there is none yet.
  [[nodiscard]] std::optional<Piece> take();

  [[nodiscard]] bool started() const { return started_; }
  /// Nothing waits for octets that are missing.
  [[nodiscard]] bool in_order() const { return waiting_.empty(); }
  /// Segments that had nothing new.
  [[nodiscard]] std::size_t retransmitted() const { return retransmitted_; }
  /// Segments that came before one that belongs in front of them.
  [[nodiscard]] std::size_t out_of_order() const { return out_of_order_; }
  /// The sequence numbers do not describe one row of octets: a generated capture.
  [[nodiscard]] bool inconsistent() const { return inconsistent_; }
  /// The sequence number of the octet that comes next.
  [[nodiscard]] std::uint32_t next() const { return static_cast<std::uint32_t>(next_); }

 private:
  // Sequence numbers go on counting beyond 32 bits here, so that a map can order them over a wrap
  [[nodiscard]] std::uint64_t position(std::uint32_t sequence) const {
    return next_ + static_cast<std::uint64_t>(static_cast<std::int64_t>(
                       static_cast<std::int32_t>(sequence - static_cast<std::uint32_t>(next_))));
  }
  void keep(std::uint64_t position, BytesView octets);

  bool started_ = false;
  bool after_syn_ = false;  // nothing but a SYN was seen yet
  std::uint64_t syn_data_end_ = 0;
  bool inconsistent_ = false;
  bool given_up_ = false;
  std::uint64_t next_ = 0;
  std::uint64_t acknowledged_ = 0;
  BytesView ready_;  // in order, borrowed from the last segment
  std::map<std::uint64_t, Bytes> waiting_;
  std::size_t waiting_octets_ = 0;
  Bytes taken_;
  std::size_t retransmitted_ = 0;
  std::size_t out_of_order_ = 0;
};

}  // namespace bgp::test
