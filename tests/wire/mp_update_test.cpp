// MP_REACH_NLRI and MP_UNREACH_NLRI of every family: round trips of whole messages, next hops by family (RFC 4760 3,
// RFC 2545 3, RFC 4364 4.3.2, RFC 4659 3.2.1, RFC 8950 3), End-of-RIB, and RFC 7606 for what is malformed.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "bgp/wire/update.hpp"
#include "support/generate_nlri.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

constexpr Family kVpn4{Afi::Ipv4, Safi::MplsVpn};
constexpr Family kVpn6{Afi::Ipv6, Safi::MplsVpn};
constexpr Family kLabeled4{Afi::Ipv4, Safi::LabeledUnicast};
constexpr Family kLabeled6{Afi::Ipv6, Safi::LabeledUnicast};

DecodeContext every_family() {
  DecodeContext context;
  context.families = generated_families();
  return context;
}

BytesView body_of(const Bytes& message) { return BytesView(message).subspan(kHeaderSize); }

/// What a session with or without ADD-PATH and label stacks agrees on.
struct Session {
  EncodeContext encode;
  DecodeContext decode;

  Session(bool add_path, bool stacks, std::size_t max) {
    decode = every_family();
    if (add_path) decode.add_path = decode.families;
    if (stacks) {
      for (const Family family : decode.families) decode.multiple_labels.insert(family, LabelCounts::kAny);
    }
    encode.add_path = decode.add_path;
    encode.multiple_labels = decode.multiple_labels;
    encode.max_message_size = max;
  }
  [[nodiscard]] bool add_path(Family family) const {
    return !decode.add_path.empty() && nlri_kind(family) != NlriKind::Opaque;
  }
  [[nodiscard]] LabelForm form() const { return decode.multiple_labels.empty() ? LabelForm::One : LabelForm::Stack; }
};

std::vector<Session> sessions() {
  return {{false, false, 4096}, {true, false, 4096}, {false, true, 4096}, {true, true, 65535}};
}

std::vector<AnyNlri> some(NlriGenerator& random, Family family, const Session& session, std::uint32_t count) {
  if (nlri_kind(family) == NlriKind::Opaque) count = 1;
  std::vector<AnyNlri> list;
  for (; count > 0; --count) list.push_back(random.nlri(family, session.add_path(family), session.form()));
  return list;
}

PathAttributes attributes_for(NlriGenerator& random, Family family) {
  PathAttributes attributes;
  if (nlri_kind(family) == NlriKind::FlowSpec) return attributes;  // no next hop (RFC 8955 4)
  const bool v6 = family.afi == Afi::Ipv6 || (family.afi != Afi::Ipv4 && random.chance(2));
  attributes.next_hop.address = *IpAddress::parse(v6 ? "2001:db8::2" : "192.0.2.2");
  if (v6 && random.chance(2)) {
    attributes.next_hop.link_local = *IpAddress::parse("fe80::2");
  }
  return attributes;
}

std::vector<AnyNlri> values_of(const NlriView& view) {
  const AnyNlriRange range = view.any();
  return {range.begin(), range.end()};
}

// Rules 7911-04 7606-13 8654-04
TEST(MpUpdate, RoutesOfEveryFamily_DecodeToWhatWasEncoded) {
  NlriGenerator random(20270);
  for (const Session& session : sessions()) {
    for (const Family family : generated_families()) {
      for (int i = 0; i < 6; ++i) {
        const PathAttributes attributes = attributes_for(random, family);
        const std::vector<AnyNlri> list = some(random, family, session, i == 0 ? 700 : 1 + random.below(20));
        std::vector<AnyNlri> decoded;
        while (decoded.size() < list.size()) {
          Bytes message;
          Writer out(message);
          const auto rest = std::span(list).subspan(decoded.size());
          ASSERT_GT(encode_reach(out, session.encode, family, attributes, rest), 0U) << family;
          ASSERT_LE(message.size(), session.encode.max_message_size);
          const auto view = decode_update(body_of(message), session.decode);
          ASSERT_TRUE(view.has_value()) << family << ' ' << view.error();
          ASSERT_EQ(view->error_count(), 0U) << *view;
          ASSERT_EQ(view->reachable().size(), 1U);
          ASSERT_EQ(view->reachable()[0].family, family);
          ASSERT_EQ(view->path_attributes(view->reachable()[0]), attributes) << family;
          const std::vector<AnyNlri> taken = values_of(view->reachable()[0].nlri);
          decoded.insert(decoded.end(), taken.begin(), taken.end());
        }
        ASSERT_EQ(decoded, list) << family;
      }
    }
  }
}

