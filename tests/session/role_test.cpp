// Roles in two OPENs (RFC 9234 4), and IPv6 next hops for IPv4 routes (RFC 8950 4).
#include "bgp/session/role.hpp"

#include <gtest/gtest.h>

#include "bgp/session/negotiation.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using capability::Role;
using enum BgpRole;

PeerConfig with_role(std::optional<BgpRole> role, bool strict = false) {
  PeerConfig config;
  config.local_asn = 65001;
  config.local_identifier = {0x0a000005};
  config.remote_asn = 65002;
  config.role = role;
  config.role_strict = strict;
  return config;
}

OpenMessage theirs(const std::vector<BgpRole>& roles, std::uint32_t asn = 65002) {
  OpenMessage open;
  open.my_as = static_cast<std::uint16_t>(asn);
  open.hold_time = 90;
  open.identifier = {0x0a000009};
  open.capabilities = {capability::Multiprotocol{kIpv4Unicast}};
  for (const BgpRole role : roles) open.capabilities.emplace_back(Role{role});
  return open;
}

Result<Negotiated> negotiated(const PeerConfig& config, const OpenMessage& open) {
  return negotiate(make_open(config), open, config);
}

const Notification kMismatch{ErrorCode::OpenMessage, open_error::kRoleMismatch, {}};

// Rules 9234-02
TEST(NegotiateRole, EveryPair_IsTakenOrRefusedByTheTable) {
  const std::vector<std::pair<BgpRole, BgpRole>> allowed{{Provider, Customer},
                                                         {Customer, Provider},
                                                         {RouteServer, RouteServerClient},
                                                         {RouteServerClient, RouteServer},
                                                         {Peer, Peer}};
  for (int ours = 0; ours <= 4; ++ours) {
    for (int remote = 0; remote <= 255; ++remote) {
      const auto pair = std::pair(BgpRole(ours), BgpRole(remote));
      const auto terms = negotiated(with_role(pair.first), theirs({pair.second}));

      EXPECT_EQ(terms.has_value(), std::ranges::find(allowed, pair) != allowed.end()) << ours << ' ' << remote;
      if (terms) {
        EXPECT_EQ(terms->peer_role, pair.second);
      } else {
        EXPECT_EQ(terms.error(), kMismatch);
      }
    }
  }
}

// Rules 9234-03
TEST(NegotiateRole, IdenticalRepeats_AreOne_DifferentOnesAreRefused) {
  EXPECT_TRUE(negotiated(with_role(Customer), theirs({Provider, Provider})));
  EXPECT_EQ(negotiated(with_role(Customer), theirs({Provider, Peer})).error(), kMismatch);
  EXPECT_EQ(negotiated(with_role(Customer), theirs({Peer, Provider})).error(), kMismatch);
  // whoever understands the capability, RFC 9234 4.2 does not ask what it is itself
  EXPECT_EQ(negotiated(with_role({}), theirs({Peer, Provider})).error(), kMismatch);
}

// Rules 9234-04
TEST(NegotiateRole, FromAPeerWithoutOne_IsRefusedInStrictModeOnly) {
  EXPECT_TRUE(negotiated(with_role(Provider), theirs({})));
  EXPECT_EQ(negotiated(with_role(Provider, true), theirs({})).error(), kMismatch);
  EXPECT_TRUE(negotiated(with_role(Provider, true), theirs({Customer})));
}

// A capability 9 that is not one octet is none.
TEST(NegotiateRole, Malformed_IsNone) {
  OpenMessage open = theirs({});
  open.capabilities.emplace_back(capability::Unknown{9, {0, 4}});

  EXPECT_TRUE(negotiated(with_role(Peer), open));
  EXPECT_EQ(negotiated(with_role(Peer, true), open).error(), kMismatch);
}

TEST(NegotiateRole, NotConfigured_IsIgnored) {
  EXPECT_TRUE(negotiated(with_role({}), theirs({Peer})));
  EXPECT_EQ(negotiated(with_role({}), theirs({Peer})).value().role, std::nullopt);
  EXPECT_EQ(make_open(with_role({})).find<Role>(), nullptr);
}

// RFC 9234 4: eBGP only
// Rules 9234-01
TEST(NegotiateRole, GoesToExternalPeersOnly) {
  EXPECT_EQ(*make_open(with_role(RouteServer)).find<Role>(), Role{RouteServer});
  PeerConfig internal = with_role(RouteServer);
  internal.remote_asn = internal.local_asn;
  EXPECT_EQ(make_open(internal).find<Role>(), nullptr);
  EXPECT_FALSE(problems(internal).empty());

  PeerConfig any = with_role(Provider);
  any.remote_asn = 0;
  const auto terms = negotiated(any, theirs({Peer}, 65001));
  ASSERT_TRUE(terms);
  EXPECT_TRUE(terms->internal);
  EXPECT_EQ(terms->peer_role, std::nullopt);
}

TEST(NegotiateRole, StrictWithoutARole_IsAProblem) {
  EXPECT_FALSE(problems(with_role({}, true)).empty());
  EXPECT_TRUE(problems(with_role(Peer, true)).empty());
}

// What we advertised governs what we take, what the peer did what we may send.
// Rules 8950-01
TEST(NegotiateExtendedNextHop, CountsForEachDirectionAlone) {
  const Family vpn{Afi::Ipv4, Safi::MplsVpn};
  PeerConfig config = with_role({});
  config.extended_next_hop = capability::ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}, {vpn, Afi::Ipv6}}};
  OpenMessage open = theirs({});

  const Negotiated ours = negotiated(config, open).value();
  EXPECT_EQ(ours.extended_next_hop_receive, std::vector{kIpv4Unicast});  // vpn is not negotiated
  EXPECT_TRUE(ours.extended_next_hop_send.empty());
  EXPECT_EQ(ours.decode_context().extended_next_hop, FamilySet{kIpv4Unicast});

  open.capabilities.emplace_back(*config.extended_next_hop);
  config.extended_next_hop.reset();
  const Negotiated peers = negotiated(config, open).value();
  EXPECT_TRUE(peers.extended_next_hop_receive.empty());
  EXPECT_EQ(peers.extended_next_hop_send, std::vector{kIpv4Unicast});
}

}  // namespace
}  // namespace bgp
