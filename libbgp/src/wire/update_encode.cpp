// wire/update_encode.cpp
//
// UPDATE messages out: one kind of routes a message, MP attributes first (RFC 7606 5.1), the others in ascending order
// (RFC 4271 5) with canonical flags. What does not fit the message is left for the caller's next one.
//
// Everything is written where it stays, in the caller's buffer; lengths are filled in when they are known.
#include <algorithm>
#include <cstring>
#include <type_traits>

#include "attribute_encode.hpp"
#include "bgp/wire/nlri.hpp"
#include "bgp/wire/update.hpp"
#include "message.hpp"
#include "next_hop.hpp"

namespace bgp {
namespace {

constexpr std::size_t kEmptyUpdate = kHeaderSize + 4;  // both length fields

std::size_t max_size(const EncodeContext& context) {
  return std::min(context.max_message_size, kMaxExtendedMessageSize);
}

/// What NLRI are written as.
struct NlriForm {
  Family family;
  bool add_path = false;
  LabelForm labels = LabelForm::One;
  std::size_t most_labels = 1;
};

/// Writes as many NLRI from the front as fit before `end`; returns how many, and moves `at` behind them. A whole
/// address is written each time, over the unused octets of the one before, so there must be room for one more behind
/// `end`.
template <bool kV6, bool kAddPath>
std::size_t fill_nlri(std::uint8_t*& at, const std::uint8_t* end, std::span<const Nlri> nlri) {
  constexpr std::size_t kFixed = kAddPath ? 5 : 1;
  std::uint8_t* next = at;
  std::size_t count = 0;
  for (; count < nlri.size(); ++count) {
    const Prefix& prefix = nlri[count].prefix;
    const std::size_t size = kFixed + prefix_octets(prefix.length());
    if (size > static_cast<std::size_t>(end - next) || prefix.address().is_v6() != kV6) break;
    if constexpr (kAddPath) store_u32(next, nlri[count].path_id);  // RFC 7911 3
    next[kFixed - 1] = prefix.length();
    std::memcpy(next + kFixed, prefix.address().octets().data(), kV6 ? 16 : 4);
    next += size;
  }
  at = next;
  return count;
}

std::size_t fill_nlri(std::uint8_t*& at, const std::uint8_t* end, const NlriForm& form, std::span<const Nlri> nlri) {
  if (form.family.afi == Afi::Ipv6) {
    return form.add_path ? fill_nlri<true, true>(at, end, nlri) : fill_nlri<true, false>(at, end, nlri);
  }
  return form.add_path ? fill_nlri<false, true>(at, end, nlri) : fill_nlri<false, false>(at, end, nlri);
}

/// Octets of an NLRI at most: a whole address.
constexpr std::size_t kMaxNlri = 4 + 1 + 16;

/// How many octets fill_nlri() can use of `room`.
std::size_t most_octets(const NlriForm& form, std::size_t room, std::size_t count) {
  return std::min(room, count * ((form.add_path ? 5U : 1U) + (form.family.afi == Afi::Ipv6 ? 16U : 4U)));
}

/// As many NLRI from the front as `room` octets hold; returns how many.
std::size_t append_fitting(Writer& out, const NlriForm& form, std::size_t room, std::span<const Nlri> nlri) {
  const std::size_t before = out.size();
  const std::size_t most = most_octets(form, room, nlri.size());
  std::uint8_t* const begin = out.grow(most + kMaxNlri).data();
  std::uint8_t* at = begin;
  const std::size_t count = fill_nlri(at, begin + most, form, nlri);
  out.truncate(before + static_cast<std::size_t>(at - begin));
  return count;
}

/// How many labels are bound to a prefix (RFC 8277 2).
std::size_t label_count(const AnyNlri& nlri) {
  if (const auto* labeled = std::get_if<LabeledNlri>(&nlri)) return labeled->labels.size();
  const auto* vpn = std::get_if<VpnNlri>(&nlri);
  return vpn != nullptr ? vpn->labels.size() : 0;
}

/// Likewise; stops at one that the family cannot have, or with more labels than the peer takes.
std::size_t append_fitting(Writer& out, const NlriForm& form, std::size_t room, std::span<const AnyNlri> nlri) {
  const std::size_t end = out.size() + room;
  std::size_t count = 0;
  for (; count < nlri.size(); ++count) {
    const std::size_t before = out.size();
    // RFC 8277 2.1, 3.2.2
    if (form.labels == LabelForm::Stack && label_count(nlri[count]) > form.most_labels) break;
    if (append_nlri(out, form.family, form.add_path, form.labels, nlri[count]) && out.size() <= end) continue;
    out.truncate(before);
    break;
  }
  return count;
}

/// MP_REACH_NLRI or MP_UNREACH_NLRI; what is written while it lives is the value behind the family. Its length gets the
/// form that it needs when it ends.
class MpAttribute {
 public:
  /// Flags, code and a length of two octets: what stands before the value at most.
  static constexpr std::size_t kMaxHeader = 4;

