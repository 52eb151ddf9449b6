// Route Target membership (RFC 4684 4) and link-state NLRI (RFC 9552 5.2) on the wire.
#include <gtest/gtest.h>

#include <string>

#include "bgp/wire/nlri.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

constexpr Family kTargets{Afi::Ipv4, Safi::RouteTargetConstraint};
constexpr Family kLinkState{Afi::BgpLs, Safi::BgpLs};
constexpr Family kLinkStateVpn{Afi::BgpLs, Safi::BgpLsVpn};

std::string text(Family family, const std::string& hex) {
  const Bytes octets = octets_of_hex(hex);
  const NlriView view(family, octets, false);
  EXPECT_FALSE(check_nlri(view)) << hex;
  return to_string(*view.any().begin());
}

std::optional<ErrorApproach> approach(Family family, const std::string& hex) {
  const Bytes octets = octets_of_hex(hex);
  const auto error = check_nlri(NlriView(family, octets, false));
  return error ? std::optional(error->approach) : std::nullopt;
}

TEST(RouteTargetNlri, WholeOnes_ReadAsCommunitiesDo) {  // RFC 4360 4
  EXPECT_EQ(text(kTargets, "60 0000fde9 0002fde900000064"), "65001:65001:100/96");
  EXPECT_EQ(text(kTargets, "60 0000fde9 0102c00002010064"), "65001:192.0.2.1:100/96");
  EXPECT_EQ(text(kTargets, "60 0000fde9 0202fa56ea000064"), "65001:4200000000:100/96");
  EXPECT_EQ(text(kTargets, "60 0000fde9 0602fa56ea000064"), "65001:0x0602fa56ea000064/96");
}

TEST(RouteTargetNlri, PrefixesAndTheDefault_AreRead) {  // RFC 4684 4
  EXPECT_EQ(text(kTargets, "00"), "default");
  EXPECT_EQ(text(kTargets, "20 0000fde9"), "65001:0x/32");
  EXPECT_EQ(text(kTargets, "40 0000fde9 0002fde9"), "65001:0x0002fde9/64");
  EXPECT_EQ(text(kTargets, "21 0000fde9 ff"), "65001:0x80/33");
}

TEST(RouteTargetNlri, OtherLengths_AreMalformed) {  // RFC 4684 4: the origin AS is no prefix
  EXPECT_EQ(approach(kTargets, "01 00"), ErrorApproach::SessionReset);
  EXPECT_EQ(approach(kTargets, "1f 00000000"), ErrorApproach::SessionReset);
  EXPECT_EQ(approach(kTargets, "61 00000000000000000000000000"), ErrorApproach::SessionReset);
}

TEST(LinkStateNlri, Node_KeepsItsDescriptors) {
  EXPECT_EQ(text(kLinkState, "0001 0015 02 0000000000000007 0100 0008 0200 0004 0000fde9"),
            "link-state node protocol 2 identifier 7 256:0x020000040000fde9");
  EXPECT_EQ(text(kLinkStateVpn, "0001 0011 0000000100000001 02 0000000000000000"),
            "rd 1:1 link-state node protocol 2 identifier 0");
}

TEST(LinkStateNlri, UnknownType_IsKeptAsOctets) {
  EXPECT_EQ(text(kLinkState, "0005 0002 0102"), "link-state type 5 0x0102");
}

TEST(LinkStateNlri, DescriptorsOutOfOrderOrCut_AreDiscardedAlone) {  // RFC 9552 5.1, 8.2.2
  EXPECT_EQ(approach(kLinkState, "0001 0011 02 0000000000000000 0101 0000 0100 0000"), ErrorApproach::AttributeDiscard);
  EXPECT_EQ(approach(kLinkState, "0001 000d 02 0000000000000000 0100 0001"), ErrorApproach::AttributeDiscard);
  EXPECT_EQ(approach(kLinkState, "0001 0003 020000"), ErrorApproach::AttributeDiscard);
}

TEST(LinkStateNlri, LengthBeyondTheField_CannotBeParsed) {  // RFC 7606 5.3
  EXPECT_EQ(approach(kLinkState, "0001 0010 02"), ErrorApproach::SessionReset);
  EXPECT_EQ(approach(kLinkState, "0001 00"), ErrorApproach::SessionReset);
}

}  // namespace
}  // namespace bgp
