// The attributes that stay octets, as values: octets, text, and for random ones and for broken octets the promises that
// all of them keep.
#include <gtest/gtest.h>

#include "bgp/wire/update.hpp"
#include "support/generate_attributes.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

/// Octets that mean `value`, which prints as `text`.
template <AttributeValue Value>
void expect_value(const char* octets, const Value& value, const char* text) {
  const auto decoded = Value::decode(octets_of_hex(octets));
  ASSERT_TRUE(decoded.has_value()) << octets;
  EXPECT_TRUE(*decoded == value) << to_string(*decoded);
  EXPECT_EQ(hex_of(value.encode()), hex_of(octets_of_hex(octets)));
  EXPECT_EQ(to_string(value), text);
}

template <AttributeValue Value>
void expect_refused(std::initializer_list<const char*> all) {
  for (const char* octets : all) EXPECT_FALSE(Value::decode(octets_of_hex(octets))) << octets;
}

const IpAddress kV4 = *IpAddress::parse("192.0.2.1");
const IpAddress kV6 = *IpAddress::parse("2001:db8::1");

TEST(Aigp, Octets_AreTlvsWhoseLengthCountsAll) {  // RFC 7311 3
  expect_value("01 000b 0000000100000002", Aigp{0x100000002, {}}, "4294967298");
  expect_value("02 0005 abcd", Aigp{std::nullopt, {{2, {0xab, 0xcd}}}}, "2:0xabcd");
  expect_value("01 000b 0000000000000005 01 000b 0000000000000006 ff 0003",
               Aigp{5, {{1, {0, 0, 0, 0, 0, 0, 0, 6}}, {255, {}}}}, "5 1:0x0000000000000006 255:0x");
}

TEST(Aigp, MalformedTlvs_AreRefused) {  // RFC 7311 3
  expect_refused<Aigp>({"", "01", "01 0002", "01 000b 00000000000000", "01 000a 00000000000000",
                        "01 000c 000000000000000000", "02 0004"});
}

TEST(PmsiTunnel, Octets_AreTypeLabelAndIdentifier) {  // RFC 6514 5
  expect_value("00 06 000100 c0000201", PmsiTunnel{0, PmsiTunnelType::IngressReplication, 256, {0xc0, 0, 2, 1}},
               "ingress-replication label 256 endpoint 192.0.2.1");
  expect_value("01 00 000000", PmsiTunnel{1, PmsiTunnelType::None, 0, {}}, "no-tunnel label 0 flags 1");
  expect_value("00 86 000010 20010db8000000000000000000000001",
               PmsiTunnel{0, static_cast<PmsiTunnelType>(0x86), 16, Bytes(kV6.octets().begin(), kV6.octets().end())},
               "composite-ingress-replication label 16 endpoint 2001:db8::1");
  expect_value("00 7b 000001 ff", PmsiTunnel{0, static_cast<PmsiTunnelType>(0x7b), 1, {0xff}},
               "tunnel-type-123 label 1 identifier 0xff");
}

TEST(PmsiTunnel, UndefinedTypesAndWrongIdentifiers_AreRefused) {  // RFC 6514 5
  expect_refused<PmsiTunnel>({"", "00 06 0001", "00 08 000100", "00 7f 000100", "00 00 000100 00", "00 06 000100 c0",
                              "00 03 000100 c0000201", "00 01 000100", "00 07 000100"});
}

