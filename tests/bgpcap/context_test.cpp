#include "tools/bgpcap/context.hpp"

#include <gtest/gtest.h>

#include "support/json.hpp"
#include "support/printers.hpp"

namespace bgp::cap {
namespace {

std::string problem_of(const boost::json::value& keys) { return context_of(keys.as_object()).error(); }

TEST(CapContext, Family_HasANameOrNumbers) {
  EXPECT_EQ(parse_family("ipv4-unicast"), kIpv4Unicast);
  EXPECT_EQ(parse_family("25/70"), (Family{Afi::L2vpn, Safi::Evpn}));
  EXPECT_EQ(parse_family("65535/255"), (Family{static_cast<Afi>(65535), static_cast<Safi>(255)}));
  for (const char* wrong : {"", "ipv5", "1/", "/1", "1/256", "65536/1", "1/1x", "-1/1"}) {
    EXPECT_EQ(parse_family(wrong), std::nullopt) << wrong;
  }
}

TEST(CapContext, Default_TakesEveryFamily) {
  const Context context = default_context();

  for (const char* family : {"ipv4-unicast", "l2vpn-evpn", "bgp-ls", "1/5", "2/85"}) {
    EXPECT_TRUE(context.decode.families.contains(*parse_family(family))) << family;
  }
  EXPECT_TRUE(context.decode.four_octet_as);
  EXPECT_FALSE(context.decode.internal);
}

TEST(CapContext, EmptyKeys_AreAnExternalIpv4Session) {
  const auto context = context_of({});

  ASSERT_TRUE(context);
  EXPECT_EQ(context->decode, DecodeContext{});
  EXPECT_FALSE(context->extended_message);
  EXPECT_FALSE(context->enhanced_refresh);
  EXPECT_EQ(context->state, std::nullopt);
}

TEST(CapContext, EveryKey_IsRead) {
  const auto context = context_of(
      R"({"session": "confed", "state": "OpenSent", "peer_as": 65002, "local_as": 4200000000, "local_id": "192.0.2.1",
          "as4": false, "families": ["1/1", "2/1"], "addpath": ["1/1"], "ext_nh": ["1/1"], "multi_label": ["2/4", "1/4=3"],
          "ext_msg": true, "enhanced_rr": true, "note": "for people"})"_json.as_object());

  ASSERT_TRUE(context);
  EXPECT_TRUE(context->decode.confederation);
  EXPECT_FALSE(context->decode.internal);
  EXPECT_EQ(context->state, State::OpenSent);
  EXPECT_EQ(context->decode.peer_asn, 65002U);
  EXPECT_EQ(context->decode.local_asn, 4200000000U);
  EXPECT_EQ(context->decode.local_identifier, BgpIdentifier{0xc0000201});
  EXPECT_FALSE(context->decode.four_octet_as);
  EXPECT_EQ(context->decode.families, (FamilySet{kIpv4Unicast, kIpv6Unicast}));
  EXPECT_EQ(context->decode.add_path, FamilySet{kIpv4Unicast});
  EXPECT_EQ(context->decode.extended_next_hop, FamilySet{kIpv4Unicast});
  EXPECT_EQ(context->decode.multiple_labels, (LabelCounts{{{Afi::Ipv6, Safi::LabeledUnicast}, LabelCounts::kAny},
                                                          {{Afi::Ipv4, Safi::LabeledUnicast}, 3}}));
  EXPECT_TRUE(context->extended_message);
  EXPECT_TRUE(context->enhanced_refresh);
}

TEST(CapContext, WhatIsWrong_IsNamedByItsKey) {
  EXPECT_EQ(problem_of(R"({"session": "ebgp"})"_json), "context: session is none of eBGP, iBGP and confed");
  EXPECT_EQ(problem_of(R"({"state": "Open"})"_json), "context: state is no state of RFC 4271 8.2.2");
  EXPECT_EQ(problem_of(R"({"local_as": -1})"_json), "context: local_as is no AS number");
  EXPECT_EQ(problem_of(R"({"local_id": "1.2.3"})"_json), "context: local_id is no dotted quad");
  EXPECT_EQ(problem_of(R"({"as4": 1})"_json), "context: as4 is neither true nor false");
  EXPECT_EQ(problem_of(R"({"families": "1/1"})"_json), "context: families is no list of families");
  EXPECT_EQ(problem_of(R"({"addpath": ["1"]})"_json), "context: addpath has \"1\", which is no family");
  EXPECT_EQ(problem_of(R"({"multi_label": "1/4"})"_json), "context: multi_label is no list of families");
  for (const char* text : {"1/4=1", "1/4=256", "1/4=", "=2", "1/4=x"}) {
    EXPECT_EQ(problem_of({{"multi_label", boost::json::array{text}}}),
              "context: multi_label has \"" + std::string(text) + "\", which is no family with a count");
  }
}

}  // namespace
}  // namespace bgp::cap
