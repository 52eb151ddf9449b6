#include "tools/bgpcap/compare.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "tools/bgpcap/compare_update.hpp"
#include "tools/bgpcap/hex.hpp"
#include "tools/bgpcap/path_text.hpp"

namespace bgp::cap {
namespace {

using boost::json::object;
using boost::json::value;

using Differences = std::vector<std::string>;

void differ(Differences& found, const char* what, const std::string& expected, const std::string& ours) {
  found.push_back(std::string(what) + ": expected " + expected + ", got " + ours);
}

std::string text(const object& expect, const char* key) {
  const value* found = expect.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

/// One action, or any of a list.
bool names(const value& action, const std::string& ours) {
  if (action.is_string()) return action.get_string() == ours;
  return action.is_array() &&
         std::ranges::any_of(action.get_array(), [&](const value& one) { return names(one, ours); });
}

/// A prefix as a vector writes it, perhaps with bits beyond its length and a path identifier, in our form.
std::string normal_prefix(const std::string& written) {
  const auto slash = written.find('/');
  const auto address = IpAddress::parse(written.substr(0, slash));
  if (!address || slash == std::string::npos) return written;
  const auto hash = written.find('#');
  try {
    const auto length = static_cast<std::uint8_t>(std::stoul(written.substr(slash + 1)));
    const auto id = hash == std::string::npos ? 0 : static_cast<std::uint32_t>(std::stoul(written.substr(hash + 1)));
    return to_string(Nlri{Prefix(*address, length), id});
  } catch (const std::exception&) {
    return written;
  }
}

std::string joined(const std::vector<std::string>& list) {
  std::string text = "[";
  for (const std::string& one : list) text.append(text.size() > 1 ? ", " : "").append(one);
  return text + ']';
}

void compare_prefixes(Differences& found, const char* key, const object& expect, std::vector<std::string> ours) {
  const value* list = expect.if_contains(key);
  if (list == nullptr || !list->is_array()) return;
  std::vector<std::string> expected;
  for (const value& one : list->get_array()) {
    expected.push_back(one.is_string() ? normal_prefix(std::string(one.get_string())) : boost::json::serialize(one));
  }
  std::ranges::sort(expected);
  std::ranges::sort(ours);
  if (expected != ours) differ(found, key, joined(expected), joined(ours));
}

void compare_notification(Differences& found, const object& expect, const Notification& ours) {
  const value* code = expect.if_contains("code");
  const value* subcode = expect.if_contains("subcode");
  if (code != nullptr && *code != static_cast<unsigned>(ours.code)) {
    differ(found, "code", boost::json::serialize(*code), std::to_string(static_cast<unsigned>(ours.code)));
  }
  if (subcode != nullptr && *subcode != ours.subcode) {
    differ(found, "subcode", boost::json::serialize(*subcode), std::to_string(ours.subcode));
  }
  const value* data = expect.if_contains("data");
  if (data != nullptr && data->is_string() && data->get_string() != hex(ours.data)) {
    differ(found, "data", text(expect, "data"), hex(ours.data));
  }
}

/// A path is the same in any notation.
bool same(std::string_view key, const value& expected, const value& ours) {
  if (expected == ours) return true;
  if (key != "text" || !expected.is_string() || !ours.is_string()) return false;
  const auto path = parse_path(expected.get_string());
  return path && path == parse_path(ours.get_string());
}

void compare_facts(Differences& found, const object& expect, const object& facts) {
  for (const auto& [key, ours] : facts) {
    const value* expected = expect.if_contains(key);
    if (expected != nullptr && !same(key, *expected, ours)) {
      differ(found, std::string(key).c_str(), boost::json::serialize(*expected), boost::json::serialize(ours));
    }
  }
}

/// Against one conforming outcome: `expect` itself, or one of its alternatives.
Differences compare_one(const object& expect, const Outcome& outcome) {
  Differences found;
  const value* action = expect.if_contains("action");
  if (action != nullptr && !names(*action, outcome.action)) {
    differ(found, "action", boost::json::serialize(*action), outcome.action);
  }
  if (outcome.notification) compare_notification(found, expect, *outcome.notification);
  compare_prefixes(found, "announced", expect, outcome.announced);
  compare_prefixes(found, "withdrawn", expect, outcome.withdrawn);
  if (const value* discarded = expect.if_contains("discarded");
      discarded != nullptr &&
      *discarded != value(boost::json::array(outcome.discarded.begin(), outcome.discarded.end()))) {
    differ(found, "discarded", boost::json::serialize(*discarded),
           boost::json::serialize(boost::json::array(outcome.discarded.begin(), outcome.discarded.end())));
  }
  compare_facts(found, expect, outcome.facts);
  return found;
}

void compare_verdict(Differences& found, const std::string& verdict, const Outcome& outcome) {
  const bool milder = outcome.action == "none" || outcome.action == "attribute-discard";
  if ((verdict == "ok" || verdict == "ignored") && !milder) differ(found, "verdict", verdict, outcome.action);
  if (verdict == "error" && outcome.action == "none") differ(found, "verdict", verdict, "ok");
}

}  // namespace

std::vector<std::string> differences(const object& expect, const Outcome& outcome) {
  const std::string verdict = text(expect, "verdict");
  Differences found;
  if (verdict == "ignored-or-error" || verdict == "suspect" || verdict == "no-crash") return found;
  compare_verdict(found, verdict, outcome);
  if (const value* alternatives = expect.if_contains("alternatives");
      alternatives != nullptr && alternatives->is_array()) {
    for (const value& one : alternatives->get_array()) {
      if (one.is_object() && compare_one(one.get_object(), outcome).empty()) return found;
    }
  }
  for (std::string& difference : compare_one(expect, outcome)) found.push_back(std::move(difference));
  const value* update = expect.if_contains("update");
  if (verdict == "ok" && update != nullptr && update->is_object() && outcome.decode.contains("reachable")) {
    for (std::string& difference : update_differences(update->get_object(), outcome.decode)) {
      found.push_back(std::move(difference));
    }
  }
  return found;
}

}  // namespace bgp::cap
