#include "bgp/testing/mrt.hpp"

#include "bgp/wire/bytes.hpp"

namespace bgp::test {
namespace {

constexpr std::size_t kHeader = 12;

/// RFC 6396 4.4 and RFC 8050 4.1: subtypes of BGP4MP.
enum class Subtype : std::uint16_t {
  StateChange = 0,
  Message = 1,
  MessageAs4 = 4,
  StateChangeAs4 = 5,
  MessageLocal = 6,
  MessageAs4Local = 7,
  MessageAddPath = 8,
  MessageAs4AddPath = 9,
  MessageLocalAddPath = 10,
  MessageAs4LocalAddPath = 11,
};

/// RFC 6396 4.3, RFC 8050 4.3: subtypes of TABLE_DUMP_V2.
enum class Table : std::uint16_t {
  PeerIndex = 1,
  Ipv4Unicast = 2,
  Ipv4Multicast = 3,
  Ipv6Unicast = 4,
  Ipv6Multicast = 5,
  Generic = 6,
  Ipv4UnicastAddPath = 8,
  Ipv4MulticastAddPath = 9,
  Ipv6UnicastAddPath = 10,
  Ipv6MulticastAddPath = 11,
  GenericAddPath = 12,
};

IpAddress take_address(Reader& reader, bool v6) {
  if (!v6) return IpAddress::v4(reader.u32());
  const BytesView octets = reader.bytes(16);
  return octets.size() == 16 ? IpAddress::v6(octets.first<16>()) : IpAddress();
}

struct Form {
  bool as4 = false;
  bool add_path = false;
  bool sent = false;
  bool state = false;
};

std::optional<Form> form_of(std::uint16_t subtype) {
  switch (static_cast<Subtype>(subtype)) {
    case Subtype::StateChange: return Form{false, false, false, true};
    case Subtype::Message: return Form{};
    case Subtype::MessageAs4: return Form{true, false, false, false};
    case Subtype::StateChangeAs4: return Form{true, false, false, true};
    case Subtype::MessageLocal: return Form{false, false, true, false};
    case Subtype::MessageAs4Local: return Form{true, false, true, false};
    case Subtype::MessageAddPath: return Form{false, true, false, false};
    case Subtype::MessageAs4AddPath: return Form{true, true, false, false};
    case Subtype::MessageLocalAddPath: return Form{false, true, true, false};
    case Subtype::MessageAs4LocalAddPath: return Form{true, true, true, false};
  }
  return std::nullopt;
}

std::optional<MrtMessage> bgp4mp(const MrtRecord& record) {
  const auto form = form_of(record.subtype);
  if (!form) return std::nullopt;
  Reader reader(record.body);
  MrtMessage made;
  made.four_octet_as = form->as4;
  made.add_path = form->add_path;
  made.sent = form->sent;
  made.peer_as = form->as4 ? reader.u32() : reader.u16();
  made.local_as = form->as4 ? reader.u32() : reader.u16();
  reader.u16();  // interface
  const bool v6 = reader.u16() == static_cast<std::uint16_t>(Afi::Ipv6);
  made.peer = take_address(reader, v6);
  made.local = take_address(reader, v6);
  if (form->state) {
    made.old_state = reader.u16();
    made.new_state = reader.u16();
  } else {
    made.message = reader.rest();
    if (made.message.size() < kHeaderSize) return std::nullopt;
  }
  if (!reader.ok()) return std::nullopt;
  return made;
}

/// RFC 6396 B.2: type BGP, of which UPDATE (1) and STATE_CHANGE (3) say something.
std::optional<MrtMessage> old_bgp(const MrtRecord& record) {
  constexpr std::uint16_t kUpdate = 1;
  constexpr std::uint16_t kStateChange = 3;
  if (record.subtype != kUpdate && record.subtype != kStateChange) return std::nullopt;
  Reader reader(record.body);
  MrtMessage made;
  made.peer_as = reader.u16();
  made.peer = take_address(reader, false);
  if (record.subtype == kStateChange) {
    made.old_state = reader.u16();
    made.new_state = reader.u16();
  } else {
    made.local_as = reader.u16();
    made.local = take_address(reader, false);
    made.update_body = reader.rest();
  }
  if (!reader.ok()) return std::nullopt;
  return made;
}

}  // namespace

std::optional<MrtRecord> MrtReader::next() {
  if (left_.size() < kHeader) return std::nullopt;
  Reader reader(left_);
  MrtRecord record;
  record.time = reader.u32();
  record.type = static_cast<MrtType>(reader.u16());
  record.subtype = reader.u16();
  const std::uint32_t length = reader.u32();
  if (length > reader.remaining()) return std::nullopt;
  Reader body = reader.sub(length);
  if (record.type == MrtType::Bgp4mpEt) record.microseconds = body.u32();
  record.body = body.rest();
  left_ = left_.subspan(kHeader + length);
  ++count_;
  return record;
}

bool is_mrt(BytesView file) {
  const auto record = MrtReader(file).next();
  if (!record) return false;
  switch (record->type) {
    case MrtType::Bgp:
    case MrtType::TableDump:
    case MrtType::TableDumpV2:
    case MrtType::Bgp4mp:
    case MrtType::Bgp4mpEt: return true;
  }
  return false;
}

std::optional<MrtMessage> mrt_message(const MrtRecord& record) {
  if (record.type == MrtType::Bgp4mp || record.type == MrtType::Bgp4mpEt) return bgp4mp(record);
  return record.type == MrtType::Bgp ? old_bgp(record) : std::nullopt;
}

namespace {

/// RFC 6396 4.3.1.
std::vector<MrtTable::Peer> peer_index(Reader reader) {
  constexpr std::uint8_t kIpv6 = 1;
  constexpr std::uint8_t kFourOctetAs = 2;
  reader.u32();  // the collector's identifier
  reader.bytes(reader.u16());
  std::vector<MrtTable::Peer> peers;
  for (std::size_t count = reader.u16(); count > 0 && reader.ok(); --count) {
    const std::uint8_t type = reader.u8();
    MrtTable::Peer peer;
    peer.identifier.value = reader.u32();
    peer.address = take_address(reader, (type & kIpv6) != 0);
    peer.asn = (type & kFourOctetAs) != 0 ? reader.u32() : reader.u16();
    if (reader.ok()) peers.push_back(peer);
  }
  return peers;
}

std::optional<Family> family_of(Table table) {
  switch (table) {
    case Table::Ipv4Unicast:
    case Table::Ipv4UnicastAddPath: return kIpv4Unicast;
    case Table::Ipv4Multicast:
    case Table::Ipv4MulticastAddPath: return Family{Afi::Ipv4, Safi::Multicast};
    case Table::Ipv6Unicast:
    case Table::Ipv6UnicastAddPath: return kIpv6Unicast;
    case Table::Ipv6Multicast:
    case Table::Ipv6MulticastAddPath: return Family{Afi::Ipv6, Safi::Multicast};
    default: return std::nullopt;
  }
}

}  // namespace

bool MrtTable::begin(const MrtRecord& record) {
  entries_ = 0;
  Reader reader(record.body);
  old_ = record.type == MrtType::TableDump;
  if (old_) {  // RFC 6396 4.2; subtypes 3 and 4 with AS numbers of four octets were never registered
    const bool v6 = record.subtype == 2 || record.subtype == 4;
    route_ = MrtRoute{};
    route_.family = v6 ? kIpv6Unicast : kIpv4Unicast;
    route_.four_octet_as = record.subtype == 3 || record.subtype == 4;
    reader.u32();  // view and sequence number
    route_.prefix = reader.bytes(v6 ? 16 : 4);
    route_.length = reader.u8();
    reader.u8();
    route_.originated = reader.u32();
    route_.peer = take_address(reader, v6);
    route_.peer_as = route_.four_octet_as ? reader.u32() : reader.u16();
    route_.attributes = reader.bytes(reader.u16());
    entries_ = reader.ok() ? 1 : 0;
    return reader.ok();
  }
  if (record.type != MrtType::TableDumpV2) return false;
  const auto table = static_cast<Table>(record.subtype);
  if (table == Table::PeerIndex) {
    peers_ = peer_index(reader);
    return true;
  }
  const auto family = family_of(table);
  if (!family) return false;
  route_ = MrtRoute{};
  route_.family = *family;
  route_.four_octet_as = true;
  if (table >= Table::Ipv4UnicastAddPath) route_.path_id = 0;
  reader.u32();  // sequence number
  route_.length = reader.u8();
  route_.prefix = reader.bytes((route_.length + 7U) / 8U);
  entries_ = reader.u16();
  left_ = reader.rest();
  return reader.ok() && route_.length <= (family->afi == Afi::Ipv6 ? 128 : 32);
}

bool MrtTable::next() {
  if (old_) return true;
  Reader reader(left_);
  const std::size_t peer = reader.u16();
  route_.originated = reader.u32();
  if (route_.path_id) route_.path_id = reader.u32();
  route_.attributes = reader.bytes(reader.u16());
  if (!reader.ok() || peer >= peers_.size()) return false;
  route_.peer = peers_[peer].address;
  route_.peer_as = peers_[peer].asn;
  left_ = reader.rest();
  return true;
}

}  // namespace bgp::test
