// An UPDATE's effect: fields, groups, End-of-RIB, and the rules of RFC 7606 that concern the whole message. The rules
// of single attributes: rfc7606_table_test.cpp.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bgp/wire/update.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

using Texts = std::vector<std::string>;

const std::string kGood = std::string(kOriginIgp) + kAsPath65002 + kNextHop;
const std::string kGoodWithoutNextHop = std::string(kOriginIgp) + kAsPath65002;
constexpr const char* kBadOrigin = "40 01 01 03 ";

Notification reset_of(const Bytes& body, const DecodeContext& context = {}) {
  const auto view = decode_update(body, context);
  if (view.has_value()) {
    ADD_FAILURE() << "no session reset: " << *view;
    return {};
  }
  return view.error();
}

Notification update_error_of(std::uint8_t subcode, const char* data = "") {
  return {ErrorCode::UpdateMessage, subcode, octets_of_hex(data)};
}

TEST(UpdateDecode, Announcement_IsReachable) {
  const DecodeContext context;
  const Bytes body = update_body("", kGood, "18 0a0a0a 10 c0a8");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  ASSERT_EQ(view->reachable().size(), 1U);
  EXPECT_EQ(view->reachable()[0].family, kIpv4Unicast);
  EXPECT_EQ(view->reachable()[0].next_hop, (NextHop{IpAddress::v4(0xc0000202), {}}));
  EXPECT_EQ(reachable_texts(*view), (Texts{"10.10.10.0/24", "192.168.0.0/16"}));
  EXPECT_TRUE(view->unreachable().empty());
  EXPECT_TRUE(view->errors().empty());
  EXPECT_FALSE(view->end_of_rib());
  EXPECT_EQ(view->raw().data(), body.data());
  EXPECT_EQ(&view->context(), &context);
}

