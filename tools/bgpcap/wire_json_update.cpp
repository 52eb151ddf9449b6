// bgpcap/wire_json_update.cpp
//
// An UPDATE octet by octet: prefixes with the bits beyond their length, attributes in their order, whole or not.
#include <boost/json/serialize.hpp>

#include "bgp/wire/attribute_view.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/extended_community.hpp"
#include "bgp/wire/nlri.hpp"
#include "bgp/wire/route_distinguisher.hpp"
#include "tools/bgpcap/append.hpp"
#include "tools/bgpcap/wire_json.hpp"

namespace bgp::cap {
namespace {

std::size_t octets_of_bits(std::size_t bits) { return (bits + 7) / 8; }

/// An address whose last octets were not sent.
void append_padded(std::string& out, bool v6, BytesView octets) {
  std::array<std::uint8_t, 16> padded{};
  const std::size_t size = std::min<std::size_t>(octets.size(), v6 ? 16 : 4);
  for (std::size_t i = 0; i < size; ++i) padded[i] = octets[i];
  append_address(out, BytesView(padded).first(v6 ? 16 : 4));
}

/// Prefixes as far as they can be told apart: "10.0.0.0/8", "10.0.0.0/8#1".
void append_prefixes(std::string& out, bool v6, BytesView octets, bool add_path) {
  out += '[';
  Reader reader(octets);
  for (bool first = true; !reader.empty(); first = false) {
    const std::uint32_t id = add_path ? reader.u32() : 0;
    const std::uint8_t length = reader.u8();
    const BytesView address = reader.bytes(octets_of_bits(length));
    if (!reader.ok() || length > (v6 ? 128 : 32)) break;
    out += first ? "\"" : ",\"";
    append_padded(out, v6, address);
    out += '/';
    append(out, length);
    if (add_path) {
      out += '#';
      append(out, id);
    }
    out += '"';
  }
  out += ']';
}

/// RFC 8277 2: labels to the bottom of the stack as "16,17 (bottom)"; what stands for them in a withdrawal is none.
std::string take_labels(Reader& reader, std::size_t& bits, bool withdrawn) {
  constexpr std::uint32_t kWithdrawn = 0x800000;
  std::string text;
  for (bool bottom = false; !bottom && bits >= 24 && reader.ok();) {
    const std::uint32_t upper = reader.u16();
    const std::uint32_t field = upper << 8 | reader.u8();
    bits -= 24;
    bottom = (field & 1) != 0 || withdrawn || field == kWithdrawn;
    if (!text.empty()) text += ',';
    if (field == kWithdrawn) return text + "withdrawn";
    append(text, field >> 4);
    if ((field & 1) != 0) text += " (bottom)";
  }
  return text;
}

/// {"bits": the length octet, "rd", "label", "addr", "id"} (RFC 8277 2, RFC 4364 4.3.4).
void append_labeled(std::string& out, Family family, BytesView octets, bool add_path, bool withdrawn) {
  const bool vpn = family.safi != Safi::LabeledUnicast;
  const bool v6 = family.afi == Afi::Ipv6;
  out += '[';
  Reader reader(octets);
  for (bool first = true; !reader.empty(); first = false) {
    const std::uint32_t id = add_path ? reader.u32() : 0;
    const std::uint8_t length = reader.u8();
    Reader one(reader.bytes(octets_of_bits(length)));
    if (!reader.ok()) break;
    std::size_t bits = length;
    const std::string label = take_labels(one, bits, withdrawn);
    if (vpn && bits < 64) break;
    out.append(first ? "" : ",").append("{\"bits\":");
    append(out, length);
    out += ",\"rd\":";
    if (vpn) {
      const std::uint64_t high = one.u32();
      out += '"';
      out += to_string(RouteDistinguisher{high << 32 | one.u32()});
      out += '"';
    } else {
      out += "null";
    }
    out.append(",\"label\":\"").append(label).append("\",\"addr\":\"");
    append_padded(out, v6, one.rest());
    out += "\",\"id\":";
    if (add_path) {
      append(out, id);
    } else {
      out += "null";
    }
    out += '}';
  }
  out += ']';
}

/// Families whose NLRI are no prefixes, as text.
void append_routes(std::string& out, const NlriView& nlri) {
  out += '[';
  if (!check_nlri(nlri)) {
    bool first = true;
    for (const AnyNlri& one : nlri.any_as_written()) {
      if (!first) out += ',';
      append_quoted(out, to_string(one));
      first = false;
    }
  }
  out += ']';
}

void append_family(std::string& out, Family family) {
  out += ",\"afi\":";
  append(out, static_cast<unsigned>(family.afi));
  out += ",\"safi\":";
  append(out, static_cast<unsigned>(family.safi));
}

void append_nlri(std::string& out, Family family, BytesView octets, const DecodeContext& context, bool withdrawn) {
  const bool add_path = context.add_path.contains(family);
  if (is_prefix_family(family)) {
    out += ",\"prefixes\":";
    return append_prefixes(out, family.afi == Afi::Ipv6, octets, add_path);
  }
  const NlriKind kind = nlri_kind(family);
  if (kind == NlriKind::Labeled || (kind == NlriKind::Vpn && family.afi == Afi::Ipv4)) {
    out += ",\"prefixes\":";
    return append_labeled(out, family, octets, add_path, withdrawn);
  }
  if (octets.empty()) {
    out += ",\"prefixes\":[]";
    return;
  }
  out += ",\"routes\":";
  append_routes(
      out, NlriView(family, octets, add_path, withdrawn ? LabelForm::Withdrawn : context.multiple_labels.form(family)));
}

/// RFC 2545 3: one address or two; with a Route Distinguisher in front for the VPN families (RFC 4364 4.3.2).
void append_next_hops(std::string& out, BytesView octets) {
  const std::size_t size = octets.size();
  const std::size_t skip = size == 12 || size == 24 || size == 48 ? 8 : 0;
  const std::size_t step = size == 12 ? 12 : skip != 0 ? 24 : size % 16 == 0 ? 16 : 4;
  bool first = true;
  for (Reader reader(octets); reader.remaining() >= step; first = false) {
    reader.bytes(skip);
    out += first ? "\"" : ",\"";
    append_address(out, reader.bytes(step - skip));
    out += '"';
  }
}

void append_mp_reach(std::string& out, BytesView value, const DecodeContext& context) {
  Reader reader(value);
  const Family family{static_cast<Afi>(reader.u16()), static_cast<Safi>(reader.u8())};
  append_family(out, family);
  out += ",\"next_hop\":[";
  append_next_hops(out, reader.bytes(reader.u8()));
  out += ']';
  reader.u8();
  append_nlri(out, family, reader.rest(), context, false);
}

void append_mp_unreach(std::string& out, BytesView value, const DecodeContext& context) {
  Reader reader(value);
  const Family family{static_cast<Afi>(reader.u16()), static_cast<Safi>(reader.u8())};
  append_family(out, family);
  append_nlri(out, family, reader.rest(), context, true);
}

void append_as_path(std::string& out, BytesView value, bool four_octets) {
  out += ",\"path\":[";
  Reader reader(value);
  for (bool first = true; !reader.empty(); first = false) {
    const std::uint8_t type = reader.u8();
    const std::uint8_t count = reader.u8();
    Reader asns = reader.sub(count * (four_octets ? 4U : 2U));
    if (!reader.ok()) break;
    out += first ? "[" : ",[";
    append(out, type);
    out += ",[";
    for (bool first_asn = true; !asns.empty(); first_asn = false) {
      if (!first_asn) out += ',';
      append(out, four_octets ? asns.u32() : asns.u16());
    }
    out += "]]";
  }
  out += "],\"asn_len\":";
  out += four_octets ? '4' : '2';
}

/// `,"KEY":["one", ...]` of values of `size` octets, each appended by `one`.
template <class One>
void append_list(std::string& out, const char* key, BytesView value, std::size_t size, One one) {
  out.append(",\"").append(key).append("\":[");
  bool first = true;
  for (Reader reader(value); reader.remaining() >= size; first = false) {
    out += first ? "\"" : ",\"";
    Reader part = reader.sub(size);
    one(part);
    out += '"';
  }
  out += ']';
}

void append_u32(std::string& out, const char* key, BytesView value) {
  if (value.size() != 4) return;
  out.append(",\"").append(key).append("\":");
  append(out, load_u32(value.data()));
}

void append_aggregator(std::string& out, BytesView value) {
  if (value.size() != 6 && value.size() != 8) return;
  Reader reader(value);
  out += ",\"as\":";
  append(out, value.size() == 8 ? reader.u32() : reader.u16());
  out += ",\"addr\":\"";
  append_v4(out, reader.u32());
  out += '"';
}

void append_id(std::string& out, const char* key, BytesView value) {
  if (value.size() != 4) return;
  out.append(",\"").append(key).append("\":\"");
  append_address(out, value);
  out += '"';
}

void append_value(std::string& out, std::uint8_t code, BytesView value, const DecodeContext& context) {
  const auto quad = [&](Reader& one) { append_v4(out, one.u32()); };
  switch (static_cast<AttributeCode>(code)) {
    case AttributeCode::Origin:
      out += ",\"origin\":";
      if (value.size() == 1) {
        append(out, value[0]);
      } else {
        out += "null";
      }
      break;
    case AttributeCode::AsPath: append_as_path(out, value, context.four_octet_as); break;
    case AttributeCode::As4Path: append_as_path(out, value, true); break;
    case AttributeCode::NextHop: append_id(out, "next_hop", value); break;
    case AttributeCode::MultiExitDisc: append_u32(out, "med", value); break;
    case AttributeCode::LocalPref: append_u32(out, "local_pref", value); break;
    case AttributeCode::Aggregator:
    case AttributeCode::As4Aggregator: append_aggregator(out, value); break;
    case AttributeCode::Communities:
      append_list(out, "communities", value, 4, [&](Reader& one) {
        append(out, one.u16());
        out += ':';
        append(out, one.u16());
      });
      break;
    case AttributeCode::OriginatorId: append_id(out, "originator", value); break;
    case AttributeCode::ClusterList: append_list(out, "clusters", value, 4, quad); break;
    case AttributeCode::MpReachNlri: append_mp_reach(out, value, context); break;
    case AttributeCode::MpUnreachNlri: append_mp_unreach(out, value, context); break;
    case AttributeCode::ExtendedCommunities:
      append_list(out, "extended", value, 8, [&](Reader& one) {
        const std::uint64_t high = one.u32();
        out += to_string(ExtendedCommunity{high << 32 | one.u32()});
      });
      break;
    case AttributeCode::LargeCommunities:
      append_list(out, "large", value, 12, [&](Reader& one) {
        append(out, one.u32());
        out += ':';
        append(out, one.u32());
        out += ':';
        append(out, one.u32());
      });
      break;
    default: break;
  }
}

void append_attribute(std::string& out, Reader& reader, const DecodeContext& context) {
  const std::uint8_t flags = reader.u8();
  const std::uint8_t code = reader.u8();
  const bool extended = (flags & attribute_flags::kExtendedLength) != 0;
  const std::size_t length = extended ? reader.u16() : reader.u8();
  out += "{\"code\":";
  append(out, code);
  out += ",\"flags\":";
  append(out, flags);
  out += ",\"len\":";
  append(out, length);
  append_value(out, code, reader.bytes(std::min(length, reader.remaining())), context);
  out += '}';
}

}  // namespace

void append_update(std::string& out, BytesView body, const DecodeContext& context) {
  const bool add_path = context.add_path.contains(kIpv4Unicast);
  Reader reader(body);
  const std::size_t withdrawn_length = reader.u16();
  const BytesView withdrawn = reader.bytes(std::min(withdrawn_length, reader.remaining()));
  const std::size_t attributes_length = reader.u16();
  Reader attributes(reader.bytes(std::min(attributes_length, reader.remaining())));
  out += "{\"wlen\":";
  append(out, withdrawn_length);
  out += ",\"alen\":";
  append(out, attributes_length);
  out += ",\"withdrawn\":";
  append_prefixes(out, false, withdrawn, add_path);
  out += ",\"attrs\":[";
  for (bool first = true; attributes.remaining() >= 3; first = false) {
    if (!first) out += ',';
    append_attribute(out, attributes, context);
  }
  out += "],\"nlri\":";
  append_prefixes(out, false, reader.rest(), add_path);
  out += '}';
}

}  // namespace bgp::cap
