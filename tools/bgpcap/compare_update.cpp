#include "tools/bgpcap/compare_update.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "bgp/wire/communities.hpp"
#include "bgp/wire/extended_community.hpp"
#include "bgp/wire/prefix.hpp"

namespace bgp::cap {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::serialize;
using boost::json::value;

using Texts = std::vector<std::string>;

struct FamilyNames {
  std::string_view theirs, ours;
};
constexpr std::array<FamilyNames, 9> kFamilies{{{"ipv4 unicast", "ipv4-unicast"},
                                                {"ipv6 unicast", "ipv6-unicast"},
                                                {"ipv4 nlri-mpls", "ipv4-labeled-unicast"},
                                                {"ipv4 mpls-vpn", "ipv4-mpls-vpn"},
                                                {"ipv6 mpls-vpn", "ipv6-mpls-vpn"},
                                                {"ipv4 flow", "ipv4-flowspec"},
                                                {"l2vpn evpn", "l2vpn-evpn"},
                                                {"bgp-ls bgp-ls", "bgp-ls"},
                                                {"ipv6 flow", "ipv6-flowspec"}}};

std::string_view our_family(std::string_view theirs) {
  const auto* found = std::ranges::find(kFamilies, theirs, &FamilyNames::theirs);
  return found == kFamilies.end() ? std::string_view() : found->ours;
}

std::string joined(Texts texts) {
  std::ranges::sort(texts);
  std::string text;
  for (const std::string& one : texts) text.append(text.empty() ? "" : ", ").append(one);
  return text;
}

/// "rd prefix labels"; empty for what is no prefix, so that only the number of those counts.
std::string nlri_text(const value& rd, const value& prefix, const Texts& labels) {
  if (!prefix.is_string()) return {};
  std::string text = rd.is_string() ? std::string(rd.get_string()) + ' ' : std::string();
  text += std::string(prefix.get_string());
  for (const std::string& label : labels) text += ' ' + label;
  return text;
}

value member(const object& from, const char* key) {
  const value* found = from.if_contains(key);
  return found == nullptr ? value(nullptr) : *found;
}

/// ExaBGP's label is [number, the 24 bits].
std::string their_text(const object& nlri) {
  Texts labels;
  if (const value label = member(nlri, "label"); label.is_array()) {
    for (const value& one : label.get_array()) labels.push_back(serialize(one.at(0)));
  }
  return nlri_text(member(nlri, "rd"), member(nlri, "nlri"), labels);
}

std::string our_text(const object& nlri) {
  Texts labels;
  if (const value list = member(nlri, "labels"); list.is_array()) {
    for (const value& one : list.get_array()) labels.push_back(serialize(one));
  }
  return nlri_text(nlri.contains("route_type") ? value(nullptr) : member(nlri, "rd"),
                   nlri.contains("route_type") ? value(nullptr) : member(nlri, "prefix"), labels);
}

std::string text_of(const value& text) { return text.is_string() ? std::string(text.get_string()) : std::string(); }

/// All NLRI of ours that have this family, and if one is given, this next hop.
Texts our_nlri(const object& ours, const char* kind, std::string_view family, std::string_view next_hop) {
  Texts texts;
  for (const value& group : ours.at(kind).as_array()) {
    const object& fields = group.as_object();
    if (std::string_view(fields.at("family").as_string()) != family) continue;
    if (!next_hop.empty() && text_of(member(fields, "next_hop")) != next_hop) continue;
    for (const value& one : fields.at("nlri").as_array()) texts.push_back(our_text(one.as_object()));
  }
  return texts;
}

Texts their_nlri(const value& list) {
  Texts texts;
  for (const value& one : list.as_array()) {
    // RFC 7606 5.4: a route of a type that we do not know is passed over, as it is not "parsed" there
    if (member(one.as_object(), "parsed") == false) continue;
    texts.push_back(their_text(one.as_object()));
  }
  return texts;
}

class Differences {
 public:
  void compare(const std::string& what, const std::string& expected, const std::string& ours) {
    if (expected != ours) found.push_back(what + ": expected " + expected + ", got " + ours);
  }
  void compare_nlri(const std::string& what, const Texts& expected, const Texts& ours) {
    compare(what + " (number)", std::to_string(expected.size()), std::to_string(ours.size()));
    compare(what, joined(expected), joined(ours));
  }