TEST(TunnelEncapsulation, Octets_AreTunnelsOfSubTlvs) {  // RFC 9012 2, 3
  using namespace tunnel;
  const MacAddress mac{{0, 0x11, 0x22, 0x33, 0x44, 0x55}};
  expect_value("0008 001a 060a 00000000 0001 c0000201 010c c0 000064 001122334455 0000",
               TunnelEncapsulation{{{TunnelType::Vxlan, {EgressEndpoint{kV4}, VxlanEncapsulation{100, mac}}}}},
               "vxlan (endpoint 192.0.2.1 vni 100 mac 00:11:22:33:44:55)");
  expect_value("0002 001e 0616 00000000 0002 20010db8000000000000000000000001 0104 00000007",
               TunnelEncapsulation{{{TunnelType::Gre, {tunnel::EgressEndpoint{kV6}, GreEncapsulation{7}}}}},
               "gre (endpoint 2001:db8::1 key 7)");
  expect_value("0001 000a 0108 00000001 00000002 0007 0000",
               TunnelEncapsulation{
                   {{TunnelType::L2tpV3OverIp, {L2tpV3Encapsulation{1, {0, 0, 0, 2}}}}, {TunnelType::IpInIp, {}}}},
               "l2tpv3 (session 1 cookie 0x00000002) ip-in-ip ()");
  expect_value(
      "0007 0026 0606 00000000 0000 0202 0800 0408 030b 0000 00000064 0701 2e 0802 12b5 0901 01 0a04 00010140",
      TunnelEncapsulation{{{TunnelType::IpInIp,
                            {EgressEndpoint{}, ProtocolType{0x0800}, tunnel::Color{100}, DsField{46},
                             UdpDestinationPort{4789}, EmbeddedLabelHandling{1}, tunnel::LabelStack{{0x10140}}}}}},
      "ip-in-ip (endpoint next-hop protocol 2048 color 100 ds-field 46 udp-port 4789 "
      "embedded-label-handling 1 labels 16)");
  expect_value("000f 0008 0c01 00 80 0002 abcd",
               TunnelEncapsulation{{{TunnelType::SrPolicy, {Other{12, {0}}, Other{128, {0xab, 0xcd}}}}}},
               "sr-policy (sub-tlv-12 0x00 sub-tlv-128 0xabcd)");
}

TEST(TunnelEncapsulation, SubTlvsInAnotherForm_StayOctets) {  // RFC 9012 13: like unrecognized ones
  for (const char* sub_tlv : {"0607 00000000 0001 c0", "060a 00000001 0001 c0000201", "060a 00000000 0002 c0000201",
                              "010c 01 000064 001122334455 0000", "010c 00 000064 000000000000 0000", "0101 ff",
                              "0203 080000", "0408 030c 0000 00000064", "0700", "0a03 000000"}) {
    const Bytes octets = octets_of_hex(sub_tlv);
    const Bytes value = Bytes{0, 8, 0, static_cast<std::uint8_t>(octets.size())} + octets;

    const auto decoded = TunnelEncapsulation::decode(value);

    ASSERT_TRUE(decoded.has_value()) << sub_tlv;
    EXPECT_TRUE(std::holds_alternative<tunnel::Other>(decoded->tunnels.at(0).sub_tlvs.at(0))) << sub_tlv;
    EXPECT_EQ(decoded->encode(), value) << sub_tlv;
  }
}

TEST(TunnelEncapsulation, LengthsThatDoNotFit_AreRefused) {  // RFC 9012 13
  expect_refused<TunnelEncapsulation>(
      {"", "0008 00", "0008 0001", "0008 0001 06", "0008 0002 0601", "0008 0003 80 0000 00", "000f 0003 80 0001"});
}

TEST(PrefixSid, Octets_AreTlvs) {  // RFC 8669 3, RFC 9252 2, 3
  using namespace prefix_sid;
  expect_value("01 0007 00 0000 00000064 03 0008 0000 003e80 001f40",
               PrefixSid{{LabelIndex{0, 100}, OriginatorSrgb{0, {{16000, 8000}}}}}, "label-index 100 srgb 16000+8000");
  expect_value("05 0022 00 01 001e 00 20010db8000000000000000000000001 00 0013 00 01 0006 281810001040",
               PrefixSid{{Srv6L3Service{{{kV6, 0, 19, SidStructure{40, 24, 16, 0, 16, 64}}}}}},
               "srv6-l3 2001:db8::1 behavior 19 structure 40.24.16.0.16.64");
  expect_value("06 0019 00 01 0015 00 20010db8000000000000000000000001 80 ffff 00",
               PrefixSid{{Srv6L2Service{{{kV6, 0x80, 0xffff, std::nullopt}}}}},
               "srv6-l2 2001:db8::1 behavior 65535 flags 128");
  expect_value("63 0002 abcd", PrefixSid{{Other{99, {0xab, 0xcd}}}}, "tlv-99 0xabcd");
}

