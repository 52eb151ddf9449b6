// Flow specifications on the wire (RFC 8955 4, RFC 8956 3): the examples of the RFCs, order, operators, lengths.
#include "bgp/wire/flow_spec.hpp"

#include <gtest/gtest.h>

#include <string>

#include "bgp/wire/nlri.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

constexpr Family kFlow4{Afi::Ipv4, Safi::FlowSpec};
constexpr Family kFlow6{Afi::Ipv6, Safi::FlowSpec};
constexpr Family kFlowVpn4{Afi::Ipv4, Safi::FlowSpecVpn};

/// In words, and written again as it came.
std::string text(Family family, const std::string& hex) {
  const Bytes octets = octets_of_hex(hex);
  const NlriView view(family, octets, false);
  EXPECT_FALSE(check_nlri(view)) << hex;
  const AnyNlri nlri = *view.any().begin();
  Bytes again;
  Writer out(again);
  EXPECT_TRUE(append_nlri(out, family, false, LabelForm::One, nlri)) << hex;
  EXPECT_EQ(hex_of(again), hex_of(octets));
  return to_string(nlri);
}

/// Nothing when it is good.
std::optional<ErrorApproach> approach(Family family, const std::string& hex) {
  const Bytes octets = octets_of_hex(hex);
  const auto error = check_nlri(NlriView(family, octets, false));
  return error ? std::optional(error->approach) : std::nullopt;
}

TEST(FlowSpec, ExamplesOfRfc8955) {  // RFC 8955 4.3
  EXPECT_EQ(text(kFlow4, "0b 0118c00002 038106 048119"), "destination 192.0.2.0/24 & protocol = 6 & port = 25");
  EXPECT_EQ(text(kFlow4, "12 0118c00002 0218cb0071 04038945 8b911f90"),
            "destination 192.0.2.0/24 & source 203.0.113.0/24 & port >= 137 and <= 139 or = 8080");
  EXPECT_EQ(text(kFlow4, "09 0120c0000201 0c8005"), "destination 192.0.2.1/32 & fragment any 0x5");
}

TEST(FlowSpec, ExamplesOfRfc8956) {  // RFC 8956 3.8
  EXPECT_EQ(text(kFlow6, "12 01200020010db8 026840123456789a 038106"),
            "destination 2001:db8::/32 & source ::1234:5678:9a00:0/64-104 & protocol = 6");
  EXPECT_EQ(text(kFlow6, "0f 01200020010db8 0268412468acf134"),
            "destination 2001:db8::/32 & source ::1234:5678:9a00:0/65-104");
}

TEST(FlowSpec, Bitmasks_MatchAnyOrAll) {  // RFC 8955 4.2.1.2
  EXPECT_EQ(text(kFlow4, "08 09 0002 4112 930010"), "tcp-flags any 0x2 and all 0x12 or not all 0x10");
}

TEST(FlowSpec, Vpn_HasADistinguisherInFront) {  // RFC 8955 8
  EXPECT_EQ(text(kFlowVpn4, "0b 0000000100000001 038106"), "rd 1:1 protocol = 6");
  EXPECT_EQ(approach(kFlowVpn4, "03 038106"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlowVpn4, "08 0000000100000001"), ErrorApproach::TreatAsWithdraw);
}

/// A destination port list of `count` pairs of three octets: 1 + 3 * count octets.
std::string ports(std::size_t count) {
  std::string hex = "05";
  for (std::size_t i = 0; i < count; ++i) hex += i + 1 == count ? "911f90" : "111f90";
  return hex;
}

TEST(FlowSpec, LengthFrom240On_TakesTwoOctets) {  // RFC 8955 4.1
  EXPECT_NE(text(kFlow4, "ef 038106 04911f90" + ports(77)), "");
  EXPECT_NE(text(kFlow4, "f0f0 038106 0401198106" + ports(77)), "");
  // RFC 8955 4.1: below 240 one octet can be used, so two are read as well
  EXPECT_EQ(approach(kFlow4, "f003 038106"), std::nullopt);
}

