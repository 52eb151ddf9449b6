// Capabilities as (octets, value) pairs both ways (RFC 5492 4 and each capability's RFC).
#include "bgp/wire/capability.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>
#include <vector>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using namespace capability;

constexpr Family kIpv4Vpn{Afi::Ipv4, Safi::MplsVpn};

struct Pair {
  const char* octets;
  Capability value;
};

constexpr Family kIpv4Labeled{Afi::Ipv4, Safi::LabeledUnicast};

std::vector<Pair> pairs() {
  using Orf = OutboundRouteFiltering;
  return {
      {"01 04 0001 00 01", Multiprotocol{kIpv4Unicast}},
      {"01 04 0002 00 01", Multiprotocol{kIpv6Unicast}},
      {"01 04 0001 00 80", Multiprotocol{kIpv4Vpn}},
      {"02 00", capability::RouteRefresh{}},
      {"03 05 0001 00 01 00", Orf{{{kIpv4Unicast, {}}}}},
      {"03 07 0001 00 01 01 40 03", Orf{{{kIpv4Unicast, {{OrfType::AddressPrefix, Orf::Mode::Both}}}}}},
      {"03 10 0001 00 01 02 40 01 80 02 0002 00 01 01 4d 04",
       Orf{{{kIpv4Unicast,
             {{OrfType::AddressPrefix, Orf::Mode::Receive}, {OrfType::LegacyAddressPrefix, Orf::Mode::Send}}},
            {kIpv6Unicast, {{OrfType{77}, Orf::Mode{4}}}}}}},
      {"05 06 0001 0001 0002", ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}}}},
      {"05 0c 0001 0001 0002 0001 0080 0002", ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}, {kIpv4Vpn, Afi::Ipv6}}}},
      {"05 00", ExtendedNextHop{}},
      {"06 00", ExtendedMessage{}},
      {"07 03 00 0001", BgpSec{0, BgpSec::Direction::Receive, Afi::Ipv4}},
      {"07 03 f8 0002", BgpSec{15, BgpSec::Direction::Send, Afi::Ipv6}},
      {"08 08 0001 04 03 0001 80 ff", MultipleLabels{{{kIpv4Labeled, 3}, {kIpv4Vpn, 255}}}},
      {"08 08 0001 04 00 0001 04 01", MultipleLabels{{{kIpv4Labeled, 0}, {kIpv4Labeled, 1}}}},
      {"09 01 00", Role{BgpRole::Provider}},
      {"09 01 01", Role{BgpRole::RouteServer}},
      {"09 01 02", Role{BgpRole::RouteServerClient}},
      {"09 01 03", Role{BgpRole::Customer}},
      {"09 01 04", Role{BgpRole::Peer}},
      {"09 01 05", Role{BgpRole{5}}},
      {"40 02 0078", GracefulRestart{false, false, 120, {}}},
      {"40 06 8fff 0001 01 80", GracefulRestart{true, false, 4095, {{kIpv4Unicast, true}}}},
      {"40 0a 4000 0001 01 00 0002 01 80",
       GracefulRestart{false, true, 0, {{kIpv4Unicast, false}, {kIpv6Unicast, true}}}},
      {"41 04 0000fde9", FourOctetAs{65001}},
      {"41 04 fffffffe", FourOctetAs{4294967294}},
      {"43 00", DynamicCapability{}},
      {"43 03 01 02 46", DynamicCapability{{1, 2, 70}}},
      {"44 01 00", MultiSession{0, {}}},
      {"44 02 80 01", MultiSession{0x80, {1}}},
      {"45 00", AddPath{}},
      {"45 0c 0001 01 01 0002 01 02 0001 80 03", AddPath{{{kIpv4Unicast, AddPath::Mode::Receive},
                                                          {kIpv6Unicast, AddPath::Mode::Send},
                                                          {kIpv4Vpn, AddPath::Mode::Both}}}},
      {"46 00", EnhancedRouteRefresh{}},
      {"47 00", LongLivedGracefulRestart{}},
      {"47 0e 0001 01 80 000e10 0002 01 00 ffffff",
       LongLivedGracefulRestart{{{kIpv4Unicast, true, 3600}, {kIpv6Unicast, false, 16777215}}}},
      {"49 08 02 7231 04 6c61622e", Fqdn{"r1", "lab."}},
      {"49 02 00 00", Fqdn{}},
      {"4b 01 00", SoftwareVersion{}},
      {"4b 05 04 76312e30", SoftwareVersion{"v1.0"}},
      {"4c 00", PathsLimit{}},
      {"4c 0a 0001 01 000a 0002 01 ffff", PathsLimit{{{kIpv4Unicast, 10}, {kIpv6Unicast, 65535}}}},
      {"00 00", Unknown{0, {}}},
      {"42 00", Unknown{66, {}}},
      {"80 00", Unknown{128, {}}},
      {"82 07 0001 00 01 01 80 03", Unknown{130, {0, 1, 0, 1, 1, 128, 3}}},
      {"83 01 00", Unknown{131, {0}}},
      {"ff 02 abcd", Unknown{255, {0xab, 0xcd}}},
  };
}