TEST(MpUpdate, WithdrawalsOfEveryFamily_DecodeToTheirKeys) {
  NlriGenerator random(20271);
  for (const Session& session : sessions()) {
    for (const Family family : generated_families()) {
      const std::vector<AnyNlri> list = some(random, family, session, 700);
      std::vector<AnyNlri> decoded;
      while (decoded.size() < list.size()) {
        Bytes message;
        Writer out(message);
        const auto rest = std::span(list).subspan(decoded.size());
        ASSERT_GT(encode_unreach(out, session.encode, family, rest), 0U) << family;
        ASSERT_LE(message.size(), session.encode.max_message_size);
        const auto view = decode_update(body_of(message), session.decode);
        ASSERT_TRUE(view.has_value()) << family << ' ' << view.error();
        ASSERT_EQ(view->unreachable().size(), 1U);
        const std::vector<AnyNlri> taken = values_of(view->unreachable()[0].nlri);
        decoded.insert(decoded.end(), taken.begin(), taken.end());
      }
      for (std::size_t i = 0; i < list.size(); ++i) ASSERT_EQ(route_key(decoded[i]), route_key(list[i])) << family;
    }
  }
}

TEST(MpUpdate, NlriOfAnotherFamily_StopTheEncoder) {
  const std::vector<AnyNlri> list{VpnNlri{{}, *Prefix::parse("10.0.0.0/8"), {16}, 0}, Nlri{*Prefix::parse("::/0"), 0}};
  Bytes message;
  Writer out(message);

  EXPECT_EQ(encode_reach(out, EncodeContext{}, kVpn4, PathAttributes{}, list), 1U);
  message.clear();
  EXPECT_EQ(encode_reach(out, EncodeContext{}, kIpv4Unicast, PathAttributes{}, list), 0U);
  EXPECT_TRUE(message.empty());
}

// Rules 4724-05
TEST(MpUpdate, EndOfRibOfEveryFamily_IsReadAsWritten) {
  for (const Family family : generated_families()) {
    Bytes message;
    Writer out(message);

    encode_end_of_rib(out, family);

    const DecodeContext context = every_family();
    const auto view = decode_update(body_of(message), context);
    ASSERT_TRUE(view.has_value());
    EXPECT_EQ(view->end_of_rib(), family);
  }
}

/// An MP_REACH_NLRI with these octets of next hop and NLRI, in an UPDATE of a good route.
Bytes reach(Family family, const std::string& next_hop, const std::string& nlri) {
  Bytes value;
  Writer out(value);
  out.u16(static_cast<std::uint16_t>(family.afi));
  out.u8(static_cast<std::uint8_t>(family.safi));
  {
    const auto length = out.length_u8();
    out.bytes(octets_of_hex(next_hop));
  }
  out.u8(0);
  out.bytes(octets_of_hex(nlri));
  const std::string attribute = "800e" + hex_of(Bytes{static_cast<std::uint8_t>(value.size())}) + hex_of(value);
  return update_body("", attribute + kOriginIgp + kAsPath65002, "");
}

constexpr const char* kV4 = "c0000202";
constexpr const char* kV6 = "20010db8000000000000000000000002";
constexpr const char* kLinkLocal = "fe800000000000000000000000000002";
constexpr const char* kRd0 = "0000000000000000";

std::string next_hop_text(const NextHop& next_hop) {
  return to_string(next_hop.address) + (next_hop.link_local ? " " + to_string(*next_hop.link_local) : "");
}

