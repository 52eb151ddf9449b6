// UPDATE messages out (RFC 4271 4.3; RFC 4760; RFC 6793 4.2.2; RFC 7606 5.1; RFC 8654 4).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bgp/wire/update.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

PathAttributes simple() {
  PathAttributes attributes;
  attributes.as_path = AsPath::sequence({65002});
  attributes.next_hop.address = IpAddress::v4(0xc0000202);
  return attributes;
}

std::vector<Nlri> nlri(std::initializer_list<const char*> prefixes) {
  std::vector<Nlri> list;
  for (const char* prefix : prefixes) list.push_back({*Prefix::parse(prefix), 0});
  return list;
}

Bytes reach(const EncodeContext& context, Family family, const PathAttributes& attributes,
            const std::vector<Nlri>& list) {
  Bytes out;
  Writer writer(out);
  EXPECT_EQ(encode_reach(writer, context, family, attributes, list), list.size());
  return out;
}

Bytes update(const std::string& withdrawn, const std::string& attributes, const std::string& list) {
  return framed(MessageType::Update, update_body(withdrawn, attributes, list));
}

const std::string kSimple = std::string(kOriginIgp) + kAsPath65002 + kNextHop;

TEST(EncodeReach, Ipv4_UsesTheClassicField) {
  EXPECT_EQ(hex_of(reach({}, kIpv4Unicast, simple(), nlri({"10.10.10.0/24", "0.0.0.0/0", "192.0.2.1/32"}))),
            hex_of(update("", kSimple, "18 0a0a0a 00 20 c0000201")));
}

// Rules 7606-13
TEST(EncodeReach, Ipv6_UsesMpReachInFront) {  // RFC 7606 5.1
  PathAttributes attributes = simple();
  attributes.next_hop = {*IpAddress::parse("2001:db8::2"), {}};

  EXPECT_EQ(hex_of(reach({}, kIpv6Unicast, attributes, nlri({"2001:db8:1::/48"}))),
            hex_of(update("", std::string(kMpReachIpv6) + kOriginIgp + kAsPath65002, "")));
}

TEST(EncodeReach, LinkLocal_MakesTheNextHop32Octets) {  // RFC 2545 3
  PathAttributes attributes = simple();
  attributes.next_hop = {*IpAddress::parse("2001:db8::2"), *IpAddress::parse("fe80::2")};

  EXPECT_EQ(
      hex_of(reach({}, kIpv6Unicast, attributes, nlri({"::/0"}))),
      hex_of(update("",
                    "80 0e 26 0002 01 20 20010db8000000000000000000000002 fe800000000000000000000000000002 00 00 " +
                        std::string(kOriginIgp) + kAsPath65002,
                    "")));
}

TEST(EncodeReach, EveryAttribute_AscendsWithCanonicalFlags) {
  PathAttributes attributes = simple();
  attributes.origin = Origin::Incomplete;
  attributes.med = 5;
  attributes.local_pref = 200;
  attributes.atomic_aggregate = true;
  attributes.aggregator = Aggregator{65537, {0xc0000203}};
  attributes.communities = {{0xfdea0001}};
  attributes.large_communities = {{65002, 1, 2}};
  attributes.partial.communities = true;  // RFC 4271 5: once set it stays set
  attributes.originator_id = BgpIdentifier{0xc0000202};
  attributes.cluster_list = {{1}, {2}};
  attributes.extended_communities = {{0x0002fdea00000001}};
  attributes.only_to_customer = 65002;
  attributes.others = {{0x80, 26, "01000b0000000000000001"_hex}, {0xf0, 200, {0xaa}}};
  EncodeContext context;
  context.internal = true;

  EXPECT_EQ(hex_of(reach(context, kIpv4Unicast, attributes, nlri({"10.10.10.0/24"}))),
            hex_of(update("",
                          "40 01 01 02 40 02 06 02 01 0000fdea 40 03 04 c0000202 80 04 04 00000005 40 05 04 000000c8 "
                          "40 06 00 c0 07 08 00010001 c0000203 e0 08 04 fdea0001 80 09 04 c0000202 "
                          "80 0a 08 00000001 00000002 c0 10 08 0002fdea00000001 80 1a 0b 01000b0000000000000001 "
                          "c0 20 0c 0000fdea 00000001 00000002 c0 23 04 0000fdea e0 c8 01 aa",
                          kNlri)));
}

TEST(EncodeReach, ReflectionAttributes_GoToInternalPeersOnly) {  // RFC 4456 8
  PathAttributes attributes = simple();
  attributes.originator_id = BgpIdentifier{1};
  attributes.cluster_list = {{2}};

  EXPECT_EQ(reach({}, kIpv4Unicast, attributes, nlri({"10.10.10.0/24"})), update("", kSimple, kNlri));
}

