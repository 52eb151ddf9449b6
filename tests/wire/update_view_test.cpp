// Reading an UpdateView: owned attributes, the two AS numbers' sizes of RFC 6793, single attributes, the text.
#include <gtest/gtest.h>

#include <string>
#include <unordered_set>
#include <vector>

#include "bgp/wire/update.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

using enum SegmentType;

/// The attributes of the first group that a good body announces.
PathAttributes attributes_of(const Bytes& body, const DecodeContext& context) {
  const auto view = decode_update(body, context);
  if (!view.has_value() || view->reachable().empty()) {
    ADD_FAILURE() << "nothing reachable in " << hex_of(body);
    return {};
  }
  return view->path_attributes(view->reachable()[0]);
}

TEST(PathAttributes, EveryTypedAttribute_IsRead) {
  DecodeContext context;
  context.internal = true;

  const PathAttributes attributes = attributes_of(
      update_body("",
                  "40 01 01 02 40 02 10 02 01 0000fdea 01 02 00010000 00000007 40 03 04 c0000202 80 04 04 00000005 "
                  "40 05 04 000000c8 40 06 00 c0 07 08 00010001 c0000203 e0 08 08 fdea0001 ffffff01 "
                  "80 09 04 c0000204 80 0a 08 00000001 00000002 e0 10 08 0002fdea00000001 "
                  "c0 20 0c 0000fdea 00000001 00000002 e0 23 04 0000fdea",
                  kNlri),
      context);

  PathAttributes expected;
  expected.origin = Origin::Incomplete;
  expected.as_path = AsPath({{AsSequence, {65002}}, {AsSet, {65536, 7}}});
  expected.next_hop.address = IpAddress::v4(0xc0000202);
  expected.med = 5;
  expected.local_pref = 200;
  expected.atomic_aggregate = true;
  expected.aggregator = Aggregator{65537, {0xc0000203}};
  expected.communities = {{0xfdea0001}, {0xffffff01}};
  expected.large_communities = {{65002, 1, 2}};
  expected.originator_id = BgpIdentifier{0xc0000204};
  expected.cluster_list = {{1}, {2}};
  expected.extended_communities = {{0x0002fdea00000001}};
  expected.only_to_customer = 65002;
  expected.partial.communities = true;
  expected.partial.extended_communities = true;
  expected.partial.only_to_customer = true;
  EXPECT_EQ(attributes, expected);
}

TEST(PathAttributes, OtherAttributes_AreKeptAscending) {
  DecodeContext context;
  context.internal = true;

  const PathAttributes attributes =
      attributes_of(update_body("",
                                "c0 80 04 0000fdea 80 1a 0b 01000b0000000000000001 d0 16 0005 0000000000 " +
                                    std::string(kOriginIgp) + kAsPath65002 + kNextHop,
                                kNlri),
                    context);

  EXPECT_EQ(attributes.others,
            (std::vector<RawAttribute>{
                {0xc0, 22, "0000000000"_hex}, {0x80, 26, "01000b0000000000000001"_hex}, {0xc0, 128, "0000fdea"_hex}}));
}

TEST(PathAttributes, UnrecognizedAttributes_GoOnWithPartialOrNotAtAll) {  // RFC 4271 5
  const PathAttributes attributes = attributes_of(
      update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop + "c0 c8 01 aa 80 c9 01 bb e0 ca 00", kNlri),
      DecodeContext{});

  EXPECT_EQ(attributes.others, (std::vector<RawAttribute>{{0xe0, 200, {0xaa}}, {0xe0, 202, {}}}));
}

TEST(PathAttributes, NextHop_IsThatOfTheGroup) {
  const DecodeContext context = both_families();
  const Bytes body = update_body("", std::string(kMpReachIpv6) + kOriginIgp + kAsPath65002 + kNextHop, kNlri);

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value());
  ASSERT_EQ(view->reachable().size(), 2U);
  EXPECT_EQ(to_string(view->path_attributes(view->reachable()[0]).next_hop.address), "192.0.2.2");
  EXPECT_EQ(to_string(view->path_attributes(view->reachable()[1]).next_hop.address), "2001:db8::2");
}

TEST(PathAttributes, DiscardedAttributes_AreAbsent) {
  const PathAttributes attributes = attributes_of(
      update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop + "40 05 04 00000064 40 06 01 00 c0 07 00",
                  kNlri),
      DecodeContext{});

  EXPECT_FALSE(attributes.local_pref);
  EXPECT_FALSE(attributes.atomic_aggregate);
  EXPECT_FALSE(attributes.aggregator);
}

