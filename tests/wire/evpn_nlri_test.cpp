// EVPN routes on the wire (RFC 7432 7, RFC 9136 3.1).
#include "bgp/wire/evpn_nlri.hpp"

#include <gtest/gtest.h>

#include <string>

#include "bgp/wire/nlri.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

constexpr Family kEvpn{Afi::L2vpn, Safi::Evpn};
constexpr const char* kRd = "0001 c0000201 000a ";
constexpr const char* kEsi = "00112233445566778899 ";
constexpr const char* kNoEsi = "00000000000000000000 ";
constexpr const char* kMac = "30 00005e005301 ";

NlriView view_of(const Bytes& octets) { return {kEvpn, octets, false}; }

std::string text(const std::string& hex) {
  const Bytes octets = octets_of_hex(hex);
  EXPECT_FALSE(check_nlri(view_of(octets))) << hex;
  return to_string(*view_of(octets).any_as_written().begin());
}

/// Nothing when it is good.
std::optional<ErrorApproach> approach(const std::string& hex) {
  const Bytes octets = octets_of_hex(hex);
  const auto error = check_nlri(view_of(octets));
  return error ? std::optional(error->approach) : std::nullopt;
}

TEST(EvpnNlri, EthernetAutoDiscovery_IsType1) {  // RFC 7432 7.1
  EXPECT_EQ(text(std::string("01 19 ") + kRd + kEsi + "00000005 0000a1"),
            "rd 192.0.2.1:10 [1]:[5]:[00:11:22:33:44:55:66:77:88:99] label 161");
}

TEST(EvpnNlri, MacIpAdvertisement_IsType2WithOrWithoutAnAddress) {  // RFC 7432 7.2
  const std::string front = std::string(kRd) + kNoEsi + "00000000 " + kMac;
  EXPECT_EQ(text("02 21 " + front + "00 0000a0"), "rd 192.0.2.1:10 [2]:[0]:[48]:[00:00:5e:00:53:01] label 160");
  EXPECT_EQ(text("02 28 " + front + "20 c0000209 0000a0 0000b0"),
            "rd 192.0.2.1:10 [2]:[0]:[48]:[00:00:5e:00:53:01]:[32]:[192.0.2.9] label 160/176");
  EXPECT_EQ(text("02 31 " + front + "80 20010db8000000000000000000000009 0000a0"),
            "rd 192.0.2.1:10 [2]:[0]:[48]:[00:00:5e:00:53:01]:[128]:[2001:db8::9] label 160");
}

TEST(EvpnNlri, MacIpAdvertisement_ShowsItsSegmentBehindTheKey) {
  EXPECT_EQ(text(std::string("02 21 ") + kRd + kEsi + "00000000 " + kMac + "00 0000a0"),
            "rd 192.0.2.1:10 [2]:[0]:[48]:[00:00:5e:00:53:01] esi 00:11:22:33:44:55:66:77:88:99 label 160");
}

TEST(EvpnNlri, InclusiveMulticast_IsType3) {  // RFC 7432 7.3
  EXPECT_EQ(text(std::string("03 11 ") + kRd + "00000007 20 c0000201"), "rd 192.0.2.1:10 [3]:[7]:[32]:[192.0.2.1]");
}

TEST(EvpnNlri, EthernetSegment_IsType4) {  // RFC 7432 7.4
  EXPECT_EQ(text(std::string("04 23 ") + kRd + kEsi + "80 20010db8000000000000000000000001"),
            "rd 192.0.2.1:10 [4]:[00:11:22:33:44:55:66:77:88:99]:[128]:[2001:db8::1]");
}

TEST(EvpnNlri, IpPrefix_IsType5) {  // RFC 9136 3.1
  EXPECT_EQ(text(std::string("05 22 ") + kRd + kNoEsi + "00000000 18 c6336400 00000000 0000a0"),
            "rd 192.0.2.1:10 [5]:[0]:[24]:[198.51.100.0] label 160");
  EXPECT_EQ(text(std::string("05 22 ") + kRd + kNoEsi + "00000000 18 c6336400 c0000202 0000a0"),
            "rd 192.0.2.1:10 [5]:[0]:[24]:[198.51.100.0] gateway 192.0.2.2 label 160");
}