// Rules 5492-01 2918-01 7313-01 8654-01 4760-01 6793-01 7911-01 4724-01 8538-01 8950-01 9234-01
TEST(Capability, Octets_DecodeToTheValue) {
  for (const Pair& pair : pairs()) {
    const Bytes octets = octets_of_hex(pair.octets);

    EXPECT_EQ(decode_capability(octets[0], BytesView(octets).subspan(2)), pair.value) << pair.octets;
  }
}

// Rules 2918-01 4724-01 4760-01 5492-01 6793-01 7313-01 7911-01 8538-01 8654-01
TEST(Capability, Value_EncodesToTheOctets) {
  for (const Pair& pair : pairs()) {
    EXPECT_EQ(encode_capability(pair.value), octets_of_hex(pair.octets)) << pair.octets;
    EXPECT_EQ(capability_code(pair.value), octets_of_hex(pair.octets).front());
  }
}

// Every proper beginning of a value is another value, or none: what is kept is written back as it came.
// Rules 5492-04
TEST(Capability, EveryTruncation_IsWrittenBackAsItCame) {
  for (const Pair& pair : pairs()) {
    const Bytes octets = octets_of_hex(pair.octets);
    const BytesView value = BytesView(octets).subspan(2);
    for (std::size_t size = 0; size < value.size(); ++size) {
      Bytes expected{octets[0], static_cast<std::uint8_t>(size)};
      for (const std::uint8_t octet : value.first(size)) expected.push_back(octet);

      EXPECT_EQ(hex_of(encode_capability(decode_capability(octets[0], value.first(size)))), hex_of(expected));
    }
  }
}

TEST(Capability, ReservedOctetsAndBits_AreIgnoredAndSentAsZero) {
  for (const auto& [received, sent] : std::vector<std::pair<const char*, const char*>>{
           {"01 04 0001 ff 01", "01 04 0001 00 01"},                    // RFC 4760 8
           {"03 07 0001 ff 01 01 40 03", "03 07 0001 00 01 01 40 03"},  // RFC 5291 4
           {"07 03 07 0001", "07 03 00 0001"},                          // RFC 8205 2.1
           {"40 06 3078 0001 01 7f", "40 06 0078 0001 01 00"},          // RFC 4724 3
           {"47 07 0001 01 7f 000001", "47 07 0001 01 00 000001"}}) {   // RFC 9494 3.1
    const Bytes octets = octets_of_hex(received);

    EXPECT_EQ(hex_of(encode_capability(decode_capability(octets[0], BytesView(octets).subspan(2)))),
              hex_of(octets_of_hex(sent)));
  }
}