/// What an OLD speaker sends: AS_PATH, AS4_PATH and aggregators as attributes in octets (RFC 6793 4.2.3).
PathAttributes from_old(const std::string& as_path, const std::string& others, bool internal = false) {
  DecodeContext context;
  context.four_octet_as = false;
  context.internal = internal;
  return attributes_of(update_body("", std::string(kOriginIgp) + as_path + kNextHop + others, kNlri), context);
}

// Rules 6793-06
TEST(As4Path, EqualLength_ReplacesThePath) {  // RFC 6793 4.2.3
  EXPECT_EQ(from_old("40 02 06 02 02 5ba0 5ba0 ", "c0 11 0a 02 02 00010000 00010001").as_path,
            AsPath::sequence({65536, 65537}));
}

// Rules 6793-06
TEST(As4Path, ShorterThanAsPath_IsPrependedByItsFront) {  // RFC 6793 4.2.3
  EXPECT_EQ(from_old("40 02 08 02 03 fdea 5ba0 5ba0 ", "c0 11 0a 02 02 00010000 00010001").as_path,
            AsPath::sequence({65002, 65536, 65537}));
}

// Rules 6793-06
TEST(As4Path, LongerThanAsPath_IsIgnored) {  // RFC 6793 4.2.3
  EXPECT_EQ(from_old("40 02 04 02 01 fdea ", "c0 11 0a 02 02 00010000 00010001").as_path, AsPath::sequence({65002}));
}

TEST(As4Path, SetsCountOnce) {  // RFC 6793 4.2.3, RFC 4271 9.1.2.2
  EXPECT_EQ(from_old("40 02 0a 02 01 fdea 01 02 5ba0 0007 ", "c0 11 0a 01 02 00010000 00000007").as_path,
            AsPath({{AsSequence, {65002}}, {AsSet, {65536, 7}}}));
  EXPECT_EQ(from_old("40 02 0a 01 02 0001 0002 02 01 5ba0 ", "c0 11 06 02 01 00010000").as_path,
            AsPath({{AsSet, {1, 2}}, {AsSequence, {65536}}}));
}

TEST(As4Path, ConfederationSegmentsInFront_AreKept) {  // RFC 6793 4.2.3
  EXPECT_EQ(from_old("40 02 0c 03 02 fc00 fc01 02 02 fdea 5ba0 ", "c0 11 06 02 01 00010000", true).as_path,
            AsPath({{AsConfedSequence, {64512, 64513}}, {AsSequence, {65002, 65536}}}));
  EXPECT_EQ(from_old("40 02 08 03 01 fc00 02 01 5ba0 ", "c0 11 06 02 01 00010000", true).as_path,
            AsPath({{AsConfedSequence, {64512}}, {AsSequence, {65536}}}));
}

// Rules 6793-07
TEST(As4Path, ConfederationSegmentsInIt_AreDropped) {  // RFC 6793 6
  EXPECT_EQ(from_old("40 02 04 02 01 5ba0 ", "c0 11 0c 03 01 0000fc00 02 01 00010000").as_path,
            AsPath::sequence({65536}));
  EXPECT_EQ(from_old("40 02 04 02 01 fdea ", "c0 11 06 03 01 0000fc00").as_path, AsPath::sequence({65002}));
}

// Rules 6793-05
TEST(As4Path, FromANewSpeaker_IsIgnored) {  // RFC 6793 6
  EXPECT_EQ(attributes_of(
                update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop + "c0 11 06 02 01 00010000", kNlri),
                DecodeContext{})
                .as_path,
            AsPath::sequence({65002}));
}

TEST(As4Aggregator, BesideAsTrans_ReplacesTheAggregator) {  // RFC 6793 4.2.3
  const PathAttributes attributes =
      from_old("40 02 04 02 01 5ba0 ", "c0 07 06 5ba0 c0000203 c0 11 06 02 01 00010000 c0 12 08 00010001 c0000203");

  EXPECT_EQ(attributes.aggregator, (Aggregator{65537, {0xc0000203}}));
  EXPECT_EQ(attributes.as_path, AsPath::sequence({65536}));
  EXPECT_TRUE(attributes.others.empty());
}

// Rules 6793-06
TEST(As4Aggregator, BesideARealAs_MakesBothAs4AttributesStale) {  // RFC 6793 4.2.3
  const PathAttributes attributes =
      from_old("40 02 04 02 01 5ba0 ", "c0 07 06 fdea c0000203 c0 11 06 02 01 00010000 c0 12 08 00010001 c0000203");

  EXPECT_EQ(attributes.aggregator, (Aggregator{65002, {0xc0000203}}));
  EXPECT_EQ(attributes.as_path, AsPath::sequence({23456}));
}

