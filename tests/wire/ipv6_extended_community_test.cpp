// IPv6 address specific extended communities (RFC 5701): text, octets, and their place among the attributes.
#include "bgp/wire/ipv6_extended_community.hpp"

#include <gtest/gtest.h>

#include "bgp/wire/attribute_access.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

const IpAddress kAddress = *IpAddress::parse("2001:db8::1");

TEST(Ipv6ExtendedCommunity, Text_IsReadAndWrittenAlike) {
  for (const auto& [text, community] :
       {std::pair{"rt:[2001:db8::1]:5", Ipv6ExtendedCommunity{0, 2, kAddress, 5}},
        std::pair{"soo:[2001:db8::1]:65535", Ipv6ExtendedCommunity{0, 3, kAddress, 65535}},
        std::pair{"0x400b:[2001:db8::1]:0", Ipv6ExtendedCommunity{0x40, 0x0b, kAddress, 0}}}) {
    EXPECT_EQ(to_string(community), text);
    EXPECT_EQ(Ipv6ExtendedCommunity::parse(text), community);
  }
}

TEST(Ipv6ExtendedCommunity, WrongText_IsRefused) {
  for (const char* text : {"", "rt:", "rt:2001:db8::1:5", "rt:[2001:db8::1]", "rt:[2001:db8::1]:", "rt:[2001:db8::1]5",
                           "rt:[192.0.2.1]:5", "rt:[2001:db8::1]:65536", "0x40:[2001:db8::1]:0", "x:[2001:db8::1]:0"}) {
    EXPECT_FALSE(Ipv6ExtendedCommunity::parse(text)) << text;
  }
}

TEST(Ipv6ExtendedCommunities, Octets_AreTwentyEach) {  // RFC 5701 2
  const Bytes octets = "0002 20010db8000000000000000000000001 0005 400b 20010db8000000000000000000000001 ffff"_hex;

  const auto list = Ipv6ExtendedCommunities::decode(octets);

  ASSERT_TRUE(list.has_value());
  EXPECT_EQ(list->communities,
            (std::vector<Ipv6ExtendedCommunity>{{0, 2, kAddress, 5}, {0x40, 0x0b, kAddress, 65535}}));
  EXPECT_EQ(list->encode(), octets);
  EXPECT_EQ(to_string(*list), "rt:[2001:db8::1]:5 0x400b:[2001:db8::1]:65535");
}

TEST(Ipv6ExtendedCommunities, OtherLengths_AreNone) {  // RFC 7606 7.15
  EXPECT_FALSE(Ipv6ExtendedCommunities::decode({}));
  EXPECT_FALSE(Ipv6ExtendedCommunities::decode(Bytes(19)));
  EXPECT_FALSE(Ipv6ExtendedCommunities::decode(Bytes(21)));
}

TEST(AttributeAccess, Put_KeepsTheOrderAndReplaces) {
  PathAttributes attributes;
  attributes.others = {{0xc0, 22, {1}}, {0xc0, 128, {2}}};
  const Ipv6ExtendedCommunities first{{{0, 2, kAddress, 5}}}, second{{{0, 3, kAddress, 6}}};

  put(attributes, first);
  put(attributes, second);

  ASSERT_EQ(attributes.others.size(), 3U);
  EXPECT_EQ(attributes.others[1], (RawAttribute{0xc0, 25, second.encode()}));
  EXPECT_EQ(find<Ipv6ExtendedCommunities>(attributes), second);
  remove<Ipv6ExtendedCommunities>(attributes);
  EXPECT_EQ(attributes.others.size(), 2U);
  EXPECT_FALSE(find<Ipv6ExtendedCommunities>(attributes));
}

}  // namespace
}  // namespace bgp