TEST(EvpnNlri, UnknownType_IsKeptAsOctetsAndPassedOver) {  // RFC 7606 5.4
  EXPECT_EQ(text("0b 03 010203"), "[11]:[0x010203]");
  const Bytes octets = "0b 03 010203"_hex;
  EXPECT_EQ(view_of(octets).any().begin(), view_of(octets).any().end());
}

TEST(EvpnNlri, LengthThatDoesNotSuitTheType_CannotBeTrusted) {  // RFC 7606 5.3
  EXPECT_EQ(approach("01 18 " + std::string(48, '0')), ErrorApproach::SessionReset);
  EXPECT_EQ(approach("02 22 " + std::string(68, '0')), ErrorApproach::SessionReset);
  EXPECT_EQ(approach("03 12 " + std::string(36, '0')), ErrorApproach::SessionReset);
  EXPECT_EQ(approach("04 18 " + std::string(48, '0')), ErrorApproach::SessionReset);
  EXPECT_EQ(approach("05 23 " + std::string(70, '0')), ErrorApproach::SessionReset);
  EXPECT_EQ(approach("03 11 0000"), ErrorApproach::SessionReset);  // overruns the field
  EXPECT_EQ(approach("03"), ErrorApproach::SessionReset);
}

TEST(EvpnNlri, FieldThatItsTypeCannotHave_IsTreatedAsWithdrawn) {
  const std::string front = std::string(kRd) + kNoEsi + "00000000 ";
  EXPECT_EQ(approach("02 21 " + front + "28 00005e005301 00 0000a0"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach("02 21 " + front + kMac + "20 0000a0"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(std::string("03 11 ") + kRd + "00000007 18 c0000201"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach("05 22 " + front + "21 c6336400 00000000 0000a0"), ErrorApproach::TreatAsWithdraw);
}

TEST(EvpnNlri, RouteKey_LeavesOutLabelsAndSegments) {  // RFC 7432 7.2
  evpn::MacIpAdvertisement route;
  route.mac = *MacAddress::parse("00:00:5e:00:53:01");
  const AnyNlri plain = EvpnNlri{route, 0};
  route.segment = *EthernetSegmentId::parse("00:11:22:33:44:55:66:77:88:99");
  route.label1 = 160;
  route.label2 = 176;

  EXPECT_NE(AnyNlri(EvpnNlri{route, 0}), plain);
  EXPECT_EQ(route_key(EvpnNlri{route, 0}), plain);
}

TEST(EvpnNlri, GatewayOfTheOtherAddressFamily_IsNotWritten) {
  evpn::IpPrefix route;
  route.prefix = *Prefix::parse("10.0.0.0/8");
  route.gateway = *IpAddress::parse("2001:db8::1");
  Bytes octets;
  Writer out(octets);

  EXPECT_FALSE(append_nlri(out, kEvpn, false, LabelForm::One, EvpnNlri{route, 0}));
  EXPECT_TRUE(octets.empty());
}

TEST(Ethernet, Text_IsReadAsItIsWritten) {
  EXPECT_EQ(to_string(*MacAddress::parse("00:00:5E:00:53:aF")), "00:00:5e:00:53:af");
  for (const char* text : {"", "00:00:5e:00:53", "00:00:5e:00:53:1", "00-00-5e-00-53-01", "00:00:5e:00:53:0g",
                           "00:00:5e:00:53:01:02", "+0:00:5e:00:53:01"}) {
    EXPECT_FALSE(MacAddress::parse(text)) << text;
  }
  EXPECT_FALSE(EthernetSegmentId::parse("00:00:5e:00:53:01"));
}

}  // namespace
}  // namespace bgp
