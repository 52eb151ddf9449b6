// support/json.hpp
//
// JSON in test code: R"({"a": 1})"_json, compared as values.
#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string_view>

namespace bgp::inline json_literals {

inline boost::json::value operator""_json(const char* text, std::size_t size) {
  return boost::json::parse(std::string_view(text, size));
}

}  // namespace bgp::inline json_literals