// Rules 5492-02
TEST(Capabilities, List_IsReadToItsEnd) {
  EXPECT_EQ(decode_capabilities({}), std::vector<Capability>{});
  EXPECT_EQ(decode_capabilities("0200 0901 03 0200 c801 00"_hex),
            (std::vector<Capability>{capability::RouteRefresh{}, Role{BgpRole::Customer}, capability::RouteRefresh{},
                                     Unknown{200, {0}}}));
}

TEST(Capabilities, ListWhoseLastIsNotWhole_IsNone) {
  for (const char* text : {"02", "0201", "0200 01", "0104 000100", "0200 41"}) {
    EXPECT_EQ(decode_capabilities(octets_of_hex(text)), std::nullopt) << text;
  }
}

// Rules 5492-04 7911-03
TEST(Capability, WrongForm_BecomesUnknownAndIsWrittenBack) {
  for (const char* text : {
           "01 03 000100",
           "01 05 0001000100",
           "01 00",  // multiprotocol: four octets
           "02 01 00",
           "06 02 0000",
           "46 01 01",  // no value
           "40 00",
           "40 01 00",
           "40 03 007800",
           "40 05 0078000101",  // whole entries
           "41 00",
           "41 03 00fde9",
           "41 05 0000fde900",  // four octets
           "45 03 000101",
           "45 05 0001010100",  // whole entries
           "45 04 0001 01 00",
           "45 04 0001 01 04",
           "45 08 00010103 000201ff",  // RFC 7911 4: modes 1 to 3
           "49 00",
           "49 01 00",
           "49 02 02 72",
           "49 03 00 00 00",  // two names and no more
           "03 00",
           "03 04 0001 00 01",  // no number of filters
           "03 06 0001 00 01 01 40",
           "03 07 0001 00 01 00 40 03",  // more than there are
           "03 07 0001 00 01 02 40 03",
           "05 05 0001 0001 00",
           "05 06 0001 0101 0002",  // a SAFI has one octet
           "05 07 0001 0001 0002 00",
           "07 00",
           "07 02 00 00",
           "07 04 00 0001 00",
           "08 03 0001 04",
           "08 05 0001 04 02 00",  // RFC 8277 2.1: a multiple of four
           "09 00",
           "09 02 00 00",
           "09 04 00 00 00 01",  // RFC 9234 4.1: one octet
           "44 00",
           "47 06 0001 01 80 0000",
           "47 08 0001 01 80 000e10 00",
           "4b 00",
           "4b 02 02 76",
           "4b 03 01 76 76",
           "4c 04 0001 01 00",
           "4c 06 0001 01 000a 00",
       }) {
    const Bytes octets = octets_of_hex(text);
    const Bytes value(octets.begin() + 2, octets.end());

    const Capability capability = decode_capability(octets[0], value);

    EXPECT_EQ(capability, Capability(Unknown{octets[0], value})) << text;
    EXPECT_EQ(encode_capability(capability), octets) << text;
  }
}

// Rules 4760-03
TEST(Capability, MultiprotocolReservedOctet_IsIgnoredAndSentAsZero) {  // RFC 4760 8
  const Capability capability = decode_capability(1, "0001 ff 01"_hex);

  EXPECT_EQ(capability, Capability(Multiprotocol{kIpv4Unicast}));
  EXPECT_EQ(hex_of(encode_capability(capability)), "010400010001");
}

// Rules 4724-01
TEST(Capability, GracefulRestartReservedBits_AreIgnored) {  // RFC 4724 3
  const Capability capability = decode_capability(64, "3078 0001 01 7f"_hex);

  EXPECT_EQ(capability, Capability(GracefulRestart{false, false, 120, {{kIpv4Unicast, false}}}));
}

TEST(Capability, TimesBeyondTheirField_AreCapped) {
  EXPECT_EQ(hex_of(encode_capability(LongLivedGracefulRestart{{{kIpv4Unicast, false, 0x01000000}}})),
            "470700010100ffffff");
  EXPECT_EQ(hex_of(encode_capability(GracefulRestart{false, false, 65535, {}})), "40020fff");
}

