// json/fields.hpp
//
// What several kinds of object share. Private to the JSON layer.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp {

/// Lower-case hexadecimal digits, nothing else.
[[nodiscard]] boost::json::string hex(BytesView octets);

/// `family` as "afi", "safi" and "family" into an object that has more.
void put_family(boost::json::object& object, Family family);

[[nodiscard]] boost::json::array families(std::span<const Family> list);

/// The text form of each, for lists of communities and the like.
template <class List>
[[nodiscard]] boost::json::array texts(const List& list) {
  boost::json::array array;
  for (const auto& item : list) array.emplace_back(to_string(item));
  return array;
}

}  // namespace bgp
