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

// Rules 4271-04
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
// Rules 4271-04
TEST(NegotiateHoldTime, ZeroFromEitherSide_IsZero) {
  PeerConfig config = ours();
  OpenMessage open = theirs();
  open.hold_time = 0;
  EXPECT_EQ(agreed(config, open).hold_time, 0);
  EXPECT_EQ(agreed(config, open).terms().hold_time, Duration::zero());

  config.attributes.hold_time = 0;
  EXPECT_EQ(agreed(config, theirs()).hold_time, 0);
}

// Rules 4271-05 4271-22
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

// Rules 4271-06 4271-22
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

// Rules 4271-21
TEST(NegotiateAs, AnotherThanConfigured_IsRefused) {
  OpenMessage open = theirs();
  open.capabilities = {FourOctetAs{65003}};

  EXPECT_EQ(refusal(ours(), open).code, ErrorCode::OpenMessage);
  EXPECT_EQ(refusal(ours(), open).subcode, open_error::kBadPeerAs);
}

// RFC 6793 4.1: what the capability says counts, not the field
// Rules 6793-03
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

// Rules 7607-01
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

// Rules 4271-23
TEST(NegotiateIdentifier, Zero_IsRefused) {
  OpenMessage open = theirs();
  open.identifier = {0};

  EXPECT_EQ(refusal(ours(), open), open_error(3));
}

// Rules 4271-23 6286-02
TEST(NegotiateIdentifier, Ours_IsRefusedWithinOurAsOnly) {
  PeerConfig config = ours();
  OpenMessage open = theirs();
  open.identifier = config.local_identifier;
  EXPECT_TRUE(negotiated(config, open));

  config.remote_asn = 65001;
  open.capabilities = {FourOctetAs{65001}};
  EXPECT_EQ(refusal(config, open), open_error(3));
}

// Rules 6286-01
TEST(NegotiateIdentifier, AnyOtherValue_IsValid) {
  for (const std::uint32_t value : {1U, 0xe0000001U, 0xffffffffU, 0x7f000001U}) {
    OpenMessage open = theirs();
    open.identifier = {value};
    EXPECT_EQ(agreed(ours(), open).peer_identifier.value, value);
  }
}

// --- The order of the checks

// Rules 4271-19
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

// Rules 4760-01
TEST(NegotiateFamilies, AreTheOnesThatBothAdvertised_InOurOrder) {
  PeerConfig config = ours();
  config.families = {kIpv6Unicast, kIpv6Multicast, kIpv4Unicast};
  OpenMessage open = theirs();
  open.capabilities = {Multiprotocol{kIpv4Unicast}, Multiprotocol{{Afi::L2vpn, Safi::Evpn}},
                       Multiprotocol{kIpv6Unicast}, FourOctetAs{65002}};

  EXPECT_EQ(agreed(config, open).families, (std::vector{kIpv6Unicast, kIpv4Unicast}));
  EXPECT_EQ(agreed(config, open).decode_context().families, (std::vector{kIpv6Unicast, kIpv4Unicast}));
}

// Rules 4760-02
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

// RFC 5492 5: "MUST list the set of capabilities that causes the speaker to send the message"
// Rules 5492-05
TEST(NegotiateFamilies, EveryMissingOne_IsListedAsInAnOpen) {
  PeerConfig config = ours();
  config.families = {kIpv4Unicast, kIpv6Unicast, kIpv6Multicast};
  config.required_families = {kIpv4Unicast, kIpv6Unicast, kIpv6Multicast};

  EXPECT_EQ(refusal(config, theirs()), open_error(7, "01 04 0002 00 01 | 01 04 0002 00 02"_hex));
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

// In the order of their codes
TEST(MakeOpen, EveryCapabilityThatCanBeConfigured_IsOffered) {
  constexpr Family kLabeled{Afi::Ipv4, Safi::LabeledUnicast};
  PeerConfig config = ours();
  config.families = {kIpv4Unicast, kLabeled};
  config.outbound_route_filtering = {
      {kIpv4Unicast, {{OrfType::AddressPrefix, capability::OutboundRouteFiltering::Mode::Both}}}};
  config.extended_next_hop = capability::ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}}};
  config.multiple_labels = {{kLabeled, 3}};
  config.role = BgpRole::Customer;
  config.graceful_restart = GracefulRestart{false, true, 120, {{kIpv4Unicast, true}}};
  config.add_path = {{kIpv4Unicast, AddPath::Mode::Both}};
  config.long_lived_graceful_restart = capability::LongLivedGracefulRestart{{{kIpv4Unicast, false, 60}}};
  config.fqdn = capability::Fqdn{"r1", ""};
  config.software_version = capability::SoftwareVersion{"r 1.0"};
  config.paths_limit = {{kIpv4Unicast, 4}};
  config.other_capabilities = {capability::Unknown{200, "01"_hex}};
  EXPECT_TRUE(problems(config).empty());

  const OpenMessage open = make_open(config);

  std::vector<int> codes;
  for (const Capability& capability : open.capabilities) codes.push_back(capability_code(capability));
  EXPECT_EQ(codes, (std::vector{1, 1, 2, 3, 5, 6, 8, 9, 64, 65, 69, 70, 71, 73, 75, 76, 200}));
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
// Rules 6793-01 6793-02
TEST(MakeOpen, AnAsAboveTwoOctets_SaysAsTransInTheField) {
  PeerConfig config = ours();
  config.local_asn = 65536;

  EXPECT_EQ(make_open(config).my_as, kAsTrans);
  EXPECT_EQ(make_open(config).asn(), 65536U);
}

}  // namespace
}  // namespace bgp
