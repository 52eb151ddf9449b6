// Single messages with their expected verdict: vectors/rfc-errors.jsonl and vectors/messages-other.jsonl of
// BGP_EXTRA_DATA. What is out of this layer's reach is left out by a reason that is named and counted.
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <optional>
#include <set>

#include "bgp/wire/framer.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "bgp/wire/update.hpp"
#include "corpus.hpp"
#include "support/data.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

using boost::json::object;

/// What we make of a message, in the corpus's terms.
struct Outcome {
  std::string action = "none";  ///< none, attribute-discard, treat-as-withdraw, session-reset
  std::optional<Notification> reset;
  std::vector<std::string> announced, withdrawn;
  std::vector<std::string> rib;  ///< what an Adj-RIB-In that had all of these holds afterwards
  std::vector<int> discarded;
  object facts;  ///< hold, refresh, subtype, code, text
};

DecodeContext context_of(const object& context) {
  DecodeContext made;
  made.four_octet_as = corpus::flag(context, "as4", true);
  made.internal = corpus::text(context, "session") == "iBGP";
  made.confederation = corpus::text(context, "session") == "confed";
  made.add_path = corpus::families(context, "addpath");
  made.extended_next_hop = corpus::families(context, "ext_nh");
  made.multiple_labels = corpus::label_counts(context, "multi_label");
  const auto families = corpus::families(context, "families");
  if (!families.empty()) made.families = families;
  return made;
}

Outcome reset_by(const Notification& notification) {
  Outcome outcome;
  outcome.action = "session-reset";
  outcome.reset = notification;
  return outcome;
}

/// A handler that never asks for errors: what is unreachable goes, then what is reachable comes.
std::vector<std::string> rib_after(const std::vector<std::string>& reachable,
                                   const std::vector<std::string>& unreachable) {
  std::set<std::string> rib(reachable.begin(), reachable.end());
  rib.insert(unreachable.begin(), unreachable.end());  // before: all of them
  for (const std::string& route : unreachable) rib.erase(route);
  rib.insert(reachable.begin(), reachable.end());
  return {rib.begin(), rib.end()};
}

Outcome of_update(BytesView body, const DecodeContext& context) {
  const auto view = decode_update(body, context);
  if (!view) return reset_by(view.error());
  Outcome outcome;
  for (const UpdateError& error : view->errors()) {
    if (error.approach == ErrorApproach::TreatAsWithdraw) outcome.action = "treat-as-withdraw";
    if (error.approach != ErrorApproach::AttributeDiscard) continue;
    if (outcome.action == "none") outcome.action = "attribute-discard";
    if (!view->attribute(error.attribute)) outcome.discarded.push_back(static_cast<int>(error.attribute));
  }
  outcome.announced = reachable_texts(*view);
  outcome.withdrawn = unreachable_texts(*view);
  std::ranges::sort(outcome.announced);
  std::ranges::sort(outcome.withdrawn);
  outcome.rib = rib_after(outcome.announced, outcome.withdrawn);
  return outcome;
}

Outcome of_message(const RawMessage& message, const object& context) {
  Outcome outcome;
  switch (message.type) {
    case MessageType::Open: {
      const auto open = decode_open(message.body());
      if (!open) return reset_by(open.error());
      outcome.facts["hold"] = open->hold_time;
      return outcome;
    }
    case MessageType::Update: return of_update(message.body(), context_of(context));
    case MessageType::Notification: {
      const Notification notification = decode_notification(message.body());
      outcome.facts["code"] = static_cast<int>(notification.code);
      outcome.facts["subcode"] = notification.subcode;
      if (const auto text = shutdown_communication(notification)) outcome.facts["text"] = *text;
      return outcome;
    }
    case MessageType::Keepalive: return outcome;
    case MessageType::RouteRefresh: {
      const auto refresh = decode_route_refresh(message.octets, corpus::flag(context, "enhanced_rr", false));
      if (!refresh) return reset_by(refresh.error());
      outcome.facts["refresh"] = std::to_string(static_cast<int>(refresh->family.afi)) + "/" +
                                 std::to_string(static_cast<int>(refresh->family.safi));
      outcome.facts["subtype"] = static_cast<int>(refresh->subtype);
      return outcome;
    }
  }
  return outcome;
}

