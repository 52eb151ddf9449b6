// wire/attributes.cpp
//
// Path attributes as values: text and hash.
#include "bgp/wire/attributes.hpp"

#include <type_traits>

#include "append_text.hpp"
#include "bgp/wire/aigp.hpp"
#include "bgp/wire/attr_set.hpp"
#include "bgp/wire/attribute_access.hpp"
#include "bgp/wire/ipv6_extended_community.hpp"
#include "bgp/wire/pmsi_tunnel.hpp"
#include "bgp/wire/prefix_sid.hpp"
#include "bgp/wire/tunnel_encapsulation.hpp"
#include "hash.hpp"
#include "text.hpp"

namespace bgp {
namespace {

const char* registered_name(AttributeCode code) {
  switch (code) {
    case AttributeCode::Origin: return "ORIGIN";
    case AttributeCode::AsPath: return "AS_PATH";
    case AttributeCode::NextHop: return "NEXT_HOP";
    case AttributeCode::MultiExitDisc: return "MULTI_EXIT_DISC";
    case AttributeCode::LocalPref: return "LOCAL_PREF";
    case AttributeCode::AtomicAggregate: return "ATOMIC_AGGREGATE";
    case AttributeCode::Aggregator: return "AGGREGATOR";
    case AttributeCode::Communities: return "COMMUNITIES";
    case AttributeCode::OriginatorId: return "ORIGINATOR_ID";
    case AttributeCode::ClusterList: return "CLUSTER_LIST";
    case AttributeCode::MpReachNlri: return "MP_REACH_NLRI";
    case AttributeCode::MpUnreachNlri: return "MP_UNREACH_NLRI";
    case AttributeCode::ExtendedCommunities: return "EXTENDED COMMUNITIES";
    case AttributeCode::As4Path: return "AS4_PATH";
    case AttributeCode::As4Aggregator: return "AS4_AGGREGATOR";
    case AttributeCode::PmsiTunnel: return "PMSI_TUNNEL";
    case AttributeCode::TunnelEncapsulation: return "Tunnel Encapsulation";
    case AttributeCode::Ipv6ExtendedCommunities: return "IPv6 Address Specific Extended Community";
    case AttributeCode::Aigp: return "AIGP";
    case AttributeCode::BgpLs: return "BGP-LS Attribute";
    case AttributeCode::LargeCommunities: return "LARGE_COMMUNITY";
    case AttributeCode::CommunityContainer: return "BGP Community Container Attribute";
    case AttributeCode::OnlyToCustomer: return "Only to Customer (OTC)";
    case AttributeCode::PrefixSid: return "BGP Prefix-SID";
    case AttributeCode::AttrSet: return "ATTR_SET";
  }
  return nullptr;
}

/// The text of the first of `Values` whose code the attribute has, when it can be read; else nothing.
template <AttributeValue... Values>
std::string value_text(const RawAttribute& attribute) {
  std::string text;
  const auto try_one = [&]<class Value>(std::type_identity<Value>) {
    if (attribute.code != static_cast<std::uint8_t>(Value::kCode)) return;
    if (const auto value = Value::decode(attribute.value)) text = to_string(*value);
  };
  (try_one(std::type_identity<Values>{}), ...);
  return text;
}

void append_field(std::string& text, const char* name, const std::optional<std::uint32_t>& value) {
  if (!value) return;
  text += name;
  append_number(text, *value);
}

/// " communities a b c", or nothing for an empty list.
template <class List>
void append_list(std::string& text, const char* name, const List& list) {
  if (list.empty()) return;
  text += name;
  for (const auto& item : list) text += ' ' + to_string(item);
}

}  // namespace

std::string to_string(Origin origin) {
  switch (origin) {
    case Origin::Igp: return "igp";
    case Origin::Egp: return "egp";
    case Origin::Incomplete: return "incomplete";
  }
  return "origin " + std::to_string(static_cast<unsigned>(origin));
}

std::string to_string(AttributeCode code) {
  if (const char* name = registered_name(code)) return name;
  return "attribute " + std::to_string(static_cast<unsigned>(code));
}

std::string to_string(const RawAttribute& attribute) {
  std::string value =
      value_text<Ipv6ExtendedCommunities, PmsiTunnel, TunnelEncapsulation, Aigp, PrefixSid, AttrSet>(attribute);
  if (value.empty()) value = hex_text(attribute.value);
  return to_string(static_cast<AttributeCode>(attribute.code)) + ' ' + value;
}

void append_text(std::string& text, const PathAttributes& attributes) {
  text += "origin ";
  text += to_string(attributes.origin);
  text += " as-path ";
  if (attributes.as_path.empty()) text += "empty";
  append_text(text, attributes.as_path);
  text += " next-hop ";
  append_text(text, attributes.next_hop.address);
  if (attributes.next_hop.link_local) text += " link-local " + to_string(*attributes.next_hop.link_local);
  append_field(text, " med ", attributes.med);
  append_field(text, " local-pref ", attributes.local_pref);
  if (attributes.atomic_aggregate) text += " atomic-aggregate";
  if (attributes.aggregator) {
    append_field(text, " aggregator ", std::optional(attributes.aggregator->asn));
    text += ' ';
    append_quad(text, attributes.aggregator->speaker.value);
  }
  append_list(text, " communities", attributes.communities);
  if (attributes.originator_id) text += " originator-id " + to_string(*attributes.originator_id);
  append_list(text, " cluster-list", attributes.cluster_list);
  append_list(text, " extended-communities", attributes.extended_communities);
  append_list(text, " large-communities", attributes.large_communities);
  append_field(text, " only-to-customer ", attributes.only_to_customer);
  for (const RawAttribute& other : attributes.others) text += ' ' + to_string(other);
}

std::string to_string(const PathAttributes& attributes) {
  std::string text;
  append_text(text, attributes);
  return text;
}

}  // namespace bgp

