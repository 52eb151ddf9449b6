// Text forms of addresses and identifiers, both ways.
#include "bgp/wire/address.hpp"

#include <gtest/gtest.h>

#include <string>
#include <unordered_set>
#include <vector>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

IpAddress v6(const Bytes& octets) { return IpAddress::v6(std::span<const std::uint8_t, 16>(octets.data(), 16)); }

TEST(IpAddress, Default_IsTheIpv4Zero) {
  EXPECT_EQ(IpAddress{}, IpAddress::v4(0));
  EXPECT_EQ(to_string(IpAddress{}), "0.0.0.0");
}

TEST(IpAddress, Ipv4_HoldsItsOctetsInNetworkOrder) {
  const IpAddress address = IpAddress::v4(0x0a010203);

  EXPECT_TRUE(address.is_v4());
  EXPECT_EQ(address.bits(), 32);
  EXPECT_EQ(hex_of(address.octets()), "0a010203");
  EXPECT_EQ(address.v4_value(), 0x0a010203U);
}

TEST(IpAddress, QuadText_IsReadAndWrittenAlike) {
  for (const char* text : {"0.0.0.0", "10.0.0.1", "192.0.2.255", "255.255.255.255"}) {
    const auto address = IpAddress::parse(text);

    ASSERT_TRUE(address) << text;
    EXPECT_EQ(to_string(*address), text);
  }
}

TEST(IpAddress, WrongQuadText_IsRefused) {
  for (const char* text : {"", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..2.3",
                           "1.2.3.", "1.2.3.4/32", "-1.2.3.4", "+1.2.3.4", "1.2.3.0x4", "999999999999.1.1.1"}) {
    EXPECT_FALSE(IpAddress::parse(text)) << text;
  }
}

struct V6Text {
  const char* read;
  const char* written;
  const char* octets;
};

TEST(IpAddress, Ipv6Text_IsReadAnyWayAndWrittenCanonically) {
  const std::vector<V6Text> cases{
      {"::", "::", "00000000000000000000000000000000"},
      {"::1", "::1", "00000000000000000000000000000001"},
      {"1::", "1::", "00010000000000000000000000000000"},
      {"2001:DB8::1", "2001:db8::1", "20010db8000000000000000000000001"},
      {"2001:0db8:0:0:0:0:2:1", "2001:db8::2:1", "20010db8000000000000000000020001"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", "20010db8000000010001000100010001"},  // RFC 5952 4.2.2
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1", "20010000000000010000000000000001"},           // RFC 5952 4.2.3
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "20010db8000000000001000000000001"},     // RFC 5952 4.2.3
      {"::ffff:192.0.2.1", "::ffff:192.0.2.1", "00000000000000000000ffffc0000201"},          // RFC 5952 5
      {"64:ff9b::192.0.2.33", "64:ff9b::c000:221", "0064ff9b0000000000000000c0000221"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "00010002000300040005000600070000"},
      {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8", "00000002000300040005000600070008"},
      {"fe80:0:0:0:0:0:0:0", "fe80::", "fe800000000000000000000000000000"},
  };
  for (const V6Text& one : cases) {
    const auto address = IpAddress::parse(one.read);

    ASSERT_TRUE(address) << one.read;
    EXPECT_EQ(*address, v6(octets_of_hex(one.octets))) << one.read;
    EXPECT_EQ(to_string(*address), one.written);
    EXPECT_EQ(IpAddress::parse(one.written), address) << one.written;
  }
}

TEST(IpAddress, WrongIpv6Text_IsRefused) {
  for (const char* text : {":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "::12345", "g::", "1:", ":1",
                           "1:2:3:4:5:6:7:8::", "::1%eth0", "[::1]", "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4",
                           "::1:", ":1::", "1:2:3:4::5:6:7:8"}) {
    EXPECT_FALSE(IpAddress::parse(text)) << text;
  }
}

TEST(IpAddress, Order_PutsIpv4BeforeIpv6) {
  EXPECT_LT(IpAddress::v4(1), IpAddress::v4(2));
  EXPECT_LT(IpAddress::v4(0xffffffff), *IpAddress::parse("::"));
  EXPECT_NE(IpAddress::v4(0), *IpAddress::parse("::"));
}

TEST(IpAddress, Hash_TellsFamiliesApart) {
  const std::unordered_set<IpAddress> set{IpAddress::v4(0), *IpAddress::parse("::"), IpAddress::v4(0)};

  EXPECT_EQ(set.size(), 2U);
  EXPECT_NE(std::hash<IpAddress>{}(IpAddress::v4(0)), std::hash<IpAddress>{}(*IpAddress::parse("::")));
}

TEST(BgpIdentifier, Text_IsADottedQuad) {
  EXPECT_EQ(BgpIdentifier::parse("192.0.2.1"), BgpIdentifier{0xc0000201});
  EXPECT_EQ(to_string(BgpIdentifier{0xe0000001}), "224.0.0.1");
  EXPECT_FALSE(BgpIdentifier::parse("3221225985"));
  EXPECT_FALSE(BgpIdentifier::parse("::1"));
}

}  // namespace
}  // namespace bgp
