// wire/link_state_nlri.cpp
//
// Link-state NLRI on the wire: type and length of two octets each, a Route Distinguisher in SAFI 72, then for the known
// types Protocol-ID, identifier and descriptors as TLVs (RFC 9552 5.2).
#include "bgp/wire/link_state_nlri.hpp"

#include "hash.hpp"
#include "nlri_fields.hpp"
#include "nlri_octets.hpp"
#include "text.hpp"

namespace bgp {
namespace {

bool is_known(LinkStateType type) {
  switch (type) {
    case LinkStateType::Node:
    case LinkStateType::Link:
    case LinkStateType::Ipv4Prefix:
    case LinkStateType::Ipv6Prefix:
    case LinkStateType::Srv6Sid: return true;
  }
  return false;
}

std::string name(LinkStateType type) {
  switch (type) {
    case LinkStateType::Node: return "node";
    case LinkStateType::Link: return "link";
    case LinkStateType::Ipv4Prefix: return "ipv4-prefix";
    case LinkStateType::Ipv6Prefix: return "ipv6-prefix";
    case LinkStateType::Srv6Sid: return "srv6-sid";
  }
  return "type " + std::to_string(static_cast<unsigned>(type));
}

/// What stands before the descriptors or octets; the reader is behind it.
struct Front {
  LinkStateType type{};
  std::optional<RouteDistinguisher> rd;
};

Front read_front(Reader& reader, Family family) {
  Front front;
  front.type = static_cast<LinkStateType>(reader.u16());
  reader.u16();
  if (family.safi == Safi::BgpLsVpn) front.rd = read_rd(reader);
  return front;
}

}  // namespace

bool link_state_is_whole(const RawNlri& raw, Family family) {
  Reader reader(raw.octets);
  const Front front = read_front(reader, family);
  if (!is_known(front.type)) return reader.ok();
  reader.u8();
  read_u64(reader);
  std::uint16_t last = 0;
  while (!reader.empty()) {
    const std::uint16_t type = reader.u16();
    reader.bytes(reader.u16());
    if (type < last) return false;  // RFC 9552 5.1: in ascending order
    last = type;
  }
  return reader.ok();
}

std::optional<LinkStateNlri> read_link_state(const RawNlri& raw, Family family) {
  if (!link_state_is_whole(raw, family)) return std::nullopt;
  Reader reader(raw.octets);
  const Front front = read_front(reader, family);
  LinkStateNlri nlri{front.type, front.rd, Bytes{}, raw.path_id};
  if (!is_known(front.type)) {
    const BytesView octets = reader.rest();
    nlri.object = Bytes(octets.begin(), octets.end());
    return nlri;
  }
  LinkStateObject object;
  object.protocol = reader.u8();
  object.identifier = read_u64(reader);
  while (!reader.empty()) {
    const std::uint16_t type = reader.u16();
    const BytesView value = reader.bytes(reader.u16());
    object.descriptors.push_back({type, Bytes(value.begin(), value.end())});
  }
  nlri.object = std::move(object);
  return nlri;
}

bool write_link_state(Writer& out, Family family, const LinkStateNlri& nlri) {
  const auto* object = std::get_if<LinkStateObject>(&nlri.object);
  if (nlri.rd.has_value() != (family.safi == Safi::BgpLsVpn) || (object != nullptr) != is_known(nlri.type))
    return false;
  Bytes contents;
  Writer writer(contents);
  if (nlri.rd) write_rd(writer, *nlri.rd);
  if (object == nullptr) {
    writer.bytes(std::get<Bytes>(nlri.object));
  } else {
    writer.u8(object->protocol);
    write_u64(writer, object->identifier);
    std::uint16_t last = 0;
    for (const LinkStateTlv& tlv : object->descriptors) {
      if (tlv.type < last || tlv.value.size() > 0xffff) return false;
      last = tlv.type;
      writer.u16(tlv.type);
      writer.u16(static_cast<std::uint16_t>(tlv.value.size()));
      writer.bytes(tlv.value);
    }
  }
  if (contents.size() > 0xffff) return false;
  out.u16(static_cast<std::uint16_t>(nlri.type));
  out.u16(static_cast<std::uint16_t>(contents.size()));
  out.bytes(contents);
  return true;
}

std::string to_string(const LinkStateNlri& nlri) {
  std::string text = (nlri.rd ? "rd " + to_string(*nlri.rd) + ' ' : "") + "link-state " + name(nlri.type);
  if (const auto* object = std::get_if<LinkStateObject>(&nlri.object)) {
    text += " protocol " + std::to_string(object->protocol) + " identifier " + std::to_string(object->identifier);
    for (const LinkStateTlv& tlv : object->descriptors) {
      text += ' ' + std::to_string(tlv.type) + ':' + hex_text(tlv.value);
    }
  } else {
    text += ' ' + hex_text(std::get<Bytes>(nlri.object));
  }
  return nlri.path_id == 0 ? text : text + '#' + std::to_string(nlri.path_id);
}

}  // namespace bgp

std::size_t std::hash<bgp::LinkStateNlri>::operator()(const bgp::LinkStateNlri& nlri) const noexcept {
  bgp::Hash state;
  state.number(static_cast<std::uint64_t>(nlri.type));
  state.number(nlri.rd ? nlri.rd->value : 0);
  state.number(nlri.path_id);
  if (const auto* object = std::get_if<bgp::LinkStateObject>(&nlri.object)) {
    state.number(object->identifier);
    for (const bgp::LinkStateTlv& tlv : object->descriptors) state.octets(tlv.value);
  } else {
    state.octets(std::get<bgp::Bytes>(nlri.object));
  }
  return state.value();
}
