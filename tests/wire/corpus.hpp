// wire/corpus.hpp
//
// Data from outside the tree (support/data.hpp): files of one JSON object a line.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bgp/wire/capability.hpp"
#include "bgp/wire/label_counts.hpp"
#include "bgp/wire/prefix.hpp"
#include "support/hex.hpp"

namespace bgp::corpus {

inline std::vector<boost::json::object> lines_of(const std::filesystem::path& file) {
  std::vector<boost::json::object> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(boost::json::parse(line).as_object());
  }
  return lines;
}

inline std::string text(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

inline bool flag(const boost::json::object& object, std::string_view key, bool otherwise) {
  const auto* value = object.if_contains(key);
  return value && value->is_bool() ? value->get_bool() : otherwise;
}

inline Family family(unsigned afi, unsigned safi) { return {static_cast<Afi>(afi), static_cast<Safi>(safi)}; }

/// "2/1" and the like.
inline std::vector<Family> families(const boost::json::object& object, std::string_view key) {
  std::vector<Family> list;
  const auto* value = object.if_contains(key);
  if (!value || !value->is_array()) return list;
  for (const auto& item : value->get_array()) {
    const std::string name(item.as_string());
    const auto slash = name.find('/');
    list.push_back(
        family(static_cast<unsigned>(std::stoul(name)), static_cast<unsigned>(std::stoul(name.substr(slash + 1)))));
  }
  return list;
}

/// The same where it says that prefixes have several labels; how many is not in the data.
inline LabelCounts label_counts(const boost::json::object& object, std::string_view key) {
  LabelCounts counts;
  for (const Family one : families(object, key)) counts.insert(one, LabelCounts::kAny);
  return counts;
}

/// A prefix as the truth writes it, perhaps with bits beyond its length and an identifier, in our form.
inline std::string normal_prefix(const std::string& written) {
  const auto slash = written.find('/');
  const auto hash = written.find('#');
  const auto address = IpAddress::parse(written.substr(0, slash));
  if (!address || slash == std::string::npos) return "unreadable " + written;
  const auto length = static_cast<std::uint8_t>(std::stoul(written.substr(slash + 1)));
  const std::uint32_t id =
      hash == std::string::npos ? 0 : static_cast<std::uint32_t>(std::stoul(written.substr(hash + 1)));
  return to_string(Nlri{Prefix(*address, length), id});
}

inline std::vector<std::string> normal_prefixes(const boost::json::value* list) {
  std::vector<std::string> texts;
  if (!list || !list->is_array()) return texts;
  for (const auto& item : list->get_array()) {
    if (item.is_string()) texts.push_back(normal_prefix(std::string(item.get_string())));
  }
  std::ranges::sort(texts);
  return texts;
}

}  // namespace bgp::corpus
