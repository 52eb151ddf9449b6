// What two OPENs agree on (RFC 4271 4.2, 6.2 and the capabilities' own RFCs).
#include "bgp/session/negotiation.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using capability::AddPath;
using capability::FourOctetAs;
using capability::GracefulRestart;
using capability::Multiprotocol;

constexpr Family kIpv6Multicast{Afi::Ipv6, Safi::Multicast};

PeerConfig ours() {
  PeerConfig config;
  config.local_asn = 65001;
  config.local_identifier = {0x0a000005};
  config.remote_asn = 65002;
  return config;
}

OpenMessage theirs() {
  OpenMessage open;
  open.my_as = 65002;
  open.hold_time = 90;
  open.identifier = {0x0a000009};
  open.capabilities = {Multiprotocol{kIpv4Unicast}, capability::RouteRefresh{}, FourOctetAs{65002}};
  return open;
}

Result<Negotiated> negotiated(const PeerConfig& config, const OpenMessage& open) {
  return negotiate(make_open(config), open, config);
}

/// The terms of two that are known to agree.
Negotiated agreed(const PeerConfig& config, const OpenMessage& open) { return negotiated(config, open).value(); }

Notification refusal(const PeerConfig& config, const OpenMessage& open) {
  const auto terms = negotiated(config, open);
  return terms ? Notification{} : terms.error();
}

Notification open_error(std::uint8_t subcode, Bytes data = {}) {
  return {ErrorCode::OpenMessage, subcode, std::move(data)};
}

// --- Hold time

TEST(NegotiateHoldTime, TheSmallerOfBothIsUsed) {
  PeerConfig config = ours();
  OpenMessage open = theirs();
  open.hold_time = 30;
  EXPECT_EQ(agreed(config, open).hold_time, 30);

  config.attributes.hold_time = 9;
  EXPECT_EQ(agreed(config, open).hold_time, 9);

  open.hold_time = 65535;
  EXPECT_EQ(agreed(config, open).hold_time, 9);
}

// RFC 4271 4.2, 4.4: 0 from either side means no KEEPALIVEs at all
TEST(NegotiateHoldTime, ZeroFromEitherSide_IsZero) {
  PeerConfig config = ours();
  OpenMessage open = theirs();
  open.hold_time = 0;
  EXPECT_EQ(agreed(config, open).hold_time, 0);
  EXPECT_EQ(agreed(config, open).terms().hold_time, Duration::zero());

  config.attributes.hold_time = 0;
  EXPECT_EQ(agreed(config, theirs()).hold_time, 0);
}

TEST(NegotiateHoldTime, OneAndTwo_AreRefused) {
  for (const std::uint16_t hold : {std::uint16_t{1}, std::uint16_t{2}}) {
    OpenMessage open = theirs();
    open.hold_time = hold;
    EXPECT_EQ(refusal(ours(), open), open_error(6));
  }
  OpenMessage open = theirs();
  open.hold_time = 3;
  EXPECT_EQ(agreed(ours(), open).hold_time, 3);
}

TEST(NegotiateHoldTime, BelowOurMinimum_IsRefused_ZeroIsNot) {
  PeerConfig config = ours();
  config.minimum_hold_time = 20;
  OpenMessage open = theirs();
  open.hold_time = 19;
  EXPECT_EQ(refusal(config, open), open_error(6));

  open.hold_time = 20;
  EXPECT_TRUE(negotiated(config, open));
  open.hold_time = 0;
  EXPECT_TRUE(negotiated(config, open));
}

// --- AS

TEST(NegotiateAs, AnotherThanConfigured_IsRefused) {
  OpenMessage open = theirs();
  open.capabilities = {FourOctetAs{65003}};

  EXPECT_EQ(refusal(ours(), open).code, ErrorCode::OpenMessage);
  EXPECT_EQ(refusal(ours(), open).subcode, open_error::kBadPeerAs);
}

// RFC 6793 4.1: what the capability says counts, not the field
TEST(NegotiateAs, IsTakenFromTheCapability) {
  OpenMessage open = theirs();
  open.my_as = 64999;
  EXPECT_EQ(agreed(ours(), open).peer_asn, 65002U);

  PeerConfig config = ours();
  config.remote_asn = 4200000001;
  open.my_as = 23456;
  open.capabilities = {FourOctetAs{4200000001}};
  EXPECT_EQ(agreed(config, open).peer_asn, 4200000001U);
}

