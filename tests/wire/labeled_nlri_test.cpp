// Labeled and VPN prefixes on the wire (RFC 8277 2, RFC 4364 4, RFC 4659 3.2).
#include "bgp/wire/labeled_nlri.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bgp/wire/nlri.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

constexpr Family kLabeled4{Afi::Ipv4, Safi::LabeledUnicast};
constexpr Family kLabeled6{Afi::Ipv6, Safi::LabeledUnicast};
constexpr Family kVpn4{Afi::Ipv4, Safi::MplsVpn};
constexpr Family kVpn6{Afi::Ipv6, Safi::MplsVpn};

using Texts = std::vector<std::string>;

Texts texts(Family family, const Bytes& octets, LabelForm form, bool add_path = false) {
  Texts all;
  for (const AnyNlri& nlri : NlriView(family, octets, add_path, form).any()) all.push_back(to_string(nlri));
  return all;
}

bool good(Family family, const Bytes& octets, LabelForm form) {
  return !check_nlri(NlriView(family, octets, false, form));
}

Bytes written(Family family, LabelForm form, const AnyNlri& nlri) {
  Bytes octets;
  Writer out(octets);
  append_nlri(out, family, false, form, nlri);
  return octets;
}

TEST(LabeledNlri, OneLabel_StandsBeforeThePrefix) {  // RFC 8277 2.2
  EXPECT_EQ(texts(kLabeled4, "20 000101 0a 38 493c01 ac101504"_hex, LabelForm::One),
            (Texts{"10.0.0.0/8 label 16", "172.16.21.4/32 label 299968"}));
  EXPECT_EQ(texts(kLabeled6, "38 000031 20010db8"_hex, LabelForm::One), (Texts{"2001:db8::/32 label 3"}));
}

TEST(LabeledNlri, OneLabel_IgnoresItsSBit) {  // RFC 8277 2.2
  EXPECT_EQ(texts(kLabeled4, "20 000100 0a"_hex, LabelForm::One), (Texts{"10.0.0.0/8 label 16"}));
}

TEST(LabeledNlri, Stack_EndsAtTheSBit) {  // RFC 8277 2.3
  EXPECT_EQ(texts(kLabeled4, "48 dbc430 dbc421 010300"_hex, LabelForm::Stack),
            (Texts{"1.3.0.0/24 label 900163/900162"}));
  EXPECT_EQ(texts(kLabeled4, "20 000101 0a"_hex, LabelForm::Stack), (Texts{"10.0.0.0/8 label 16"}));
}

TEST(LabeledNlri, StackWithoutSBit_CannotBeParsed) {  // RFC 8277 2.3, RFC 7606 3 j
  EXPECT_FALSE(good(kLabeled4, "20 000100 0a"_hex, LabelForm::Stack));
}

TEST(LabeledNlri, LengthThatNoAddressHas_IsMalformed) {  // RFC 7606 5.3
  EXPECT_FALSE(good(kLabeled4, "00"_hex, LabelForm::One));
  EXPECT_FALSE(good(kLabeled4, "17 000101"_hex, LabelForm::One));
  EXPECT_TRUE(good(kLabeled4, "18 000101"_hex, LabelForm::One));
  EXPECT_TRUE(good(kLabeled4, "38 000101 0a000001"_hex, LabelForm::One));
  EXPECT_FALSE(good(kLabeled4, "39 000101 0a00000180"_hex, LabelForm::One));
  EXPECT_FALSE(good(kLabeled4, "20 000101"_hex, LabelForm::One));
  EXPECT_FALSE(good(kVpn4, "57 000101 0000000100000001"_hex, LabelForm::One));
  EXPECT_TRUE(good(kVpn4, "58 000101 0000000100000001"_hex, LabelForm::One));
  EXPECT_FALSE(good(kVpn6, "d9 000101 0000000100000001 20010db800000000000000000000000180"_hex, LabelForm::One));
}

TEST(LabeledNlri, StackFromASpeakerWithoutTheCapability_IsReadWhereItCanBeNothingElse) {
  EXPECT_EQ(texts(kLabeled4, "48 dbc430 dbc421 010300"_hex, LabelForm::One), (Texts{"1.3.0.0/24 label 900163/900162"}));
  EXPECT_EQ(texts(kLabeled4, "48 000080 000091 abcdef"_hex, LabelForm::Withdrawn), (Texts{"171.205.239.0/24"}));
  EXPECT_EQ(texts(kLabeled6, "48 000080 000091 abcdef"_hex, LabelForm::Withdrawn), (Texts{"0:91ab:cdef::/48"}));
}

TEST(LabeledNlri, Withdrawal_IgnoresWhatStandsForTheLabel) {  // RFC 8277 2.4
  for (const char* field : {"20 800000 0a", "20 000000 0a", "20 000101 0a"}) {
    EXPECT_EQ(texts(kLabeled4, octets_of_hex(field), LabelForm::Withdrawn), (Texts{"10.0.0.0/8"})) << field;
  }
}

TEST(LabeledNlri, WrittenWithdrawal_Has800000WhateverTheLabels) {  // RFC 8277 2.4
  const Prefix prefix = *Prefix::parse("10.0.0.0/8");
  for (const LabelStack& labels : {LabelStack{}, LabelStack{16}, LabelStack{16, 17}}) {
    EXPECT_EQ(hex_of(written(kLabeled4, LabelForm::Withdrawn, LabeledNlri{prefix, labels, 0})), "208000000a");
  }
}