  Texts found;
};

/// A value in the notation of ours.
std::string as_path_text(const object& path) {
  array segments;
  for (const auto& [number, segment] : path) {
    std::string type(segment.at("element").as_string());
    std::ranges::transform(type, type.begin(), [](char c) { return c == '-' ? '_' : static_cast<char>(c & ~0x20); });
    segments.push_back(object{{"type", type}, {"asns", segment.at("value")}});
  }
  return serialize(segments);
}

std::string community_texts(const value& list) {
  array texts;
  for (const value& one : list.as_array()) {
    const auto upper = one.at(0).to_number<std::uint32_t>();
    texts.emplace_back(to_string(Community{upper << 16 | one.at(1).to_number<std::uint32_t>()}));
  }
  return serialize(texts);
}

std::string large_texts(const value& list) {
  array texts;
  for (const value& one : list.as_array()) {
    texts.emplace_back(serialize(one.at(0)) + ':' + serialize(one.at(1)) + ':' + serialize(one.at(2)));
  }
  return serialize(texts);
}

std::string extended_texts(const value& list) {
  array texts;
  for (const value& one : list.as_array()) {
    texts.emplace_back(to_string(ExtendedCommunity{one.at("value").to_number<std::uint64_t>()}));
  }
  return serialize(texts);
}

void compare_attributes(Differences& differences, const object& theirs, const object& ours) {
  const auto same = [&](const char* key, const char* our_key, auto text) {
    const value* expected = theirs.if_contains(key);
    if (expected != nullptr) differences.compare(key, text(*expected), serialize(member(ours, our_key)));
  };
  const auto as_it_is = [](const value& one) { return serialize(one); };
  same("origin", "origin", as_it_is);
  same("local-preference", "local_pref", as_it_is);
  same("med", "multi_exit_disc", as_it_is);
  same("originator-id", "originator_id", as_it_is);
  same("cluster-list", "cluster_list", as_it_is);
  same("as-path", "as_path", [](const value& path) { return as_path_text(path.as_object()); });
  same("community", "communities", community_texts);
  same("large-community", "large_communities", large_texts);
  same("extended-community", "extended_communities", extended_texts);
}

}  // namespace

std::vector<std::string> update_differences(const object& update, const object& ours) {
  Differences differences;
  if (const value announce = member(update, "announce"); announce.is_object()) {
    for (const auto& [family, hops] : announce.get_object()) {
      const std::string_view name = our_family(family);
      if (name.empty()) continue;
      for (const auto& [hop, list] : hops.as_object()) {
        const std::string_view next_hop = hop == "no-nexthop" ? std::string_view() : std::string_view(hop);
        differences.compare_nlri("announce " + std::string(family), their_nlri(list),
                                 our_nlri(ours, "reachable", name, next_hop));
      }
    }
  }
  if (const value withdraw = member(update, "withdraw"); withdraw.is_object()) {
    for (const auto& [family, list] : withdraw.get_object()) {
      const std::string_view name = our_family(family);
      if (name.empty()) continue;
      differences.compare_nlri("withdraw " + std::string(family), their_nlri(list),
                               our_nlri(ours, "unreachable", name, {}));
    }
  }
  const value attributes = member(update, "attribute");
  const value effect = member(ours, "attributes");
  if (attributes.is_object() && effect.is_object()) {
    compare_attributes(differences, attributes.get_object(), effect.get_object());
  }
  return differences.found;
}

}  // namespace bgp::cap