  MpAttribute(Writer& out, AttributeCode code, Family family) : out_(out), at_(out.size()) {
    Filler header(out.grow(kMaxHeader + 3));
    header.u8(attribute_flags::kOptional | attribute_flags::kExtendedLength);
    header.u8(static_cast<std::uint8_t>(code));
    header.u16(0);
    header.u16(static_cast<std::uint16_t>(family.afi));
    header.u8(static_cast<std::uint8_t>(family.safi));
  }
  MpAttribute(const MpAttribute&) = delete;
  MpAttribute& operator=(const MpAttribute&) = delete;
  ~MpAttribute() {
    const std::span<std::uint8_t> whole = out_.written_from(at_);
    const std::size_t size = whole.size() - kMaxHeader;
    if (size > 255) {
      store_u16(&whole[2], static_cast<std::uint16_t>(size));
      return;
    }
    whole[0] = attribute_flags::kOptional;
    whole[2] = static_cast<std::uint8_t>(size);
    std::ranges::copy(whole.subspan(kMaxHeader), whole.begin() + 3);
    out_.truncate(out_.size() - 1);
  }

 private:
  Writer& out_;
  std::size_t at_;
};

/// What is left of a message when `fixed` octets of it are taken; 0 when they already are too many.
std::size_t room_beside(const EncodeContext& context, std::size_t fixed) {
  const std::size_t max = max_size(context);
  return max > fixed ? max - fixed : 0;
}

/// IPv4 unicast with an IPv4 next hop: NEXT_HOP and the NLRI field (RFC 4271 4.3).
template <class AnyOrPrefix>
std::size_t reach_classic(Writer& out, const EncodeContext& context, const NlriForm& form,
                          const PathAttributes& attributes, std::span<const AnyOrPrefix> nlri) {
  const std::size_t size = attributes_size(context, attributes, true);
  const std::size_t room = room_beside(context, kEmptyUpdate + size);
  if (room == 0) return 0;
  constexpr bool kPrefixes = std::is_same_v<AnyOrPrefix, Nlri>;
  const std::size_t begin = out.size();
  const std::size_t most = kPrefixes ? most_octets(form, room, nlri.size()) : 0;
  const std::span<std::uint8_t> message = out.grow(kEmptyUpdate + size + most + (kPrefixes ? kMaxNlri : 0));
  write_header(message, MessageType::Update);
  {
    Filler fields(message.subspan(kHeaderSize, 4 + size));
    fields.u16(0);
    fields.u16(static_cast<std::uint16_t>(size));
    write_attributes(fields, context, attributes, true);
  }
  std::size_t count = 0;
  if constexpr (kPrefixes) {
    // The usual message: its octets are claimed once
    std::uint8_t* at = message.data() + kEmptyUpdate + size;
    count = fill_nlri(at, at + most, form, nlri);
    out.truncate(begin + static_cast<std::size_t>(at - message.data()));
  } else {
    count = append_fitting(out, form, room, nlri);
  }
  write_length(out.written_from(begin));
  return count;
}

/// Everything else: MP_REACH_NLRI, in front of the other attributes (RFC 4760 3, RFC 7606 5.1).
template <class AnyOrPrefix>
std::size_t reach_mp(Writer& out, const EncodeContext& context, const NlriForm& form, const PathAttributes& attributes,
                     std::span<const AnyOrPrefix> nlri) {
  const std::size_t begin = out.size();
  const std::size_t size = attributes_size(context, attributes, false);
  if (room_beside(context, kEmptyUpdate + size) == 0) return 0;
  const MessageFrame frame(out, MessageType::Update);
  out.u16(0);
  const auto length = out.length_u16();
  std::size_t count = 0;
  {
    const MpAttribute mp(out, AttributeCode::MpReachNlri, form.family);
    {
      const auto next_hop_length = out.length_u8();
      write_next_hop(out, form.family, attributes.next_hop);
    }
    out.u8(0);  // RFC 4760 3: reserved
    count = append_fitting(out, form, room_beside(context, out.size() - begin + size), nlri);
  }
  Filler others(out.grow(size));
  write_attributes(others, context, attributes, false);
  return count;
}

/// A table's attributes and NLRI lie all over the memory: asked for together, they arrive together.
template <class AnyOrPrefix>
void prefetch(const PathAttributes& attributes, std::span<const AnyOrPrefix> nlri) {
  for (std::size_t i = 0; i < std::min<std::size_t>(nlri.size(), 8); i += 2) __builtin_prefetch(&nlri[i]);
  __builtin_prefetch(attributes.communities.data());
  if (!attributes.as_path.empty()) __builtin_prefetch(attributes.as_path.segments().front().asns.data());
}

template <class AnyOrPrefix>
std::size_t reach(Writer& out, const EncodeContext& context, const NlriForm& form, const PathAttributes& attributes,
                  std::span<const AnyOrPrefix> nlri) {
  const std::size_t begin = out.size();
  const bool classic = form.family == kIpv4Unicast && attributes.next_hop.address.is_v4();
  if (!classic && !next_hop_is_taken(form.family, attributes.next_hop, context)) return 0;
  prefetch(attributes, nlri);
  const std::size_t count =
      classic ? reach_classic(out, context, form, attributes, nlri) : reach_mp(out, context, form, attributes, nlri);
  if (count == 0) out.truncate(begin);
  return count;
}

template <class AnyOrPrefix>
std::size_t unreach(Writer& out, const EncodeContext& context, const NlriForm& form,
                    std::span<const AnyOrPrefix> nlri) {
  const std::size_t begin = out.size();
  std::size_t count = 0;
  {
    const MessageFrame frame(out, MessageType::Update);
    if (form.family == kIpv4Unicast) {
      {
        const auto length = out.length_u16();
        count = append_fitting(out, form, room_beside(context, kEmptyUpdate), nlri);
      }
      out.u16(0);
    } else {
      out.u16(0);
      const auto length = out.length_u16();
      const MpAttribute mp(out, AttributeCode::MpUnreachNlri, form.family);
      count = append_fitting(out, form, room_beside(context, out.size() - begin), nlri);
    }
  }
  if (count == 0) out.truncate(begin);
  return count;
}

}  // namespace

std::size_t encode_reach(Writer& out, const EncodeContext& context, Family family, const PathAttributes& attributes,
                         std::span<const Nlri> nlri) {
  if (!is_prefix_family(family)) return 0;
  return reach(out, context, {family, context.add_path.contains(family)}, attributes, nlri);
}

std::size_t encode_unreach(Writer& out, const EncodeContext& context, Family family, std::span<const Nlri> nlri) {
  if (!is_prefix_family(family)) return 0;
  return unreach(out, context, {family, context.add_path.contains(family)}, nlri);
}

std::size_t encode_reach(Writer& out, const EncodeContext& context, Family family, const PathAttributes& attributes,
                         std::span<const AnyNlri> nlri) {
  const LabelCounts& labels = context.multiple_labels;
  const NlriForm form{family, context.add_path.contains(family), labels.form(family), labels.most(family)};
  return reach(out, context, form, attributes, nlri);
}

std::size_t encode_unreach(Writer& out, const EncodeContext& context, Family family, std::span<const AnyNlri> nlri) {
  return unreach(out, context, {family, context.add_path.contains(family), LabelForm::Withdrawn}, nlri);
}

void encode_end_of_rib(Writer& out, Family family) {
  const MessageFrame frame(out, MessageType::Update);
  out.u16(0);
  const auto length = out.length_u16();
  if (family != kIpv4Unicast) const MpAttribute mp(out, AttributeCode::MpUnreachNlri, family);
}

}  // namespace bgp
