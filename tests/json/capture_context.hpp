// json/capture_context.hpp
//
// What the head of a truth file says of its capture: the context to decode each of its messages in.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "bgp/wire/update.hpp"
#include "wire/corpus.hpp"

namespace bgp::corpus {

/// All families that occur: what was negotiated is not always in a capture.
inline std::vector<Family> every_family() {
  std::vector<Family> all;
  for (const unsigned afi : {1U, 2U, 25U, 16388U}) {
    for (const unsigned safi : {1U, 2U, 4U, 65U, 70U, 71U, 73U, 128U, 129U, 132U, 133U, 134U}) {
      all.push_back(family(afi, safi));
    }
  }
  return all;
}

/// Families for which `end` advertised one of two ADD-PATH modes.
inline std::vector<Family> advertised(const boost::json::object& add_path, const std::string& end, int mode) {
  std::vector<Family> list;
  const auto* entries = add_path.if_contains(end);
  if (!entries || !entries->is_array()) return list;
  for (const boost::json::value& entry : entries->get_array()) {
    const auto numbers = boost::json::value_to<std::vector<unsigned>>(entry);
    if (numbers.at(2) == static_cast<unsigned>(mode) || numbers.at(2) == 3) {
      list.push_back(family(numbers.at(0), numbers.at(1)));
    }
  }
  return list;
}

class Capture {
 public:
  explicit Capture(const boost::json::object& head) {
    for (const boost::json::value& stream : head.at("streams").as_array()) {
      streams_[stream.at("stream").to_number<int>()] = stream.as_object();
    }
  }

  DecodeContext context_of(const boost::json::object& message) const {
    DecodeContext context;
    context.internal = true;  // unknown, and the less strict one
    context.families = every_family();
    for (const Family one : every_family()) {
      if (one.afi == Afi::Ipv4) context.extended_next_hop.insert(one);
    }
    const boost::json::object& stream = streams_.at(message.at("stream").to_number<int>());
    const auto* as4 = stream.if_contains("as4");
    context.four_octet_as = as4 && as4->is_bool() ? as4->get_bool() : asn_length(message) != 2;
    const auto* add_path = stream.if_contains("addpath");
    if (add_path && add_path->is_object()) {
      const auto receives = advertised(add_path->get_object(), text(message, "to"), 1);
      for (const Family family : advertised(add_path->get_object(), text(message, "from"), 2)) {
        if (std::ranges::find(receives, family) != receives.end()) context.add_path.insert(family);
      }
    }
    return context;
  }

 private:
  /// What the truth took AS numbers to be, where the OPENs are not in the capture.
  static int asn_length(const boost::json::object& message) {
    const auto* update = message.if_contains("update");
    if (update == nullptr) return 4;
    for (const boost::json::value& attribute : update->at("attrs").as_array()) {
      if (const auto* length = attribute.as_object().if_contains("asn_len")) return length->to_number<int>();
    }
    return 4;
  }

  std::map<int, boost::json::object> streams_;
};

}  // namespace bgp::corpus