TEST(EncodeReach, PartialBits_AreKept) {  // RFC 4271 5: once set it stays set
  PathAttributes attributes = simple();
  attributes.extended_communities = {{1}};
  attributes.only_to_customer = 1;
  attributes.partial.extended_communities = true;
  attributes.partial.only_to_customer = true;

  EXPECT_EQ(reach({}, kIpv4Unicast, attributes, nlri({"10.10.10.0/24"})),
            update("", kSimple + "e0 10 08 0000000000000001 e0 23 04 00000001", kNlri));
}

TEST(EncodeReach, LocalPref_GoesToInternalPeersOnly) {  // RFC 4271 5.1.5
  PathAttributes attributes = simple();
  attributes.local_pref = 200;
  EncodeContext internal;
  internal.internal = true;

  EXPECT_EQ(reach({}, kIpv4Unicast, attributes, nlri({"10.10.10.0/24"})), update("", kSimple, kNlri));
  EXPECT_EQ(reach(internal, kIpv4Unicast, simple(), nlri({"10.10.10.0/24"})),
            update("", kSimple + "40 05 04 00000064", kNlri));
}

// Rules 6793-04
TEST(EncodeReach, OldSpeaker_GetsTwoOctetsAndAs4Attributes) {  // RFC 6793 4.2.2
  PathAttributes attributes = simple();
  attributes.as_path = AsPath({{SegmentType::AsConfedSequence, {64512}}, {SegmentType::AsSequence, {65002, 65536}}});
  attributes.aggregator = Aggregator{65537, {0xc0000203}};
  EncodeContext context;
  context.four_octet_as = false;

  EXPECT_EQ(hex_of(reach(context, kIpv4Unicast, attributes, nlri({"10.10.10.0/24"}))),
            hex_of(update("",
                          "40 01 01 00 40 02 0a 03 01 fc00 02 02 fdea 5ba0 40 03 04 c0000202 c0 07 06 5ba0 c0000203 "
                          "c0 11 0a 02 02 0000fdea 00010000 c0 12 08 00010001 c0000203",
                          kNlri)));
}

TEST(EncodeReach, OldSpeakerAndSmallAsNumbers_NeedNoAs4Attributes) {  // RFC 6793 4.2.2
  PathAttributes attributes = simple();
  attributes.aggregator = Aggregator{65003, {0xc0000203}};
  EncodeContext context;
  context.four_octet_as = false;

  EXPECT_EQ(hex_of(reach(context, kIpv4Unicast, attributes, nlri({"10.10.10.0/24"}))),
            hex_of(update("", "40 01 01 00 40 02 04 02 01 fdea 40 03 04 c0000202 c0 07 06 fdeb c0000203", kNlri)));
}

TEST(EncodeReach, LongSegment_IsSplit) {
  PathAttributes attributes = simple();
  attributes.as_path = AsPath::sequence(std::vector<std::uint32_t>(300, 65002));
  const Bytes message = reach({}, kIpv4Unicast, attributes, nlri({"10.10.10.0/24"}));

  const DecodeContext context;
  const auto view = decode_update(BytesView(message).subspan(kHeaderSize), context);

  ASSERT_TRUE(view.has_value());
  const AsPath path = view->path_attributes(view->reachable()[0]).as_path;
  ASSERT_EQ(path.segments().size(), 2U);
  EXPECT_EQ(path.segments()[0].asns.size(), 255U);
  EXPECT_EQ(path.length(), 300U);
}

TEST(EncodeReach, TypedCodesAmongOthers_AreNotWrittenTwice) {
  PathAttributes attributes = simple();
  attributes.others = {{0x40, 1, {2}}, {0x80, 9, {}}, {0xc0, 16, {}}, {0xc0, 17, {}}, {0xc0, 35, {}}};

  EXPECT_EQ(reach({}, kIpv4Unicast, attributes, nlri({"10.10.10.0/24"})), update("", kSimple, kNlri));
}

// Rules 7911-02
TEST(EncodeReach, AddPath_WritesIdentifiers) {  // RFC 7911 3
  EncodeContext context;
  context.add_path = {kIpv4Unicast};

  EXPECT_EQ(hex_of(reach(context, kIpv4Unicast, simple(), {{*Prefix::parse("10.10.10.0/24"), 7}})),
            hex_of(update("", kSimple, "00000007 18 0a0a0a")));
}

std::vector<Nlri> many_prefixes(std::size_t count) {
  std::vector<Nlri> list;
  for (std::uint32_t i = 0; i < count; ++i) list.push_back({Prefix(IpAddress::v4(0x0a000000 + (i << 8)), 24), 0});
  return list;
}

