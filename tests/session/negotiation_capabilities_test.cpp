// What two OPENs agree on by their capabilities, each by its own RFC.
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

/// The terms of two that are known to agree.
Negotiated agreed(const PeerConfig& config, const OpenMessage& open) {
  return negotiate(make_open(config), open, config).value();
}

// --- Capabilities that both sides must have, or one

// Rules 5492-04
TEST(NegotiateCapabilities, UnknownOnes_AreIgnored) {
  OpenMessage open = theirs();
  open.capabilities.emplace_back(capability::Unknown{200, "0102"_hex});

  EXPECT_EQ(agreed(ours(), open), agreed(ours(), theirs()));
}

// RFC 6793 4.1, 4.2
// Rules 6793-04
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
// Rules 8654-02 8654-04
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
// Rules 7911-02
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

// Rules 7911-02
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

// Rules 4724-03
TEST(NegotiateGracefulRestart, WhereWeAreNoHelperOrThePeerSaysNothing_NothingSurvives) {
  EXPECT_FALSE(agreed(ours(), restarter(true, {{kIpv4Unicast, true}})).terms().graceful_restart);
  EXPECT_FALSE(agreed(ours(), restarter(true, {{kIpv4Unicast, true}})).terms().notification_graceful);
  EXPECT_FALSE(agreed(helper(true), theirs()).terms().graceful_restart);
  EXPECT_FALSE(agreed(helper(true), theirs()).terms().notification_graceful);
}

// RFC 8538 2
// Rules 8538-02
TEST(NegotiateGracefulRestart, TheNBit_CountsWhenBothSentIt) {
  for (const bool our : {false, true}) {
    for (const bool their : {false, true}) {
      const Negotiated terms = agreed(helper(our), restarter(their, {{kIpv4Unicast, true}}));
      EXPECT_EQ(terms.terms().notification_graceful, our && their);
    }
  }
}

// RFC 4724 3: "the receiver of the advertisement MUST ignore all but the last instance"
// Rules 4724-01
TEST(NegotiateGracefulRestart, OfSeveralCapabilities_TheLastCounts) {
  OpenMessage open = restarter(true, {{kIpv4Unicast, true}});
  open.capabilities.emplace_back(GracefulRestart{true, false, 7, {}});

  const Negotiated terms = agreed(helper(true), open);

  EXPECT_FALSE(terms.terms().graceful_restart);
  EXPECT_FALSE(terms.notification_graceful);
  EXPECT_EQ(terms.peer_graceful_restart->restart_time, 7);
}

// --- IPv6 next hops (RFC 8950 4); each direction: role_test.cpp

constexpr Family kIpv4Vpn{Afi::Ipv4, Safi::MplsVpn};
constexpr Family kIpv4Labeled{Afi::Ipv4, Safi::LabeledUnicast};

TEST(NegotiateNextHop, OfAllCapabilities_OtherFamiliesAndProtocolsMeanNothing) {
  PeerConfig config = ours();
  config.families = {kIpv4Unicast, kIpv6Unicast};
  OpenMessage open = theirs();
  open.capabilities.emplace_back(capability::ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv4}, {kIpv6Unicast, Afi::Ipv6}}});
  EXPECT_TRUE(agreed(config, open).extended_next_hop_send.empty());

  open.capabilities.emplace_back(capability::ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}, {kIpv4Unicast, Afi::Ipv6}}});
  open.capabilities.emplace_back(capability::ExtendedNextHop{});
  const Negotiated terms = agreed(config, open);
  EXPECT_EQ(terms.extended_next_hop_send, std::vector{kIpv4Unicast});
  EXPECT_EQ(terms.encode_context().extended_next_hop, FamilySet{kIpv4Unicast});
  EXPECT_TRUE(terms.decode_context().extended_next_hop.empty());
}

// --- Several labels (RFC 8277 2.1)

TEST(NegotiateLabels, TakeBoth_AndTheFirstEntryWithMoreThanOneCounts) {
  PeerConfig config = ours();
  config.families = {kIpv4Labeled, kIpv4Vpn};
  config.multiple_labels = {{kIpv4Labeled, 5}, {kIpv4Vpn, 2}};
  OpenMessage open = theirs();
  open.capabilities.emplace_back(Multiprotocol{kIpv4Labeled});
  open.capabilities.emplace_back(Multiprotocol{kIpv4Vpn});
  open.capabilities.emplace_back(
      capability::MultipleLabels{{{kIpv4Labeled, 1}, {kIpv4Labeled, 3}, {kIpv4Labeled, 9}, {kIpv4Vpn, 0}}});

  const Negotiated terms = agreed(config, open);

  EXPECT_EQ(terms.multiple_labels_receive, (LabelCounts{{kIpv4Labeled, 5}}));
  EXPECT_EQ(terms.multiple_labels_send, (LabelCounts{{kIpv4Labeled, 3}}));
  EXPECT_EQ(terms.decode_context().multiple_labels, terms.multiple_labels_receive);
  EXPECT_EQ(terms.encode_context().multiple_labels, terms.multiple_labels_send);
  config.multiple_labels.clear();
  EXPECT_TRUE(agreed(config, open).multiple_labels_receive.empty());
  EXPECT_TRUE(agreed(config, open).multiple_labels_send.empty());
}

