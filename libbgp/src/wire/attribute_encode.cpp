// wire/attribute_encode.cpp
//
// One list says which attributes an UPDATE gets and what is in them. It is gone through twice: to count the octets, and
// to write them where they stay.
#include "attribute_encode.hpp"

#include <type_traits>

#include "as4.hpp"

namespace bgp {
namespace {

using namespace attribute_flags;

constexpr std::uint8_t kOptionalTransitive = kOptional | kTransitive;

std::uint8_t optional_transitive(bool partial) {
  return static_cast<std::uint8_t>(kOptionalTransitive | (partial ? kPartial : 0));
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

/// Counts octets instead of writing them.
struct Counter {
  std::size_t size = 0;
};

/// Attributes one after the other, the kept ones among them by their codes. Out is Counter or Filler.
template <class Out>
class Sequence {
 public:
  Sequence(Out& out, const std::vector<RawAttribute>& others)
      : out_(out), other_(others.data()), end_(others.data() + others.size()) {}

  /// `write` fills the `size` octets of the value.
  template <class Write>
  void add(AttributeCode code, std::uint8_t flags, std::size_t size, Write write) {
    add_others_before(static_cast<unsigned>(code));
    put(static_cast<std::uint8_t>(code), flags, size, write);
  }
  void add_number(AttributeCode code, std::uint8_t flags, std::uint32_t number) {
    add(code, flags, 4, [number](Filler& value) { value.u32(number); });
  }
  void finish() { add_others_before(256); }

 private:
  void add_others_before(unsigned code) {
    for (; other_ != end_ && other_->code < code; ++other_) {
      if (other_->code < last_ || has_own_field(other_->code)) continue;
      last_ = other_->code;
      put(other_->code, static_cast<std::uint8_t>(other_->flags & ~kExtendedLength), other_->value.size(),
          [this](Filler& value) { value.bytes(other_->value); });
    }
  }
  template <class Write>
  void put(std::uint8_t code, std::uint8_t flags, std::size_t size, Write write) {
    if constexpr (std::is_same_v<Out, Counter>) {
      out_.size += attribute_header_size(size) + size;
    } else {
      const bool extended = attribute_header_size(size) == 4;
      out_.u8(static_cast<std::uint8_t>(flags | (extended ? kExtendedLength : 0)));
      out_.u8(code);
      if (extended) {
        out_.u16(static_cast<std::uint16_t>(size));
      } else {
        out_.u8(static_cast<std::uint8_t>(size));
      }
      write(out_);
    }
  }

  Out& out_;
  const RawAttribute* other_;
  const RawAttribute* end_;
  std::uint8_t last_ = 0;  // code of the last kept one; what is out of order is left out
};

template <class Out>
void add_communities(Sequence<Out>& sequence, const PathAttributes& a) {
  if (a.communities.empty()) return;
  sequence.add(AttributeCode::Communities, optional_transitive(a.partial.communities), a.communities.size() * 4,
               [&a](Filler& value) {
                 for (const Community community : a.communities) value.u32(community.value);
               });
}

template <class Out>
void add_extended_communities(Sequence<Out>& sequence, const PathAttributes& a) {
  if (a.extended_communities.empty()) return;
  sequence.add(AttributeCode::ExtendedCommunities, optional_transitive(a.partial.extended_communities),
               a.extended_communities.size() * 8, [&a](Filler& value) {
                 for (const ExtendedCommunity community : a.extended_communities) value.u64(community.value);
               });
}

template <class Out>
void add_large_communities(Sequence<Out>& sequence, const PathAttributes& a) {
  if (a.large_communities.empty()) return;
  sequence.add(AttributeCode::LargeCommunities, optional_transitive(a.partial.large_communities),
               a.large_communities.size() * 12, [&a](Filler& value) {
                 for (const LargeCommunity& community : a.large_communities) {
                   value.u32(community.global);
                   value.u32(community.local1);
                   value.u32(community.local2);
                 }
               });
}

/// RFC 6793 4.2.2: AS_TRANS for what does not fit; AS4_AGGREGATOR says which.
template <class Out>
void add_aggregator(Sequence<Out>& sequence, const PathAttributes& a, bool four_octet_as) {
  sequence.add(AttributeCode::Aggregator, optional_transitive(a.partial.aggregator), four_octet_as ? 8 : 6,
               [&a, four_octet_as](Filler& value) {
                 if (four_octet_as) {
                   value.u32(a.aggregator->asn);
                 } else {
                   value.u16(two_octet_as(a.aggregator->asn));
                 }
                 value.u32(a.aggregator->speaker.value);
               });
}

/// RFC 4456 8: ORIGINATOR_ID and CLUSTER_LIST are non-transitive and mean nothing outside the AS.
template <class Out>
void add_reflection(Sequence<Out>& sequence, const PathAttributes& a) {
  if (a.originator_id) sequence.add_number(AttributeCode::OriginatorId, kOptional, a.originator_id->value);
  if (a.cluster_list.empty()) return;
  sequence.add(AttributeCode::ClusterList, kOptional, a.cluster_list.size() * 4, [&a](Filler& value) {
    for (const BgpIdentifier cluster : a.cluster_list) value.u32(cluster.value);
  });
}

/// RFC 6793 4.2.2: what an OLD speaker cannot hold in two octets.
template <class Out>
void add_as4(Sequence<Out>& sequence, const PathAttributes& a) {
  if (needs_as4_path(a.as_path)) {
    sequence.add(AttributeCode::As4Path, kOptionalTransitive, as4_path_size(a.as_path),
                 [&a](Filler& value) { write_as4_path(value, a.as_path); });
  }
  if (a.aggregator && !fits_two_octets(a.aggregator->asn)) {
    sequence.add(AttributeCode::As4Aggregator, kOptionalTransitive, 8, [&a](Filler& value) {
      value.u32(a.aggregator->asn);
      value.u32(a.aggregator->speaker.value);
    });
  }
}

template <class Out>
[[gnu::always_inline]] inline void add_all(Out& out, const EncodeContext& context, const PathAttributes& a,
                                           bool next_hop) {
  const bool four = context.four_octet_as;
  Sequence<Out> sequence(out, a.others);
  sequence.add(AttributeCode::Origin, kTransitive, 1,
               [&a](Filler& value) { value.u8(static_cast<std::uint8_t>(a.origin)); });
  sequence.add(AttributeCode::AsPath, kTransitive, as_path_size(a.as_path, four),
               [&a, four](Filler& value) { write_as_path(value, a.as_path, four); });
  if (next_hop) sequence.add_number(AttributeCode::NextHop, kTransitive, a.next_hop.address.v4_value());
  if (a.med) sequence.add_number(AttributeCode::MultiExitDisc, kOptional, *a.med);
  if (context.internal || context.confederation) {
    sequence.add_number(AttributeCode::LocalPref, kTransitive, a.local_pref.value_or(kDefaultLocalPref));
  }
  if (a.atomic_aggregate) sequence.add(AttributeCode::AtomicAggregate, kTransitive, 0, [](Filler&) {});
  if (a.aggregator) add_aggregator(sequence, a, four);
  add_communities(sequence, a);
  if (context.internal) add_reflection(sequence, a);
  add_extended_communities(sequence, a);
  if (!four) add_as4(sequence, a);
  add_large_communities(sequence, a);
  if (a.only_to_customer) {
    sequence.add_number(AttributeCode::OnlyToCustomer, optional_transitive(a.partial.only_to_customer),
                        *a.only_to_customer);
  }
  sequence.finish();
}

}  // namespace

std::size_t attributes_size(const EncodeContext& context, const PathAttributes& attributes, bool next_hop) {
  Counter counter;
  add_all(counter, context, attributes, next_hop);
  return counter.size;
}

void write_attributes(Filler& out, const EncodeContext& context, const PathAttributes& attributes, bool next_hop) {
  Filler own(out.hand_over());  // one that stays in registers
  add_all(own, context, attributes, next_hop);
}

}  // namespace bgp