TEST(NegotiateAs, AsTransWithoutTheCapability_IsNoFourOctetAs) {
  PeerConfig config = ours();
  config.remote_asn = 4200000001;
  OpenMessage open = theirs();
  open.my_as = 23456;
  open.capabilities.clear();

  EXPECT_EQ(refusal(config, open).subcode, open_error::kBadPeerAs);
}

TEST(NegotiateAs, Zero_IsRefusedEvenWhereAnyAsWillDo) {
  PeerConfig config = ours();
  config.remote_asn = 0;
  EXPECT_EQ(agreed(config, theirs()).peer_asn, 65002U);

  OpenMessage open = theirs();
  open.capabilities = {FourOctetAs{0}};
  EXPECT_EQ(refusal(config, open).subcode, open_error::kBadPeerAs);
}

TEST(NegotiateAs, OurOwn_MakesThePeerInternal) {
  PeerConfig config = ours();
  config.remote_asn = 65001;
  OpenMessage open = theirs();
  open.capabilities = {FourOctetAs{65001}};

  EXPECT_TRUE(agreed(config, open).internal);
  EXPECT_TRUE(agreed(config, open).terms().internal);
  EXPECT_FALSE(agreed(ours(), theirs()).internal);
}

// --- Identifier (RFC 6286)

TEST(NegotiateIdentifier, Zero_IsRefused) {
  OpenMessage open = theirs();
  open.identifier = {0};

  EXPECT_EQ(refusal(ours(), open), open_error(3));
}

TEST(NegotiateIdentifier, Ours_IsRefusedWithinOurAsOnly) {
  PeerConfig config = ours();
  OpenMessage open = theirs();
  open.identifier = config.local_identifier;
  EXPECT_TRUE(negotiated(config, open));

  config.remote_asn = 65001;
  open.capabilities = {FourOctetAs{65001}};
  EXPECT_EQ(refusal(config, open), open_error(3));
}

TEST(NegotiateIdentifier, AnyOtherValue_IsValid) {
  for (const std::uint32_t value : {1U, 0xe0000001U, 0xffffffffU, 0x7f000001U}) {
    OpenMessage open = theirs();
    open.identifier = {value};
    EXPECT_EQ(agreed(ours(), open).peer_identifier.value, value);
  }
}

// --- The order of the checks

TEST(Negotiate, OfSeveralErrors_TheFirstInOrderIsTold) {
  PeerConfig config = ours();
  config.families = {kIpv4Unicast, kIpv6Unicast};
  config.required_families = {kIpv6Unicast};
  OpenMessage open = theirs();
  open.capabilities = {FourOctetAs{65003}};
  open.hold_time = 1;
  open.identifier = {0};
  EXPECT_EQ(refusal(config, open).subcode, open_error::kBadPeerAs);

  open.capabilities = {FourOctetAs{65002}};
  EXPECT_EQ(refusal(config, open).subcode, open_error::kUnacceptableHoldTime);

  open.hold_time = 3;
  EXPECT_EQ(refusal(config, open).subcode, open_error::kBadBgpIdentifier);

  open.identifier = {1};
  EXPECT_EQ(refusal(config, open).subcode, open_error::kUnsupportedCapability);
}

// --- Families (RFC 4760 8)

TEST(NegotiateFamilies, AreTheOnesThatBothAdvertised_InOurOrder) {
  PeerConfig config = ours();
  config.families = {kIpv6Unicast, kIpv6Multicast, kIpv4Unicast};
  OpenMessage open = theirs();
  open.capabilities = {Multiprotocol{kIpv4Unicast}, Multiprotocol{{Afi::L2vpn, Safi::Evpn}},
                       Multiprotocol{kIpv6Unicast}, FourOctetAs{65002}};

  EXPECT_EQ(agreed(config, open).families, (std::vector{kIpv6Unicast, kIpv4Unicast}));
  EXPECT_EQ(agreed(config, open).decode_context().families, (std::vector{kIpv6Unicast, kIpv4Unicast}));
}

