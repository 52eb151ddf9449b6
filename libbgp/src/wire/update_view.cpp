// wire/update_view.cpp
//
// Reading an UpdateView: its attributes one by one, and all of them as owned values.
#include "as4.hpp"
#include "attribute_rules.hpp"
#include "bgp/wire/update.hpp"

namespace bgp {
namespace {

std::vector<Community> read_communities(BytesView value) {
  std::vector<Community> communities;
  communities.reserve(value.size() / 4);
  for (Reader reader(value); !reader.empty();) communities.push_back({reader.u32()});
  return communities;
}

std::vector<BgpIdentifier> read_identifiers(BytesView value) {
  std::vector<BgpIdentifier> identifiers;
  identifiers.reserve(value.size() / 4);
  for (Reader reader(value); !reader.empty();) identifiers.push_back({reader.u32()});
  return identifiers;
}

std::vector<ExtendedCommunity> read_extended_communities(BytesView value) {
  std::vector<ExtendedCommunity> communities;
  communities.reserve(value.size() / 8);
  for (Reader reader(value); !reader.empty();) {
    const std::uint64_t upper = reader.u32();
    communities.push_back({upper << 32 | reader.u32()});
  }
  return communities;
}

std::vector<LargeCommunity> read_large_communities(BytesView value) {
  std::vector<LargeCommunity> communities;
  communities.reserve(value.size() / 12);
  for (Reader reader(value); !reader.empty();) {
    LargeCommunity community;
    community.global = reader.u32();
    community.local1 = reader.u32();
    community.local2 = reader.u32();
    communities.push_back(community);
  }
  return communities;
}

/// Collects the attributes of one message; finish() brings together what RFC 6793 splits.
class AttributeCollector {
 public:
  explicit AttributeCollector(bool four_octet_as) : four_octet_as_(four_octet_as) {}

  void add(const AttributeView& attribute);
  PathAttributes finish() &&;

 private:
  void add_other(const AttributeView& attribute);