Outcome outcome_of(const object& vector, const object& context) {
  const Bytes octets = octets_of_hex(corpus::text(vector, "hex"));
  Framer framer;
  if (corpus::flag(context, "ext_msg", false)) framer.set_max_message_size(kMaxExtendedMessageSize);
  BytesView in = octets;
  const auto message = framer.next(in);
  if (!message) return reset_by(message.error());
  if (!*message) {
    Outcome outcome;
    outcome.action = "incomplete";
    return outcome;
  }
  return of_message(**message, context);
}

/// The NOTIFICATION that `expected` names, as far as it names one.
bool same_reset(const object& expected, const Notification& reset) {
  const auto* code = expected.if_contains("code");
  const auto* subcode = expected.if_contains("subcode");
  const auto* data = expected.if_contains("data");
  if (code && code->to_number<int>() != static_cast<int>(reset.code)) return false;
  if (subcode && subcode->to_number<int>() != reset.subcode) return false;
  return !data || octets_of_hex(std::string(data->as_string())) == reset.data;
}

/// One conforming outcome: an `expect` object or one of its alternatives.
bool conforms(const object& expected, const Outcome& outcome) {
  const auto* action = expected.if_contains("action");
  if (action && action->is_string() && action->as_string() != outcome.action) return false;
  if (action && action->is_array()) {
    const auto same = [&](const boost::json::value& one) { return one.as_string() == outcome.action; };
    if (std::ranges::none_of(action->as_array(), same)) return false;
  }
  if (!action && outcome.action != "none" && outcome.action != "attribute-discard" && !outcome.reset) return false;
  if (outcome.reset && !same_reset(expected, *outcome.reset)) return false;
  if (const auto* list = expected.if_contains("announced");
      list && corpus::normal_prefixes(list) != outcome.announced) {
    return false;
  }
  if (const auto* list = expected.if_contains("withdrawn");
      list && corpus::normal_prefixes(list) != outcome.withdrawn) {
    return false;
  }
  // RFC 4271 4.3: a prefix that is in both fields is announced
  if (const auto* list = expected.if_contains("announced"); list && !outcome.reset) {
    auto kept = corpus::normal_prefixes(list);
    kept.erase(std::ranges::unique(kept).begin(), kept.end());
    if (kept != outcome.rib) return false;
  }
  if (const auto* list = expected.if_contains("discarded")) {
    if (boost::json::value_to<std::vector<int>>(*list) != outcome.discarded) return false;
  }
  return std::ranges::all_of(outcome.facts, [&](const boost::json::key_value_pair& fact) {
    const auto* wanted = expected.if_contains(fact.key());
    if (!wanted) return true;
    return wanted->is_number() ? wanted->to_number<int>() == fact.value().to_number<int>() : *wanted == fact.value();
  });
}

bool conforms_to_any(const object& expected, const Outcome& outcome) {
  const std::string verdict = corpus::text(expected, "verdict");
  if (verdict == "no-crash" || verdict == "suspect" || verdict == "ignored-or-error") return true;
  if ((verdict == "ok" || verdict == "ignored") && outcome.reset) return false;
  if (verdict == "error" && outcome.action == "none") return false;
  if (const auto* alternatives = expected.if_contains("alternatives")) {
    return std::ranges::any_of(alternatives->as_array(),
                               [&](const boost::json::value& one) { return conforms(one.as_object(), outcome); });
  }
  return conforms(expected, outcome);
}

/// Why a vector is not compared; empty when it is.
std::string out_of_scope(const object& vector) {
  const std::string name = corpus::text(vector, "name");
  if (corpus::text(vector, "kind") != "message") return "not a whole message";
  if (name == "open-id-same-ibgp") return "needs our identifier: the session checks it";
  for (const char* one : {"msg-0109", "msg-0111", "msg-0112"}) {
    if (name == one) return "judged wrong (docs/decisions/0008-vectors.md)";
  }
  if (name == "open-in-established" || name == "keepalive-in-opensent") return "needs the state: the FSM checks it";
  return "";
}