// Rules 4271-02 8654-04
TEST(EncodeReach, MoreThanFits_IsTakenFromTheFront) {  // RFC 4271 4.1, RFC 8654 4
  const std::vector<Nlri> list = many_prefixes(20000);
  for (const std::size_t max : {4096U, 65535U}) {
    EncodeContext context;
    context.max_message_size = max;
    Bytes out;
    Writer writer(out);
    std::size_t done = 0;
    while (done < list.size()) {
      const std::size_t before = out.size();
      const std::size_t count = encode_reach(writer, context, kIpv4Unicast, simple(), std::span(list).subspan(done));
      ASSERT_GT(count, 0U);
      done += count;
      EXPECT_LE(out.size() - before, max);
      if (done < list.size()) {  // not one more would have fitted
        EXPECT_GT(out.size() - before, max - 4);
      }
    }
    EXPECT_EQ(done, list.size());
  }
}

TEST(EncodeReach, MpReachOfEverySize_StaysWithinTheMessage) {
  PathAttributes attributes = simple();
  attributes.next_hop.address = *IpAddress::parse("2001:db8::2");
  std::vector<Nlri> list;
  for (int i = 0; i < 400; ++i) list.push_back({*Prefix::parse("2001:db8:1:2::/64"), 0});
  for (std::size_t max = 60; max < 700; ++max) {
    EncodeContext context;
    context.max_message_size = max;
    Bytes out;
    Writer writer(out);
    const std::size_t count = encode_reach(writer, context, kIpv6Unicast, attributes, list);
    EXPECT_LE(out.size(), max);
    EXPECT_EQ(count == 0, out.empty());
  }
}

TEST(EncodeReach, AttributesThatLeaveNoRoom_TakeNothing) {  // RFC 4271 9.2, RFC 8654 4
  PathAttributes attributes = simple();
  attributes.communities.resize(1015);
  Bytes out = "ab"_hex;
  Writer writer(out);

  EXPECT_EQ(encode_reach(writer, {}, kIpv4Unicast, attributes, nlri({"10.0.0.0/8"})), 0U);
  EXPECT_EQ(hex_of(out), "ab");
}

TEST(EncodeReach, PrefixOfTheWrongFamily_IsNotTaken) {
  Bytes out;
  Writer writer(out);

  EXPECT_EQ(encode_reach(writer, {}, kIpv4Unicast, simple(), nlri({"10.0.0.0/8", "::/0"})), 1U);
  EXPECT_EQ(encode_reach(writer, {}, {Afi::L2vpn, Safi::Evpn}, simple(), nlri({"10.0.0.0/8"})), 0U);
}

TEST(EncodeUnreach, Ipv4_UsesTheWithdrawnField) {
  Bytes out;
  Writer writer(out);

  EXPECT_EQ(encode_unreach(writer, {}, kIpv4Unicast, nlri({"10.10.10.0/24", "11.0.0.0/8"})), 2U);
  EXPECT_EQ(hex_of(out), hex_of(update("18 0a0a0a 08 0b", "", "")));
}

TEST(EncodeUnreach, Ipv6_UsesMpUnreach) {
  EncodeContext context;
  context.add_path = {kIpv6Unicast};
  Bytes out;
  Writer writer(out);

  EXPECT_EQ(encode_unreach(writer, {}, kIpv6Unicast, nlri({"2001:db8:2::/48"})), 1U);
  EXPECT_EQ(hex_of(out), hex_of(update("", kMpUnreachIpv6, "")));
  out.clear();
  EXPECT_EQ(encode_unreach(writer, context, kIpv6Unicast, std::vector<Nlri>{{*Prefix::parse("::/0"), 3}}), 1U);
  EXPECT_EQ(hex_of(out), hex_of(update("", "80 0f 08 0002 01 00000003 00", "")));  // RFC 7911 3
}

TEST(EncodeUnreach, MoreThanFits_IsTakenFromTheFront) {
  const std::vector<Nlri> list = many_prefixes(2000);
  Bytes out;
  Writer writer(out);

  EXPECT_EQ(encode_unreach(writer, {}, kIpv4Unicast, list), (4096U - 23U) / 4U);
  EXPECT_LE(out.size(), 4096U);
}

// Rules 4724-05
TEST(EncodeEndOfRib, EachFamily_HasItsMarker) {  // RFC 4724 2
  Bytes out;
  Writer writer(out);
  encode_end_of_rib(writer, kIpv4Unicast);
  encode_end_of_rib(writer, kIpv6Unicast);

  EXPECT_EQ(hex_of(out), hex_of(update("", "", "") + update("", "80 0f 03 0002 01", "")));
}

}  // namespace
}  // namespace bgp
