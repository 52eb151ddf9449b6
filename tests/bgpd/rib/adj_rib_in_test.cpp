#include "bgpd/rib/adj_rib_in.hpp"

#include <gtest/gtest.h>

#include "support/printers.hpp"

namespace bgp::daemon {
namespace {

using Nlris = std::vector<Nlri>;

Nlri nlri(std::string_view prefix, std::uint32_t path_id = 0) { return {*Prefix::parse(prefix), path_id}; }

SharedAttributes attributes(std::uint32_t med) {
  PathAttributes attributes;
  attributes.med = med;
  return std::make_shared<const PathAttributes>(attributes);
}

const Nlri kA = nlri("10.0.0.0/8");
const Nlri kB = nlri("10.1.0.0/16");
const Nlri kC = nlri("2001:db8::/32");

AdjRibIn rib_with_a_b_and_c() {
  AdjRibIn rib;
  rib.announce(kIpv4Unicast, kA, attributes(1));
  rib.announce(kIpv4Unicast, kB, attributes(1));
  rib.announce(kIpv6Unicast, kC, attributes(2));
  return rib;
}

TEST(AdjRibIn, AnnouncedRoutesAreFoundInTheirFamily) {
  const AdjRibIn rib = rib_with_a_b_and_c();

  EXPECT_EQ(rib.find(kIpv4Unicast, kA)->med, 1U);
  EXPECT_EQ(rib.find(kIpv6Unicast, kC)->med, 2U);
  EXPECT_EQ(rib.find(kIpv6Unicast, kA), nullptr);
  EXPECT_EQ(rib.find({Afi::Ipv4, Safi::Multicast}, kA), nullptr);
  EXPECT_EQ(rib.size(), 3U);
  EXPECT_EQ(rib.size(kIpv4Unicast), 2U);
  EXPECT_EQ(rib.size({Afi::Ipv4, Safi::Multicast}), 0U);
}

TEST(AdjRibIn, AnnouncementReplacesTheRouteItHad) {
  AdjRibIn rib = rib_with_a_b_and_c();

  rib.announce(kIpv4Unicast, kA, attributes(7));

  EXPECT_EQ(rib.find(kIpv4Unicast, kA)->med, 7U);
  EXPECT_EQ(rib.size(kIpv4Unicast), 2U);
}

TEST(AdjRibIn, PathIdentifiersAreRoutesOfTheirOwn) {
  AdjRibIn rib;
  rib.announce(kIpv4Unicast, nlri("10.0.0.0/8", 1), attributes(1));
  rib.announce(kIpv4Unicast, nlri("10.0.0.0/8", 2), attributes(2));

  EXPECT_TRUE(rib.withdraw(kIpv4Unicast, nlri("10.0.0.0/8", 1)));

  EXPECT_EQ(rib.size(), 1U);
  EXPECT_EQ(rib.find(kIpv4Unicast, nlri("10.0.0.0/8", 2))->med, 2U);
}

TEST(AdjRibIn, WithdrawSaysWhetherThereWasARoute) {
  AdjRibIn rib = rib_with_a_b_and_c();

  EXPECT_TRUE(rib.withdraw(kIpv4Unicast, kA));
  EXPECT_FALSE(rib.withdraw(kIpv4Unicast, kA));
  EXPECT_FALSE(rib.withdraw(kIpv6Unicast, kB));
  EXPECT_EQ(rib.size(), 2U);
}

// RFC 7313 4
// Rules 7313-03
TEST(AdjRibIn, Refresh_RemovesWhatWasNotToldAgain) {
  AdjRibIn rib = rib_with_a_b_and_c();

  rib.begin_refresh(kIpv4Unicast);
  EXPECT_EQ(rib.stale(kIpv4Unicast), 2U);
  EXPECT_EQ(rib.stale(kIpv6Unicast), 0U);
  rib.announce(kIpv4Unicast, kB, attributes(1));

  EXPECT_EQ(rib.end_refresh(kIpv4Unicast), Nlris{kA});
  EXPECT_EQ(rib.size(), 2U);
  EXPECT_EQ(rib.stale(kIpv4Unicast), 0U);
}

TEST(AdjRibIn, EndOfRib_DoesNotEndARefresh) {
  AdjRibIn rib = rib_with_a_b_and_c();
  rib.begin_refresh(kIpv4Unicast);

  EXPECT_EQ(rib.end_of_rib(kIpv4Unicast), Nlris{});
  EXPECT_EQ(rib.size(kIpv4Unicast), 2U);
}

// Rules 7313-03
TEST(AdjRibIn, EndOfRefreshWithoutBeginning_RemovesNothing) {
  AdjRibIn rib = rib_with_a_b_and_c();

  EXPECT_EQ(rib.end_refresh(kIpv4Unicast), Nlris{});
  EXPECT_EQ(rib.size(), 3U);
}

// Rules 4271-14
TEST(AdjRibIn, LostSession_RemovesAllFamiliesThatAreNotRetained) {
  AdjRibIn rib = rib_with_a_b_and_c();

  EXPECT_EQ(rib.lose_session(std::vector{kIpv6Unicast}), 2U);

  EXPECT_EQ(rib.size(), 1U);
  EXPECT_EQ(rib.stale(kIpv6Unicast), 1U);
}

// RFC 4724 4.2
// Rules 4724-06 4724-11
TEST(AdjRibIn, Restart_KeepsWhatIsToldAgainBeforeEndOfRib) {
  AdjRibIn rib = rib_with_a_b_and_c();
  (void)rib.lose_session(std::vector{kIpv4Unicast, kIpv6Unicast});

  EXPECT_EQ(rib.resume(std::vector{kIpv4Unicast}), 1U);  // of IPv6 the forwarding state was lost
  rib.announce(kIpv4Unicast, kA, attributes(3));

  EXPECT_EQ(rib.end_of_rib(kIpv4Unicast), Nlris{kB});
  EXPECT_EQ(rib.size(), 1U);
  EXPECT_EQ(rib.stale(kIpv4Unicast), 0U);
}

TEST(AdjRibIn, RefreshBeforeEndOfRib_DoesNotProlongWhatIsStaleSinceTheRestart) {
  AdjRibIn rib = rib_with_a_b_and_c();
  (void)rib.lose_session(std::vector{kIpv4Unicast});
  (void)rib.resume(std::vector{kIpv4Unicast});
  rib.announce(kIpv4Unicast, kA, attributes(3));

  rib.begin_refresh(kIpv4Unicast);

  EXPECT_EQ(rib.end_of_rib(kIpv4Unicast), Nlris{kB});
  EXPECT_EQ(rib.end_refresh(kIpv4Unicast), Nlris{kA});
}

// Rules 4724-12
TEST(AdjRibIn, SecondLossBeforeEndOfRib_RemovesWhatWasStaleAlready) {
  AdjRibIn rib = rib_with_a_b_and_c();
  (void)rib.lose_session(std::vector{kIpv4Unicast});
  (void)rib.resume(std::vector{kIpv4Unicast});
  rib.announce(kIpv4Unicast, kA, attributes(3));

  EXPECT_EQ(rib.lose_session(std::vector{kIpv4Unicast}), 1U);

  EXPECT_EQ(rib.size(), 1U);
  EXPECT_NE(rib.find(kIpv4Unicast, kA), nullptr);
}

}  // namespace
}  // namespace bgp::daemon
