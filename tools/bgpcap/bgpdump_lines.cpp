#include "tools/bgpcap/bgpdump_lines.hpp"

#include <algorithm>

#include "bgp/wire/as_path_view.hpp"
#include "bgp/wire/attribute_view.hpp"
#include "bgp/wire/bytes.hpp"
#include "tools/bgpcap/append.hpp"

namespace bgp::cap {
namespace {

using test::MrtMessage;
using test::MrtRecord;
using test::MrtRoute;
using test::MrtType;

/// The attributes that a line has, as they stand in the message. Not judged: this shows what a collector wrote.
struct Attributes {
  std::optional<std::uint8_t> origin;
  BytesView as_path, as4_path, next_hop, med, local_pref, aggregator, as4_aggregator, communities;
  BytesView mp_reach, mp_unreach;
  bool atomic = false;
};

Attributes read_attributes(BytesView octets) {
  Attributes found;
  Reader reader(octets);
  while (reader.remaining() >= 3) {
    const std::uint8_t flags = reader.u8();
    const std::uint8_t code = reader.u8();
    const bool extended = (flags & attribute_flags::kExtendedLength) != 0;
    const BytesView value = reader.bytes(extended ? reader.u16() : reader.u8());
    if (!reader.ok()) break;
    switch (static_cast<AttributeCode>(code)) {
      case AttributeCode::Origin:
        if (!value.empty()) found.origin = value[0];
        break;
      case AttributeCode::AsPath: found.as_path = value; break;
      case AttributeCode::As4Path: found.as4_path = value; break;
      case AttributeCode::NextHop: found.next_hop = value; break;
      case AttributeCode::MultiExitDisc: found.med = value; break;
      case AttributeCode::LocalPref: found.local_pref = value; break;
      case AttributeCode::AtomicAggregate: found.atomic = true; break;
      case AttributeCode::Aggregator: found.aggregator = value; break;
      case AttributeCode::As4Aggregator: found.as4_aggregator = value; break;
      case AttributeCode::Communities: found.communities = value; break;
      case AttributeCode::MpReachNlri: found.mp_reach = value; break;
      case AttributeCode::MpUnreachNlri: found.mp_unreach = value; break;
      default: break;
    }
  }
  return found;
}

bool whole_segments(BytesView value, std::size_t width) {
  Reader reader(value);
  while (!reader.empty()) {
    reader.u8();
    reader.bytes(reader.u8() * width);
  }
  return reader.ok();
}

/// "1 2 {3,4} (5 6) [7,8]".
void append_path(std::string& out, const AsPathView& path) {
  bool first = true;
  for (const AsPathSegmentView segment : path) {
    const bool set = segment.type == SegmentType::AsSet || segment.type == SegmentType::AsConfedSet;
    const char* const brackets = segment.type == SegmentType::AsSet              ? "{}"
                                 : segment.type == SegmentType::AsConfedSet      ? "[]"
                                 : segment.type == SegmentType::AsConfedSequence ? "()"
                                                                                 : nullptr;
    if (!first) out += ' ';
    first = false;
    if (brackets != nullptr) out += brackets[0];
    bool first_asn = true;
    for (const std::uint32_t asn : segment.asns) {
      if (!first_asn) out += set ? ',' : ' ';
      first_asn = false;
      append(out, asn);
    }
    if (brackets != nullptr) out += brackets[1];
  }
}

void append_path(std::string& out, const Attributes& attributes, bool four_octets) {
  if (!whole_segments(attributes.as_path, four_octets ? 4 : 2)) return;
  if (!four_octets && !attributes.as4_path.empty() && whole_segments(attributes.as4_path, 4)) {
    return append_path(out, AsPathView::merged(attributes.as_path, attributes.as4_path));
  }
  append_path(out, AsPathView(attributes.as_path, four_octets));
}

const char* origin_name(const std::optional<std::uint8_t>& origin) {
  constexpr const char* kNames[] = {"IGP", "EGP"};
  return origin && *origin < 2 ? kNames[*origin] : "INCOMPLETE";
}

void append_ip(std::string& out, BytesView octets) {
  if (octets.size() == 16) return append_v6_like_bgpdump(out, octets);
  append_address(out, octets);
}

void append_number(std::string& out, BytesView value) { append(out, value.size() == 4 ? load_u32(value.data()) : 0U); }

void append_communities(std::string& out, BytesView value) {
  bool first = true;
  for (Reader reader(value); reader.remaining() >= 4; first = false) {
    if (!first) out += ' ';
    const std::uint32_t community = reader.u32();
    switch (community) {
      case 0xffffff01: out += "no-export"; break;
      case 0xffffff02: out += "no-advertise"; break;
      case 0xffffff03: out += "local-AS"; break;
      default:
        cap::append(out, community >> 16);
        out += ':';
        cap::append(out, community & 0xffff);
    }
  }
}

void append_aggregator(std::string& out, const Attributes& attributes) {
  BytesView value = attributes.aggregator;
  if (value.size() == 6 && load_u16(value.data()) == kAsTrans && attributes.as4_aggregator.size() == 8) {
    value = attributes.as4_aggregator;
  }
  if (value.size() != 6 && value.size() != 8) return;
  Reader reader(value);
  append(out, value.size() == 8 ? reader.u32() : reader.u16());
  out += ' ';
  append_v4(out, reader.u32());
}

/// From the MED's left on; `communities`: the old type's lines have none.
void append_tail(std::string& out, const Attributes& attributes, bool communities) {
  out += '|';
  append_number(out, attributes.local_pref);
  out += '|';
  append_number(out, attributes.med);
  out += '|';
  if (communities) {
    append_communities(out, attributes.communities);
    out += '|';
  }
  out += attributes.atomic ? "AG|" : "NAG|";
  append_aggregator(out, attributes);
  out += "|\n";
}

void append_prefix(std::string& out, bool v6, BytesView octets, std::uint8_t length) {
  if (v6) {
    std::array<std::uint8_t, 16> padded{};
    std::copy_n(octets.begin(), std::min<std::size_t>(octets.size(), 16), padded.begin());
    append_v6_like_bgpdump(out, padded);
  } else {
    std::uint32_t address = 0;
    for (std::size_t i = 0; i < 4; ++i) address = address << 8 | (i < octets.size() ? octets[i] : 0U);
    append_v4(out, address);
  }
  out += '/';
  append(out, length);
}

/// Calls `line(octets, length, path id)` for each prefix of a field that is whole.
template <class Line>
void for_each_prefix(BytesView field, bool v6, bool add_path, Line line) {
  Reader reader(field);
  while (!reader.empty()) {
    const std::uint32_t id = add_path ? reader.u32() : 0;
    const std::uint8_t length = reader.u8();
    const BytesView octets = reader.bytes((length + 7U) / 8U);
    if (!reader.ok() || length > (v6 ? 128 : 32)) return;
    line(octets, length, id);
  }
}

struct MpReach {
  Family family;
  BytesView next_hop;
  BytesView nlri;
};

/// In a table the attribute may have its next hop alone (RFC 6396 4.3.4).
MpReach read_mp_reach(BytesView value, Family otherwise) {
  if (!value.empty() && value[0] + 1U == value.size()) return {otherwise, value.subspan(1), {}};
  Reader reader(value);
  MpReach made;
  made.family = {static_cast<Afi>(reader.u16()), static_cast<Safi>(reader.u8())};
  made.next_hop = reader.bytes(reader.u8());
  reader.u8();
  made.nlri = reader.rest();
  return made;
}

bool is_shown(Family family) { return is_prefix_family(family); }

/// One that is missing is shown as all ones.
void append_next_hop(std::string& out, BytesView octets) {
  if (octets.size() < 4) return append_v4(out, 0xffffffff);
  append_ip(out, octets.first(octets.size() >= 16 ? 16 : 4));
}

void append_time(std::string& out, const MrtRecord& record) {
  append(out, record.time);
  if (record.type != MrtType::Bgp4mpEt) return;
  const std::string digits = std::to_string(1000000 + record.microseconds % 1000000);
  out.append(".").append(digits, 1);
}

std::string_view name_of(const MrtRecord& record, const MrtMessage& message) {
  const bool et = record.type == MrtType::Bgp4mpEt;
  if (record.type == MrtType::Bgp) return "BGP";
  if (message.sent) {
    if (message.add_path) return et ? "BGP4MP_ET_LOCAL_AP" : "BGP4MP_LOCAL_AP";
    return et ? "BGP4MP_ET_LOCAL" : "BGP4MP_LOCAL";
  }
  if (message.add_path) return et ? "BGP4MP_ET_AP" : "BGP4MP_AP";
  return et ? "BGP4MP_ET" : "BGP4MP";
}

}  // namespace

void BgpdumpLines::append(std::string& out, const MrtRecord& record) {
  if (const auto message = test::mrt_message(record)) return append_message(out, record, *message);
  (void)table_.routes(record, [&](const MrtRoute& route) { append_route(out, record, route); });
}

void BgpdumpLines::append_message(std::string& out, const MrtRecord& record, const MrtMessage& message) {
  const auto begin = [&](const char* kind) {
    head_.assign(name_of(record, message));
    head_ += '|';
    append_time(head_, record);
    head_.append("|").append(kind).append("|");
    append_ip(head_, message.peer.octets());
    head_ += '|';
    cap::append(head_, message.peer_as);
    head_ += '|';
  };
  if (message.is_state_change()) {
    begin("STATE");
    out += head_;
    cap::append(out, message.old_state);
    out += '|';
    cap::append(out, message.new_state);
    out += '\n';
    return;
  }
  const bool old = record.type == MrtType::Bgp;
  if (!old && message.message[kHeaderSize - 1] != static_cast<std::uint8_t>(MessageType::Update)) return;
  Reader body(old ? message.update_body : message.message.subspan(kHeaderSize));
  const BytesView withdrawn = body.bytes(body.u16());
  const Attributes attributes = read_attributes(body.bytes(body.u16()));
  const BytesView nlri = body.rest();
  Reader unreach(attributes.mp_unreach);
  const Family unreach_family{static_cast<Afi>(unreach.u16()), static_cast<Safi>(unreach.u8())};
  const bool add_path = message.add_path;
  const auto append_line = [&](bool v6, std::string_view tail) {
    return [&out, this, v6, add_path, tail](BytesView octets, std::uint8_t length, std::uint32_t id) {
      out += head_;
      append_prefix(out, v6, octets, length);
      if (add_path) {
        out += '|';
        cap::append(out, id);
      }
      out += tail;
    };
  };
  begin("W");
  for_each_prefix(withdrawn, false, add_path, append_line(false, "\n"));
  if (is_shown(unreach_family)) {
    const bool v6 = unreach_family.afi == Afi::Ipv6;
    for_each_prefix(unreach.rest(), v6, add_path, append_line(v6, "\n"));
  }
  const MpReach reach = read_mp_reach(attributes.mp_reach, {});
  if (nlri.empty() && (reach.nlri.empty() || !is_shown(reach.family))) return;
  begin("A");
  path_ = "|";
  append_path(path_, attributes, message.four_octet_as);
  path_.append("|").append(origin_name(attributes.origin)).append("|");
  const auto announce = [&](BytesView field, bool v6, BytesView next_hop) {
    tail_ = path_;
    append_next_hop(tail_, next_hop);
    append_tail(tail_, attributes, !old);
    for_each_prefix(field, v6, add_path, append_line(v6, tail_));
  };
  announce(nlri, false, attributes.next_hop);
  if (is_shown(reach.family)) announce(reach.nlri, reach.family.afi == Afi::Ipv6, reach.next_hop);
}

void BgpdumpLines::append_route(std::string& out, const MrtRecord& record, const MrtRoute& route) {
  const Attributes attributes = read_attributes(route.attributes);
  out += record.type == MrtType::TableDump ? "TABLE_DUMP|" : route.path_id ? "TABLE_DUMP2_AP|" : "TABLE_DUMP2|";
  cap::append(out, record.time);
  out += "|B|";
  append_ip(out, route.peer.octets());
  out += '|';
  cap::append(out, route.peer_as);
  out += '|';
  append_prefix(out, route.family.afi == Afi::Ipv6, route.prefix, route.length);
  if (route.path_id) {
    out += '|';
    cap::append(out, *route.path_id);
  }
  out += '|';
  append_path(out, attributes, route.four_octet_as);
  out.append("|").append(origin_name(attributes.origin)).append("|");
  const MpReach reach = read_mp_reach(attributes.mp_reach, route.family);
  append_next_hop(out, route.family.afi == Afi::Ipv6 && !reach.next_hop.empty() ? reach.next_hop : attributes.next_hop);
  append_tail(out, attributes, true);
}

}  // namespace bgp::cap
