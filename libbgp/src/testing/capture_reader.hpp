// testing/capture_reader.hpp
//
// Builds a Capture, packet by packet.
#pragma once

#include <array>
#include <deque>
#include <unordered_map>

#include "bgp/testing/capture.hpp"
#include "bgp/testing/packets.hpp"
#include "ip_packet.hpp"
#include "message_cutter.hpp"
#include "tcp_direction.hpp"

namespace bgp::test {

class CaptureReader {
 public:
  explicit CaptureReader(const CaptureOptions& options) : options_(options) {}

  void add(const Packet& packet);
  /// No more packets. `problem`: why not.
  [[nodiscard]] Capture finish(std::string problem);

 private:
  using Kind = CapturedItem::Kind;
  struct Side {
    TcpDirection direction;
    MessageCutter cutter;
    std::optional<std::uint32_t> syn;
    bool zero_window = false;
  };
  struct Connection {
    CapturedConnection shown;
    std::array<Side, 2> sides;
    bool is_bgp = false;
    unsigned looked_at = 0;  // segments that did not look like BGP
    bool closed = false;     // by a FIN or RST
  };
  struct EndsHash {
    std::size_t operator()(const std::array<Endpoint, 2>& ends) const;
  };

  std::size_t connection_of(const Segment& segment);
  [[nodiscard]] bool begins_anew(const Connection& connection, const Segment& segment) const;
  [[nodiscard]] bool carries_bgp(Connection& connection, const Segment& segment) const;
  void note_flags(Connection& connection, std::uint8_t side, const Segment& segment);
  void note_window(Connection& connection, std::uint8_t side, const Segment& segment);
  void take_octets(Connection& connection, std::uint8_t side, const Segment& segment);
  void drain(Connection& connection, std::uint8_t side);
  void cut(Connection& connection, std::uint8_t side);
  void note_open(Connection& connection, std::uint8_t side, BytesView body);
  void end(Connection& connection, std::uint8_t side);
  CapturedItem& note(const Connection& connection, std::uint8_t side, Kind kind, BytesView octets = {});
  [[nodiscard]] BytesView stored(BytesView octets);

  CaptureOptions options_;
  SegmentReader segments_;
  std::deque<Connection> connections_;
  std::unordered_map<std::array<Endpoint, 2>, std::size_t, EndsHash> latest_;
  Capture capture_;
  Packet now_;
};

}  // namespace bgp::test