TEST(NegotiateFamilies, WithoutAnyCapability_IsIpv4Unicast) {
  OpenMessage open = theirs();
  open.capabilities.clear();

  EXPECT_EQ(agreed(ours(), open).families, std::vector{kIpv4Unicast});

  PeerConfig without = ours();
  without.capabilities = false;
  EXPECT_EQ(agreed(without, open).families, std::vector{kIpv4Unicast});
  EXPECT_EQ(agreed(without, theirs()).families, std::vector{kIpv4Unicast});
}

TEST(NegotiateFamilies, ARepeatedCapability_CountsOnce) {
  OpenMessage open = theirs();
  open.capabilities.emplace_back(Multiprotocol{kIpv4Unicast});

  EXPECT_EQ(agreed(ours(), open).families, std::vector{kIpv4Unicast});
}

TEST(NegotiateFamilies, NoneInCommon_IsNoErrorUnlessOneIsRequired) {
  PeerConfig config = ours();
  OpenMessage open = theirs();
  open.capabilities = {Multiprotocol{kIpv6Unicast}, FourOctetAs{65002}};
  EXPECT_TRUE(agreed(config, open).families.empty());

  config.required_families = {kIpv4Unicast};
  EXPECT_EQ(refusal(config, open), open_error(7, "01 04 0001 00 01"_hex));
}

// RFC 5492 5: "the Data field ... MUST list the set of capabilities that causes the speaker to send the message"
TEST(NegotiateFamilies, EveryMissingOne_IsListedAsInAnOpen) {
  PeerConfig config = ours();
  config.families = {kIpv4Unicast, kIpv6Unicast, kIpv6Multicast};
  config.required_families = {kIpv4Unicast, kIpv6Unicast, kIpv6Multicast};

  EXPECT_EQ(refusal(config, theirs()), open_error(7, "01 04 0002 00 01 | 01 04 0002 00 02"_hex));
}

// --- Capabilities that both sides must have, or one

TEST(NegotiateCapabilities, UnknownOnes_AreIgnored) {
  OpenMessage open = theirs();
  open.capabilities.emplace_back(capability::Unknown{200, "0102"_hex});

  EXPECT_EQ(agreed(ours(), open), agreed(ours(), theirs()));
}

// RFC 6793 4.1, 4.2
TEST(NegotiateCapabilities, FourOctetAs_TakesBoth) {
  PeerConfig config = ours();
  EXPECT_TRUE(agreed(config, theirs()).four_octet_as);
  EXPECT_TRUE(agreed(config, theirs()).decode_context().four_octet_as);
  EXPECT_TRUE(agreed(config, theirs()).encode_context().four_octet_as);

  OpenMessage old = theirs();
  old.capabilities.clear();
  EXPECT_FALSE(agreed(config, old).four_octet_as);
  EXPECT_FALSE(agreed(config, old).decode_context().four_octet_as);
  EXPECT_FALSE(agreed(config, old).encode_context().four_octet_as);

  config.four_octet_as = false;
  EXPECT_FALSE(agreed(config, theirs()).four_octet_as);
}

// RFC 2918 4: who advertised it takes requests
TEST(NegotiateCapabilities, RouteRefresh_IsUpToThePeer) {
  PeerConfig config = ours();
  config.route_refresh = false;
  EXPECT_TRUE(agreed(config, theirs()).route_refresh);

  OpenMessage open = theirs();
  open.capabilities = {FourOctetAs{65002}};
  EXPECT_FALSE(agreed(ours(), open).route_refresh);
}

TEST(NegotiateCapabilities, EnhancedRouteRefresh_TakesBoth) {
  OpenMessage open = theirs();
  EXPECT_FALSE(agreed(ours(), open).enhanced_route_refresh);

  open.capabilities.emplace_back(capability::EnhancedRouteRefresh{});
  EXPECT_TRUE(agreed(ours(), open).enhanced_route_refresh);

  PeerConfig config = ours();
  config.enhanced_route_refresh = false;
  EXPECT_FALSE(agreed(config, open).enhanced_route_refresh);
}

// RFC 8654 4: what we accept by what we advertised, what we send by what the peer did
TEST(NegotiateCapabilities, ExtendedMessage_CountsForEachDirectionAlone) {
  PeerConfig config = ours();
  OpenMessage open = theirs();
  EXPECT_TRUE(agreed(config, open).extended_message_receive);
  EXPECT_FALSE(agreed(config, open).extended_message_send);
  EXPECT_EQ(agreed(config, open).encode_context().max_message_size, kMaxMessageSize);

  config.extended_message = false;
  open.capabilities.emplace_back(capability::ExtendedMessage{});
  EXPECT_FALSE(agreed(config, open).extended_message_receive);
  EXPECT_TRUE(agreed(config, open).extended_message_send);
  EXPECT_EQ(agreed(config, open).encode_context().max_message_size, kMaxExtendedMessageSize);
}

