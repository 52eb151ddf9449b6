#include "bgp/json/messages.hpp"

#include <gtest/gtest.h>

#include "bgp/wire/notification.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

/// A message as a receiver with both unicast families would show it.
boost::json::object shown(MessageType type, BytesView body) {
  const Bytes octets = framed(type, body);
  return to_json(RawMessage{type, octets}, both_families(), true);
}

TEST(JsonMessages, Keepalive_IsTypeAndLength) {
  EXPECT_EQ(shown(MessageType::Keepalive, {}), R"({"type": "KEEPALIVE", "length": 19})"_json);
}

TEST(JsonMessages, Open_HasTheFieldsOfTheRfc) {
  const auto json = shown(MessageType::Open, "04 5ba0 005a c0000201 08 02 06 41 04 fa56ea01"_hex);

  EXPECT_EQ(json, R"({"type": "OPEN", "length": 37, "version": 4, "my_as": 23456, "asn": 4200000001, "hold_time": 90,
                      "bgp_identifier": "192.0.2.1",
                      "capabilities": [{"code": 65, "name": "4-octet-as", "asn": 4200000001}]})"_json);
}

TEST(JsonMessages, Notification_HasTheNamesOfItsNumbers) {
  EXPECT_EQ(shown(MessageType::Notification, "04 00"_hex),
            R"({"type": "NOTIFICATION", "length": 21, "code": 4, "subcode": 0, "data": "",
                "code_name": "Hold Timer Expired", "subcode_name": "Unspecific"})"_json);
}

TEST(JsonMessages, ShutdownCommunication_IsSafeText) {
  const auto json = shown(MessageType::Notification, "06 02 06 c3a9 07 ff 6b 6b"_hex);

  EXPECT_EQ(json.at("communication"), "\u00e9\\x07\\xffkk");
  EXPECT_EQ(json.at("data"), "06c3a907ff6b6b");
}

TEST(JsonMessages, HardReset_HasItsReason) {
  const auto json = to_json(hard_reset({ErrorCode::Cease, cease::kAdministrativeReset, {}}));

  EXPECT_EQ(json.at("subcode_name"), "Hard Reset");
  EXPECT_EQ(json.at("reason").at("code"), 6);
  EXPECT_EQ(json.at("reason").at("subcode"), 4);
}

TEST(JsonMessages, RouteRefresh_HasFamilyAndSubtype) {
  EXPECT_EQ(shown(MessageType::RouteRefresh, "0001 01 01"_hex),
            R"({"type": "ROUTE-REFRESH", "length": 23, "afi": 1, "safi": 1, "family": "ipv4-unicast", "subtype": 1,
                "subtype_name": "BoRR"})"_json);
  EXPECT_EQ(shown(MessageType::RouteRefresh, "0001 09 01"_hex).at("subtype_name"), nullptr);
}

TEST(JsonMessages, Filters_AreTypedWhereTheyCanBeRead) {
  const auto json =
      shown(MessageType::RouteRefresh, "0001 00 01 01 40 000b 00 00000005 18 20 18 c00002 41 0001 ff"_hex);

  EXPECT_EQ(json.at("orf"), R"({"when": "immediate", "groups": [
      {"type": 64, "name": "address-prefix",
       "entries": [{"action": "add", "match": "permit", "sequence": 5, "prefix": "192.0.2.0/24", "min_length": 24,
                    "max_length": 32}]},
      {"type": 65, "name": "type 65", "octets": "ff"}]})"_json);
  EXPECT_EQ(shown(MessageType::RouteRefresh, "0001 00 01 01 40 ffff"_hex).at("orf"), "0140ffff");
}

TEST(JsonMessages, DataOfANotification_IsReadWhereItHasAForm) {
  EXPECT_EQ(shown(MessageType::Notification, "02 07 46 00"_hex).at("capabilities"),
            R"([{"code": 70, "name": "enhanced-route-refresh"}])"_json);
  EXPECT_EQ(shown(MessageType::Notification, "06 01 0001 01 000003e8"_hex).at("limit"),
            R"({"afi": 1, "safi": 1, "family": "ipv4-unicast", "bound": 1000})"_json);
}

