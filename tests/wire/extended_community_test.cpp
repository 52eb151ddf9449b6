// Extended communities: meaning, octets and text of every kind, each way.
#include "bgp/wire/extended_community.hpp"

#include <gtest/gtest.h>

#include <random>

#include "support/printers.hpp"

namespace bgp {
namespace {

using namespace extended;

struct Kind {
  std::uint64_t octets;
  const char* text;
  ExtendedMeaning meaning;
};

const std::vector<Kind>& kinds() {
  constexpr MacAddress kMac{{0x00, 0x11, 0x22, 0x33, 0x44, 0xff}};
  static const std::vector<Kind> all{
      // RFC 4360 4 and 5, RFC 5668
      {0x0002fde900000064, "rt:65001:100", RouteTarget{{Form::TwoOctetAs, 65001, 100}}},
      {0x0002fde9ffffffff, "rt:65001:4294967295", RouteTarget{{Form::TwoOctetAs, 65001, 0xffffffff}}},
      {0x0102c00002010005, "rt:192.0.2.1:5", RouteTarget{{Form::Ipv4, 0xc0000201, 5}}},
      {0x0202fa56ea000005, "rt:4200000000:5", RouteTarget{{Form::FourOctetAs, 4200000000, 5}}},
      {0x02020000fde90005, "rt:65001L:5", RouteTarget{{Form::FourOctetAs, 65001, 5}}},
      {0x0003fde900000064, "soo:65001:100", RouteOrigin{{Form::TwoOctetAs, 65001, 100}}},
      {0x0103c0000201ffff, "soo:192.0.2.1:65535", RouteOrigin{{Form::Ipv4, 0xc0000201, 65535}}},
      {0x0203000100000000, "soo:65536:0", RouteOrigin{{Form::FourOctetAs, 65536, 0}}},
      // draft-ietf-idr-link-bandwidth: 125,000,000 octets a second
      {0x4004fde94cee6b28, "link-bandwidth:65001:125000000", LinkBandwidth{65001, 1.25e8F, false}},
      {0x0004fde94cee6b28, "link-bandwidth-transitive:65001:125000000", LinkBandwidth{65001, 1.25e8F, true}},
      // RFC 9012 4
      {0x030b000000000064, "color:100", Color{0, 100}},
      {0x030b400000000064, "color:0x4000:100", Color{0x4000, 100}},
      {0x030c000000000008, "encapsulation:vxlan", Encapsulation{TunnelType::Vxlan}},
      {0x030c000000000002, "encapsulation:gre", Encapsulation{TunnelType::Gre}},
      {0x030c0000000003e8, "encapsulation:1000", Encapsulation{static_cast<TunnelType>(1000)}},
      {0x030d000000000000, "default-gateway", DefaultGateway{}},
      // RFC 7432 7, RFC 9135 8.1
      {0x0600000000000007, "mac-mobility:7", MacMobility{false, 7}},
      {0x06000100ffffffff, "mac-mobility:sticky:4294967295", MacMobility{true, 0xffffffff}},
      {0x0601000000000100, "esi-label:all-active:256", EsiLabel{false, 256}},
      {0x0601010000ffffff, "esi-label:single-active:16777215", EsiLabel{true, 0xffffff}},
      {0x06020011223344ff, "es-import:00:11:22:33:44:ff", EsImport{kMac}},
      {0x06030011223344ff, "router-mac:00:11:22:33:44:ff", RouterMac{kMac}},
      // RFC 8955 7
      {0x8006fde900000000, "traffic-rate:65001:0", TrafficRateBytes{65001, 0}},
      {0x800600003fc00000, "traffic-rate:0:1.5", TrafficRateBytes{0, 1.5F}},
      {0x800c0000447a0000, "traffic-rate-packets:0:1000", TrafficRatePackets{0, 1000}},
      {0x8007000000000000, "traffic-action:none", TrafficAction{false, false}},
      {0x8007000000000001, "traffic-action:terminal", TrafficAction{false, true}},
      {0x8007000000000002, "traffic-action:sample", TrafficAction{true, false}},
      {0x8007000000000003, "traffic-action:sample,terminal", TrafficAction{true, true}},
      {0x8008fde900000064, "redirect:65001:100", Redirect{{Form::TwoOctetAs, 65001, 100}}},
      {0x8108c00002010005, "redirect:192.0.2.1:5", Redirect{{Form::Ipv4, 0xc0000201, 5}}},
      {0x8208000100000005, "redirect:65536:5", Redirect{{Form::FourOctetAs, 65536, 5}}},
      {0x800900000000003f, "traffic-marking:63", TrafficMarking{63}},
  };
  return all;
}

TEST(ExtendedCommunity, EveryKind_HasItsMeaningOctetsAndText) {
  for (const Kind& kind : kinds()) {
    const ExtendedCommunity community{kind.octets};
    EXPECT_TRUE(meaning(community) == kind.meaning) << kind.text;
    EXPECT_EQ(ExtendedCommunity::of(kind.meaning), community);
    EXPECT_EQ(to_string(community), kind.text);
    EXPECT_EQ(ExtendedCommunity::parse(kind.text), community) << kind.text;
  }
}

TEST(ExtendedCommunity, OtherKind_IsHexadecimal) {  // RFC 7606 7.14: never an error
  for (const auto& [octets, text] :
       {std::pair{0x0005fde900000064UL, "0x0005fde900000064"},  // OSPF domain identifier
        std::pair{0x0306000000000100UL, "0x0306000000000100"},  // OSPF route type
        std::pair{0xffffffffffffffffUL, "0xffffffffffffffff"}, std::pair{0x0000000000000000UL, "0x0000000000000000"}}) {
    EXPECT_TRUE(meaning({octets}) == ExtendedMeaning{Other{}});
    EXPECT_EQ(to_string(ExtendedCommunity{octets}), text);
    EXPECT_EQ(ExtendedCommunity::parse(text), ExtendedCommunity{octets});
  }
}

TEST(ExtendedCommunity, ReservedBits_AreIgnoredAndShown) {
  const ExtendedCommunity mobility{0x0600fe0000000007};
  EXPECT_TRUE(meaning(mobility) == (ExtendedMeaning{MacMobility{false, 7}}));
  EXPECT_EQ(to_string(mobility), "0x0600fe0000000007");
}

TEST(ExtendedCommunity, RatesWithoutDecimalForm_AreHexadecimal) {
  for (const std::uint64_t rate : {0x8006000080000000U, 0x800600007f800000U, 0x800600007fc00000U}) {  // -0, inf, NaN
    EXPECT_TRUE(to_string(ExtendedCommunity{rate}).starts_with("0x8006")) << rate;
  }
}

TEST(ExtendedCommunity, FieldsWiderThanTheirs_AreCut) {
  EXPECT_EQ(ExtendedCommunity::of(RouteTarget{{Form::Ipv4, 1, 0x10005}}), (ExtendedCommunity{0x0102000000010005}));
  EXPECT_EQ(ExtendedCommunity::of(RouteTarget{{Form::TwoOctetAs, 0x1fde9, 1}}),
            (ExtendedCommunity{0x0002fde900000001}));
  EXPECT_EQ(ExtendedCommunity::of(TrafficMarking{0xff}), (ExtendedCommunity{0x800900000000003f}));
  EXPECT_EQ(ExtendedCommunity::of(EsiLabel{false, 0xff000001}), (ExtendedCommunity{0x0601000000000001}));
}

TEST(ExtendedCommunity, Transitivity_IsABitOfTheType) {  // RFC 4360 2
  EXPECT_TRUE(ExtendedCommunity{0x0002fde900000064}.transitive());
  EXPECT_TRUE(ExtendedCommunity{0x8006000000000000}.transitive());
  EXPECT_FALSE(ExtendedCommunity{0x4004fde900000000}.transitive());
}

TEST(ExtendedCommunity, WrongText_IsRefused) {
  for (const char* text : {"",
                           "rt",
                           "rt:",
                           "rt:1",
                           "rt:1:",
                           "rt:1:2:3",
                           "rt:01:2",
                           "rt:65536:65536",
                           "rt:192.0.2.1:65536",
                           "rt:1L:65536",
                           "rt:4294967296:1",
                           "rt:2001:db8::1:1",
                           "rt:-1:2",
                           "RT:1:2",
                           " rt:1:2",
                           "soo:x:1",
                           "color:",
                           "color:0x40:1",
                           "color:4294967296",
                           "encapsulation:",
                           "encapsulation:65536",
                           "encapsulation:VXLAN",
                           "mac-mobility:",
                           "mac-mobility:sticky",
                           "esi-label:1",
                           "esi-label:both:1",
                           "esi-label:all-active:16777216",
                           "es-import:00:11",
                           "es-import:00:11:22:33:44:5g",
                           "es-import:0011:22:33:44:5",
                           "traffic-rate:1",
                           "traffic-rate:65536:1",
                           "traffic-rate:1:-1",
                           "traffic-rate:1:inf",
                           "traffic-rate:1:nan",
                           "traffic-rate:1:1x",
                           "traffic-action:",
                           "traffic-action:terminal,sample",
                           "traffic-marking:64",
                           "default-gateway:",
                           "0x",
                           "0x0002fde90000006",
                           "0x0002fde9000000640",
                           "0x0002fde90000006g",
                           "unknown:1:2"}) {
    EXPECT_FALSE(ExtendedCommunity::parse(text)) << text;
  }
}

TEST(ExtendedCommunity, TextOfAnyOctets_ReadsBack) {
  std::mt19937_64 random(4360);
  for (int i = 0; i < 20000; ++i) {
    std::uint64_t octets = random();
    // Half of them of a kind with a name, with random contents
    if (i % 2 == 0) octets = kinds()[random() % kinds().size()].octets >> 48 << 48 | octets >> 16;
    const ExtendedCommunity community{octets};
    EXPECT_EQ(ExtendedCommunity::parse(to_string(community)), community) << to_string(community);
  }
}

}  // namespace
}  // namespace bgp