void compare_file(const std::string& file, std::size_t at_least) {
  if (!has_extra_data()) GTEST_SKIP() << "BGP_EXTRA_DATA is not set: " << file << " is not compared";
  std::size_t compared = 0;
  std::map<std::string, std::size_t> left_out;
  for (const object& vector : corpus::lines_of(extra_data("vectors/" + file))) {
    const auto* given = vector.if_contains("context");
    const object context = given && given->is_object() ? given->as_object() : object{};
    const std::string reason = out_of_scope(vector);
    const Outcome outcome = outcome_of(vector, context);
    if (!reason.empty()) {
      ++left_out[reason];
      continue;
    }
    ++compared;
    EXPECT_TRUE(conforms_to_any(vector.at("expect").as_object(), outcome))
        << corpus::text(vector, "name") << "\n  expected " << boost::json::serialize(vector.at("expect")) << "\n  got "
        << outcome.action << ' ' << (outcome.reset ? to_string(*outcome.reset) : "") << ' '
        << testing::PrintToString(outcome.announced) << testing::PrintToString(outcome.withdrawn)
        << testing::PrintToString(outcome.discarded) << boost::json::serialize(outcome.facts);
  }
  std::cout << file << ": " << compared << " vectors compared\n";
  for (const auto& [reason, count] : left_out) std::cout << file << ": " << count << " left out: " << reason << '\n';
  EXPECT_GE(compared, at_least);
}

TEST(CorpusVectors, RfcErrors_HaveTheVerdictOfTheRfc) { compare_file("rfc-errors.jsonl", 50); }

TEST(CorpusVectors, OtherMessages_HaveTheirVerdict) { compare_file("messages-other.jsonl", 70); }

TEST(CorpusVectors, ExabgpMessages_HaveTheirVerdict) { compare_file("exabgp-messages.jsonl", 40); }

/// Whether a capability with its code and length conforms: one that has not its form is kept as octets, which is how a
/// decoder that may not end the session for it says error (RFC 5492 3).
bool capability_conforms(const object& vector) {
  const Bytes octets = octets_of_hex(corpus::text(vector, "hex"));
  const object& expected = vector.at("expect").as_object();
  const std::string verdict = corpus::text(expected, "verdict");
  const auto capabilities = decode_capabilities(octets);
  const bool typed =
      capabilities && std::ranges::none_of(*capabilities, [](const Capability& capability) {
        return std::holds_alternative<capability::Unknown>(capability) && capability_code(capability) != 66;
      });
  if (verdict == "ignored-or-error" || verdict == "no-crash") return true;
  return typed == (verdict == "ok");
}

/// The value of the optional parameters as in an OPEN: a length in front, and they decode.
bool parameters_conform(const object& vector) {
  const Bytes parameters = octets_of_hex(corpus::text(vector, "hex"));
  const Bytes head = "04 fde9 005a c0000201"_hex;
  const auto open = decode_open(head + Bytes{static_cast<std::uint8_t>(parameters.size())} + parameters);
  return open.has_value() == (corpus::text(vector.at("expect").as_object(), "verdict") == "ok");
}

/// draft-ietf-idr-dynamic-cap, an action octet in front: no message of ours, but its capabilities are read.
bool dynamic_body_conforms(const object& vector) {
  const Bytes body = octets_of_hex(corpus::text(vector, "hex"));
  (void)decode_capabilities(BytesView(body).subspan(1));
  return corpus::text(vector.at("expect").as_object(), "verdict") == "no-crash";
}

TEST(CorpusVectors, Capabilities_HaveTheirVerdict) {
  if (!has_extra_data()) GTEST_SKIP() << "BGP_EXTRA_DATA is not set: capabilities are not compared";
  std::map<std::string, std::size_t> compared;
  for (const object& vector : corpus::lines_of(extra_data("vectors/frr-attributes-capabilities.jsonl"))) {
    const std::string kind = corpus::text(vector, "kind");
    const std::string name = corpus::text(vector, "name");
    if (kind == "capability") {
      EXPECT_TRUE(capability_conforms(vector)) << name;
    }
    if (kind == "open-optional-parameters") {
      EXPECT_TRUE(parameters_conform(vector)) << name;
    }
    if (kind == "dynamic-capability-body") {
      EXPECT_TRUE(dynamic_body_conforms(vector)) << name;
    }
    ++compared[kind];
  }
  EXPECT_GE(compared["capability"], 22U);
  EXPECT_EQ(compared["open-optional-parameters"], 1U);
  EXPECT_EQ(compared["dynamic-capability-body"], 2U);
}

}  // namespace
}  // namespace bgp
