// wire/update_encode.cpp
//
// UPDATE messages out: one kind of routes a message, MP attributes first (RFC 7606 5.1), the others in ascending order
// (RFC 4271 5) with canonical flags. What does not fit the message is left for the caller's next one.
#include <algorithm>

#include "as4.hpp"
#include "attribute_octets.hpp"
#include "bgp/wire/update.hpp"
#include "message.hpp"
#include "next_hop.hpp"

namespace bgp {
namespace {

using namespace attribute_flags;

constexpr std::uint8_t kOptionalTransitive = kOptional | kTransitive;

/// Writes one attribute around `write_value`; the length is one octet where it fits.
template <class WriteValue>
void write_attribute(Bytes& out, std::uint8_t flags, AttributeCode code, WriteValue write_value) {
  Bytes value;
  Writer value_out(value);
  write_value(value_out);
  const bool extended = value.size() > 255;
  Writer writer(out);
  writer.u8(static_cast<std::uint8_t>(flags | (extended ? kExtendedLength : 0)));
  writer.u8(static_cast<std::uint8_t>(code));
  if (extended) {
    writer.u16(static_cast<std::uint16_t>(value.size()));
  } else {
    writer.u8(static_cast<std::uint8_t>(value.size()));
  }
  writer.bytes(value);
}

std::uint8_t optional_transitive(bool partial) {
  return static_cast<std::uint8_t>(kOptionalTransitive | (partial ? kPartial : 0));
}

void write_aggregator(Bytes& out, const EncodeContext& context, const PathAttributes& attributes) {
  const Aggregator& aggregator = *attributes.aggregator;
  write_attribute(out, optional_transitive(attributes.partial.aggregator), AttributeCode::Aggregator,
                  [&](Writer& value) {
                    if (context.four_octet_as) {
                      value.u32(aggregator.asn);
                    } else {
                      // RFC 6793 4.2.2: AS_TRANS for what does not fit; AS4_AGGREGATOR says which
                      value.u16(static_cast<std::uint16_t>(aggregator.asn > 65535 ? kAsTrans : aggregator.asn));
                    }
                    value.u32(aggregator.speaker.value);
                  });
}

void write_communities(Bytes& out, const PathAttributes& attributes) {
  write_attribute(out, optional_transitive(attributes.partial.communities), AttributeCode::Communities,
                  [&](Writer& value) {
                    for (const Community community : attributes.communities) value.u32(community.value);
                  });
}

void write_identifiers(Bytes& out, AttributeCode code, std::span<const BgpIdentifier> identifiers) {
  write_attribute(out, kOptional, code, [&](Writer& value) {
    for (const BgpIdentifier identifier : identifiers) value.u32(identifier.value);
  });
}

void write_extended_communities(Bytes& out, const PathAttributes& attributes) {
  write_attribute(out, optional_transitive(attributes.partial.extended_communities), AttributeCode::ExtendedCommunities,
                  [&](Writer& value) {
                    for (const ExtendedCommunity community : attributes.extended_communities) {
                      value.u32(static_cast<std::uint32_t>(community.value >> 32));
                      value.u32(static_cast<std::uint32_t>(community.value));
                    }
                  });
}

void write_large_communities(Bytes& out, const PathAttributes& attributes) {
  write_attribute(out, optional_transitive(attributes.partial.large_communities), AttributeCode::LargeCommunities,
                  [&](Writer& value) {
                    for (const LargeCommunity& community : attributes.large_communities) {
                      value.u32(community.global);
                      value.u32(community.local1);
                      value.u32(community.local2);
                    }
                  });
}

/// RFC 6793 4.2.2: what an OLD speaker could not hold in two octets.
void write_as4(Bytes& out, const PathAttributes& attributes, AttributeCode code) {
  if (code == AttributeCode::As4Path) {
    if (const auto as4_path = as4_path_for(attributes.as_path)) {
      write_attribute(out, kOptionalTransitive, code, [&](Writer& value) { write_as_path(value, *as4_path, true); });
    }
  } else if (attributes.aggregator && attributes.aggregator->asn > 65535) {
    write_attribute(out, kOptionalTransitive, code, [&](Writer& value) {
      value.u32(attributes.aggregator->asn);
      value.u32(attributes.aggregator->speaker.value);
    });
  }
}

/// RFC 4271 5.1.5: LOCAL_PREF goes to internal peers, always, and to no other. 100 is what everybody takes for absent.
constexpr std::uint32_t kDefaultLocalPref = 100;

/// Codes that have a place of their own in PathAttributes; in `others` they are not written.
bool has_own_field(std::uint8_t code) {
  switch (static_cast<AttributeCode>(code)) {
    case AttributeCode::Origin:
    case AttributeCode::AsPath:
    case AttributeCode::NextHop:
    case AttributeCode::MultiExitDisc:
    case AttributeCode::LocalPref:
    case AttributeCode::AtomicAggregate:
    case AttributeCode::Aggregator:
    case AttributeCode::Communities:
    case AttributeCode::OriginatorId:
    case AttributeCode::ClusterList:
    case AttributeCode::ExtendedCommunities:
    case AttributeCode::LargeCommunities:
    case AttributeCode::OnlyToCustomer:
    case AttributeCode::MpReachNlri:
    case AttributeCode::MpUnreachNlri:
    case AttributeCode::As4Path:
    case AttributeCode::As4Aggregator: return true;
    default: return false;
  }
}

void write_typed(Bytes& out, const EncodeContext& context, const PathAttributes& attributes, AttributeCode code) {
  switch (code) {
    case AttributeCode::Origin:
      write_attribute(out, kTransitive, code,
                      [&](Writer& value) { value.u8(static_cast<std::uint8_t>(attributes.origin)); });
      break;
    case AttributeCode::AsPath:
      write_attribute(out, kTransitive, code,
                      [&](Writer& value) { write_as_path(value, attributes.as_path, context.four_octet_as); });
      break;
    case AttributeCode::MultiExitDisc:
      if (attributes.med) write_attribute(out, kOptional, code, [&](Writer& value) { value.u32(*attributes.med); });
      break;
    case AttributeCode::LocalPref:
      if (context.internal || context.confederation) {
        write_attribute(out, kTransitive, code,
                        [&](Writer& value) { value.u32(attributes.local_pref.value_or(kDefaultLocalPref)); });
      }
      break;
    case AttributeCode::AtomicAggregate:
      if (attributes.atomic_aggregate) write_attribute(out, kTransitive, code, [](Writer&) {});
      break;
    case AttributeCode::Aggregator:
      if (attributes.aggregator) write_aggregator(out, context, attributes);
      break;
    case AttributeCode::Communities:
      if (!attributes.communities.empty()) write_communities(out, attributes);
      break;
    // RFC 4456 8: both are non-transitive and mean nothing outside the AS
    case AttributeCode::OriginatorId:
      if (context.internal && attributes.originator_id) {
        write_identifiers(out, code, std::span(&*attributes.originator_id, 1));
      }
      break;
    case AttributeCode::ClusterList:
      if (context.internal && !attributes.cluster_list.empty()) write_identifiers(out, code, attributes.cluster_list);
      break;
    case AttributeCode::ExtendedCommunities:
      if (!attributes.extended_communities.empty()) write_extended_communities(out, attributes);
      break;
    case AttributeCode::OnlyToCustomer:
      if (attributes.only_to_customer) {
        write_attribute(out, optional_transitive(attributes.partial.only_to_customer), code,
                        [&](Writer& value) { value.u32(*attributes.only_to_customer); });
      }
      break;
    case AttributeCode::LargeCommunities:
      if (!attributes.large_communities.empty()) write_large_communities(out, attributes);
      break;
    case AttributeCode::As4Path:
    case AttributeCode::As4Aggregator:
      if (!context.four_octet_as) write_as4(out, attributes, code);
      break;
    default: break;
  }
}

/// All attributes but the MP ones, ascending by code. `next_hop`: NEXT_HOP is among them.
Bytes attribute_octets(const EncodeContext& context, const PathAttributes& attributes, bool next_hop) {
  Bytes out;
  auto other = attributes.others.begin();
  for (unsigned code = 0; code < 256; ++code) {
    const auto typed = static_cast<AttributeCode>(code);
    if (typed == AttributeCode::NextHop && next_hop) {
      write_attribute(out, kTransitive, typed,
                      [&](Writer& value) { value.bytes(attributes.next_hop.address.octets()); });
    }
    write_typed(out, context, attributes, typed);
    for (; other != attributes.others.end() && other->code <= code; ++other) {
      if (other->code != code || has_own_field(other->code)) continue;
      write_attribute(out, static_cast<std::uint8_t>(other->flags & ~kExtendedLength), typed,
                      [&](Writer& value) { value.bytes(other->value); });
    }
  }
  return out;
}

/// NLRI one after the other, as many as fit.
class NlriWriter {
 public:
  NlriWriter(Family family, bool add_path, std::size_t room)
      : v6_(family.afi == Afi::Ipv6), add_path_(add_path), room_(room) {}