std::size_t std::hash<bgp::PathAttributes>::operator()(const bgp::PathAttributes& attributes) const noexcept {
  bgp::Hash state;
  state.number(static_cast<std::uint64_t>(attributes.origin) | (attributes.atomic_aggregate ? 0x100U : 0U));
  for (const bgp::AsPathSegment& segment : attributes.as_path.segments()) {
    state.number(static_cast<std::uint64_t>(segment.type) << 32 | segment.asns.size());
    for (const std::uint32_t asn : segment.asns) state.number(asn);
  }
  state.octets(attributes.next_hop.address.octets());
  if (attributes.next_hop.link_local) state.octets(attributes.next_hop.link_local->octets());
  constexpr std::uint64_t kAbsent = std::uint64_t{1} << 32;
  state.number(attributes.med ? *attributes.med : kAbsent);
  state.number(attributes.local_pref ? *attributes.local_pref : kAbsent);
  if (attributes.aggregator) {
    state.number(std::uint64_t{attributes.aggregator->asn} << 32 | attributes.aggregator->speaker.value);
  }
  for (const bgp::Community community : attributes.communities) state.number(community.value);
  state.number(attributes.originator_id ? attributes.originator_id->value : kAbsent);
  for (const bgp::BgpIdentifier cluster : attributes.cluster_list) state.number(cluster.value);
  for (const bgp::ExtendedCommunity community : attributes.extended_communities) state.number(community.value);
  for (const bgp::LargeCommunity& community : attributes.large_communities) {
    state.number(std::uint64_t{community.global} << 32 | community.local1);
    state.number(community.local2);
  }
  state.number(attributes.only_to_customer ? *attributes.only_to_customer : kAbsent);
  for (const bgp::RawAttribute& other : attributes.others) {
    state.number(other.code);
    state.octets(other.value);
  }
  return state.value();
}