TEST(Capability, ValueBeyond255Octets_Throws) {
  EXPECT_EQ(encode_capability(Unknown{200, Bytes(255, 1)}).size(), 257U);
  EXPECT_THROW((void)encode_capability(Unknown{200, Bytes(256, 1)}), std::length_error);
  EXPECT_THROW((void)encode_capability(Fqdn{std::string(256, 'a'), ""}), std::length_error);
  EXPECT_THROW((void)encode_capability(Fqdn{std::string(200, 'a'), std::string(60, 'b')}), std::length_error);
  EXPECT_EQ(encode_capability(SoftwareVersion{std::string(254, 'a')}).size(), 257U);
  EXPECT_THROW((void)encode_capability(SoftwareVersion{std::string(255, 'a')}), std::length_error);
  OutboundRouteFiltering orf{{{kIpv4Unicast, {}}}};
  orf.families[0].filters.resize(256);
  EXPECT_THROW((void)encode_capability(orf), std::length_error);
}

TEST(Capability, Text_NamesWhatItIs) {
  using Orf = OutboundRouteFiltering;
  const std::vector<std::pair<Capability, const char*>> texts{
      {Multiprotocol{kIpv4Unicast}, "multiprotocol ipv4-unicast"},
      {capability::RouteRefresh{}, "route-refresh"},
      {Orf{{{kIpv4Unicast, {{OrfType::AddressPrefix, Orf::Mode::Both}, {OrfType{77}, Orf::Mode{9}}}}}},
       "outbound-route-filtering ipv4-unicast address-prefix both type 77 mode 9"},
      {ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}}}, "extended-next-hop ipv4-unicast via ipv6"},
      {ExtendedMessage{}, "extended-message"},
      {BgpSec{0, BgpSec::Direction::Send, Afi{77}}, "bgpsec version 0 send 77"},
      {MultipleLabels{{{kIpv4Labeled, 3}}}, "multiple-labels ipv4-labeled-unicast 3"},
      {Role{BgpRole::RouteServerClient}, "role rs-client"},
      {Role{BgpRole{7}}, "role 7"},
      {GracefulRestart{true, true, 120, {{kIpv4Unicast, true}}},
       "graceful-restart 120 s restarting notification ipv4-unicast (forwarding)"},
      {FourOctetAs{65001}, "4-octet-as 65001"},
      {DynamicCapability{{1, 2}}, "dynamic-capability 1 2"},
      {MultiSession{0x80, {1}}, "multisession flags 0x80 1"},
      {AddPath{{{kIpv6Unicast, AddPath::Mode::Both}}}, "add-path ipv6-unicast both"},
      {EnhancedRouteRefresh{}, "enhanced-route-refresh"},
      {LongLivedGracefulRestart{{{kIpv6Unicast, true, 60}}},
       "long-lived-graceful-restart ipv6-unicast 60 s (forwarding)"},
      {Fqdn{"r\n1", "lab"}, "fqdn \"r\\x0a1\" \"lab\""},
      {SoftwareVersion{"v1\x1b[0m"}, "software-version \"v1\\x1b[0m\""},
      {PathsLimit{{{kIpv4Unicast, 10}}}, "paths-limit ipv4-unicast 10"},
      {Unknown{131, {0}}, "unknown (131) 0x00"},
      {Unknown{9, {3, 3}}, "role (9) 0x0303"},
      {Unknown{128, {}}, "route-refresh-old (128) 0x"},
  };
  for (const auto& [capability, text] : texts) EXPECT_EQ(to_string(capability), text);
}

TEST(Family, Text_IsANameOrNumbers) {
  EXPECT_EQ(to_string(kIpv6Unicast), "ipv6-unicast");
  EXPECT_EQ(to_string(Family{Afi::L2vpn, Safi::Evpn}), "l2vpn-evpn");
  EXPECT_EQ(to_string(Family{static_cast<Afi>(999), static_cast<Safi>(7)}), "999/7");
}

}  // namespace
}  // namespace bgp