  std::size_t take(std::span<const Nlri> nlri) {
    std::size_t count = 0;
    while (count < nlri.size() && add(nlri[count])) ++count;
    return count;
  }
  [[nodiscard]] const Bytes& octets() const { return octets_; }

 private:
  bool add(const Nlri& nlri) {
    if (nlri.prefix.address().is_v6() != v6_) return false;
    const std::size_t prefix_octets = (nlri.prefix.length() + 7U) / 8U;
    if (octets_.size() + (add_path_ ? 4U : 0U) + 1 + prefix_octets > room_) return false;
    Writer out(octets_);
    if (add_path_) out.u32(nlri.path_id);  // RFC 7911 3
    out.u8(nlri.prefix.length());
    out.bytes(nlri.prefix.address().octets().first(prefix_octets));
    return true;
  }

  bool v6_;
  bool add_path_;
  std::size_t room_;
  Bytes octets_;
};

constexpr std::size_t kEmptyUpdate = kHeaderSize + 4;  // both length fields

/// Octets left beside `used` of an UPDATE's body.
std::size_t room_beside(const EncodeContext& context, std::size_t used) {
  const std::size_t max = std::min(context.max_message_size, kMaxExtendedMessageSize);
  return max > kEmptyUpdate + used ? max - kEmptyUpdate - used : 0;
}

void write_update(Writer& out, BytesView withdrawn, BytesView mp, BytesView attributes, BytesView nlri) {
  const MessageFrame frame(out, MessageType::Update);
  {
    const auto length = out.length_u16();
    out.bytes(withdrawn);
  }
  {
    const auto length = out.length_u16();
    out.bytes(mp);
    out.bytes(attributes);
  }
  out.bytes(nlri);
}

/// Flags, code and a two-octet length: what stands before an MP attribute's value at most.
constexpr std::size_t kMpHeader = 4;

/// RFC 4760 3: everything of MP_REACH_NLRI before its NLRI.
Bytes mp_reach_front(Family family, const NextHop& next_hop) {
  Bytes front;
  Writer out(front);
  out.u16(static_cast<std::uint16_t>(family.afi));
  out.u8(static_cast<std::uint8_t>(family.safi));
  {
    const auto length = out.length_u8();
    write_next_hop(out, family, next_hop);
  }
  out.u8(0);  // RFC 4760 3: reserved
  return front;
}

/// RFC 4760 4: everything of MP_UNREACH_NLRI before its NLRI.
Bytes mp_unreach_front(Family family) {
  Bytes front;
  Writer out(front);
  out.u16(static_cast<std::uint16_t>(family.afi));
  out.u8(static_cast<std::uint8_t>(family.safi));
  return front;
}

Bytes mp_attribute(AttributeCode code, BytesView front, BytesView nlri) {
  Bytes attribute;
  write_attribute(attribute, kOptional, code, [&](Writer& value) {
    value.bytes(front);
    value.bytes(nlri);
  });
  return attribute;
}

bool add_path_in_use(const EncodeContext& context, Family family) { return context.add_path.contains(family); }

/// NLRI of any family one after the other, as many as fit `room`; stops at one that the family cannot have.
struct PackedNlri {
  Bytes octets;
  std::size_t count = 0;
};
PackedNlri pack(const EncodeContext& context, Family family, LabelForm labels, std::size_t room,
                std::span<const AnyNlri> nlri) {
  PackedNlri packed;
  Writer out(packed.octets);
  const bool add_path = add_path_in_use(context, family);
  for (const AnyNlri& one : nlri) {
    const std::size_t before = out.size();
    if (!append_nlri(out, family, add_path, labels, one)) break;
    if (out.size() > room) {
      out.truncate(before);
      break;
    }
    ++packed.count;
  }
  return packed;
}

}  // namespace

std::size_t encode_reach(Writer& out, const EncodeContext& context, Family family, const PathAttributes& attributes,
                         std::span<const Nlri> nlri) {
  if (!is_prefix_family(family)) return 0;
  const bool classic = family == kIpv4Unicast && attributes.next_hop.address.is_v4();
  const Bytes octets = attribute_octets(context, attributes, classic);
  const Bytes front = classic ? Bytes{} : mp_reach_front(family, attributes.next_hop);
  const std::size_t used = octets.size() + (classic ? 0 : kMpHeader + front.size());
  NlriWriter writer(family, add_path_in_use(context, family), room_beside(context, used));
  const std::size_t count = writer.take(nlri);
  if (count == 0) return 0;
  if (classic) {
    write_update(out, {}, {}, octets, writer.octets());
  } else {
    write_update(out, {}, mp_attribute(AttributeCode::MpReachNlri, front, writer.octets()), octets, {});
  }
  return count;
}

std::size_t encode_unreach(Writer& out, const EncodeContext& context, Family family, std::span<const Nlri> nlri) {
  if (!is_prefix_family(family)) return 0;
  const bool classic = family == kIpv4Unicast;
  const Bytes front = classic ? Bytes{} : mp_unreach_front(family);
  const std::size_t used = classic ? 0 : kMpHeader + front.size();
  NlriWriter writer(family, add_path_in_use(context, family), room_beside(context, used));
  const std::size_t count = writer.take(nlri);
  if (count == 0) return 0;
  if (classic) {
    write_update(out, writer.octets(), {}, {}, {});
  } else {
    write_update(out, {}, mp_attribute(AttributeCode::MpUnreachNlri, front, writer.octets()), {}, {});
  }
  return count;
}

std::size_t encode_reach(Writer& out, const EncodeContext& context, Family family, const PathAttributes& attributes,
                         std::span<const AnyNlri> nlri) {
  const bool classic = family == kIpv4Unicast && attributes.next_hop.address.is_v4();
  const bool stacks = context.multiple_labels.contains(family);
  const Bytes octets = attribute_octets(context, attributes, classic);
  const Bytes front = classic ? Bytes{} : mp_reach_front(family, attributes.next_hop);
  const std::size_t used = octets.size() + (classic ? 0 : kMpHeader + front.size());
  const PackedNlri packed =
      pack(context, family, stacks ? LabelForm::Stack : LabelForm::One, room_beside(context, used), nlri);
  if (packed.count == 0) return 0;
  if (classic) {
    write_update(out, {}, {}, octets, packed.octets);
  } else {
    write_update(out, {}, mp_attribute(AttributeCode::MpReachNlri, front, packed.octets), octets, {});
  }
  return packed.count;
}

std::size_t encode_unreach(Writer& out, const EncodeContext& context, Family family, std::span<const AnyNlri> nlri) {
  const bool classic = family == kIpv4Unicast;
  const Bytes front = classic ? Bytes{} : mp_unreach_front(family);
  const std::size_t used = classic ? 0 : kMpHeader + front.size();
  const PackedNlri packed = pack(context, family, LabelForm::Withdrawn, room_beside(context, used), nlri);
  if (packed.count == 0) return 0;
  if (classic) {
    write_update(out, packed.octets, {}, {}, {});
  } else {
    write_update(out, {}, mp_attribute(AttributeCode::MpUnreachNlri, front, packed.octets), {}, {});
  }
  return packed.count;
}

void encode_end_of_rib(Writer& out, Family family) {
  if (family == kIpv4Unicast) {
    write_update(out, {}, {}, {}, {});
  } else {
    write_update(out, {}, mp_attribute(AttributeCode::MpUnreachNlri, mp_unreach_front(family), {}), {}, {});
  }
}

}  // namespace bgp