// RFC 7911 5: a sender that can send and a receiver that can receive
TEST(NegotiateAddPath, EveryPairOfModes_AgreesPerDirection) {
  using enum AddPath::Mode;
  for (const AddPath::Mode our : {Receive, Send, Both}) {
    for (const AddPath::Mode their : {Receive, Send, Both}) {
      PeerConfig config = ours();
      config.add_path = {{kIpv4Unicast, our}};
      OpenMessage open = theirs();
      open.capabilities.emplace_back(AddPath{{{kIpv4Unicast, their}}});
      const Negotiated terms = agreed(config, open);

      EXPECT_EQ(terms.add_path_receive.size(), our != Send && their != Receive ? 1U : 0U);
      EXPECT_EQ(terms.add_path_send.size(), our != Receive && their != Send ? 1U : 0U);
      EXPECT_EQ(terms.decode_context().add_path, terms.add_path_receive);
      EXPECT_EQ(terms.encode_context().add_path, terms.add_path_send);
    }
  }
}

TEST(NegotiateAddPath, OneSideAlone_AgreesOnNothing) {
  PeerConfig config = ours();
  config.add_path = {{kIpv4Unicast, AddPath::Mode::Both}};
  EXPECT_TRUE(agreed(config, theirs()).add_path_receive.empty());
  EXPECT_TRUE(agreed(config, theirs()).add_path_send.empty());

  OpenMessage open = theirs();
  open.capabilities.emplace_back(AddPath{{{kIpv4Unicast, AddPath::Mode::Both}}});
  EXPECT_TRUE(agreed(ours(), open).add_path_receive.empty());
  EXPECT_TRUE(agreed(ours(), open).add_path_send.empty());
}

TEST(NegotiateAddPath, AFamilyThatIsNotNegotiated_CarriesNoIdentifiers) {
  PeerConfig config = ours();
  config.add_path = {{kIpv6Unicast, AddPath::Mode::Both}};
  OpenMessage open = theirs();
  open.capabilities.emplace_back(AddPath{{{kIpv6Unicast, AddPath::Mode::Both}}});

  EXPECT_TRUE(agreed(config, open).add_path_receive.empty());
  EXPECT_TRUE(agreed(config, open).add_path_send.empty());
}

// --- Graceful restart (RFC 4724, RFC 8538)

PeerConfig helper(bool notification) {
  PeerConfig config = ours();
  config.graceful_restart = GracefulRestart{false, notification, 120, {{kIpv4Unicast, false}}};
  return config;
}

OpenMessage restarter(bool notification, std::vector<GracefulRestart::Entry> families) {
  OpenMessage open = theirs();
  open.capabilities.emplace_back(GracefulRestart{false, notification, 60, std::move(families)});
  return open;
}

TEST(NegotiateGracefulRestart, RoutesOfListedNegotiatedFamilies_Survive) {
  const OpenMessage open = restarter(false, {{kIpv6Unicast, true}, {kIpv4Unicast, false}});

  const Negotiated terms = agreed(helper(false), open);

  EXPECT_EQ(terms.graceful_families(), std::vector{kIpv4Unicast});
  EXPECT_TRUE(terms.terms().graceful_restart);
  ASSERT_TRUE(terms.peer_graceful_restart);
  EXPECT_EQ(terms.peer_graceful_restart->restart_time, 60);
}

TEST(NegotiateGracefulRestart, WithoutAFamily_NothingSurvives) {
  EXPECT_FALSE(agreed(helper(false), restarter(false, {})).terms().graceful_restart);
  EXPECT_FALSE(agreed(helper(false), restarter(false, {{kIpv6Unicast, true}})).terms().graceful_restart);
}

