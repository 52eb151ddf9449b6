// Capabilities as (octets, value) pairs both ways (RFC 5492 4 and each capability's RFC).
#include "bgp/wire/capability.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
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

std::vector<Pair> pairs() {
  return {
      {"01 04 0001 00 01", Multiprotocol{kIpv4Unicast}},
      {"01 04 0002 00 01", Multiprotocol{kIpv6Unicast}},
      {"01 04 0001 00 80", Multiprotocol{kIpv4Vpn}},
      {"02 00", capability::RouteRefresh{}},
      {"06 00", ExtendedMessage{}},
      {"40 02 0078", GracefulRestart{false, false, 120, {}}},
      {"40 06 8fff 0001 01 80", GracefulRestart{true, false, 4095, {{kIpv4Unicast, true}}}},
      {"40 0a 4000 0001 01 00 0002 01 80",
       GracefulRestart{false, true, 0, {{kIpv4Unicast, false}, {kIpv6Unicast, true}}}},
      {"41 04 0000fde9", FourOctetAs{65001}},
      {"41 04 fffffffe", FourOctetAs{4294967294}},
      {"45 00", AddPath{}},
      {"45 0c 0001 01 01 0002 01 02 0001 80 03", AddPath{{{kIpv4Unicast, AddPath::Mode::Receive},
                                                          {kIpv6Unicast, AddPath::Mode::Send},
                                                          {kIpv4Vpn, AddPath::Mode::Both}}}},
      {"46 00", EnhancedRouteRefresh{}},
      {"49 08 02 7231 04 6c61622e", Fqdn{"r1", "lab."}},
      {"49 02 00 00", Fqdn{}},
      {"80 00", Unknown{128, {}}},
      {"09 01 03", Unknown{9, {3}}},
      {"83 01 00", Unknown{131, {0}}},
  };
}

TEST(Capability, Octets_DecodeToTheValue) {
  for (const Pair& pair : pairs()) {
    const Bytes octets = octets_of_hex(pair.octets);

    EXPECT_EQ(decode_capability(octets[0], BytesView(octets).subspan(2)), pair.value) << pair.octets;
  }
}

TEST(Capability, Value_EncodesToTheOctets) {
  for (const Pair& pair : pairs()) {
    EXPECT_EQ(encode_capability(pair.value), octets_of_hex(pair.octets)) << pair.octets;
    EXPECT_EQ(capability_code(pair.value), octets_of_hex(pair.octets).front());
  }
}

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
       }) {
    const Bytes octets = octets_of_hex(text);
    const Bytes value(octets.begin() + 2, octets.end());

    const Capability capability = decode_capability(octets[0], value);

    EXPECT_EQ(capability, Capability(Unknown{octets[0], value})) << text;
    EXPECT_EQ(encode_capability(capability), octets) << text;
  }
}

TEST(Capability, MultiprotocolReservedOctet_IsIgnoredAndSentAsZero) {  // RFC 4760 8
  const Capability capability = decode_capability(1, "0001 ff 01"_hex);

  EXPECT_EQ(capability, Capability(Multiprotocol{kIpv4Unicast}));
  EXPECT_EQ(hex_of(encode_capability(capability)), "010400010001");
}

TEST(Capability, GracefulRestartReservedBits_AreIgnored) {  // RFC 4724 3
  const Capability capability = decode_capability(64, "3078 0001 01 7f"_hex);

  EXPECT_EQ(capability, Capability(GracefulRestart{false, false, 120, {{kIpv4Unicast, false}}}));
}

TEST(Capability, RestartTimeBeyondTwelveBits_IsCapped) {
  EXPECT_EQ(hex_of(encode_capability(GracefulRestart{false, false, 65535, {}})), "40020fff");
}

TEST(Capability, ValueBeyond255Octets_Throws) {
  EXPECT_EQ(encode_capability(Unknown{200, Bytes(255, 1)}).size(), 257U);
  EXPECT_THROW((void)encode_capability(Unknown{200, Bytes(256, 1)}), std::length_error);
  EXPECT_THROW((void)encode_capability(Fqdn{std::string(256, 'a'), ""}), std::length_error);
  EXPECT_THROW((void)encode_capability(Fqdn{std::string(200, 'a'), std::string(60, 'b')}), std::length_error);
}

TEST(Capability, Text_NamesWhatItIs) {
  EXPECT_EQ(to_string(Capability(Multiprotocol{kIpv4Unicast})), "multiprotocol ipv4-unicast");
  EXPECT_EQ(to_string(Capability(FourOctetAs{65001})), "4-octet-as 65001");
  EXPECT_EQ(to_string(Capability(Unknown{131, {0}})), "unknown (131) 0x00");
  EXPECT_EQ(to_string(Capability(Unknown{9, {3}})), "role (9) 0x03");
  EXPECT_EQ(to_string(Capability(AddPath{{{kIpv6Unicast, AddPath::Mode::Both}}})), "add-path ipv6-unicast both");
  EXPECT_EQ(to_string(Capability(GracefulRestart{true, true, 120, {{kIpv4Unicast, true}}})),
            "graceful-restart 120 s restarting notification ipv4-unicast (forwarding)");
  EXPECT_EQ(to_string(Capability(Fqdn{"r\n1", "lab"})), "fqdn \"r\\x0a1\" \"lab\"");
}

TEST(Family, Text_IsANameOrNumbers) {
  EXPECT_EQ(to_string(kIpv6Unicast), "ipv6-unicast");
  EXPECT_EQ(to_string(Family{Afi::L2vpn, Safi::Evpn}), "l2vpn-evpn");
  EXPECT_EQ(to_string(Family{static_cast<Afi>(999), static_cast<Safi>(7)}), "999/7");
}

}  // namespace
}  // namespace bgp
