#include "capture_reader.hpp"

#include <algorithm>

#include "capture_terms.hpp"
#include "link_layer.hpp"

namespace bgp::test {
namespace {

constexpr std::size_t kChunk = std::size_t{256} * 1024;
constexpr std::array<std::uint8_t, 2> kSides{0, 1};

std::array<Endpoint, 2> key_of(const Segment& segment) {
  return segment.from < segment.to ? std::array{segment.from, segment.to} : std::array{segment.to, segment.from};
}

}  // namespace

std::size_t CaptureReader::EndsHash::operator()(const std::array<Endpoint, 2>& ends) const {
  const std::hash<IpAddress> address;
  const std::size_t ports = static_cast<std::size_t>(ends[0].port) << 16 | ends[1].port;
  return address(ends[0].address) * 31 + address(ends[1].address) * 17 + ports * 0x9e3779b97f4a7c15U;
}

void CaptureReader::add(const Packet& packet) {
  capture_.frames_ = packet.frame;
  now_ = packet;
  const auto segment = segments_.read(network_layer(packet.link_type, packet.octets));
  if (!segment) return;
  Connection& connection = connections_[connection_of(*segment)];
  if (!carries_bgp(connection, *segment)) return;
  const std::uint8_t side = connection.shown.ends[0] == segment->from ? 0 : 1;
  CapturedConnection::Side& shown = connection.shown.sides[side];
  shown.ttl = segment->ttl;
  shown.has_key = shown.has_key || segment->has_key;
  note_flags(connection, side, *segment);
  if (segment->has(tcp_flags::kAck)) {
    connection.sides[1 - side].direction.acknowledge(segment->acknowledgment);
    drain(connection, side ^ 1U);
  }
  take_octets(connection, side, *segment);
  note_window(connection, side, *segment);
  if (segment->has(tcp_flags::kFin)) note(connection, side, Kind::Fin);
  if (segment->has(tcp_flags::kRst)) note(connection, side, Kind::Reset);
  connection.closed = connection.closed || segment->has(tcp_flags::kFin) || segment->has(tcp_flags::kRst);
}

std::size_t CaptureReader::connection_of(const Segment& segment) {
  const auto [at, is_new] = latest_.try_emplace(key_of(segment), connections_.size());
  if (!is_new && begins_anew(connections_[at->second], segment)) {
    for (const std::uint8_t side : kSides) end(connections_[at->second], side);
    at->second = connections_.size();
  }
  if (at->second < connections_.size()) return at->second;
  Connection& made = connections_.emplace_back();
  made.shown.stream = connections_.size() - 1;
  const bool answers = segment.has(tcp_flags::kSyn) && segment.has(tcp_flags::kAck);
  made.shown.ends = {segment.from, segment.to};
  if (answers) std::swap(made.shown.ends[0], made.shown.ends[1]);
  made.shown.from_start = segment.has(tcp_flags::kSyn);
  const auto is_port = [&](std::uint16_t port) { return port == kBgpPort || (port != 0 && port == options_.port); };
  made.is_bgp = is_port(segment.from.port) || is_port(segment.to.port);
  return at->second;
}

/// A SYN with another number is another connection; not so the second SYN of two that are sent at once.
bool CaptureReader::begins_anew(const Connection& connection, const Segment& segment) const {
  if (!segment.has(tcp_flags::kSyn) || segment.has(tcp_flags::kAck)) return false;
  const Side& side = connection.sides[connection.shown.ends[0] == segment.from ? 0 : 1];
  if (side.syn) return *side.syn != segment.sequence;
  return side.direction.started() || connection.closed;
}

bool CaptureReader::carries_bgp(Connection& connection, const Segment& segment) const {
  constexpr unsigned kSegments = 8;
  if (connection.is_bgp) return true;
  if (segment.payload.empty() || connection.looked_at >= kSegments) return false;
  ++connection.looked_at;
  connection.is_bgp = begins_like_message(segment.payload);
  return connection.is_bgp;
}

void CaptureReader::note_flags(Connection& connection, std::uint8_t side, const Segment& segment) {
  if (!segment.has(tcp_flags::kSyn)) return;
  Side& from = connection.sides[side];
  if (!from.syn) {
    from.syn = segment.sequence;
    from.direction.begin(segment.sequence);
    from.cutter = MessageCutter(true);
  }
  note(connection, side, segment.has(tcp_flags::kAck) ? Kind::SynAck : Kind::Syn);
}

/// A window of 0 in a SYN or RST says nothing.
void CaptureReader::note_window(Connection& connection, std::uint8_t side, const Segment& segment) {
  if (segment.has(tcp_flags::kSyn) || segment.has(tcp_flags::kRst)) return;
  Side& from = connection.sides[side];
  if (from.zero_window == (segment.window == 0)) return;
  from.zero_window = segment.window == 0;
  note(connection, side, from.zero_window ? Kind::ZeroWindow : Kind::WindowOpen);
}

void CaptureReader::take_octets(Connection& connection, std::uint8_t side, const Segment& segment) {
  if (segment.payload.empty()) return;
  Side& from = connection.sides[side];
  const std::size_t before = from.direction.retransmitted();
  ++connection.shown.sides[side].segments;
  const bool syn = segment.has(tcp_flags::kSyn);
  from.direction.add(segment.sequence + (syn ? 1 : 0), segment.payload);
  if (from.direction.retransmitted() != before)
    note(connection, side, Kind::Retransmission).count = segment.payload.size();
  drain(connection, side);
}

void CaptureReader::drain(Connection& connection, std::uint8_t side) {
  Side& from = connection.sides[side];
  while (const auto piece = from.direction.take()) {
    if (piece->gap != 0) {
      if (!from.cutter.pending().empty()) note(connection, side, Kind::Cut, from.cutter.pending());
      from.cutter.lose();
      connection.shown.sides[side].missing += piece->gap;
      note(connection, side, Kind::Gap).count = piece->gap;
      continue;
    }
    from.cutter.add(piece->octets);
    cut(connection, side);
  }
}

void CaptureReader::cut(Connection& connection, std::uint8_t side) {
  while (const auto found = connection.sides[side].cutter.next()) {
    if (const auto* skipped = std::get_if<MessageCutter::Skipped>(&*found)) {
      note(connection, side, skipped->error ? Kind::HeaderError : Kind::Unaligned, skipped->octets);
      continue;
    }
    const RawMessage& message = std::get<RawMessage>(*found);
    note(connection, side, Kind::Message, message.octets).type = message.type;
    if (message.type == MessageType::Open) note_open(connection, side, message.body());
  }
}

void CaptureReader::note_open(Connection& connection, std::uint8_t side, BytesView body) {
  auto open = read_open(body);
  std::optional<OpenMessage>& shown = connection.shown.sides[side].open;
  if (!open || shown) return;
  // RFC 8654 4: how much this end takes is the limit of what the other one may send
  const bool extended = open->find<capability::ExtendedMessage>() != nullptr;
  connection.sides[1 - side].cutter.set_max_message_size(extended ? kMaxExtendedMessageSize : kMaxMessageSize);
  shown = *std::move(open);
}

/// Nothing more comes of this side: what waits for something missing is shown without it.
void CaptureReader::end(Connection& connection, std::uint8_t side) {
  if (!connection.is_bgp) return;
  Side& from = connection.sides[side];
  from.direction.finish();
  drain(connection, side);
  if (!from.cutter.pending().empty()) note(connection, side, Kind::Cut, from.cutter.pending());
  from.cutter.lose();
  CapturedConnection::Side& shown = connection.shown.sides[side];
  shown.retransmitted = from.direction.retransmitted();
  shown.out_of_order = from.direction.out_of_order();
  shown.inconsistent = from.direction.inconsistent();
}

CapturedItem& CaptureReader::note(const Connection& connection, std::uint8_t side, Kind kind, BytesView octets) {
  CapturedItem item;
  item.kind = kind;
  item.side = side;
  item.connection = static_cast<std::uint32_t>(connection.shown.stream);
  item.frame = now_.frame;
  item.time = now_.time;
  item.octets = stored(octets);
  return capture_.items_.emplace_back(item);
}

BytesView CaptureReader::stored(BytesView octets) {
  if (octets.empty()) return {};
  auto& chunks = capture_.octets_;
  if (chunks.empty() || chunks.back()->capacity() - chunks.back()->size() < octets.size()) {
    chunks.push_back(std::make_unique<Bytes>());
    chunks.back()->reserve(std::max(kChunk, octets.size()));
  }
  Bytes& chunk = *chunks.back();  // never grows beyond what it has reserved, so that what is borrowed stays
  const std::size_t at = chunk.size();
  chunk.insert(chunk.end(), octets.begin(), octets.end());
  return BytesView(chunk).subspan(at, octets.size());
}

Capture CaptureReader::finish(std::string problem) {
  constexpr std::uint32_t kNone = UINT32_MAX;
  capture_.problem_ = std::move(problem);
  std::vector<std::uint32_t> shown_as(connections_.size(), kNone);
  for (Connection& connection : connections_) {
    for (const std::uint8_t side : kSides) end(connection, side);
    if (!connection.is_bgp) continue;
    shown_as[connection.shown.stream] = static_cast<std::uint32_t>(capture_.connections_.size());
    capture_.connections_.push_back(std::move(connection.shown));
  }
  std::erase_if(capture_.items_, [&](const CapturedItem& item) { return shown_as[item.connection] == kNone; });
  for (CapturedItem& item : capture_.items_) item.connection = shown_as[item.connection];
  find_terms(capture_.connections_, capture_.items_);
  return std::move(capture_);
}

}  // namespace bgp::test
