#include "ip_packet.hpp"

#include <algorithm>

#include "bgp/wire/bytes.hpp"
#include "link_layer.hpp"

namespace bgp::test {
namespace {

// Protocol numbers and extension headers
constexpr std::uint8_t kHopByHop = 0;
constexpr std::uint8_t kIpv4InIp = 4;
constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kIpv6InIp = 41;
constexpr std::uint8_t kRouting = 43;
constexpr std::uint8_t kFragment = 44;
constexpr std::uint8_t kGre = 47;
constexpr std::uint8_t kAuthentication = 51;
constexpr std::uint8_t kDestinationOptions = 60;
constexpr std::uint8_t kMobility = 135;

IpAddress address(BytesView octets) {
  if (octets.size() == 4) return IpAddress::v4(load_u32(octets.data()));
  return octets.size() == 16 ? IpAddress::v6(octets.first<16>()) : IpAddress();
}

/// RFC 2784 2, RFC 2890: what is inside a GRE packet, from its IP header on.
BytesView gre_payload(BytesView octets) {
  Reader reader(octets);
  const std::uint16_t flags = reader.u16();
  const std::uint16_t type = reader.u16();
  if ((flags & 0xc000) != 0) reader.u32();  // checksum and offset
  if ((flags & 0x2000) != 0) reader.u32();  // key
  if ((flags & 0x1000) != 0) reader.u32();  // sequence number
  return after_ether_type(type, reader.rest());
}

bool has_key_option(BytesView options) {
  constexpr std::uint8_t kEnd = 0, kNoOperation = 1, kMd5 = 19, kAo = 29;
  Reader reader(options);
  while (!reader.empty()) {
    const std::uint8_t kind = reader.u8();
    if (kind == kEnd) return false;
    if (kind == kNoOperation) continue;
    if (kind == kMd5 || kind == kAo) return true;
    const std::uint8_t length = reader.u8();
    if (length < 2) return false;
    reader.bytes(length - 2U);
  }
  return false;
}

}  // namespace

std::optional<Segment> SegmentReader::read(BytesView packet) { return read(packet, 0); }

std::optional<Segment> SegmentReader::read(BytesView packet, unsigned depth) {
  constexpr unsigned kMostTunnels = 4;
  if (packet.empty() || depth > kMostTunnels) return std::nullopt;
  const auto layer = packet[0] >> 4 == 4 ? ipv4(packet) : ipv6(packet);
  if (!layer) return std::nullopt;
  if (layer->protocol == kGre) return read(gre_payload(layer->payload), depth + 1);
  if (layer->protocol == kIpv4InIp || layer->protocol == kIpv6InIp) return read(layer->payload, depth + 1);
  if (layer->protocol != kTcp) return std::nullopt;
  Reader reader(layer->payload);
  Segment segment;
  segment.from = {layer->from, reader.u16()};
  segment.to = {layer->to, reader.u16()};
  segment.sequence = reader.u32();
  segment.acknowledgment = reader.u32();
  const std::size_t header = (reader.u8() >> 4) * 4U;
  segment.flags = reader.u8();
  segment.window = reader.u16();
  reader.u32();
  segment.ttl = layer->ttl;
  segment.has_key = has_key_option(reader.bytes(header < 20 ? 0 : header - 20));
  if (!reader.ok()) return std::nullopt;
  segment.payload = reader.rest();
  segment.missing = layer->missing;
  return segment;
}

std::optional<SegmentReader::Layer> SegmentReader::ipv4(BytesView packet) {
  Reader reader(packet);
  const std::size_t header = (reader.u8() & 15U) * 4U;
  reader.u8();
  const std::size_t total = reader.u16();
  const std::uint16_t id = reader.u16();
  const std::uint16_t fragment = reader.u16();
  Layer layer;
  layer.ttl = reader.u8();
  layer.protocol = reader.u8();
  reader.u16();
  layer.from = address(reader.bytes(4));
  layer.to = address(reader.bytes(4));
  if (!reader.ok() || header < 20 || header > packet.size()) return std::nullopt;
  // Segmentation offload leaves a length of 0; link layers pad, and snap lengths cut
  const std::size_t size = total < header ? packet.size() : total;
  layer.payload = packet.first(std::min(size, packet.size())).subspan(header);
  layer.missing = size > packet.size() ? size - packet.size() : 0;
  if ((fragment & 0x3fff) == 0) return layer;
  if (!join(layer, id, (fragment & 0x1fffU) * 8U, (fragment & 0x2000) != 0)) return std::nullopt;
  return layer;
}

std::optional<SegmentReader::Layer> SegmentReader::ipv6(BytesView packet) {
  constexpr std::size_t kHeader = 40;
  Reader reader(packet);
  reader.u32();
  const std::size_t length = reader.u16();
  Layer layer;
  layer.protocol = reader.u8();
  layer.ttl = reader.u8();
  layer.from = address(reader.bytes(16));
  layer.to = address(reader.bytes(16));
  if (!reader.ok()) return std::nullopt;
  const std::size_t size = length == 0 ? packet.size() : kHeader + length;
  layer.missing = size > packet.size() ? size - packet.size() : 0;
  Reader inner(packet.first(std::min(size, packet.size())).subspan(kHeader));
  while (inner.ok()) {
    switch (layer.protocol) {
      case kHopByHop:
      case kRouting:
      case kDestinationOptions:
      case kMobility:
        layer.protocol = inner.u8();
        inner.bytes(inner.u8() * 8U + 6U);
        break;
      case kAuthentication:
        layer.protocol = inner.u8();
        inner.bytes(inner.u8() * 4U + 6U);
        break;
      case kFragment: {
        layer.protocol = inner.u8();
        inner.u8();
        const std::uint16_t fragment = inner.u16();
        const std::uint32_t id = inner.u32();
        layer.payload = inner.rest();
        const bool whole = (fragment & 0xfff9) == 0;
        if (!whole && !join(layer, id, fragment & 0xfff8U, (fragment & 1) != 0)) return std::nullopt;
        inner = Reader(layer.payload);
        break;
      }
      default: layer.payload = inner.rest(); return layer;
    }
  }
  return std::nullopt;
}

bool SegmentReader::join(Layer& layer, std::uint32_t id, std::size_t offset, bool more) {
  constexpr std::size_t kMostPackets = 256;
  constexpr std::size_t kMostOctets = 65535;
  if (layer.missing != 0) return offset == 0;  // cut by the snap length: it will never be whole, so what there is
  if (offset + layer.payload.size() > kMostOctets) return false;
  const FragmentKey key{layer.from, layer.to, id, layer.protocol};
  if (fragments_.size() >= kMostPackets && !fragments_.contains(key)) fragments_.erase(fragments_.begin());
  Fragments& siblings = fragments_[key];
  const std::size_t end = offset + layer.payload.size();
  if (siblings.octets.size() < end) siblings.octets.resize(end);
  std::ranges::copy(layer.payload, siblings.octets.begin() + static_cast<std::ptrdiff_t>(offset));
  std::size_t& known = siblings.parts[offset];
  known = std::max(known, end);
  if (!more) siblings.size = end;
  std::size_t reached = 0;
  for (const auto& [begin, stop] : siblings.parts) {
    if (begin > reached) return false;
    reached = std::max(reached, stop);
  }
  if (!siblings.size || reached < *siblings.size) return false;
  whole_ = std::move(siblings.octets);
  whole_.resize(*siblings.size);
  fragments_.erase(key);
  layer.payload = whole_;
  return true;
}

}  // namespace bgp::test
