// json/update.cpp
//
// The effect of an UPDATE, as the view shows it.
#include "bgp/json/attributes.hpp"
#include "bgp/json/messages.hpp"
#include "bgp/json/nlri.hpp"
#include "fields.hpp"

namespace bgp {
namespace {

using boost::json::array;
using boost::json::object;

/// RFC 8955 4: a flow specification may come without a next hop.
bool has_next_hop(const ReachableGroup& group) {
  const bool flow_spec = group.family.safi == Safi::FlowSpec || group.family.safi == Safi::FlowSpecVpn;
  return !flow_spec || group.next_hop != NextHop{};
}

object group_json(const ReachableGroup& group) {
  object json = to_json(group.family);
  if (has_next_hop(group)) json["next_hop"] = to_string(group.next_hop.address);
  if (group.next_hop.link_local) json["link_local"] = to_string(*group.next_hop.link_local);
  json["nlri"] = to_json(group.nlri);
  return json;
}

object group_json(const UnreachableGroup& group) {
  object json = to_json(group.family);
  json["nlri"] = to_json(group.nlri);
  return json;
}

template <class Groups>
array groups_json(const Groups& groups) {
  array list;
  for (const auto& group : groups) list.push_back(group_json(group));
  return list;
}

/// What all groups share: the next hop stands with each of them.
object shared_attributes(const UpdateView& update) {
  object json = to_json(update.path_attributes(update.reachable().front()));
  json.stable_erase(json.find("next_hop"));
  if (const auto* link_local = json.find("link_local"); link_local != json.end()) json.stable_erase(link_local);
  return json;
}

array wire_attributes(const UpdateView& update) {
  array list;
  for (const AttributeView attribute : update.attributes()) {
    list.push_back(object{{"code", attribute.code},
                          {"name", to_string(static_cast<AttributeCode>(attribute.code))},
                          {"flags", attribute.flags},
                          {"value", hex(attribute.value)}});
  }
  return list;
}

}  // namespace

object to_json(const UpdateView& update) {
  object json{{"type", "UPDATE"},
              {"unreachable", groups_json(update.unreachable())},
              {"reachable", groups_json(update.reachable())}};
  if (!update.reachable().empty()) json["attributes"] = shared_attributes(update);
  if (const auto family = update.end_of_rib()) json["end_of_rib"] = to_json(*family);
  if (update.error_count() > 0) {
    array errors;
    for (const UpdateError& error : update.errors()) errors.push_back(to_json(error));
    json["errors"] = std::move(errors);
    if (update.error_count() > update.errors().size()) json["error_count"] = update.error_count();
  }
  json["path_attributes"] = wire_attributes(update);
  return json;
}

}  // namespace bgp
