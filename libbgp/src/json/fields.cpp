#include "fields.hpp"

#include "bgp/json/nlri.hpp"
#include "bgp/wire/capability.hpp"
#include "bgp/wire/text.hpp"

namespace bgp {

boost::json::string hex(BytesView octets) { return boost::json::string(hex_text(octets).substr(2)); }

void put_family(boost::json::object& object, Family family) {
  object["afi"] = static_cast<unsigned>(family.afi);
  object["safi"] = static_cast<unsigned>(family.safi);
  object["family"] = to_string(family);
}

boost::json::array families(std::span<const Family> list) {
  boost::json::array array;
  for (const Family family : list) array.emplace_back(to_json(family));
  return array;
}

}  // namespace bgp
