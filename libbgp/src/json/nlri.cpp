#include "bgp/json/nlri.hpp"

#include "fields.hpp"

namespace bgp {

boost::json::string to_json(const Prefix& prefix) { return boost::json::string(to_string(prefix)); }

boost::json::object to_json(Family family) {
  boost::json::object object;
  put_family(object, family);
  return object;
}

namespace {

/// RFC 7911 3: 0 is an identifier too, but only where there are identifiers, which a single NLRI does not say.
void put_path_id(boost::json::object& json, std::uint32_t path_id) {
  if (path_id != 0) json["path_id"] = path_id;
}

void put_labels(boost::json::object& json, const LabelStack& labels) {
  if (!labels.empty()) json["labels"] = boost::json::array(labels.begin(), labels.end());
}

}  // namespace

boost::json::object to_json(const Nlri& nlri) {
  boost::json::object json{{"prefix", to_json(nlri.prefix)}};
  put_path_id(json, nlri.path_id);
  return json;
}

boost::json::object to_json(const LabeledNlri& nlri) {
  boost::json::object json{{"prefix", to_json(nlri.prefix)}};
  put_labels(json, nlri.labels);
  put_path_id(json, nlri.path_id);
  return json;
}

boost::json::object to_json(const VpnNlri& nlri) {
  boost::json::object json{{"rd", to_string(nlri.rd)}, {"prefix", to_json(nlri.prefix)}};
  put_labels(json, nlri.labels);
  put_path_id(json, nlri.path_id);
  return json;
}

boost::json::object to_json(const OpaqueNlri& nlri) {
  boost::json::object json{{"octets", hex(nlri.octets)}};
  put_path_id(json, nlri.path_id);
  return json;
}

namespace {

/// Named one by one: an alternative without a to_json() of its own would become an AnyNlri again.
struct Shape {
  boost::json::object operator()(const Nlri& one) const { return to_json(one); }
  boost::json::object operator()(const LabeledNlri& one) const { return to_json(one); }
  boost::json::object operator()(const VpnNlri& one) const { return to_json(one); }
  boost::json::object operator()(const OpaqueNlri& one) const { return to_json(one); }
  boost::json::object operator()(const EvpnNlri& one) const { return to_json(one); }
  boost::json::object operator()(const FlowSpecNlri& one) const { return to_json(one); }
  boost::json::object operator()(const RouteTargetNlri& one) const { return to_json(one); }
  boost::json::object operator()(const LinkStateNlri& one) const { return to_json(one); }
};

}  // namespace

boost::json::object to_json(const AnyNlri& nlri) { return std::visit(Shape{}, nlri); }

boost::json::array to_json(const NlriView& nlri) {
  boost::json::array array;
  for (const AnyNlri& one : nlri.any()) {
    boost::json::object json = to_json(one);
    if (nlri.add_path() && !std::holds_alternative<OpaqueNlri>(one)) json["path_id"] = path_id_of(one);
    array.push_back(std::move(json));
  }
  return array;
}

}  // namespace bgp