TEST(UpdateDecode, Withdrawal_IsUnreachable) {
  const DecodeContext context;
  const auto body = update_body("18 0a0a0a 00", "", "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(unreachable_texts(*view), (Texts{"10.10.10.0/24", "0.0.0.0/0"}));
  EXPECT_TRUE(view->reachable().empty());
  EXPECT_FALSE(view->end_of_rib());
}

TEST(UpdateDecode, SamePrefixInBothFields_IsReachableAfterUnreachable) {  // RFC 4271 4.3
  const DecodeContext context;
  const auto body = update_body(kNlri, kGood, kNlri);

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(unreachable_texts(*view), Texts{"10.10.10.0/24"});
  EXPECT_EQ(reachable_texts(*view), Texts{"10.10.10.0/24"});
}

// Rules 4271-29
TEST(UpdateDecode, AttributesWithoutNlri_AreValid) {  // RFC 4271 6.3
  const DecodeContext context;
  const auto body = update_body("", kGood, "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_TRUE(view->reachable().empty());
  EXPECT_TRUE(view->errors().empty());
  EXPECT_FALSE(view->end_of_rib());
}

TEST(UpdateDecode, MpReach_IsReachableWithItsOwnNextHop) {  // RFC 4760 3: NEXT_HOP is not needed
  const DecodeContext context = both_families();
  const auto body = update_body("", kMpReachIpv6 + kGoodWithoutNextHop, "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  ASSERT_EQ(view->reachable().size(), 1U);
  EXPECT_EQ(view->reachable()[0].family, kIpv6Unicast);
  EXPECT_EQ(view->reachable()[0].next_hop, (NextHop{*IpAddress::parse("2001:db8::2"), {}}));
  EXPECT_EQ(reachable_texts(*view), Texts{"2001:db8:1::/48"});
  EXPECT_TRUE(view->errors().empty());
}

TEST(UpdateDecode, MpReachWithLinkLocal_HasBothNextHops) {  // RFC 2545 3
  const DecodeContext context = both_families();
  const auto body = update_body("",
                                "80 0e 26 0002 01 20 20010db8000000000000000000000002 "
                                "fe800000000000000000000000000002 00 00 " +
                                    kGoodWithoutNextHop,
                                "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  ASSERT_EQ(view->reachable().size(), 1U);
  EXPECT_EQ(view->reachable()[0].next_hop, (NextHop{*IpAddress::parse("2001:db8::2"), *IpAddress::parse("fe80::2")}));
  EXPECT_EQ(reachable_texts(*view), Texts{"::/0"});
}

// Rules 7606-14
TEST(UpdateDecode, EveryFieldInOneMessage_IsAccepted) {  // RFC 7606 5.1: any order, any combination
  const DecodeContext context = both_families();
  const auto body = update_body("08 0b", kGood + kMpUnreachIpv6 + kMpReachIpv6, kNlri);

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(unreachable_texts(*view), (Texts{"11.0.0.0/8", "2001:db8:2::/48"}));
  EXPECT_EQ(reachable_texts(*view), (Texts{"10.10.10.0/24", "2001:db8:1::/48"}));
}

TEST(UpdateDecode, Ipv4InMpAttributes_IsLikeTheClassicFields) {  // RFC 4760 3
  const DecodeContext context;
  const auto body = update_body(
      "", "80 0e 0d 0001 01 04 c0000202 00 18 0a0a0a " + kGoodWithoutNextHop + "80 0f 05 0001 01 08 0b", "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(reachable_texts(*view), Texts{"10.10.10.0/24"});
  EXPECT_EQ(view->reachable()[0].next_hop.address, IpAddress::v4(0xc0000202));
  EXPECT_EQ(unreachable_texts(*view), Texts{"11.0.0.0/8"});
}

// Rules 7911-02 7911-04
TEST(UpdateDecode, AddPath_ReadsIdentifiersInEveryField) {  // RFC 7911 3: in withdrawals too
  DecodeContext context = both_families();
  context.add_path = {kIpv4Unicast};
  const auto body = update_body("00000007 08 0b", kMpReachIpv6 + kGood, "00000001 18 0a0a0a 00000002 18 0a0a0a");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(unreachable_texts(*view), Texts{"11.0.0.0/8#7"});
  EXPECT_EQ(reachable_texts(*view), (Texts{"10.10.10.0/24#1", "10.10.10.0/24#2", "2001:db8:1::/48"}));
}

TEST(UpdateDecode, AddPathInMpAttributes_ReadsIdentifiers) {
  DecodeContext context = both_families();
  context.add_path = {kIpv6Unicast};
  const auto body = update_body("", "80 0f 0d 0002 01 00000009 28 20010db802 ", "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(unreachable_texts(*view), Texts{"2001:db8:200::/40#9"});
}

TEST(UpdateDecode, OtherFamily_IsKeptAsOctets) {
  DecodeContext context;
  context.families = {{Afi::Ipv4, Safi::SrPolicy}};
  const auto body = update_body("", "80 0e 0c 0001 49 04 c0000202 00 abcdef " + kGoodWithoutNextHop, "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  ASSERT_EQ(view->reachable().size(), 1U);
  EXPECT_EQ(view->reachable()[0].family, (Family{Afi::Ipv4, Safi::SrPolicy}));
  EXPECT_EQ(view->reachable()[0].next_hop.address, IpAddress::v4(0xc0000202));
  EXPECT_EQ(hex_of(view->reachable()[0].nlri.octets()), "abcdef");
}

// Rules 4760-01
TEST(UpdateDecode, FamilyNotNegotiated_HasNoEffect) {  // RFC 4760 8
  const DecodeContext context;                         // IPv4 unicast alone
  const auto body = update_body("", kMpReachIpv6 + kGood + kMpUnreachIpv6, kNlri);

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(reachable_texts(*view), Texts{"10.10.10.0/24"});
  EXPECT_TRUE(view->unreachable().empty());
  EXPECT_EQ(view->error_count(), 2U);
  EXPECT_FALSE(view->attribute(AttributeCode::MpReachNlri));
}

TEST(UpdateDecode, Ipv4NotNegotiated_HasNoEffect) {  // RFC 4760 8
  DecodeContext context;
  context.families = {kIpv6Unicast};
  const auto body = update_body("08 0b", kMpReachIpv6 + kGood, kNlri);

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(reachable_texts(*view), Texts{"2001:db8:1::/48"});
  EXPECT_TRUE(view->unreachable().empty());
  EXPECT_EQ(view->error_count(), 1U);
}

// Rules 4724-05
TEST(UpdateEndOfRib, EmptyUpdate_IsIpv4Unicast) {  // RFC 4724 2
  const DecodeContext context;

  const auto body = "00000000"_hex;
  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(view->end_of_rib(), kIpv4Unicast);
  EXPECT_TRUE(view->unreachable().empty());
}

// Rules 4724-05
TEST(UpdateEndOfRib, EmptyMpUnreachAlone_IsItsFamily) {  // RFC 4724 2
  const DecodeContext context = both_families();
  for (const char* attribute : {"80 0f 03 0002 01", "90 0f 0003 0002 01"}) {
    const auto body = update_body("", attribute, "");

    const auto view = decode_update(body, context);

    ASSERT_TRUE(view.has_value());
    EXPECT_EQ(view->end_of_rib(), kIpv6Unicast);
    EXPECT_TRUE(view->unreachable().empty());
  }
}

TEST(UpdateEndOfRib, AnythingElseBesideIt_IsNone) {
  const DecodeContext context = both_families();
  for (const Bytes& body :
       {update_body("08 0b", "80 0f 03 0002 01", ""), update_body("", "80 0f 03 0002 01" + kGood, ""),
        update_body("", kMpUnreachIpv6, ""), update_body("", "80 0f 03 0019 46", "")}) {
    const auto view = decode_update(body, context);

    ASSERT_TRUE(view.has_value()) << view.error();
    EXPECT_FALSE(view->end_of_rib()) << hex_of(body);
  }
}

// Rules 4271-13 4271-26 7606-02
TEST(UpdateReset, LengthsBeyondTheMessage_AreMalformedAttributeList) {  // RFC 7606 3 b
  for (const char* body : {"", "00", "0000", "000000", "0001 0000", "0004 0b 0000", "0000 0001", "0000 0005 40010100",
                           "ffff 0000", "0000 ffff", "0002 0000"}) {
    EXPECT_EQ(reset_of(octets_of_hex(body)), update_error_of(1)) << body;
  }
}

// Rules 4271-26 7606-09 7606-10
TEST(UpdateReset, UnparsableNlri_IsInvalidNetworkField) {  // RFC 7606 3 j, 5.3
  for (const char* nlri : {"21 0a0a0a0a00", "18 0a0a", "18", "08 0a 08"}) {
    EXPECT_EQ(reset_of(update_body("", kGood, nlri)), update_error_of(10)) << nlri;
    EXPECT_EQ(reset_of(update_body(nlri, "", "")), update_error_of(10)) << nlri;  // RFC 7606 3 i
    EXPECT_EQ(reset_of(update_body(nlri, kGood, kNlri)), update_error_of(10)) << nlri;
  }
}

// Rules 4271-26 7606-07
TEST(UpdateReset, RepeatedMpAttribute_IsMalformedAttributeList) {  // RFC 7606 3 g
  EXPECT_EQ(reset_of(update_body("", std::string(kMpReachIpv6) + kMpReachIpv6 + kGood, ""), both_families()),
            update_error_of(1));
  EXPECT_EQ(reset_of(update_body("", std::string(kMpUnreachIpv6) + kMpUnreachIpv6, ""), both_families()),
            update_error_of(1));
}

// Rules 4271-26
TEST(UpdateReset, UnrecognizedWellKnownAttribute_QuotesIt) {  // RFC 4271 6.3
  EXPECT_EQ(reset_of(update_body("", kGood + "40 c8 02 abcd", kNlri)), update_error_of(2, "40c802abcd"));
  EXPECT_EQ(reset_of(update_body("", kGood + "50 c8 0002 abcd", kNlri)), update_error_of(2, "50c80002abcd"));
  EXPECT_EQ(reset_of(update_body("", kGood + "00 0b 00", kNlri)), update_error_of(2, "000b00"));
}

// Rules 4271-26 7606-10
TEST(UpdateReset, MalformedMpAttribute_IsOptionalAttributeErrorWithIt) {  // RFC 7606 5.3, 7.11
  for (const char* attribute : {
           "80 0e 04 0002 01 00",                                                      // shorter than 5
           "80 0e 05 0002 01 10 00",                                                   // next hop beyond the attribute
           "80 0e 05 0002 01 00 00",                                                   // no next hop
           "80 0e 09 0002 01 04 c0000202 00",                                          // four octets for IPv6
           "80 0e 15 0001 01 10 20010db8000000000000000000000002 00",                  // sixteen for IPv4 (no RFC 8950)
           "80 0e 1d 0002 01 18 000000000000000020010db8000000000000000000000002 00",  // a route distinguisher
           "80 0e 1b 0002 01 10 20010db8000000000000000000000002 00 30 20010db800",    // NLRI overrun
           "80 0e 17 0002 01 10 20010db8000000000000000000000002 00 81 20",            // NLRI too long
           "c0 0e 15 0002 01 10 20010db8000000000000000000000002 00",                  // flags
           "00 0e 15 0002 01 10 20010db8000000000000000000000002 00",                  // flags
           "80 0f 02 0002",                                                            // shorter than 3
           "80 0f 00",                                                                 // empty
           "80 0f 09 0002 01 30 20010db800",                                           // NLRI overrun
           "80 0f 05 0001 01 21 0a",                                                   // NLRI too long
           "40 0f 03 0002 01",                                                         // flags
       }) {
    EXPECT_EQ(reset_of(update_body("", attribute + kGood, kNlri), both_families()), update_error_of(9, attribute))
        << attribute;
  }
}

TEST(UpdateReset, MpAttributeCutOff_CannotBeWithdrawn) {  // RFC 7606 3 j
  EXPECT_EQ(reset_of(update_body("", kGood + "80 0e 30 0002 01 10", kNlri), both_families()).subcode, 9);
  EXPECT_EQ(reset_of(update_body("", kGood + "80 0f", kNlri), both_families()).subcode, 9);
}

// Rules 4271-26 7606-15
TEST(UpdateReset, StrongErrorWithoutReachableNlri_IsNotTrusted) {  // RFC 7606 5.2
  EXPECT_EQ(reset_of(update_body("", kBadOrigin + kGood, "")), update_error_of(6, "40010103"));
  EXPECT_EQ(reset_of(update_body(kNlri, "c0 08 03 000000", "")), update_error_of(5, "c00803000000"));
  EXPECT_EQ(reset_of(update_body("", "c0 02 04 02010001 ", "")), update_error_of(4, "c00204 02010001"));
  EXPECT_EQ(reset_of(update_body("", "40 02 04 05010001 ", "")), update_error_of(11));
  EXPECT_EQ(reset_of(update_body("", kMpUnreachIpv6 + std::string("40 01"), ""), both_families()), update_error_of(1));
}

// Rules 7606-15
TEST(UpdateReset, DiscardWithoutReachableNlri_IsFine) {  // RFC 7606 5.2
  const DecodeContext context;
  const auto body = update_body(kNlri, "40 06 01 00", "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(unreachable_texts(*view), Texts{"10.10.10.0/24"});
}

// Rules 7606-01
TEST(UpdateTreatAsWithdraw, EveryNlriOfTheMessage_IsUnreachable) {  // RFC 7606 2
  const DecodeContext context = both_families();
  const auto body =
      update_body("08 0b", kBadOrigin + std::string(kMpReachIpv6) + kAsPath65002 + kNextHop + kMpUnreachIpv6, kNlri);

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_TRUE(view->reachable().empty());
  EXPECT_EQ(unreachable_texts(*view), (Texts{"11.0.0.0/8", "2001:db8:2::/48", "10.10.10.0/24", "2001:db8:1::/48"}));
}

// Rules 7606-04
TEST(UpdateTreatAsWithdraw, MissingMandatoryAttribute_IsIt) {  // RFC 7606 3 d
  const DecodeContext context = both_families();
  for (const auto& [attributes, missing] : {std::pair{std::string(kAsPath65002) + kNextHop, AttributeCode::Origin},
                                            std::pair{std::string(kOriginIgp) + kNextHop, AttributeCode::AsPath},
                                            std::pair{kGoodWithoutNextHop, AttributeCode::NextHop},
                                            std::pair{kMpReachIpv6 + kGoodWithoutNextHop, AttributeCode::NextHop}}) {
    const auto body = update_body("", attributes, kNlri);
    const auto view = decode_update(body, context);

    ASSERT_TRUE(view.has_value()) << view.error();
    EXPECT_TRUE(view->reachable().empty());
    ASSERT_EQ(view->errors().size(), 1U);
    EXPECT_EQ(view->errors()[0], (UpdateError{ErrorApproach::TreatAsWithdraw, missing, 3, ""}));
  }
}

// Rules 7606-11
TEST(UpdateTreatAsWithdraw, AttributeBlockThatDoesNotAddUp_IsIt) {  // RFC 7606 4
  const DecodeContext context;
  for (const char* tail : {"40", "40 04", "50 04 00", "80 04 05 00000000", "90 04 0004 0000", "c0 ff ff 00"}) {
    const auto body = update_body("", kGood + tail, kNlri);

    const auto view = decode_update(body, context);

    ASSERT_TRUE(view.has_value()) << tail << ": " << view.error();
    EXPECT_TRUE(view->reachable().empty()) << tail;
    EXPECT_EQ(unreachable_texts(*view), Texts{"10.10.10.0/24"}) << tail;
  }
}

// Rules 7606-08
TEST(UpdateErrors, SeveralErrors_TheStrongestIsFollowed) {  // RFC 7606 3 h
  const DecodeContext context;
  const auto body =
      update_body("", "40 06 01 00" + std::string(kBadOrigin) + kAsPath65002 + kNextHop + "40 05 00", kNlri);

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_TRUE(view->reachable().empty());
  ASSERT_EQ(view->errors().size(), 3U);
  EXPECT_EQ(view->errors()[0].attribute, AttributeCode::AtomicAggregate);
  EXPECT_EQ(view->errors()[1].attribute, AttributeCode::Origin);
  EXPECT_EQ(view->errors()[2].attribute, AttributeCode::LocalPref);
}

TEST(UpdateErrors, MoreThanEight_AreCounted) {
  const DecodeContext context;
  std::string attributes = kGood;
  for (int i = 0; i < 12; ++i) attributes += kOriginIgp;
  const auto body = update_body("", attributes, kNlri);

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(view->errors().size(), 8U);
  EXPECT_EQ(view->error_count(), 12U);
  EXPECT_EQ(reachable_texts(*view), Texts{"10.10.10.0/24"});
}

}  // namespace
}  // namespace bgp