TEST(As4Aggregator, Alone_IsNotAnAggregator) {
  EXPECT_FALSE(from_old("40 02 04 02 01 5ba0 ", "c0 12 08 00010001 c0000203").aggregator);
}

TEST(UpdateView, Attributes_AreInWireOrderWithoutRepeatsAndDiscarded) {
  const DecodeContext context;
  const Bytes body = update_body(
      "", std::string(kNextHop) + kOriginIgp + "40 05 04 00000064 " + kAsPath65002 + kOriginIgp + "c0 c8 01 aa", kNlri);
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  std::vector<int> codes;
  for (const AttributeView attribute : view->attributes()) codes.push_back(attribute.code);

  EXPECT_EQ(codes, (std::vector<int>{3, 1, 2, 200}));
}

TEST(UpdateView, Attribute_IsFoundByCode) {
  const DecodeContext context;
  const Bytes body = update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop + "c0 08 04 fdea0001", kNlri);
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  const auto communities = view->attribute(AttributeCode::Communities);

  ASSERT_TRUE(communities);
  EXPECT_EQ(communities->flags, 0xc0);
  EXPECT_EQ(hex_of(communities->value), "fdea0001");
  EXPECT_FALSE(view->attribute(AttributeCode::MultiExitDisc));
}

TEST(UpdateView, MoveKeepsTheView) {
  const DecodeContext context;
  const Bytes body = update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop, kNlri);
  auto decoded = decode_update(body, context);
  ASSERT_TRUE(decoded.has_value());

  const UpdateView view = *std::move(decoded);

  EXPECT_EQ(reachable_texts(view), std::vector<std::string>{"10.10.10.0/24"});
}

TEST(UpdateView, Text_HasALineAGroupAndAnError) {
  const DecodeContext context;
  const Bytes body = update_body("08 0b", std::string(kOriginIgp) + kAsPath65002 + kNextHop + "40 06 01 00", kNlri);
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  EXPECT_EQ(to_string(*view),
            "unreachable ipv4-unicast 11.0.0.0/8\n"
            "reachable ipv4-unicast 10.10.10.0/24: origin igp as-path 65002 next-hop 192.0.2.2\n"
            "attribute-discard ATOMIC_AGGREGATE: length is not 0 (RFC 7606 7.6)");
  const Bytes empty = "00000000"_hex;
  EXPECT_EQ(to_string(*decode_update(empty, context)), "end-of-rib ipv4-unicast");
}

TEST(PathAttributes, Text_IsOneLine) {
  PathAttributes attributes;
  attributes.as_path = AsPath::sequence({65001});
  attributes.next_hop = {*IpAddress::parse("2001:db8::1"), *IpAddress::parse("fe80::1")};
  attributes.med = 5;
  attributes.local_pref = 200;
  attributes.atomic_aggregate = true;
  attributes.aggregator = Aggregator{65001, {1}};
  attributes.communities = {{0xfde90064}};
  attributes.large_communities = {{1, 2, 3}};
  attributes.originator_id = BgpIdentifier{2};
  attributes.cluster_list = {{3}, {4}};
  attributes.extended_communities = {{0x0002fde900000064}};
  attributes.only_to_customer = 65001;
  attributes.others = {
      {0xc0, 25, "0002 20010db8000000000000000000000001 0005"_hex}, {0xc0, 128, {0, 0, 0xfd, 0xe9}}, {0xe0, 200, {}}};

  EXPECT_EQ(to_string(attributes),
            "origin igp as-path 65001 next-hop 2001:db8::1 link-local fe80::1 med 5 local-pref 200 atomic-aggregate "
            "aggregator 65001 0.0.0.1 communities 65001:100 originator-id 0.0.0.2 cluster-list 0.0.0.3 0.0.0.4 "
            "extended-communities rt:65001:100 large-communities 1:2:3 only-to-customer 65001 "
            "IPv6 Address Specific Extended Community rt:[2001:db8::1]:5 ATTR_SET origin-as 65001 () attribute 200 0x");
  EXPECT_EQ(to_string(PathAttributes{}), "origin igp as-path empty next-hop 0.0.0.0");
}

TEST(PathAttributes, Hash_FollowsEquality) {
  PathAttributes a, b;
  a.med = 0;
  std::unordered_set<PathAttributes> set{a, b, a};

  EXPECT_EQ(set.size(), 2U);
  EXPECT_NE(std::hash<PathAttributes>{}(a), std::hash<PathAttributes>{}(b));  // absent is not 0
}

}  // namespace
}  // namespace bgp