/// "" when the session resets.
std::string next_hop_read(Family family, const std::string& octets, const DecodeContext& context) {
  const bool vpn = family.safi == Safi::MplsVpn;
  const char* nlri = vpn ? "58 000101 0000000100000001" : family.safi == Safi::LabeledUnicast ? "18 000101" : "00";
  const Bytes body = reach(family, octets, nlri);
  const auto view = decode_update(body, context);
  if (!view) return "";
  return view->reachable().size() == 1 ? next_hop_text(view->reachable()[0].next_hop) : "withdrawn";
}

TEST(MpNextHop, Ipv4Families_HaveFourOctetsOrTwelve) {  // RFC 4760 3, RFC 4364 4.3.2
  const DecodeContext context = every_family();
  EXPECT_EQ(next_hop_read(kIpv4Unicast, kV4, context), "192.0.2.2");
  EXPECT_EQ(next_hop_read(kLabeled4, kV4, context), "192.0.2.2");
  EXPECT_EQ(next_hop_read(kVpn4, std::string(kRd0) + kV4, context), "192.0.2.2");
  EXPECT_EQ(next_hop_read(kVpn4, kV4, context), "");
  EXPECT_EQ(next_hop_read(kIpv4Unicast, std::string(kRd0) + kV4, context), "");
  EXPECT_EQ(next_hop_read(kIpv4Unicast, "", context), "");
}

TEST(MpNextHop, Ipv6Families_HaveOneAddressOrTwo) {  // RFC 2545 3, RFC 4659 3.2.1.1
  const DecodeContext context = every_family();
  const std::string rd = kRd0;
  for (const Family family : {kIpv6Unicast, kLabeled6}) {
    EXPECT_EQ(next_hop_read(family, kV6, context), "2001:db8::2") << family;
    EXPECT_EQ(next_hop_read(family, std::string(kV6) + kLinkLocal, context), "2001:db8::2 fe80::2") << family;
    EXPECT_EQ(next_hop_read(family, kV4, context), "") << family;
  }
  EXPECT_EQ(next_hop_read(kVpn6, rd + kV6, context), "2001:db8::2");
  EXPECT_EQ(next_hop_read(kVpn6, rd + kV6 + rd + kLinkLocal, context), "2001:db8::2 fe80::2");
  EXPECT_EQ(next_hop_read(kVpn6, kV6, context), "");
  EXPECT_EQ(next_hop_read(kVpn6, rd + "00000000000000000000ffffc0000202", context), "::ffff:192.0.2.2");
}

// Rules 8950-03
TEST(MpNextHop, Ipv6ForIpv4_OnlyWhereItWasNegotiated) {
  DecodeContext context = every_family();
  const std::string rd = kRd0;
  EXPECT_EQ(next_hop_read(kIpv4Unicast, kV6, context), "");
  EXPECT_EQ(next_hop_read(kVpn4, rd + kV6, context), "");

  context.extended_next_hop = {kIpv4Unicast, {Afi::Ipv4, Safi::Multicast}, kLabeled4, kVpn4};
  for (const Family family : {kIpv4Unicast, Family{Afi::Ipv4, Safi::Multicast}, kLabeled4}) {
    EXPECT_EQ(next_hop_read(family, kV4, context), "192.0.2.2") << family;
    EXPECT_EQ(next_hop_read(family, kV6, context), "2001:db8::2") << family;
    EXPECT_EQ(next_hop_read(family, std::string(kV6) + kLinkLocal, context), "2001:db8::2 fe80::2") << family;
    EXPECT_EQ(next_hop_read(family, rd + kV6, context), "") << family;
  }
  EXPECT_EQ(next_hop_read(kVpn4, rd + kV6, context), "2001:db8::2");
  EXPECT_EQ(next_hop_read(kVpn4, rd + kV6 + rd + kLinkLocal, context), "2001:db8::2 fe80::2");
  EXPECT_EQ(next_hop_read(kVpn4, kV6, context), "");
}

