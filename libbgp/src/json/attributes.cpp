#include "bgp/json/attributes.hpp"

#include "bgp/wire/ipv6_extended_community.hpp"
#include "fields.hpp"

namespace bgp {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

value segment_type(SegmentType type) {
  switch (type) {
    case SegmentType::AsSet: return "AS_SET";
    case SegmentType::AsSequence: return "AS_SEQUENCE";
    case SegmentType::AsConfedSequence: return "AS_CONFED_SEQUENCE";
    case SegmentType::AsConfedSet: return "AS_CONFED_SET";
  }
  return static_cast<unsigned>(type);
}

array partial_names(const PartialBits& partial) {
  array names;
  if (partial.aggregator) names.emplace_back("aggregator");
  if (partial.communities) names.emplace_back("communities");
  if (partial.extended_communities) names.emplace_back("extended_communities");
  if (partial.large_communities) names.emplace_back("large_communities");
  if (partial.only_to_customer) names.emplace_back("only_to_customer");
  return names;
}

value approach_name(ErrorApproach approach) {
  switch (approach) {
    case ErrorApproach::AttributeDiscard: return "attribute-discard";
    case ErrorApproach::TreatAsWithdraw: return "treat-as-withdraw";
    case ErrorApproach::AfiSafiDisable: return "afi-safi-disable";
    case ErrorApproach::SessionReset: return "session-reset";
  }
  return static_cast<unsigned>(approach);
}

array ipv6_texts(const Ipv6ExtendedCommunities& list) { return texts(list.communities); }

/// The value under `name`; false when it has not the form of its type.
template <class Value, class Shape>
bool put_typed(object& json, const RawAttribute& attribute, const char* name, Shape shape) {
  const auto typed = Value::decode(attribute.value);
  if (typed) json[name] = shape(*typed);
  return typed.has_value();
}

/// The key of an attribute that has a type although PathAttributes keeps its octets; null when it is to be shown as
/// octets.
const char* put_typed(object& json, const RawAttribute& attribute) {
  const auto shape = [](const auto& typed) { return to_json(typed); };
  const char* name = nullptr;
  bool good = false;
  switch (static_cast<AttributeCode>(attribute.code)) {
    case AttributeCode::PmsiTunnel: good = put_typed<PmsiTunnel>(json, attribute, name = "pmsi_tunnel", shape); break;
    case AttributeCode::TunnelEncapsulation:
      good = put_typed<TunnelEncapsulation>(json, attribute, name = "tunnel_encapsulation", shape);
      break;
    case AttributeCode::Ipv6ExtendedCommunities:
      good = put_typed<Ipv6ExtendedCommunities>(json, attribute, name = "ipv6_extended_communities", ipv6_texts);
      break;
    case AttributeCode::Aigp: good = put_typed<Aigp>(json, attribute, name = "aigp", shape); break;
    case AttributeCode::PrefixSid: good = put_typed<PrefixSid>(json, attribute, name = "prefix_sid", shape); break;
    case AttributeCode::AttrSet: good = put_typed<AttrSet>(json, attribute, name = "attr_set", shape); break;
    default: break;
  }
  return good ? name : nullptr;
}

void put_others(object& json, array& partial, const std::vector<RawAttribute>& others) {
  array untyped;
  for (const RawAttribute& other : others) {
    if (const char* name = put_typed(json, other)) {
      if ((other.flags & attribute_flags::kPartial) != 0) partial.emplace_back(name);
    } else {
      untyped.push_back(to_json(other));
    }
  }
  if (!untyped.empty()) json["others"] = std::move(untyped);
}

/// The list under its name, unless it is empty.
void put_list(object& into, const char* name, array list) {
  if (!list.empty()) into[name] = std::move(list);
}

}  // namespace

array to_json(const AsPath& path) {
  array segments;
  for (const AsPathSegment& segment : path.segments()) {
    segments.push_back(
        object{{"type", segment_type(segment.type)}, {"asns", array(segment.asns.begin(), segment.asns.end())}});
  }
  return segments;
}

object to_json(const PathAttributes& attributes) {
  object json;
  json["origin"] = to_string(attributes.origin);
  json["as_path"] = to_json(attributes.as_path);
  json["next_hop"] = to_string(attributes.next_hop.address);
  if (attributes.next_hop.link_local) json["link_local"] = to_string(*attributes.next_hop.link_local);
  if (attributes.med) json["multi_exit_disc"] = *attributes.med;
  if (attributes.local_pref) json["local_pref"] = *attributes.local_pref;
  if (attributes.atomic_aggregate) json["atomic_aggregate"] = true;
  if (attributes.aggregator) {
    json["aggregator"] =
        object{{"asn", attributes.aggregator->asn}, {"speaker", to_string(attributes.aggregator->speaker)}};
  }
  put_list(json, "communities", texts(attributes.communities));
  if (attributes.originator_id) json["originator_id"] = to_string(*attributes.originator_id);
  put_list(json, "cluster_list", texts(attributes.cluster_list));
  put_list(json, "extended_communities", texts(attributes.extended_communities));
  put_list(json, "large_communities", texts(attributes.large_communities));
  if (attributes.only_to_customer) json["only_to_customer"] = *attributes.only_to_customer;
  array partial = partial_names(attributes.partial);
  put_others(json, partial, attributes.others);
  put_list(json, "partial", std::move(partial));
  return json;
}

object to_json(const RawAttribute& attribute) {
  return {{"code", attribute.code},
          {"name", to_string(static_cast<AttributeCode>(attribute.code))},
          {"flags", attribute.flags},
          {"value", hex(attribute.value)}};
}

object to_json(const UpdateError& error) {
  object json{{"approach", approach_name(error.approach)}};
  if (error.attribute != AttributeCode{}) {
    json["attribute"] = static_cast<unsigned>(error.attribute);
    json["name"] = to_string(error.attribute);
  }
  json["subcode"] = error.subcode;
  json["reason"] = error.reason;
  return json;
}

}  // namespace bgp
