#include "bgp/json/attributes.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"
#include "support/json.hpp"

namespace bgp {
namespace {

TEST(JsonAttributes, AsPath_HasASegmentATime) {
  const AsPath path({{SegmentType::AsConfedSequence, {65010}},
                     {SegmentType::AsConfedSet, {65011}},
                     {SegmentType::AsSequence, {65001, 4200000000}},
                     {SegmentType::AsSet, {65003}}});

  EXPECT_EQ(to_json(path), R"([{"type": "AS_CONFED_SEQUENCE", "asns": [65010]},
                               {"type": "AS_CONFED_SET", "asns": [65011]},
                               {"type": "AS_SEQUENCE", "asns": [65001, 4200000000]},
                               {"type": "AS_SET", "asns": [65003]}])"_json);
  EXPECT_EQ(to_json(AsPath{}), R"([])"_json);
}

TEST(JsonAttributes, WhatIsAbsent_HasNoKey) {
  PathAttributes attributes;
  attributes.next_hop.address = IpAddress::v4(0xc0000202);

  EXPECT_EQ(to_json(attributes), R"({"origin": "igp", "as_path": [], "next_hop": "192.0.2.2"})"_json);
}

TEST(JsonAttributes, EveryField_HasItsKey) {
  PathAttributes attributes;
  attributes.origin = Origin::Incomplete;
  attributes.as_path = AsPath::sequence({65001});
  attributes.next_hop = {*IpAddress::parse("2001:db8::1"), *IpAddress::parse("fe80::1")};
  attributes.med = 5;
  attributes.local_pref = 4294967295;
  attributes.atomic_aggregate = true;
  attributes.aggregator = Aggregator{65001, {0xc0000201}};
  attributes.communities = {{0xffffff01}, {0xfde90064}};
  attributes.large_communities = {{65001, 1, 2}};
  attributes.others = {{0xe0, 200, "0102ff"_hex}};
  attributes.originator_id = BgpIdentifier{0xc0000203};
  attributes.cluster_list = {{1}, {2}};
  attributes.extended_communities = {{0x0002fde900000064}};
  attributes.only_to_customer = 65001;
  attributes.partial = {true, true, true, true, true};

  const auto json = to_json(attributes);

  EXPECT_EQ(json, R"({"origin": "incomplete", "as_path": [{"type": "AS_SEQUENCE", "asns": [65001]}],
                      "next_hop": "2001:db8::1", "link_local": "fe80::1", "multi_exit_disc": 5,
                      "local_pref": 4294967295, "atomic_aggregate": true,
                      "aggregator": {"asn": 65001, "speaker": "192.0.2.1"},
                      "communities": ["no-export", "65001:100"], "originator_id": "192.0.2.3",
                      "cluster_list": ["0.0.0.1", "0.0.0.2"], "extended_communities": ["rt:65001:100"],
                      "large_communities": ["65001:1:2"], "only_to_customer": 65001,
                      "others": [{"code": 200, "name": "attribute 200", "flags": 224, "value": "0102ff"}],
                      "partial": ["aggregator", "communities", "extended_communities", "large_communities",
                                  "only_to_customer"]})"_json);
}

/// The attributes of a route with one that PathAttributes keeps as octets.
boost::json::object with(std::uint8_t flags, AttributeCode code, Bytes value) {
  PathAttributes attributes;
  attributes.others = {{flags, static_cast<std::uint8_t>(code), std::move(value)}};
  return to_json(attributes);
}

TEST(JsonAttributes, KeptAsOctetsButTyped_HasAKeyOfItsOwn) {
  EXPECT_EQ(with(0x80, AttributeCode::Aigp, "01 000b 0000000000000064"_hex).at("aigp"), R"({"metric": 100})"_json);
  EXPECT_EQ(with(0xc0, AttributeCode::PmsiTunnel, "00 06 000640 c0000201"_hex).at("pmsi_tunnel"),
            R"({"flags": 0, "type": 6, "label": 1600, "identifier": "c0000201", "endpoint": "192.0.2.1"})"_json);
  EXPECT_EQ(with(0xc0, AttributeCode::TunnelEncapsulation, "0002 0006 01 04 00000007"_hex).at("tunnel_encapsulation"),
            R"([{"type": 2, "name": "gre", "sub_tlvs": [{"name": "encapsulation", "key": 7}]}])"_json);
  EXPECT_EQ(with(0xc0, AttributeCode::PrefixSid, "01 0007 00 0000 00000064"_hex).at("prefix_sid"),
            R"([{"name": "label-index", "flags": 0, "index": 100}])"_json);
  EXPECT_EQ(with(0xc0, AttributeCode::AttrSet, "0000fde9 400101 00"_hex).at("attr_set"),
            R"({"origin_as": 65001,
                "attributes": [{"code": 1, "name": "ORIGIN", "flags": 64, "value": "00"}]})"_json);
  EXPECT_EQ(with(0xc0, AttributeCode::Ipv6ExtendedCommunities, "0002 20010db8000000000000000000000001 0005"_hex)
                .at("ipv6_extended_communities"),
            R"(["rt:[2001:db8::1]:5"])"_json);
}

TEST(JsonAttributes, TypedButMalformed_StaysOctets) {
  const auto json = with(0x80, AttributeCode::Aigp, "01 000b 00"_hex);

  EXPECT_FALSE(json.contains("aigp"));
  EXPECT_EQ(json.at("others"), R"([{"code": 26, "name": "AIGP", "flags": 128, "value": "01000b00"}])"_json);
}

TEST(JsonAttributes, PartialBit_IsNamedForTypedOnesToo) {
  EXPECT_EQ(with(0xe0, AttributeCode::PrefixSid, "01 0007 00 0000 00000064"_hex).at("partial"),
            R"(["prefix_sid"])"_json);
}

TEST(JsonAttributes, Error_NamesItsAttributeAndApproach) {
  EXPECT_EQ(to_json(UpdateError{ErrorApproach::AttributeDiscard, AttributeCode::Aggregator, 5, "why"}),
            R"({"approach": "attribute-discard", "attribute": 7, "name": "AGGREGATOR", "subcode": 5,
                "reason": "why"})"_json);
  EXPECT_EQ(to_json(UpdateError{ErrorApproach::SessionReset, {}, 1, "why"}),
            R"({"approach": "session-reset", "subcode": 1, "reason": "why"})"_json);
}

}  // namespace
}  // namespace bgp