TEST(MpNextHop, NoHost_IsTreatedAsWithdrawn) {  // RFC 4271 6.3, RFC 7606 3 e
  const DecodeContext context = every_family();
  EXPECT_EQ(next_hop_read(kLabeled4, "e0000001", context), "withdrawn");
  EXPECT_EQ(next_hop_read(kVpn4, std::string(kRd0) + "00000000", context), "withdrawn");
  EXPECT_EQ(next_hop_read(kVpn6, std::string(kRd0) + "ff020000000000000000000000000001", context), "withdrawn");
}

TEST(MpNextHop, OfAFlowSpecification_IsIgnored) {  // RFC 8955 4
  DecodeContext context = every_family();
  for (const char* next_hop : {"", kV4, kV6, "01"}) {
    const Bytes body = reach({Afi::Ipv4, Safi::FlowSpec}, next_hop, "03 03 81 06");
    const auto view = decode_update(body, context);
    ASSERT_TRUE(view.has_value()) << view.error();
    ASSERT_EQ(view->reachable().size(), 1U);
    EXPECT_EQ(view->reachable()[0].next_hop, NextHop{});
  }
}

TEST(MpNextHop, EvpnAndRouteTargets_HaveEitherAddressFamily) {  // RFC 7432 7, RFC 4684 4
  const DecodeContext context = every_family();
  const char* multicast = "03 11 0000000100000001 00000000 20 c0000202";
  for (const char* next_hop : {kV4, kV6}) {
    for (const Bytes& body : {reach({Afi::L2vpn, Safi::Evpn}, next_hop, multicast),
                              reach({Afi::Ipv4, Safi::RouteTargetConstraint}, next_hop, "00")}) {
      const auto view = decode_update(body, context);
      ASSERT_TRUE(view.has_value()) << view.error();
      EXPECT_EQ(hex_of(view->reachable()[0].next_hop.address.octets()), next_hop);
    }
  }
  const Bytes odd = reach({Afi::L2vpn, Safi::Evpn}, "010203", multicast);
  EXPECT_FALSE(decode_update(odd, context).has_value());
}

TEST(MpNextHop, FamilyKeptAsOctets_HasWhateverLength) {
  const DecodeContext context = every_family();
  const Family policy{Afi::Ipv4, Safi::SrPolicy};
  EXPECT_EQ(next_hop_read(policy, kV4, context), "192.0.2.2");
  EXPECT_EQ(next_hop_read(policy, kV6, context), "2001:db8::2");
  EXPECT_EQ(next_hop_read(policy, "010203", context), "0.0.0.0");
}

TEST(MpNextHop, Ipv4ForIpv6_IsWrittenMapped) {  // RFC 4659 3.2.1.2
  PathAttributes attributes;
  attributes.next_hop.address = *IpAddress::parse("192.0.2.2");
  const std::vector<AnyNlri> list{VpnNlri{{}, *Prefix::parse("2001:db8::/32"), {16}, 0}};
  Bytes message;
  Writer out(message);

  ASSERT_EQ(encode_reach(out, EncodeContext{}, kVpn6, attributes, list), 1U);

  const DecodeContext context = every_family();
  const auto view = decode_update(body_of(message), context);
  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(next_hop_text(view->reachable()[0].next_hop), "::ffff:192.0.2.2");
}

/// One prefix with `count` labels, 16 and up.
AnyNlri labeled(std::uint32_t count) {
  LabeledNlri nlri;
  nlri.prefix = Prefix(IpAddress::v4(0x0a000000), 8);
  for (std::uint32_t label = 16; label < 16 + count; ++label) nlri.labels.push_back(label);
  return nlri;
}

