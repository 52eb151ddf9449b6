#include "bgp/session/message_file.hpp"

#include <algorithm>

#include "bgp/wire/bytes.hpp"

namespace bgp {

namespace {

using Time = MessageFile::Time;

// pcapng, in network order
constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint16_t kLinkTypeRaw = 101;

constexpr std::uint8_t kFin = 0x01, kSyn = 0x02, kAck = 0x10;
constexpr std::uint8_t kTcp = 6;

/// A block around `body`, which is filled up to words.
void put_block(Bytes& out, std::uint32_t type, BytesView body) {
  const std::size_t padding = (4 - body.size() % 4) % 4;
  const auto length = static_cast<std::uint32_t>(body.size() + padding + 12);
  Writer writer(out);
  writer.u32(type);
  writer.u32(length);
  writer.bytes(body);
  writer.grow(padding);
  writer.u32(length);
}

/// The Internet checksum (RFC 1071 1), not yet complemented.
std::uint32_t sum_of(BytesView octets, std::uint32_t sum = 0) {
  for (Reader reader(octets); !reader.empty();) {
    sum += reader.remaining() == 1 ? static_cast<std::uint32_t>(reader.u8() << 8) : reader.u16();
  }
  return sum;
}

std::uint16_t checksum(std::uint32_t sum) {
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

/// RFC 791 3.1, or RFC 8200 3, around a segment.
void put_ip(Bytes& out, const IpAddress& from, const IpAddress& to, BytesView segment) {
  constexpr std::uint8_t kTtl = 64;
  Writer writer(out);
  if (from.is_v6()) {
    writer.u32(0x60000000);
    writer.u16(static_cast<std::uint16_t>(segment.size()));
    writer.u8(kTcp);
    writer.u8(kTtl);
    writer.bytes(from.octets());
    writer.bytes(to.octets());
  } else {
    const std::size_t begin = writer.size();
    writer.u16(0x4500);
    writer.u16(static_cast<std::uint16_t>(20 + segment.size()));
    writer.u32(0x00004000);  // not to be fragmented
    writer.u8(kTtl);
    writer.u8(kTcp);
    writer.u16(0);
    writer.bytes(from.octets());
    writer.bytes(to.octets());
    const auto head = writer.written_from(begin);
    store_u16(head.data() + 10, checksum(sum_of(head)));
  }
  writer.bytes(segment);
}

void put_addresses(Writer& writer, const MessageFileEnds& ends) {
  const bool v6 = ends.peer.is_v6();
  writer.u16(0);  // interface: not known
  writer.u16(v6 ? 2 : 1);
  writer.bytes(ends.peer.octets());
  if (ends.local.is_v6() == v6) {
    writer.bytes(ends.local.octets());
  } else {
    writer.grow(v6 ? 16 : 4);
  }
}

}  // namespace

Bytes MessageFile::head() const {
  Bytes out;
  if (format_ == MessageFileFormat::Mrt) return out;
  Bytes body;
  Writer section(body);
  section.u32(0x1a2b3c4d);
  section.u32(0x00010000);
  section.u32(0xffffffff);  // length: not said
  section.u32(0xffffffff);
  put_block(out, kSectionHeader, body);
  body.clear();
  Writer interface(body);
  interface.u16(kLinkTypeRaw);
  interface.u16(0);
  interface.u32(0);
  interface.u32(0x00090001);  // if_tsresol, one octet: nanoseconds
  interface.u32(0x09000000);
  interface.u32(0);
  put_block(out, kInterface, body);
  return out;
}

void MessageFile::segment(Bytes& out, Connection& connection, std::size_t from, std::uint8_t flags, BytesView octets,
                          Time time) {
  const bool same_family = connection.ends.local.is_v6() == connection.ends.peer.is_v6();
  const IpAddress unknown = connection.ends.peer.is_v6() ? IpAddress::v6(0, 0) : IpAddress::v4(0);
  const std::array<IpAddress, 2> addresses{same_family ? connection.ends.local : unknown, connection.ends.peer};
  Bytes tcp;
  Writer writer(tcp);
  writer.u16(connection.ports[from]);
  writer.u16(connection.ports[1 - from]);
  writer.u32(connection.next[from]);
  writer.u32((flags & kAck) != 0 ? connection.next[1 - from] : 0);
  writer.u8(0x50);
  writer.u8(flags);
  writer.u16(0xffff);
  writer.u32(0);
  writer.bytes(octets);
  const std::uint32_t pseudo = sum_of(addresses[0].octets()) + sum_of(addresses[1].octets()) + kTcp;
  store_u16(tcp.data() + 16, checksum(sum_of(tcp, pseudo + static_cast<std::uint32_t>(tcp.size()))));
  Bytes packet;
  put_ip(packet, addresses[from], addresses[1 - from], tcp);
  const auto stamp = static_cast<std::uint64_t>(time.count());
  Bytes body;
  Writer block(body);
  block.u32(0);
  block.u32(static_cast<std::uint32_t>(stamp >> 32));
  block.u32(static_cast<std::uint32_t>(stamp));
  block.u32(static_cast<std::uint32_t>(packet.size()));
  block.u32(static_cast<std::uint32_t>(packet.size()));
  block.bytes(packet);
  put_block(out, kEnhancedPacket, body);
  connection.next[from] += static_cast<std::uint32_t>(octets.size()) + ((flags & (kSyn | kFin)) != 0 ? 1 : 0);
}

MessageFile::Connection& MessageFile::begun(Bytes& out, ConnectionId id, Direction direction, Time time) {
  constexpr std::uint16_t kFirstPort = 49152;
  constexpr std::uint16_t kPorts = 16384;
  const auto known = std::ranges::find(connections_, id, &Connection::id);
  if (known != connections_.end()) return *known;
  Connection& made = connections_.emplace_back();
  made.id = id;
  made.ends = ends_;
  const auto port = static_cast<std::uint16_t>(kFirstPort + static_cast<std::uint64_t>(id) % kPorts);
  const std::size_t opener = direction == Direction::Outgoing ? 0 : 1;
  made.ports[opener] = port;
  made.ports[1 - opener] = kBgpPort;
  segment(out, made, opener, kSyn, {}, time);
  segment(out, made, 1 - opener, kSyn | kAck, {}, time);
  segment(out, made, opener, kAck, {}, time);
  return made;
}

void MessageFile::mrt_head(Bytes& out, std::uint16_t subtype, Time time, std::size_t size) const {
  constexpr std::uint16_t kBgp4mpEt = 17;
  const auto micro = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
  Writer writer(out);
  writer.u32(static_cast<std::uint32_t>(micro / 1000000));
  writer.u16(kBgp4mpEt);
  writer.u16(subtype);
  writer.u32(static_cast<std::uint32_t>(4 + 12 + 2 * ends_.peer.octets().size() + size));
  writer.u32(static_cast<std::uint32_t>(micro % 1000000));
  writer.u32(ends_.peer_asn);
  writer.u32(ends_.local_asn);
  put_addresses(writer, ends_);
}

Bytes MessageFile::message(ConnectionId id, Direction direction, Travel travel, BytesView octets, Time time) {
  constexpr std::size_t kMostOctets = 16384;  // of a segment: an IPv4 packet has no more than 65,535 in all
  constexpr std::uint16_t kMessageAs4 = 4;
  constexpr std::uint16_t kMessageAs4Local = 7;
  Bytes out;
  if (format_ == MessageFileFormat::Mrt) {
    mrt_head(out, travel == Travel::Sent ? kMessageAs4Local : kMessageAs4, time, octets.size());
    Writer(out).bytes(octets);
    return out;
  }
  Connection& connection = begun(out, id, direction, time);
  while (!octets.empty()) {
    const BytesView part = octets.first(std::min(octets.size(), kMostOctets));
    segment(out, connection, travel == Travel::Sent ? 0 : 1, kAck, part, time);
    octets = octets.subspan(part.size());
  }
  return out;
}

Bytes MessageFile::end(ConnectionId id, Time time, Travel by) {
  Bytes out;
  const auto known = std::ranges::find(connections_, id, &Connection::id);
  if (known == connections_.end()) return out;
  segment(out, *known, by == Travel::Sent ? 0 : 1, kFin | kAck, {}, time);
  connections_.erase(known);
  return out;
}

Bytes MessageFile::state_change(State from, State to, Time time) const {
  constexpr std::uint16_t kStateChangeAs4 = 5;
  Bytes out;
  if (format_ != MessageFileFormat::Mrt) return out;
  mrt_head(out, kStateChangeAs4, time, 4);
  Writer writer(out);
  writer.u16(static_cast<std::uint16_t>(static_cast<unsigned>(from) + 1));
  writer.u16(static_cast<std::uint16_t>(static_cast<unsigned>(to) + 1));
  return out;
}

}  // namespace bgp