TEST(LabeledNlri, WrittenLabels_AreOnesWhereStacksWereNotNegotiated) {  // RFC 8277 2.1
  const Prefix prefix = *Prefix::parse("10.0.0.0/8");

  EXPECT_EQ(hex_of(written(kLabeled4, LabelForm::One, LabeledNlri{prefix, {16}, 0})), "200001010a");
  EXPECT_TRUE(written(kLabeled4, LabelForm::One, LabeledNlri{prefix, {16, 17}, 0}).empty());
  EXPECT_TRUE(written(kLabeled4, LabelForm::One, LabeledNlri{prefix, {}, 0}).empty());
  EXPECT_TRUE(written(kLabeled4, LabelForm::Stack, LabeledNlri{prefix, {}, 0}).empty());
  EXPECT_EQ(hex_of(written(kLabeled4, LabelForm::Stack, LabeledNlri{prefix, {16, 17}, 0})), "380001000001110a");
}

TEST(LabeledNlri, LabelsBeyondTheLengthOctet_AreNotWritten) {  // RFC 8277 2.1: 255 bits
  const Prefix host = *Prefix::parse("2001:db8::1/128");
  const RouteDistinguisher rd = RouteDistinguisher::of_as2(1, 1);

  EXPECT_FALSE(written(kVpn6, LabelForm::Stack, VpnNlri{rd, host, {16, 17}, 0}).empty());
  EXPECT_TRUE(written(kVpn6, LabelForm::Stack, VpnNlri{rd, host, {16, 17, 18}, 0}).empty());
}

TEST(LabelStack, Full_TakesNoMore) {
  LabelStack stack;
  for (std::uint32_t label = 0; label < LabelStack::kMaxSize; ++label) EXPECT_TRUE(stack.push_back(label));

  EXPECT_FALSE(stack.push_back(99));
  EXPECT_EQ(stack.size(), LabelStack::kMaxSize);
}

TEST(VpnNlri, DistinguisherStandsBetweenLabelAndPrefix) {  // RFC 4364 4.3.4
  EXPECT_EQ(texts(kVpn4, "78 000131 0000000100000001 01010101"_hex, LabelForm::One),
            (Texts{"rd 1:1 1.1.1.1/32 label 19"}));
  EXPECT_EQ(texts(kVpn6, "78 000131 0001c00002010005 20010db8"_hex, LabelForm::One),
            (Texts{"rd 192.0.2.1:5 2001:db8::/32 label 19"}));
}

TEST(VpnNlri, AddPath_PutsTheIdentifierBeforeTheLength) {  // RFC 8277 2.2, RFC 7911 3
  EXPECT_EQ(texts(kVpn4, "00000007 60 000131 0000000100000001 0a"_hex, LabelForm::One, true),
            (Texts{"rd 1:1 10.0.0.0/8#7 label 19"}));
}

TEST(VpnNlri, MulticastVpn_HasNoLabel) {
  const Family multicast{Afi::Ipv4, Safi::MplsVpnMulticast};

  EXPECT_EQ(texts(multicast, "48 0000000100000001 0a"_hex, LabelForm::One), (Texts{"rd 1:1 10.0.0.0/8"}));
  EXPECT_EQ(texts(multicast, "48 0000000100000001 0a"_hex, LabelForm::Withdrawn), (Texts{"rd 1:1 10.0.0.0/8"}));
  EXPECT_FALSE(good(multicast, "3f 00000001000000"_hex, LabelForm::One));
  EXPECT_TRUE(written(multicast, LabelForm::One, VpnNlri{{}, *Prefix::parse("10.0.0.0/8"), {16}, 0}).empty());
}

TEST(RouteDistinguisher, Types_HaveTheirText) {  // RFC 4364 4.2
  EXPECT_EQ(to_string(RouteDistinguisher::of_as2(65001, 4000000000)), "65001:4000000000");
  EXPECT_EQ(to_string(RouteDistinguisher::of_v4(0xc0000201, 5)), "192.0.2.1:5");
  EXPECT_EQ(to_string(RouteDistinguisher::of_as4(4200000000, 1)), "4200000000:1");
  EXPECT_EQ(to_string(RouteDistinguisher::of_as4(65001, 1)), "2:65001:1");
  EXPECT_EQ(to_string(RouteDistinguisher{0x0003000000000001}), "0x0003000000000001");
}

TEST(RouteDistinguisher, Text_IsReadAsItIsWritten) {
  for (const char* text : {"65001:4000000000", "192.0.2.1:5", "4200000000:1", "2:65001:1", "0:0"}) {
    ASSERT_TRUE(RouteDistinguisher::parse(text)) << text;
    EXPECT_EQ(to_string(*RouteDistinguisher::parse(text)), text);
  }
  for (const char* text : {"", "1", ":", "1:", ":1", "65536:65536", "192.0.2.1:65536", "1:4294967296", "a:1", "1:2:3",
                           "2001:db8::1:5", "4294967296:1"}) {
    EXPECT_FALSE(RouteDistinguisher::parse(text)) << text;
  }
}

}  // namespace
}  // namespace bgp
