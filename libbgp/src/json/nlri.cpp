#include "bgp/json/nlri.hpp"

#include "fields.hpp"

namespace bgp {

boost::json::string to_json(const Prefix& prefix) { return boost::json::string(to_string(prefix)); }

boost::json::object to_json(Family family) {
  boost::json::object object;
  put_family(object, family);
  return object;
}

boost::json::object to_json(const Nlri& nlri) {
  boost::json::object object{{"prefix", to_json(nlri.prefix)}};
  if (nlri.path_id != 0) object["path_id"] = nlri.path_id;
  return object;
}

boost::json::array to_json(const NlriView& nlri) {
  boost::json::array array;
  if (!is_prefix_family(nlri.family())) {
    if (!nlri.empty()) array.push_back(boost::json::object{{"octets", hex(nlri.octets())}});
    return array;
  }
  for (const Nlri& one : nlri) {
    boost::json::object object = to_json(one);
    if (nlri.add_path()) object["path_id"] = one.path_id;  // 0 is an identifier too, where there are identifiers
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace bgp
