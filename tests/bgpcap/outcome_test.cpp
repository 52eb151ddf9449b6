#include "tools/bgpcap/outcome.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/printers.hpp"

namespace bgp::cap {
namespace {

using Texts = std::vector<std::string>;

Vector vector(std::string kind, Bytes octets) {
  Vector made;
  made.name = "one";
  made.kind = std::move(kind);
  made.octets = std::move(octets);
  return made;
}

TEST(CapOutcome, GoodUpdate_AnnouncesItsPrefixes) {
  const Outcome outcome = outcome_of(
      vector("message", "ffff... 002f 02 0000 0014 40010100 40020602010000fdea 400304c0000202 180a0a0a"_hex));

  EXPECT_EQ(outcome.verdict(), "ok");
  EXPECT_EQ(outcome.announced, Texts{"10.10.10.0/24"});
  EXPECT_EQ(outcome.decode.at("type"), "UPDATE");
}

TEST(CapOutcome, StrongestApproach_IsTheAction) {
  // AGGREGATOR too short: discarded; ORIGIN undefined: withdrawn
  const Outcome outcome = outcome_of(
      vector("update-body", "0000 001c 40010107 40020602010000fdea 400304c0000202 c00705fdea0a0000 180a0a0a"_hex));

  EXPECT_EQ(outcome.action, "treat-as-withdraw");
  EXPECT_EQ(outcome.withdrawn, Texts{"10.10.10.0/24"});
  EXPECT_EQ(outcome.announced, Texts{});
}

TEST(CapOutcome, DiscardedAttributes_AreListed) {
  const Outcome outcome = outcome_of(
      vector("update-body", "0000 001c 40010100 40020602010000fdea 400304c0000202 c00705fdea0a0000 180a0a0a"_hex));

  EXPECT_EQ(outcome.action, "attribute-discard");
  EXPECT_EQ(outcome.discarded, std::vector<unsigned>{7});
}

TEST(CapOutcome, SessionReset_HasItsNotification) {
  const Outcome outcome = outcome_of(vector("message", "ffff... 0012 04"_hex));

  EXPECT_EQ(outcome.action, "session-reset");
  EXPECT_EQ(outcome.notification, (Notification{ErrorCode::MessageHeader, 2, "0012"_hex}));
}

TEST(CapOutcome, CutMessage_IsIncomplete) {
  EXPECT_EQ(outcome_of(vector("message", "ffff... 0017 02"_hex)).action, "incomplete");
}

TEST(CapOutcome, Nlri_AreOfTheFirstFamily) {
  EXPECT_EQ(outcome_of(vector("nlri", "18 c00002 08 0a"_hex)).announced, (Texts{"192.0.2.0/24", "10.0.0.0/8"}));
  EXPECT_EQ(outcome_of(vector("nlri", "21 c000020000"_hex)).action, "session-reset");
}

TEST(CapOutcome, AttributeValue_StandsInAGoodUpdate) {
  Vector med = vector("attribute-value", "00000005"_hex);
  med.attribute = 4;
  EXPECT_EQ(outcome_of(med).verdict(), "ok");

  med.octets = "000005"_hex;
  EXPECT_EQ(outcome_of(med).action, "treat-as-withdraw");

  Vector mp = vector("attribute-value", "0002 01 10 20010db8000000000000000000000002 00 20 20010db8"_hex);
  mp.attribute = 14;
  EXPECT_EQ(outcome_of(mp).announced, Texts{"2001:db8::/32"});
}

TEST(CapOutcome, AsPathValue_HasTextAndHops) {
  Vector path = vector("as-path-value", "02 02 fde9 fdea 01 02 fdeb fdec"_hex);
  path.context.decode.four_octet_as = false;

  const Outcome outcome = outcome_of(path);

  EXPECT_EQ(outcome.facts.at("text"), "65001 65002 {65003 65004}");
  EXPECT_EQ(outcome.facts.at("hops"), 3);
  EXPECT_EQ(outcome_of(vector("as-path-value", "02 00"_hex)).action, "treat-as-withdraw");
}

TEST(CapOutcome, Capability_IsOkOrIgnoredOrResets) {
  const Outcome good = outcome_of(vector("capability", "01 04 0002 00 80"_hex));
  EXPECT_EQ(good.verdict(), "ok");
  EXPECT_EQ(good.facts.at("safi"), 128);

  EXPECT_EQ(outcome_of(vector("capability", "41 02 fdea"_hex)).action, "capability-ignored");
  EXPECT_EQ(outcome_of(vector("capability", "41 04 fdea"_hex)).notification,
            (Notification{ErrorCode::OpenMessage, 0, {}}));
}

TEST(CapOutcome, OptionalParameters_AreThoseOfAnOpen) {
  const Outcome outcome = outcome_of(vector("open-optional-parameters", "02 06 01 04 0001 00 01 02 02 02 00"_hex));

  EXPECT_EQ(outcome.decode.at("capabilities").as_array().size(), 2U);
}

TEST(CapOutcome, DynamicCapability_IsATypeThatWeDoNotKnow) {
  EXPECT_EQ(outcome_of(vector("dynamic-capability-body", "00 01 04 0001 00 02"_hex)).notification,
            (Notification{ErrorCode::MessageHeader, 3, "06"_hex}));
}

TEST(CapOutcome, Json_HasEveryKey) {
  const Vector given = vector("message", "ffff... 0013 00"_hex);

  EXPECT_EQ(outcome_json(given, outcome_of(given)),
            R"({"name": "one", "verdict": "error", "action": "session-reset", "code": 1, "subcode": 3, "data": "00",
                "discarded": [], "announced": [], "withdrawn": [], "decode": {}})"_json);
}

}  // namespace
}  // namespace bgp::cap