  bool four_octet_as_;
  PathAttributes attributes_;
  AsPath as4_path_;
  std::optional<Aggregator> as4_aggregator_;
};

void AttributeCollector::add(const AttributeView& attribute) {
  const bool partial = (attribute.flags & attribute_flags::kPartial) != 0;
  Reader value(attribute.value);
  switch (static_cast<AttributeCode>(attribute.code)) {
    case AttributeCode::Origin: attributes_.origin = static_cast<Origin>(value.u8()); break;
    case AttributeCode::AsPath: attributes_.as_path = read_as_path(attribute.value, four_octet_as_); break;
    case AttributeCode::MultiExitDisc: attributes_.med = value.u32(); break;
    case AttributeCode::LocalPref: attributes_.local_pref = value.u32(); break;
    case AttributeCode::AtomicAggregate: attributes_.atomic_aggregate = true; break;
    case AttributeCode::Aggregator:
      attributes_.aggregator = read_aggregator(attribute.value, four_octet_as_);
      attributes_.partial.aggregator = partial;
      break;
    case AttributeCode::Communities:
      attributes_.communities = read_communities(attribute.value);
      attributes_.partial.communities = partial;
      break;
    case AttributeCode::OriginatorId: attributes_.originator_id = BgpIdentifier{value.u32()}; break;
    case AttributeCode::ClusterList: attributes_.cluster_list = read_identifiers(attribute.value); break;
    case AttributeCode::ExtendedCommunities:
      attributes_.extended_communities = read_extended_communities(attribute.value);
      attributes_.partial.extended_communities = partial;
      break;
    case AttributeCode::LargeCommunities:
      attributes_.large_communities = read_large_communities(attribute.value);
      attributes_.partial.large_communities = partial;
      break;
    case AttributeCode::OnlyToCustomer:
      attributes_.only_to_customer = value.u32();
      attributes_.partial.only_to_customer = partial;
      break;
    case AttributeCode::As4Path: as4_path_ = read_as_path(attribute.value, true); break;
    case AttributeCode::As4Aggregator: as4_aggregator_ = read_aggregator(attribute.value, true); break;
    case AttributeCode::NextHop:  // that of the group
    case AttributeCode::MpReachNlri:
    case AttributeCode::MpUnreachNlri: break;
    default: add_other(attribute);
  }
}

void AttributeCollector::add_other(const AttributeView& attribute) {
  auto flags = static_cast<std::uint8_t>(
      attribute.flags & (attribute_flags::kOptional | attribute_flags::kTransitive | attribute_flags::kPartial));
  if (!attribute_rule(attribute.code).recognized) {
    // RFC 4271 5: unrecognized: non-transitive is ignored, transitive is passed on with the Partial bit
    if ((flags & attribute_flags::kTransitive) == 0) return;
    flags |= attribute_flags::kPartial;
  }
  attributes_.others.push_back({flags, attribute.code, Bytes(attribute.value.begin(), attribute.value.end())});
}

PathAttributes AttributeCollector::finish() && {
  // RFC 6793 4.2.3: an AGGREGATOR with a real AS was set after the AS4_* attributes, which are then stale
  const bool stale = as4_aggregator_ && attributes_.aggregator && attributes_.aggregator->asn != kAsTrans;
  if (!stale) {
    if (as4_aggregator_ && attributes_.aggregator) attributes_.aggregator = as4_aggregator_;
    if (!as4_path_.empty()) attributes_.as_path = merge_as4_path(attributes_.as_path, as4_path_);
  }
  std::ranges::sort(attributes_.others, {}, &RawAttribute::code);
  return std::move(attributes_);
}

}  // namespace

std::optional<Origin> UpdateView::origin() const {
  const BytesView octets = value(AttributeCode::Origin);
  return octets.empty() ? std::nullopt : std::optional(static_cast<Origin>(octets.front()));
}

AsPathView UpdateView::merged_as_path() const {
  const BytesView as_path = value(AttributeCode::AsPath);
  return as4_is_stale() ? AsPathView(as_path, false) : AsPathView::merged(as_path, value(AttributeCode::As4Path));
}

std::optional<Aggregator> UpdateView::aggregator() const {
  if (!has(AttributeCode::Aggregator)) return std::nullopt;
  const bool exact = has(AttributeCode::As4Aggregator) && !context_->four_octet_as && !as4_is_stale();
  return exact ? read_aggregator(value(AttributeCode::As4Aggregator), true)
               : read_aggregator(value(AttributeCode::Aggregator), context_->four_octet_as);
}

/// RFC 6793 4.2.3: an AGGREGATOR with a real AS was set after the AS4_* attributes.
bool UpdateView::as4_is_stale() const {
  return has(AttributeCode::Aggregator) && has(AttributeCode::As4Aggregator) &&
         read_aggregator(value(AttributeCode::Aggregator), context_->four_octet_as).asn != kAsTrans;
}

std::optional<BgpIdentifier> UpdateView::originator_id() const {
  const auto identifier = number(AttributeCode::OriginatorId);
  return identifier ? std::optional(BgpIdentifier{*identifier}) : std::nullopt;
}

const std::uint8_t* UpdateView::find(std::uint8_t code) const {
  const std::uint8_t* at = attributes_.data();
  for (AttributeView attribute = attribute_at(at); attribute.code != code; attribute = attribute_at(at)) {
    at = attribute.value.data() + attribute.value.size();
  }
  return at;
}

bool UpdateView::shows(const std::uint8_t* at) const {
  const std::uint8_t code = attribute_at(at).code;
  return shown_.contains(code) && place_of(code) == at;
}

PathAttributes UpdateView::path_attributes(const ReachableGroup& group) const {
  AttributeCollector collector(context_->four_octet_as);
  for (const AttributeView attribute : attributes()) collector.add(attribute);
  PathAttributes attributes = std::move(collector).finish();
  attributes.next_hop = group.next_hop;
  return attributes;
}

}  // namespace bgp