TEST(MpUpdate, MoreLabelsThanWeTake_AreTreatedAsWithdrawn) {  // RFC 8277 2.1
  DecodeContext context = every_family();
  const Bytes two = reach(kLabeled4, kV4, "20 000101 0a 38 000100 000111 0a");  // one prefix with one, one with two
  const auto counted = [&](LabelCounts counts) {
    context.multiple_labels = std::move(counts);
    return decode_update(two, context);
  };

  for (const std::uint8_t most : {std::uint8_t{2}, std::uint8_t{3}, LabelCounts::kAny}) {
    const auto view = counted({{kLabeled4, most}});
    ASSERT_TRUE(view.has_value()) << view.error();
    EXPECT_EQ(view->error_count(), 0U);
    ASSERT_EQ(view->reachable().size(), 1U);
    EXPECT_EQ(values_of(view->reachable()[0].nlri).size(), 2U);
  }
  // Without the capability: more bits than a label and an address have
  const Bytes uninvited = reach(kLabeled4, kV4, "20 000101 0a 48 000100 000111 0a0000");
  const DecodeContext one_label = every_family();
  const auto view = decode_update(uninvited, one_label);
  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_TRUE(view->reachable().empty());
  ASSERT_EQ(view->unreachable().size(), 1U);
  EXPECT_EQ(values_of(view->unreachable()[0].nlri).size(), 2U);
  ASSERT_EQ(view->errors().size(), 1U);
  EXPECT_EQ(view->errors()[0].approach, ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(view->errors()[0].attribute, AttributeCode::MpReachNlri);
}

TEST(MpUpdate, OneLabelTooMany_IsTreatedAsWithdrawn) {  // RFC 8277 2.1
  DecodeContext context = every_family();
  context.multiple_labels = {{kLabeled4, 2}};
  DecodeContext roomier = context;
  roomier.multiple_labels = {{kLabeled4, 3}};
  const Bytes three = reach(kLabeled4, kV4, "50 000100 000110 000121 0a");

  const auto refused = decode_update(three, context);
  const auto allowed = decode_update(three, roomier);

  ASSERT_TRUE(refused.has_value()) << refused.error();
  EXPECT_TRUE(refused->reachable().empty());
  EXPECT_EQ(refused->error_count(), 1U);
  ASSERT_TRUE(allowed.has_value()) << allowed.error();
  EXPECT_EQ(allowed->error_count(), 0U);
}

TEST(MpUpdate, MoreLabelsThanThePeerTakes_AreNotSent) {  // RFC 8277 2.1
  EncodeContext context;
  PathAttributes attributes;
  attributes.next_hop.address = IpAddress::v4(0xc0000202);
  const std::vector<AnyNlri> list = {labeled(2), labeled(3), labeled(1)};
  const auto taken = [&](const LabelCounts& counts) {
    context.multiple_labels = counts;
    Bytes message;
    Writer out(message);
    const std::size_t count = encode_reach(out, context, kLabeled4, attributes, list);
    EXPECT_EQ(message.empty(), count == 0);
    return count;
  };

  EXPECT_EQ(taken({{kLabeled4, 2}}), 1U);
  EXPECT_EQ(taken({{kLabeled4, 3}}), 3U);
  EXPECT_EQ(taken({}), 0U);
  EXPECT_EQ(taken({{kLabeled6, 3}}), 0U);
}

TEST(MpUpdate, Ipv6NextHopOfIpv4Routes_IsSentWhereThePeerTakesIt) {  // RFC 8950 4
  EncodeContext context;
  PathAttributes attributes;
  attributes.next_hop.address = *IpAddress::parse("2001:db8::2");
  const std::vector<Nlri> list = {{Prefix(IpAddress::v4(0x0a000000), 8), 0}};
  Bytes message;
  Writer out(message);

  EXPECT_EQ(encode_reach(out, context, kIpv4Unicast, attributes, list), 0U);
  EXPECT_TRUE(message.empty());
  context.extended_next_hop = {kIpv4Unicast};
  EXPECT_EQ(encode_reach(out, context, kIpv4Unicast, attributes, list), 1U);
  DecodeContext decode;
  decode.extended_next_hop = {kIpv4Unicast};
  const auto view = decode_update(body_of(message), decode);
  ASSERT_TRUE(view.has_value()) << view.error();
  ASSERT_EQ(view->reachable().size(), 1U);
  EXPECT_EQ(view->reachable()[0].next_hop, attributes.next_hop);
}

// Rules 7606-10
TEST(MpUpdate, LengthThatDoesNotSuitTheFamily_ResetsTheSession) {
  const DecodeContext context = every_family();
  for (const char* nlri : {"39 000101 0a00000180", "17 000101", "20 0001", "20 000101"}) {
    const Bytes body = reach(kLabeled4, kV4, nlri);
    const auto view = decode_update(body, context);
    ASSERT_FALSE(view.has_value()) << nlri;
    EXPECT_EQ(view.error().code, ErrorCode::UpdateMessage);
    EXPECT_EQ(view.error().subcode, update_error::kOptionalAttributeError);
  }
}

TEST(MpUpdate, MalformedFlowSpecification_WithdrawsWhatTheMessageHas) {  // RFC 8955 10
  const DecodeContext context = every_family();
  const Bytes body = reach({Afi::Ipv4, Safi::FlowSpec}, "", "03 03 81 06 03 0e 81 06");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_TRUE(view->reachable().empty());
  ASSERT_EQ(view->errors().size(), 1U);
  EXPECT_EQ(view->errors()[0].approach, ErrorApproach::TreatAsWithdraw);
  ASSERT_EQ(view->unreachable().size(), 1U);
  EXPECT_EQ(to_string(*view->unreachable()[0].nlri.any().begin()), "protocol = 6");
}

TEST(MpUpdate, UnknownEvpnRouteType_IsPassedOver) {  // RFC 7606 5.4
  const DecodeContext context = every_family();
  const Bytes body = reach({Afi::L2vpn, Safi::Evpn}, kV4, "63 02 0102 03 11 0000000100000001 00000000 20 c0000202");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(view->error_count(), 0U);
  const NlriView nlri = view->reachable()[0].nlri;
  EXPECT_EQ(values_of(nlri).size(), 1U);
  EXPECT_EQ(to_string(values_of(nlri).at(0)), "rd 1:1 [3]:[0]:[32]:[192.0.2.2]");
  EXPECT_EQ(to_string(*nlri.any_as_written().begin()), "[99]:[0x0102]");
}

TEST(MpUpdate, MalformedLinkStateNlri_IsPassedOver) {  // RFC 9552 8.2.2
  const DecodeContext context = every_family();
  const Bytes body = reach({Afi::BgpLs, Safi::BgpLs}, kV4,
                           "0001 000b 01 0000000000000000 0100"
                           "0001 000d 01 0000000000000000 0100 0000");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  ASSERT_EQ(view->errors().size(), 1U);
  EXPECT_EQ(view->errors()[0].approach, ErrorApproach::AttributeDiscard);
  EXPECT_EQ(view->errors()[0].attribute, AttributeCode{});
  EXPECT_TRUE(view->attribute(AttributeCode::MpReachNlri));
  EXPECT_EQ(values_of(view->reachable()[0].nlri).size(), 1U);
}

TEST(MpUpdate, TreatAsWithdraw_ShowsTheRoutesOfEveryFamilyAsUnreachable) {
  const DecodeContext context = every_family();
  Bytes body = reach(kVpn4, std::string(kRd0) + kV4, "60 000101 0000000100000001 0a");
  body[body.size() - 10] = 9;  // the value of ORIGIN

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_TRUE(view->reachable().empty());
  ASSERT_EQ(view->unreachable().size(), 1U);
  EXPECT_EQ(to_string(*view->unreachable()[0].nlri.any().begin()), "rd 1:1 10.0.0.0/8 label 16");
}

TEST(MpUpdate, Text_ShowsTheNlriOfTypedFamilies) {
  const DecodeContext context = every_family();
  const Bytes body = reach(kVpn4, std::string(kRd0) + kV4, "60 000101 0000000100000001 0a 58 000111 0000000100000001");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  const std::string text = to_string(*view);
  EXPECT_NE(text.find("rd 1:1 10.0.0.0/8 label 16, rd 1:1 0.0.0.0/0 label 17"), std::string::npos) << text;
}

}  // namespace
}  // namespace bgp