TEST(PrefixSid, PartsThatAreNotRead_KeepTheTlvAsOctets) {
  for (const char* octets : {"01 0007 01 0000 00000064", "05 0004 00 63 0000", "05 0001 01",
                             "05 001c 00 01 0018 00 20010db8000000000000000000000001 00 0013 00 63 0000",
                             "05 0019 00 01 0015 01 20010db8000000000000000000000001 00 0013 00"}) {
    const auto decoded = PrefixSid::decode(octets_of_hex(octets));

    ASSERT_TRUE(decoded.has_value()) << octets;
    EXPECT_TRUE(std::holds_alternative<prefix_sid::Other>(decoded->tlvs.at(0))) << octets;
    EXPECT_EQ(hex_of(decoded->encode()), hex_of(octets_of_hex(octets)));
  }
}

TEST(PrefixSid, MalformedTlvs_AreRefused) {  // RFC 8669 6, RFC 9252 7
  expect_refused<PrefixSid>({"", "01", "01 0006 00 0000 000064", "01 0007 00 0000 000064", "03 0002 0000",
                             "03 0009 0000 003e80 001f40 00", "05 0000", "05 0004 00 01 0001",
                             "05 0018 00 01 0014 00 20010db8000000000000000000000001 00 0013"});
}

TEST(AttrSet, Octets_AreAnAsAndAttributes) {  // RFC 6368 5
  expect_value("0000fdea 40 01 01 00 80 04 04 00000005", AttrSet{65002, {{0x40, 1, {0}}, {0x80, 4, {0, 0, 0, 5}}}},
               "origin-as 65002 (ORIGIN 0x00 MULTI_EXIT_DISC 0x00000005)");
  expect_value("00010000", AttrSet{65536, {}}, "origin-as 65536 ()");
}

TEST(AttrSet, WhatDoesNotFit_IsRefused) {  // RFC 6368 5
  expect_refused<AttrSet>(
      {"", "0000fd", "0000fdea 40", "0000fdea 40 01 02 00", "0000fdea 80 0e 00", "0000fdea 80 0f 00"});
}

TEST(AttributeAccess, FindAndPut_WorkOnPathAttributes) {
  PathAttributes attributes;
  put(attributes, AttrSet{65002, {}});
  put(attributes, Aigp{5, {}});
  put(attributes, Aigp{6, {}});

  EXPECT_EQ(attributes.others,
            (std::vector<RawAttribute>{{0x80, 26, "01000b0000000000000006"_hex}, {0xc0, 128, "0000fdea"_hex}}));
  EXPECT_EQ(find<Aigp>(attributes)->metric, 6U);
  EXPECT_FALSE(find<PrefixSid>(attributes));
  EXPECT_EQ(to_string(attributes.others[0]), "AIGP 6");
  EXPECT_EQ(to_string(RawAttribute{0x80, 26, {1}}), "AIGP 0x01");
}

/// What every kind of value promises.
template <class Make>
void expect_promises(Make make) {
  AttributeGenerator random(7311);
  for (int i = 0; i < 300; ++i) {
    const auto value = make(random);
    using Value = std::remove_const_t<decltype(value)>;
    const Bytes octets = value.encode();
    ASSERT_EQ(Value::decode(octets), value) << hex_of(octets);
    ASSERT_FALSE(to_string(value).empty());
    Bytes changed = octets;
    // Cut or changed: refused, or a value that means the same when it is written and read again
    if (random.chance(2)) {
      changed.resize(random.below(static_cast<std::uint32_t>(octets.size() + 1)));
    } else if (!changed.empty()) {
      changed[random.below(static_cast<std::uint32_t>(changed.size()))] = random.u8();
    }
    const auto other = Value::decode(Bytes(changed));
    if (other) {
      ASSERT_EQ(Value::decode(other->encode()), other) << hex_of(changed);
      ASSERT_FALSE(to_string(*other).empty());
    }
  }
}

TEST(AttributeValues, RandomOnes_DecodeToWhatWasEncodedAndBrokenOnesDoNoHarm) {
  expect_promises([](AttributeGenerator& random) { return random.ipv6_extended_communities(); });
  expect_promises([](AttributeGenerator& random) { return random.aigp(); });
  expect_promises([](AttributeGenerator& random) { return random.pmsi_tunnel(); });
  expect_promises([](AttributeGenerator& random) { return random.tunnel_encapsulation(); });
  expect_promises([](AttributeGenerator& random) { return random.prefix_sid(); });
  expect_promises([](AttributeGenerator& random) { return random.attr_set(); });
}

}  // namespace
}  // namespace bgp
