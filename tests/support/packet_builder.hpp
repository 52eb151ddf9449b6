// support/packet_builder.hpp
//
// Capture files made in a test: packets of any layer, and TCP connections that keep their own sequence numbers.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include "bgp/testing/capture.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp::test {

inline constexpr int kEthernet = 1;

/// A packet's parts, each around the one before.
namespace packet {

struct Tcp {
  Endpoint from, to;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgment = 0;
  std::uint8_t flags = 0x10;  // ACK
  std::uint16_t window = 65535;
};

inline Bytes tcp(const Tcp& head, BytesView payload, BytesView options = {}) {
  Bytes out;
  Writer writer(out);
  writer.u16(head.from.port);
  writer.u16(head.to.port);
  writer.u32(head.sequence);
  writer.u32(head.acknowledgment);
  writer.u8(static_cast<std::uint8_t>((20 + options.size()) / 4 << 4));
  writer.u8(head.flags);
  writer.u16(head.window);
  writer.u32(0);
  writer.bytes(options);
  writer.bytes(payload);
  return out;
}

struct Fragment {
  std::size_t offset = 0;
  bool more = false;
};

inline Bytes ipv4(const IpAddress& from, const IpAddress& to, std::uint8_t protocol, BytesView payload,
                  BytesView options = {}, const Fragment& fragment = {}, std::uint16_t id = 7) {
  Bytes out;
  Writer writer(out);
  writer.u8(static_cast<std::uint8_t>(0x40 | (20 + options.size()) / 4));
  writer.u8(0);
  writer.u16(static_cast<std::uint16_t>(20 + options.size() + payload.size()));
  writer.u16(id);
  writer.u16(static_cast<std::uint16_t>(fragment.offset / 8 | (fragment.more ? 0x2000 : 0)));
  writer.u8(64);
  writer.u8(protocol);
  writer.u16(0);
  writer.bytes(from.octets());
  writer.bytes(to.octets());
  writer.bytes(options);
  writer.bytes(payload);
  return out;
}

/// `next`: of the first header in `payload`.
inline Bytes ipv6(const IpAddress& from, const IpAddress& to, std::uint8_t next, BytesView payload) {
  Bytes out;
  Writer writer(out);
  writer.u32(0x60000000);
  writer.u16(static_cast<std::uint16_t>(payload.size()));
  writer.u8(next);
  writer.u8(64);
  writer.bytes(from.octets());
  writer.bytes(to.octets());
  writer.bytes(payload);
  return out;
}

/// The segment in an IPv4 or IPv6 packet, as its ends are.
inline Bytes ip(const Tcp& head, BytesView payload, BytesView options = {}) {
  const Bytes segment = tcp(head, payload, options);
  return head.from.address.is_v6() ? ipv6(head.from.address, head.to.address, 6, segment)
                                   : ipv4(head.from.address, head.to.address, 6, segment);
}

inline Bytes ethernet(std::uint16_t type, BytesView payload) {
  Bytes out(12, 0x02);
  Writer writer(out);
  writer.u16(type);
  writer.bytes(payload);
  return out;
}

}  // namespace packet

/// A pcap file with time stamps in microseconds.
class PcapBuilder {
 public:
  explicit PcapBuilder(int link_type = kEthernet) {
    Writer writer(file);
    writer.u32(0xa1b2c3d4);
    writer.u16(2);
    writer.u16(4);
    writer.u32(0);
    writer.u32(0);
    writer.u32(262144);
    writer.u32(static_cast<std::uint32_t>(link_type));
  }

  /// A packet; `cut`: octets at its end that the snap length left out.
  void add(BytesView octets, std::chrono::microseconds time = {}, std::size_t cut = 0) {
    Writer writer(file);
    writer.u32(static_cast<std::uint32_t>(time.count() / 1000000));
    writer.u32(static_cast<std::uint32_t>(time.count() % 1000000));
    writer.u32(static_cast<std::uint32_t>(octets.size() - cut));
    writer.u32(static_cast<std::uint32_t>(octets.size()));
    writer.bytes(octets.first(octets.size() - cut));
  }

  Bytes file;
};

/// A TCP connection in a capture. Side 0 opens it, from port 40000 to `port`.
class TcpBuilder {
 public:
  explicit TcpBuilder(PcapBuilder& pcap, std::uint16_t port = 179, std::uint32_t first = 1000)
      : pcap_(pcap),
        ends_{Endpoint{IpAddress::v4(0xc0000201), 40000}, Endpoint{IpAddress::v4(0xc0000202), port}},
        next_{first, first + 5000} {}

  void handshake() {
    syn(0);
    syn(1);
    send(0, {});
  }
  void syn(std::size_t side) {
    put(side, next_[side], side == 0 ? 0x02 : 0x12, {});
    ++next_[side];
  }
  /// The next octets, acknowledging all that the other side has sent.
  void send(std::size_t side, BytesView octets) {
    put(side, next_[side], 0x10, octets);
    next_[side] += static_cast<std::uint32_t>(octets.size());
  }
  /// Octets that are never captured.
  void lose(std::size_t side, std::size_t octets) { next_[side] += static_cast<std::uint32_t>(octets); }
  /// A segment at any sequence number.
  void put(std::size_t side, std::uint32_t sequence, std::uint8_t flags, BytesView octets,
           std::uint16_t window = 65535) {
    const packet::Tcp head{ends_[side], ends_[1 - side], sequence, (flags & 0x10) != 0 ? next_[1 - side] : 0,
                           flags,       window};
    pcap_.add(packet::ethernet(ends_[0].address.is_v6() ? 0x86dd : 0x0800, packet::ip(head, octets, options)), time);
    time += std::chrono::milliseconds{10};
  }
  [[nodiscard]] std::uint32_t next(std::size_t side) const { return next_[side]; }
  [[nodiscard]] std::array<Endpoint, 2>& ends() { return ends_; }

  std::chrono::microseconds time = std::chrono::seconds{1000};
  Bytes options;  ///< of every segment

 private:
  PcapBuilder& pcap_;
  std::array<Endpoint, 2> ends_;
  std::array<std::uint32_t, 2> next_;
};

}  // namespace bgp::test