// --- Filters (RFC 5291 4)

TEST(NegotiateFilters, EveryPairOfModes_AgreesPerDirection) {
  using Orf = capability::OutboundRouteFiltering;
  for (const int our : {0, 1, 2, 3, 4}) {
    for (const int their : {0, 1, 2, 3, 4}) {
      PeerConfig config = ours();
      config.outbound_route_filtering = {{kIpv4Unicast, {{OrfType::AddressPrefix, Orf::Mode(our)}}}};
      OpenMessage open = theirs();
      open.capabilities.emplace_back(Orf{{{kIpv4Unicast, {{OrfType::AddressPrefix, Orf::Mode(their)}}}}});
      const Negotiated terms = agreed(config, open);
      const auto takes = [](int mode) { return mode == 1 || mode == 3; };
      const auto sends = [](int mode) { return mode == 2 || mode == 3; };

      EXPECT_EQ(terms.orf_receive.size(), takes(our) && sends(their) ? 1U : 0U) << our << their;
      EXPECT_EQ(terms.orf_send.size(), sends(our) && takes(their) ? 1U : 0U) << our << their;
    }
  }
}

// --- Long-lived graceful restart (RFC 9494 4.1), paths limit

TEST(NegotiateLongLived, TakesGracefulRestartAndBothSides) {
  using LongLived = capability::LongLivedGracefulRestart;
  PeerConfig config = helper(false);
  config.long_lived_graceful_restart = LongLived{{{kIpv4Unicast, false, 100}}};
  OpenMessage open = restarter(false, {{kIpv4Unicast, true}});
  EXPECT_EQ(agreed(config, open).peer_long_lived, std::nullopt);

  const LongLived stale{{{kIpv4Unicast, true, 3600}}};
  open.capabilities.emplace_back(stale);
  EXPECT_EQ(agreed(config, open).peer_long_lived, stale);
  config.long_lived_graceful_restart.reset();
  EXPECT_EQ(agreed(config, open).peer_long_lived, std::nullopt);
}

TEST(NegotiatePathsLimit, CountsForFamiliesThatWeSendSeveralPathsOf) {
  PeerConfig config = ours();
  config.add_path = {{kIpv4Unicast, AddPath::Mode::Send}};
  OpenMessage open = theirs();
  open.capabilities.emplace_back(AddPath{{{kIpv4Unicast, AddPath::Mode::Receive}}});
  open.capabilities.emplace_back(capability::PathsLimit{{{kIpv4Unicast, 4}, {kIpv6Unicast, 4}}});

  EXPECT_EQ(agreed(config, open).peer_paths_limit, (std::vector<capability::PathsLimit::Entry>{{kIpv4Unicast, 4}}));
  config.add_path.clear();
  EXPECT_TRUE(agreed(config, open).peer_paths_limit.empty());
}

// --- What is required (RFC 5492 3, 5)

// Rules 5492-05
TEST(NegotiateRequired, EveryMissingCapability_IsListedAsWeOfferIt) {
  PeerConfig config = ours();
  config.required_capabilities = {CapabilityCode::FourOctetAs, CapabilityCode::RouteRefresh,
                                  CapabilityCode::ExtendedMessage, CapabilityCode::EnhancedRouteRefresh};
  OpenMessage open = theirs();
  open.capabilities = {Multiprotocol{kIpv4Unicast}, capability::ExtendedMessage{},
                       capability::Unknown{70, {1}}};  // malformed: none

  const auto refused = negotiate(make_open(config), open, config);

  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error(), (Notification{ErrorCode::OpenMessage, 7, "41 04 0000fde9 | 02 00 | 46 00"_hex}));
  EXPECT_TRUE(problems(config).empty());
}

TEST(NegotiateRequired, AllThere_IsNoReason) {
  PeerConfig config = ours();
  config.required_capabilities = {CapabilityCode::FourOctetAs, CapabilityCode::RouteRefresh};

  EXPECT_TRUE(negotiate(make_open(config), theirs(), config).has_value());
}

// --- Contexts

TEST(NegotiatedContexts, SayWhoIsWho) {
  const DecodeContext decode = agreed(ours(), theirs()).decode_context();

  EXPECT_EQ(decode.local_asn, 65001U);
  EXPECT_EQ(decode.peer_asn, 65002U);
  EXPECT_EQ(decode.local_identifier.value, 0x0a000005U);
  EXPECT_FALSE(decode.enforce_first_as);
  PeerConfig strict = ours();
  strict.enforce_first_as = true;
  EXPECT_TRUE(agreed(strict, theirs()).decode_context().enforce_first_as);
  EXPECT_FALSE(decode.internal);
  EXPECT_FALSE(agreed(ours(), theirs()).encode_context().internal);
}

}  // namespace
}  // namespace bgp
