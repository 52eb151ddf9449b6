#include "tools/bgpcap/compare.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"
#include "support/json.hpp"

namespace bgp::cap {
namespace {

using Texts = std::vector<std::string>;

Texts differences_of(const boost::json::value& expect, const Outcome& outcome) {
  return differences(expect.as_object(), outcome);
}

Outcome withdrawn(std::vector<std::string> prefixes) {
  Outcome outcome;
  outcome.action = "treat-as-withdraw";
  outcome.withdrawn = std::move(prefixes);
  return outcome;
}

Outcome reset(Notification notification) {
  Outcome outcome;
  outcome.action = "session-reset";
  outcome.notification = std::move(notification);
  return outcome;
}

TEST(CapCompare, WhatIsNotExpected_IsNotCompared) {
  EXPECT_EQ(differences_of(R"({"verdict": "ok"})"_json, {}), Texts{});
  EXPECT_EQ(differences_of(R"({"verdict": "error"})"_json, withdrawn({"10.0.0.0/8"})), Texts{});
}

TEST(CapCompare, Verdict_MustBeTheSame) {
  EXPECT_EQ(differences_of(R"({"verdict": "error"})"_json, {}), Texts{"verdict: expected error, got ok"});
  EXPECT_EQ(differences_of(R"({"verdict": "ok"})"_json, withdrawn({})),
            Texts{"verdict: expected ok, got treat-as-withdraw"});
  EXPECT_EQ(differences_of(R"({"verdict": "no-crash"})"_json, withdrawn({})), Texts{});
}

TEST(CapCompare, Discard_IsOk) {
  Outcome outcome;
  outcome.action = "attribute-discard";
  outcome.discarded = {17};

  EXPECT_EQ(differences_of(R"({"verdict": "ok", "discarded": [17]})"_json, outcome), Texts{});
  EXPECT_EQ(differences_of(R"({"verdict": "ok", "discarded": [18]})"_json, outcome),
            Texts{"discarded: expected [18], got [17]"});
}

TEST(CapCompare, Action_MayBeOneOfAList) {
  const auto expect = R"({"verdict": "error", "action": ["attribute-discard", "treat-as-withdraw"]})"_json;

  EXPECT_EQ(differences_of(expect, withdrawn({})), Texts{});
  EXPECT_EQ(differences_of(expect, reset({})).size(), 1U);
}

TEST(CapCompare, Notification_IsComparedAsFarAsItIsNamed) {
  const Outcome outcome = reset({ErrorCode::UpdateMessage, 1, "01"_hex});

  EXPECT_EQ(differences_of(R"({"verdict": "error", "code": 3})"_json, outcome), Texts{});
  EXPECT_EQ(differences_of(R"({"verdict": "error", "code": 1, "subcode": 2, "data": ""})"_json, outcome),
            (Texts{"code: expected 1, got 3", "subcode: expected 2, got 1", "data: expected , got 01"}));
}

TEST(CapCompare, Alternatives_OneIsEnough) {
  const auto expect = R"({"verdict": "error", "action": "session-reset", "code": 1,
                          "alternatives": [{"action": "session-closed"}, {"action": "session-reset", "code": 3}]})"_json;

  EXPECT_EQ(differences_of(expect, reset({ErrorCode::UpdateMessage, 1, {}})), Texts{});
  EXPECT_EQ(differences_of(expect, reset({ErrorCode::OpenMessage, 1, {}})).size(), 1U);
}

TEST(CapCompare, Prefixes_AreASetInAnyForm) {
  const Outcome outcome = withdrawn({"10.10.128.0/17", "10.10.10.0/24#5"});

  EXPECT_EQ(differences_of(R"({"verdict": "error", "withdrawn": ["10.10.10.0/24#5", "10.10.255.0/17"]})"_json, outcome),
            Texts{});
  EXPECT_EQ(differences_of(R"({"verdict": "error", "withdrawn": []})"_json, outcome),
            Texts{"withdrawn: expected [], got [10.10.10.0/24#5, 10.10.128.0/17]"});
}

TEST(CapCompare, Facts_AreComparedWhereTheyAreNamed) {
  Outcome outcome;
  outcome.facts = {{"hold", 3}, {"text", "a"}};

  EXPECT_EQ(differences_of(R"({"verdict": "ok", "hold": 3})"_json, outcome), Texts{});
  EXPECT_EQ(differences_of(R"({"verdict": "ok", "hold": 4})"_json, outcome), Texts{"hold: expected 4, got 3"});
}

}  // namespace
}  // namespace bgp::cap
