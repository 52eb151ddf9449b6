#include "json/truth.hpp"

#include "bgp/json/messages.hpp"
#include "bgp/json/nlri.hpp"
#include "wire/corpus.hpp"

namespace bgp::corpus {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::serialize;
using boost::json::value;

class Comparer {
 public:
  void same(const std::string& what, const value& truth, const value& ours) {
    ++result.values;
    if (truth != ours) result.differences.push_back(what + ": truth " + serialize(truth) + ", ours " + serialize(ours));
  }
  /// `key` of ours, where the truth has `truth_key`.
  void field(const object& truth, const char* truth_key, const object& ours, const char* key) {
    const value* expected = truth.if_contains(truth_key);
    if (expected == nullptr) return;
    const value* found = ours.if_contains(key);
    same(truth_key, *expected, found == nullptr ? value(nullptr) : *found);
  }

  Comparison result;
};

// --- OPEN

unsigned mode_number(const value& mode) {
  return mode == "receive" ? 1U : mode == "send" ? 2U : mode == "both" ? 3U : 0U;
}

/// A list of families as the truth has it: [[AFI, SAFI, third]].
template <class Third>
array family_rows(const object& capability, Third third) {
  array rows;
  const value* families = capability.if_contains("families");
  if (families == nullptr) return rows;
  for (const value& entry : families->as_array()) {
    const object& family = entry.as_object();
    rows.push_back(array{family.at("afi"), family.at("safi"), third(family)});
  }
  return rows;
}

void compare_capability(Comparer& comparer, const object& truth, const object& ours) {
  comparer.field(truth, "code", ours, "code");
  comparer.field(truth, "afi", ours, "afi");
  comparer.field(truth, "safi", ours, "safi");
  comparer.field(truth, "as4", ours, "asn");
  comparer.field(truth, "role", ours, "role");
  comparer.field(truth, "restart_time", ours, "restart_time");
  comparer.field(truth, "host", ours, "host");
  comparer.field(truth, "domain", ours, "domain");
  if (const value* rows = truth.if_contains("extnh")) {
    comparer.same("extnh", *rows, family_rows(ours, [](const object& family) { return family.at("next_hop_afi"); }));
  }
  if (const value* rows = truth.if_contains("addpath")) {
    comparer.same("addpath", *rows,
                  family_rows(ours, [](const object& family) { return mode_number(family.at("mode")); }));
  }
  if (const value* rows = truth.if_contains("families")) {  // the third is the octet of flags (RFC 4724 3)
    comparer.same("families", *rows, family_rows(ours, [](const object& family) {
                    return family.at("forwarding_state").as_bool() ? 128U : 0U;
                  }));
  }
}

void compare_open(Comparer& comparer, const object& truth, const object& ours) {
  comparer.field(truth, "version", ours, "version");
  comparer.field(truth, "as", ours, "my_as");
  comparer.field(truth, "hold", ours, "hold_time");
  comparer.field(truth, "id", ours, "bgp_identifier");
  const array& expected = truth.at("caps").as_array();
  const array& capabilities = ours.at("capabilities").as_array();
  comparer.same("number of capabilities", expected.size(), capabilities.size());
  for (std::size_t i = 0; i < std::min(expected.size(), capabilities.size()); ++i) {
    compare_capability(comparer, expected[i].as_object(), capabilities[i].as_object());
  }
}

// --- NLRI

/// "19 (bottom)", "300096": the labels of the truth as numbers.
array label_numbers(const value& label) {
  array numbers;
  const std::string text(label.as_string());
  for (std::size_t at = 0; at < text.size();) {
    if (std::isdigit(static_cast<unsigned char>(text[at])) == 0) {
      ++at;
      continue;
    }
    std::size_t used = 0;
    numbers.emplace_back(std::stoul(text.substr(at), &used));
    at += used;
  }
  return numbers;
}

/// One NLRI of the truth in our shape: text for a prefix, an object for one with labels or RD.
object nlri_of(const value& truth) {
  if (truth.is_string()) {
    const std::string written(truth.get_string());
    const auto hash = written.find('#');
    object made{{"prefix", normal_prefix(written.substr(0, hash))}};
    if (hash != std::string::npos) made["path_id"] = std::stoul(written.substr(hash + 1));
    return made;
  }
  const object& fields = truth.as_object();
  const array labels = label_numbers(fields.at("label"));
  const bool vpn = fields.at("rd").is_string();
  const auto length = fields.at("bits").to_number<std::size_t>() - labels.size() * 24 - (vpn ? 64 : 0);
  object made{{"prefix", normal_prefix(text(fields, "addr") + '/' + std::to_string(length))}};
  if (!labels.empty()) made["labels"] = labels;
  if (vpn) made["rd"] = fields.at("rd");
  if (!fields.at("id").is_null()) made["path_id"] = fields.at("id");
  return made;
}

void compare_nlri(Comparer& comparer, const char* what, const value* truth, const array& ours) {
  if (truth == nullptr || !truth->is_array() || truth->get_array().empty()) return;
  array expected;
  for (const value& one : truth->get_array()) expected.push_back(nlri_of(one));
  comparer.same(what, expected, ours);
}

// --- UPDATE

/// Every NLRI of a kind of group whose family has the given numbers; from the back: the classic fields come first.
const object* group_of(const object& update, const char* kind, const value& afi, const value& safi, bool classic) {
  const object* found = nullptr;
  for (const value& group : update.at(kind).as_array()) {
    if (group.at("afi") != afi || group.at("safi") != safi) continue;
    if (found == nullptr || !classic) found = &group.as_object();
  }
  return found;
}

array nlri_in(const object* group) { return group == nullptr ? array{} : group->at("nlri").as_array(); }

array next_hops(const object& group) {
  array list{group.at("next_hop")};
  if (const value* link_local = group.if_contains("link_local")) list.push_back(*link_local);
  return list;
}

void compare_mp_reach(Comparer& comparer, const object& truth, const object& ours) {
  const value* afi = truth.if_contains("afi");
  if (afi == nullptr) return;
  const object* group = group_of(ours, "reachable", *afi, truth.at("safi"), false);
  if (group == nullptr) return;  // treated as withdrawn: that is compared by the caller
  compare_nlri(comparer, "MP_REACH_NLRI", truth.if_contains("prefixes"), nlri_in(group));
  if (const value* hops = truth.if_contains("next_hop"); hops != nullptr && !hops->as_array().empty()) {
    comparer.same("next hop of MP_REACH_NLRI", *hops, next_hops(*group));
  }
}

void drop_labels(object& prefix) {
  const auto octets = label_numbers(prefix.at("label")).size() * 3;
  prefix["bits"] = prefix.at("bits").to_number<std::size_t>() - octets * 8;
  prefix["label"] = "";
}

void compare_mp_unreach(Comparer& comparer, const object& truth, const object& ours) {
  const value* afi = truth.if_contains("afi");
  if (afi == nullptr) return;
  // RFC 8277 2.4: what stands for labels in a withdrawal means nothing
  value prefixes = truth.at("prefixes");
  for (value& prefix : prefixes.as_array()) {
    if (prefix.is_object()) drop_labels(prefix.as_object());
  }
  compare_nlri(comparer, "MP_UNREACH_NLRI", &prefixes,
               nlri_in(group_of(ours, "unreachable", *afi, truth.at("safi"), false)));
}

const char* segment_name(const value& type) {
  switch (type.to_number<int>()) {
    case 1: return "AS_SET";
    case 2: return "AS_SEQUENCE";
    case 3: return "AS_CONFED_SEQUENCE";
    case 4: return "AS_CONFED_SET";
    default: return "?";
  }
}

array path_of(const value& segments) {
  array path;
  for (const value& segment : segments.as_array()) {
    path.push_back(object{{"type", segment_name(segment.at(0))}, {"asns", segment.at(1)}});
  }
  return path;
}

value origin_name(const value& number) { return number == 0 ? "igp" : number == 1 ? "egp" : "incomplete"; }

/// Well-known communities have names with us.
array community_texts(const value& list) {
  array texts;
  for (const value& one : list.as_array()) {
    const auto community = Community::parse(std::string(one.as_string()));
    texts.emplace_back(community ? to_string(*community) : "unreadable " + serialize(one));
  }
  return texts;
}

/// The values of what is reachable. AS4_PATH and AS4_AGGREGATOR are merged in with us: `as4` leaves those out.
void compare_value(Comparer& comparer, const object& truth, const object& ours, bool as4) {
  if (const value* origin = truth.if_contains("origin"))
    comparer.same("origin", origin_name(*origin), ours.at("origin"));
  if (const value* path = truth.if_contains("path"); path != nullptr && truth.at("code") == 2 && !as4) {
    comparer.same("path", path_of(*path), ours.at("as_path"));
  }
  comparer.field(truth, "med", ours, "multi_exit_disc");
  comparer.field(truth, "local_pref", ours, "local_pref");
  if (truth.at("code") == 6) comparer.same("atomic", true, ours.contains("atomic_aggregate"));
  if (truth.contains("as") && !as4) {
    const value* aggregator = ours.if_contains("aggregator");
    if (aggregator == nullptr) return comparer.same("aggregator", truth, nullptr);
    comparer.same("aggregator's AS", truth.at("as"), aggregator->at("asn"));
    comparer.same("aggregator", truth.at("addr"), aggregator->at("speaker"));
  }
  if (const value* list = truth.if_contains("communities")) {
    const value* communities = ours.if_contains("communities");
    comparer.same("communities", community_texts(*list), communities == nullptr ? value(nullptr) : *communities);
  }
  comparer.field(truth, "large", ours, "large_communities");
}

void compare_attributes(Comparer& comparer, const object& truth, const object& ours) {
  const array& expected = truth.at("attrs").as_array();
  const array& attributes = ours.at("path_attributes").as_array();
  if (ours.contains("errors")) return;  // discarded ones are absent
  comparer.same("number of attributes", expected.size(), attributes.size());
  const value* values = ours.if_contains("attributes");
  const auto is_as4 = [](const value& one) { return one.at("code") == 17 || one.at("code") == 18; };
  const bool as4 = std::ranges::any_of(expected, is_as4);
  for (std::size_t i = 0; i < std::min(expected.size(), attributes.size()); ++i) {
    const object& one = expected[i].as_object();
    comparer.field(one, "code", attributes[i].as_object(), "code");
    comparer.field(one, "flags", attributes[i].as_object(), "flags");
    comparer.same("len", one.at("len"), attributes[i].at("value").as_string().size() / 2);
    if (one.at("code") == 14) compare_mp_reach(comparer, one, ours);
    if (one.at("code") == 15) compare_mp_unreach(comparer, one, ours);
    if (values != nullptr) compare_value(comparer, one, values->as_object(), as4);
  }
}

/// Treated as withdrawn, every NLRI is unreachable; else it is where the truth found it.
void compare_update(Comparer& comparer, const object& truth, const object& ours) {
  const bool withdrawn = ours.contains("errors") && ours.at("reachable").as_array().empty();
  const value* nlri = truth.if_contains("nlri");
  compare_nlri(comparer, "withdrawn", truth.if_contains("withdrawn"),
               nlri_in(group_of(ours, "unreachable", 1, 1, true)));
  if (!withdrawn) {
    const object* group = group_of(ours, "reachable", 1, 1, true);
    compare_nlri(comparer, "nlri", nlri, nlri_in(group));
    for (const value& attribute : truth.at("attrs").as_array()) {
      const bool classic = group != nullptr && nlri != nullptr && !nlri->as_array().empty();
      if (attribute.at("code") == 3 && classic)
        comparer.same("next_hop", attribute.at("next_hop"), group->at("next_hop"));
    }
  }
  compare_attributes(comparer, truth, ours);
}

}  // namespace

Comparison compare(const object& truth, const RawMessage& message, const DecodeContext& context) {
  const object ours = to_json(message, context, true);
  Comparer comparer;
  comparer.field(truth, "type", ours, "type");
  comparer.field(truth, "len", ours, "length");
  if (ours.contains("error")) {
    comparer.same("error", nullptr, ours.at("error"));
  } else if (const value* open = truth.if_contains("open")) {
    compare_open(comparer, open->as_object(), ours);
  } else if (const value* update = truth.if_contains("update")) {
    compare_update(comparer, update->as_object(), ours);
  } else if (const value* notification = truth.if_contains("notification")) {
    for (const char* key : {"code", "subcode", "data"}) comparer.field(notification->as_object(), key, ours, key);
  } else if (const value* refresh = truth.if_contains("refresh")) {
    for (const char* key : {"afi", "safi", "subtype"}) comparer.field(refresh->as_object(), key, ours, key);
  }
  return comparer.result;
}

}  // namespace bgp::corpus