TEST(JsonMessages, Update_ShowsReachableWithAttributes) {
  const auto json =
      shown(MessageType::Update, update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop, kNlri));

  EXPECT_EQ(json, R"({"type": "UPDATE", "length": 47, "unreachable": [],
      "reachable": [{"afi": 1, "safi": 1, "family": "ipv4-unicast", "next_hop": "192.0.2.2",
                     "nlri": [{"prefix": "10.10.10.0/24"}]}],
      "attributes": {"origin": "igp", "as_path": [{"type": "AS_SEQUENCE", "asns": [65002]}]},
      "path_attributes": [{"code": 1, "name": "ORIGIN", "flags": 64, "value": "00"},
                          {"code": 2, "name": "AS_PATH", "flags": 64, "value": "02010000fdea"},
                          {"code": 3, "name": "NEXT_HOP", "flags": 64, "value": "c0000202"}]})"_json);
}

TEST(JsonMessages, UpdateOfTwoFamilies_HasAGroupEach) {
  const auto json = shown(
      MessageType::Update,
      update_body("10 c612", std::string(kMpUnreachIpv6) + kMpReachIpv6 + kOriginIgp + kAsPath65002 + kNextHop, kNlri));

  EXPECT_EQ(json.at("unreachable"), R"([{"afi": 1, "safi": 1, "family": "ipv4-unicast",
                                         "nlri": [{"prefix": "198.18.0.0/16"}]},
                                        {"afi": 2, "safi": 1, "family": "ipv6-unicast",
                                         "nlri": [{"prefix": "2001:db8:2::/48"}]}])"_json);
  EXPECT_EQ(json.at("reachable").as_array().size(), 2U);
  EXPECT_FALSE(json.contains("errors"));
}

TEST(JsonMessages, FlowSpecificationWithoutNextHop_HasNoKeyForIt) {
  const Bytes octets =
      framed(MessageType::Update,
             update_body("", std::string("80 0e 09 0001 85 00 00 03 03 81 06 ") + kOriginIgp + kAsPath65002, ""));
  DecodeContext context;
  context.families = {{Afi::Ipv4, Safi::FlowSpec}};

  const auto json = to_json(RawMessage{MessageType::Update, octets}, context);

  ASSERT_EQ(json.at("reachable").as_array().size(), 1U) << boost::json::serialize(json);
  EXPECT_FALSE(json.at("reachable").at(0).as_object().contains("next_hop"));
}

TEST(JsonMessages, TreatAsWithdraw_ShowsTheEffectAndTheError) {
  const auto json =
      shown(MessageType::Update, update_body("", std::string("40 01 01 07 ") + kAsPath65002 + kNextHop, kNlri));

  EXPECT_EQ(json.at("reachable"), R"([])"_json);
  EXPECT_EQ(json.at("unreachable").at(0).at("nlri"), R"([{"prefix": "10.10.10.0/24"}])"_json);
  EXPECT_FALSE(json.contains("attributes"));
  EXPECT_EQ(json.at("errors").at(0).at("approach"), "treat-as-withdraw");
  EXPECT_EQ(json.at("errors").at(0).at("name"), "ORIGIN");
}

TEST(JsonMessages, MoreErrorsThanTheViewLists_AreCounted) {
  std::string attributes = std::string(kOriginIgp) + kAsPath65002 + kNextHop;
  for (int i = 0; i < 9; ++i) attributes += kOriginIgp;

  const auto json = shown(MessageType::Update, update_body("", attributes, kNlri));

  EXPECT_EQ(json.at("errors").as_array().size(), 8U);
  EXPECT_EQ(json.at("error_count"), 9);
}

TEST(JsonMessages, EndOfRib_NamesItsFamily) {
  EXPECT_EQ(shown(MessageType::Update, "0000 0000"_hex).at("end_of_rib").at("family"), "ipv4-unicast");
}

TEST(JsonMessages, WhatEndsTheSession_IsTheNotificationToSend) {
  const auto json = shown(MessageType::Update, "0000 00ff"_hex);

  EXPECT_EQ(json.at("type"), "UPDATE");
  EXPECT_EQ(json.at("error").at("code"), 3);
  EXPECT_EQ(json.at("error").at("subcode"), 1);
}

}  // namespace
}  // namespace bgp
