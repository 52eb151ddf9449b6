// Prefixes, NLRI and their view on the wire (RFC 4271 4.3, RFC 7606 5.3, RFC 7911 3).
#include "bgp/wire/prefix.hpp"

#include <gtest/gtest.h>

#include <string>
#include <unordered_set>
#include <vector>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

/// Read as a range, and by for_each(), which must be the same.
std::vector<std::string> texts(const NlriView& view) {
  std::vector<std::string> all, visited;
  for (const Nlri& nlri : view) all.push_back(to_string(nlri));
  view.for_each([&](const Nlri& nlri) { visited.push_back(to_string(nlri)); });
  EXPECT_EQ(visited, all);
  return all;
}

using Texts = std::vector<std::string>;

TEST(Prefix, Construction_ClearsBitsBeyondTheLength) {
  EXPECT_EQ(to_string(Prefix(IpAddress::v4(0xffffffff), 0)), "0.0.0.0/0");
  EXPECT_EQ(to_string(Prefix(IpAddress::v4(0xffffffff), 17)), "255.255.128.0/17");
  EXPECT_EQ(to_string(Prefix(IpAddress::v4(0xffffffff), 24)), "255.255.255.0/24");
  EXPECT_EQ(to_string(Prefix(IpAddress::v4(0xc0000201), 32)), "192.0.2.1/32");
  EXPECT_EQ(to_string(Prefix(*IpAddress::parse("2001:db8:ffff::1"), 33)), "2001:db8:8000::/33");
}

TEST(Prefix, Construction_CapsTheLength) {
  EXPECT_EQ(Prefix(IpAddress::v4(1), 33).length(), 32);
  EXPECT_EQ(Prefix(*IpAddress::parse("::1"), 200).length(), 128);
}

TEST(Prefix, Text_IsReadAndWrittenAlike) {
  for (const char* text : {"0.0.0.0/0", "192.0.2.0/24", "10.0.0.1/32", "::/0", "2001:db8::/32", "2001:db8::1/128"}) {
    ASSERT_TRUE(Prefix::parse(text)) << text;
    EXPECT_EQ(to_string(*Prefix::parse(text)), text);
  }
}

TEST(Prefix, WrongText_IsRefused) {
  for (const char* text : {"192.0.2.0", "192.0.2.1/24", "192.0.2.0/33", "::/129", "192.0.2.0/", "192.0.2.0/024", "/24",
                           "192.0.2.0/24 ", "192.0.2.0/-1", "2001:db8::1/32", "192.0.2.0/256", ""}) {
    EXPECT_FALSE(Prefix::parse(text)) << text;
  }
}

TEST(Prefix, Hash_TellsLengthsApart) {
  const std::unordered_set<Prefix> set{Prefix(IpAddress::v4(0), 0), Prefix(IpAddress::v4(0), 8),
                                       Prefix(*IpAddress::parse("::"), 0)};

  EXPECT_EQ(set.size(), 3U);
}

TEST(Nlri, Text_ShowsThePathIdentifierWhenThereIsOne) {
  EXPECT_EQ(to_string(Nlri{*Prefix::parse("10.0.0.0/8"), 0}), "10.0.0.0/8");
  EXPECT_EQ(to_string(Nlri{*Prefix::parse("10.0.0.0/8"), 7}), "10.0.0.0/8#7");
}

TEST(NlriView, Ipv4_WalksEveryLength) {
  const Bytes octets = "00 08 0a 11 0a0aff 18 c00002 20 c0000201"_hex;
  ASSERT_TRUE(check_nlri(kIpv4Unicast, octets, false));

  const NlriView view(kIpv4Unicast, octets, false);

  EXPECT_EQ(texts(view), (Texts{"0.0.0.0/0", "10.0.0.0/8", "10.10.128.0/17", "192.0.2.0/24", "192.0.2.1/32"}));
  EXPECT_FALSE(view.empty());
}

TEST(NlriView, Ipv6_WalksEveryLength) {
  const Bytes octets = "00 20 20010db8 80 20010db8000000000000000000000001"_hex;
  ASSERT_TRUE(check_nlri(kIpv6Unicast, octets, false));

  EXPECT_EQ(texts({kIpv6Unicast, octets, false}), (Texts{"::/0", "2001:db8::/32", "2001:db8::1/128"}));
}

TEST(NlriView, AddPath_ReadsAnIdentifierBeforeEach) {  // RFC 7911 3
  const Bytes octets = "00000001 08 0a 00000002 08 0a ffffffff 00"_hex;
  ASSERT_TRUE(check_nlri(kIpv4Unicast, octets, true));

  EXPECT_EQ(texts({kIpv4Unicast, octets, true}), (Texts{"10.0.0.0/8#1", "10.0.0.0/8#2", "0.0.0.0/0#4294967295"}));
}

TEST(NlriView, Ipv6AddPath_ReadsAnIdentifierBeforeEach) {  // RFC 7911 3
  const Bytes octets = "00000001 20 20010db8 00000002 00"_hex;
  EXPECT_EQ(texts({{Afi::Ipv6, Safi::Multicast}, octets, true}), (Texts{"2001:db8::/32#1", "::/0#2"}));
}

TEST(NlriView, OtherFamily_HasOctetsAndNoNlri) {
  const Bytes octets = "0102030405"_hex;
  const NlriView view({Afi::L2vpn, Safi::Evpn}, octets, false);

  EXPECT_TRUE(texts(view).empty());
  EXPECT_FALSE(view.empty());
  EXPECT_EQ(hex_of(view.octets()), "0102030405");
}

TEST(CheckNlri, LengthBeyondTheAddress_IsMalformed) {  // RFC 7606 5.3
  EXPECT_FALSE(check_nlri(kIpv4Unicast, "21 0a0a0a0a00"_hex, false));
  EXPECT_FALSE(check_nlri(kIpv4Unicast, "ff 0a0a0a0a00"_hex, false));
  EXPECT_FALSE(check_nlri(kIpv6Unicast, "81 20010db800000000000000000000000100"_hex, false));
  EXPECT_TRUE(check_nlri(kIpv6Unicast, "21 20010db800"_hex, false));
}

TEST(CheckNlri, LengthBeyondTheField_IsMalformed) {  // RFC 7606 5.3
  EXPECT_FALSE(check_nlri(kIpv4Unicast, "18 c000"_hex, false));
  EXPECT_FALSE(check_nlri(kIpv4Unicast, "08 0a 18 c000"_hex, false));
  EXPECT_FALSE(check_nlri(kIpv4Unicast, "08"_hex, false));
  EXPECT_FALSE(check_nlri(kIpv4Unicast, "000000 08"_hex, true));
  EXPECT_FALSE(check_nlri(kIpv4Unicast, "00000001"_hex, true));
  EXPECT_FALSE(check_nlri(kIpv4Unicast, "00000001 08"_hex, true));
}

TEST(CheckNlri, NothingAtAll_IsWhole) {
  EXPECT_TRUE(check_nlri(kIpv4Unicast, {}, false));
  EXPECT_TRUE(check_nlri(kIpv6Unicast, {}, true));
}

TEST(CheckNlri, OtherFamilies_AreNotLookedAt) { EXPECT_TRUE(check_nlri({Afi::Ipv4, Safi::MplsVpn}, "ff"_hex, false)); }

TEST(CheckNlri, Multicast_IsCheckedLikeUnicast) {
  EXPECT_FALSE(check_nlri({Afi::Ipv4, Safi::Multicast}, "21 0a0a0a0a00"_hex, false));
}

}  // namespace
}  // namespace bgp
