// testing/ip_packet.hpp
//
// TCP segments out of IP packets: options, extension headers, fragments and tunnels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "bgp/testing/capture.hpp"

namespace bgp::test {

/// TCP header flags (RFC 9293 3.1).
namespace tcp_flags {
inline constexpr std::uint8_t kFin = 0x01;
inline constexpr std::uint8_t kSyn = 0x02;
inline constexpr std::uint8_t kRst = 0x04;
inline constexpr std::uint8_t kAck = 0x10;
}  // namespace tcp_flags

/// One segment. `payload` is borrowed.
struct Segment {
  Endpoint from;
  Endpoint to;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgment = 0;
  std::uint8_t flags = 0;
  std::uint16_t window = 0;
  std::uint8_t ttl = 0;  ///< hop limit, with IPv6
  bool has_key = false;  ///< TCP MD5 or TCP-AO option (RFC 2385, RFC 5925)
  BytesView payload;
  std::size_t missing = 0;  ///< octets of the payload that the capture's snap length cut off

  [[nodiscard]] bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};

/// Finds the segment in a packet. Keeps fragments until they are whole; a bounded number of them.
class SegmentReader {
 public:
  /// From the IP header on. Nothing for what is no TCP, or no whole packet yet. The segment's payload is valid until
  /// the next call and as long as `packet`.
  [[nodiscard]] std::optional<Segment> read(BytesView packet);

 private:
  using FragmentKey = std::tuple<IpAddress, IpAddress, std::uint32_t, std::uint8_t>;
  struct Fragments {
    Bytes octets;
    std::map<std::size_t, std::size_t> parts;  // where each begins, and where it ends
    std::optional<std::size_t> size;           // known once the last one is here
  };
  struct Layer {
    IpAddress from, to;
    std::uint8_t ttl = 0;
    std::uint8_t protocol = 0;
    BytesView payload;
    std::size_t missing = 0;
  };

  [[nodiscard]] std::optional<Segment> read(BytesView packet, unsigned depth);
  [[nodiscard]] std::optional<Layer> ipv4(BytesView packet);
  [[nodiscard]] std::optional<Layer> ipv6(BytesView packet);
  /// Puts a fragment to its siblings; true when `layer` then has the whole payload.
  [[nodiscard]] bool join(Layer& layer, std::uint32_t id, std::size_t offset, bool more);

  std::map<FragmentKey, Fragments> fragments_;
  Bytes whole_;
};

}  // namespace bgp::test