TEST(FlowSpec, MoreThan4095Octets_AreNotWritten) {  // RFC 8955 4.1
  FlowSpecNlri nlri;
  FlowSpecTerm term;
  term.width = 8;
  nlri.components.push_back({FlowSpecType::Port, std::vector<FlowSpecTerm>(454, term)});
  Bytes octets;
  Writer out(octets);
  EXPECT_TRUE(append_nlri(out, kFlow4, false, LabelForm::One, nlri));

  nlri.components[0].match = std::vector<FlowSpecTerm>(455, term);

  EXPECT_FALSE(append_nlri(out, kFlow4, false, LabelForm::One, nlri));
}

TEST(FlowSpec, OrderRepeatsUnknownComponentsAndNothing_AreMalformed) {  // RFC 8955 4.2
  EXPECT_EQ(approach(kFlow4, "06 048119 038106"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "06 038106 038111"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "03 0d8106"), ErrorApproach::TreatAsWithdraw);  // FlowLabel is of IPv6 (RFC 8956 3.7)
  EXPECT_EQ(approach(kFlow6, "03 0d8106"), std::nullopt);
  EXPECT_EQ(approach(kFlow6, "03 0e8106"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "03 008106"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "00"), ErrorApproach::TreatAsWithdraw);
}

TEST(FlowSpec, ComponentsThatDoNotEndWhereTheyShould_AreMalformed) {
  EXPECT_EQ(approach(kFlow4, "03 030106"), ErrorApproach::TreatAsWithdraw);  // no end of the list
  EXPECT_EQ(approach(kFlow4, "03 039106"), ErrorApproach::TreatAsWithdraw);  // a value of two octets
  EXPECT_EQ(approach(kFlow4, "01 03"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "04 0118c000"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "07 0121c000020100"), ErrorApproach::TreatAsWithdraw);  // 33 bits
}

TEST(FlowSpec, WidthsThatMustBe_AreChecked) {  // RFC 8955 4.2.2.9, 4.2.2.11, 4.2.2.12
  EXPECT_EQ(approach(kFlow4, "04 0b910001"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "04 0c900001"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "06 09a000000002"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow4, "04 09900002"), std::nullopt);
}

TEST(FlowSpec, OffsetOfIpv6_LiesBeforeTheLength) {  // RFC 8956 3.1
  EXPECT_EQ(approach(kFlow6, "03 010000"), std::nullopt);
  EXPECT_EQ(approach(kFlow6, "03 010808"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow6, "03 010001"), ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(approach(kFlow6, "04 01100820"), std::nullopt);
  EXPECT_EQ(approach(kFlow6, "04 01817a20"), ErrorApproach::TreatAsWithdraw);
}

TEST(FlowSpec, LengthBeyondTheField_CannotBeParsed) {  // RFC 7606 5.3
  EXPECT_EQ(approach(kFlow4, "04 038106"), ErrorApproach::SessionReset);
  EXPECT_EQ(approach(kFlow4, "f0"), ErrorApproach::SessionReset);
}

TEST(FlowSpec, BitsThatMeanNothing_AreReadAsZero) {  // RFC 8955 4.2.1.1, 4.2.1.2
  const Bytes octets = "03 03c906"_hex;              // AND in the first operator and the unused bit

  const AnyNlri nlri = *NlriView(kFlow4, octets, false).any().begin();

  FlowSpecNlri expected;
  expected.components.push_back(
      {FlowSpecType::Protocol, std::vector<FlowSpecTerm>{{false, flow_spec_operator::kEqual, 1, 6}}});
  EXPECT_EQ(nlri, AnyNlri(expected));
}

TEST(FlowSpec, ValueBeyondItsWidth_IsNotWritten) {
  FlowSpecNlri nlri;
  nlri.components.push_back({FlowSpecType::Port, std::vector<FlowSpecTerm>{{false, 1, 1, 256}}});
  Bytes octets;
  Writer out(octets);

  EXPECT_FALSE(append_nlri(out, kFlow4, false, LabelForm::One, nlri));
  EXPECT_TRUE(octets.empty());
}

}  // namespace
}  // namespace bgp