TEST(NegotiateGracefulRestart, WhereWeAreNoHelperOrThePeerSaysNothing_NothingSurvives) {
  EXPECT_FALSE(agreed(ours(), restarter(true, {{kIpv4Unicast, true}})).terms().graceful_restart);
  EXPECT_FALSE(agreed(ours(), restarter(true, {{kIpv4Unicast, true}})).terms().notification_graceful);
  EXPECT_FALSE(agreed(helper(true), theirs()).terms().graceful_restart);
  EXPECT_FALSE(agreed(helper(true), theirs()).terms().notification_graceful);
}

// RFC 8538 2
TEST(NegotiateGracefulRestart, TheNBit_CountsWhenBothSentIt) {
  for (const bool our : {false, true}) {
    for (const bool their : {false, true}) {
      const Negotiated terms = agreed(helper(our), restarter(their, {{kIpv4Unicast, true}}));
      EXPECT_EQ(terms.terms().notification_graceful, our && their);
    }
  }
}

// RFC 4724 3: "the receiver ... use only the last instance"
TEST(NegotiateGracefulRestart, OfSeveralCapabilities_TheLastCounts) {
  OpenMessage open = restarter(true, {{kIpv4Unicast, true}});
  open.capabilities.emplace_back(GracefulRestart{true, false, 7, {}});

  const Negotiated terms = agreed(helper(true), open);

  EXPECT_FALSE(terms.terms().graceful_restart);
  EXPECT_FALSE(terms.notification_graceful);
  EXPECT_EQ(terms.peer_graceful_restart->restart_time, 7);
}

// --- Contexts

TEST(NegotiatedContexts, SayWhoIsWho) {
  const DecodeContext decode = agreed(ours(), theirs()).decode_context();

  EXPECT_EQ(decode.local_asn, 65001U);
  EXPECT_EQ(decode.peer_asn, 65002U);
  EXPECT_FALSE(decode.internal);
  EXPECT_FALSE(agreed(ours(), theirs()).encode_context().internal);
}

// --- Our own OPEN

TEST(MakeOpen, OffersWhatTheConfigurationSays) {
  PeerConfig config = ours();
  config.families = {kIpv4Unicast, kIpv6Unicast};
  config.add_path = {{kIpv4Unicast, AddPath::Mode::Receive}};
  config.graceful_restart = GracefulRestart{true, true, 120, {{kIpv4Unicast, true}}};
  config.fqdn = capability::Fqdn{"r1", "example.net"};
  config.other_capabilities = {capability::Unknown{200, "01"_hex}};

  const OpenMessage open = make_open(config);

  EXPECT_EQ(open.my_as, 65001);
  EXPECT_EQ(open.hold_time, 90);
  EXPECT_EQ(open.identifier.value, 0x0a000005U);
  EXPECT_EQ(open.families(), config.families);
  EXPECT_NE(open.find<capability::RouteRefresh>(), nullptr);
  EXPECT_NE(open.find<capability::ExtendedMessage>(), nullptr);
  EXPECT_NE(open.find<capability::EnhancedRouteRefresh>(), nullptr);
  EXPECT_EQ(*open.find<FourOctetAs>(), FourOctetAs{65001});
  EXPECT_EQ(*open.find<AddPath>(), AddPath{config.add_path});
  EXPECT_EQ(*open.find<GracefulRestart>(), *config.graceful_restart);
  EXPECT_EQ(*open.find<capability::Fqdn>(), *config.fqdn);
  EXPECT_EQ(open.capabilities.back(), config.other_capabilities.back());
  const Bytes octets = encode_open(open);
  EXPECT_EQ(decode_open(BytesView(octets).subspan(kHeaderSize)).value(), open);
}

TEST(MakeOpen, EachCapability_CanBeSwitchedOff) {
  PeerConfig config = ours();
  config.route_refresh = false;
  config.extended_message = false;
  config.enhanced_route_refresh = false;
  config.four_octet_as = false;

  EXPECT_EQ(make_open(config).capabilities, (std::vector<Capability>{Multiprotocol{kIpv4Unicast}}));

  config.capabilities = false;
  EXPECT_TRUE(make_open(config).capabilities.empty());
}

// RFC 6793 9
TEST(MakeOpen, AnAsAboveTwoOctets_SaysAsTransInTheField) {
  PeerConfig config = ours();
  config.local_asn = 65536;

  EXPECT_EQ(make_open(config).my_as, kAsTrans);
  EXPECT_EQ(make_open(config).asn(), 65536U);
}

}  // namespace
}  // namespace bgp
