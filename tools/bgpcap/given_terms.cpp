#include "tools/bgpcap/given_terms.hpp"

namespace bgp::cap {
namespace {

/// " in ipv4-unicast ipv6-unicast".
template <class Families>
std::string in(const Families& families) {
  std::string text = " in";
  for (const Family family : families) text += ' ' + to_string(family);
  return text;
}

std::vector<Family> families_of(const LabelCounts& counts) {
  std::vector<Family> families;
  for (const LabelCounts::Entry& entry : counts) families.push_back(entry.first);
  return families;
}

}  // namespace

std::vector<std::string> GivenTerms::words() const {
  const DecodeContext& decode = context.decode;
  std::vector<std::string> words;
  if (as_width) words.push_back(decode.four_octet_as ? "AS numbers of 4 octets" : "AS numbers of 2 octets");
  if (kind_of_peer) {
    words.push_back(decode.confederation ? "peers of one confederation"
                    : decode.internal    ? "internal peers"
                                         : "external peers");
  }
  if (families) words.push_back("only families" + in(decode.families).substr(3));
  if (add_path) words.push_back("path identifiers" + in(decode.add_path));
  if (extended_next_hop) words.push_back("IPv6 next hops" + in(decode.extended_next_hop));
  if (multiple_labels) words.push_back("several labels" + in(families_of(decode.multiple_labels)));
  if (enhanced_refresh) words.emplace_back("enhanced route refresh");
  return words;
}

void GivenTerms::apply(test::CapturedTerms& terms) const {
  const DecodeContext& given = context.decode;
  DecodeContext& used = terms.context;
  const auto forget = [&](std::string_view what) {
    std::erase_if(terms.inferred, [&](const std::string& one) { return one.starts_with(what); });
  };
  if (as_width) {
    used.four_octet_as = given.four_octet_as;
    forget("AS numbers");
  }
  if (kind_of_peer) {
    used.internal = given.internal;
    used.confederation = given.confederation;
  }
  if (families) used.families = given.families;
  if (add_path) {
    used.add_path = given.add_path;
    forget("path identifiers");
  }
  if (extended_next_hop) used.extended_next_hop = given.extended_next_hop;
  if (multiple_labels) used.multiple_labels = given.multiple_labels;
  if (enhanced_refresh) terms.enhanced_refresh = true;
}

}  // namespace bgp::cap
