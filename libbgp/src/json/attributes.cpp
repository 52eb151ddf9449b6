#include "bgp/json/attributes.hpp"

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
  array others;
  for (const RawAttribute& other : attributes.others) {
    others.push_back(object{{"code", other.code}, {"flags", other.flags}, {"value", hex(other.value)}});
  }
  put_list(json, "others", std::move(others));
  put_list(json, "partial", partial_names(attributes.partial));
  return json;
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
