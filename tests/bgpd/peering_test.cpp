#include "bgpd/peering.hpp"

#include <gtest/gtest.h>

#include "bgpd/two_sessions.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp::daemon {
namespace {

using Lines = std::vector<std::string>;

Nlri nlri(std::string_view prefix) { return {*Prefix::parse(prefix), 0}; }

PathAttributes route_of_65002() {
  PathAttributes attributes;
  attributes.as_path = AsPath::sequence({65002});
  attributes.next_hop.address = *IpAddress::parse("192.0.2.2");
  return attributes;
}

void announce(TwoSessions& two, const PathAttributes& attributes, std::vector<Nlri> nlri) {
  two.tell([=](UpdateWriter& writer) { writer.reach(kIpv4Unicast, attributes, nlri); });
}

const AdjRibIn& rib(TwoSessions& two) { return two.peering().adj_rib_in(); }

// Rules 4724-04
TEST(Peering, ComingUp_IsLoggedStateByState) {
  TwoSessions two;

  two.establish();

  EXPECT_EQ(two.log_lines(),
            (Lines{"info peer 192.0.2.2: state Idle -> Connect (event 1 ManualStart)",
                   "info peer 192.0.2.2: state Connect -> OpenSent (event 16 Tcp_CR_Acked)",
                   "info peer 192.0.2.2: state OpenSent -> OpenConfirm (event 19 BGPOpen)",
                   "info peer 192.0.2.2: state OpenConfirm -> Established (event 26 KeepAliveMsg)",
                   "info peer 192.0.2.2: established: AS 65002, identifier 10.0.0.2, hold time 90 s, families "
                   "ipv4-unicast ipv6-unicast, local 192.0.2.1",
                   "info peer 192.0.2.2: sent ipv4-unicast: 0 prefixes, end-of-rib",
                   "info peer 192.0.2.2: sent ipv6-unicast: 0 prefixes, end-of-rib"}));
}

TEST(Peering, AnnouncedRoutes_AreInTheAdjRibInAndInTheLog) {
  TwoSessions two;
  two.establish();
  PathAttributes attributes = route_of_65002();
  attributes.communities = {*Community::parse("65002:100")};
  attributes.large_communities = {*LargeCommunity::parse("65002:1:1")};

  announce(two, attributes, {nlri("203.0.113.0/24"), nlri("198.51.100.0/24")});

  EXPECT_EQ(two.said("received"),
            (Lines{"received 203.0.113.0/24 next-hop 192.0.2.2 origin igp as-path 65002 communities 65002:100 "
                   "large-communities 65002:1:1",
                   "received 198.51.100.0/24 next-hop 192.0.2.2 origin igp as-path 65002 communities 65002:100 "
                   "large-communities 65002:1:1"}));
  ASSERT_NE(rib(two).find(kIpv4Unicast, nlri("203.0.113.0/24")), nullptr);
  EXPECT_EQ(*rib(two).find(kIpv4Unicast, nlri("203.0.113.0/24")), attributes);
  // one UPDATE, one set of attributes
  EXPECT_EQ(rib(two).find(kIpv4Unicast, nlri("203.0.113.0/24")), rib(two).find(kIpv4Unicast, nlri("198.51.100.0/24")));
}

TEST(Peering, WithdrawnRoute_LeavesTheAdjRibIn) {
  TwoSessions two;
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24")});

  two.tell([](UpdateWriter& writer) {
    writer.unreach(kIpv4Unicast, std::vector{nlri("203.0.113.0/24"), nlri("10.0.0.0/8")});
  });

  EXPECT_EQ(two.said("withdrawn"), Lines{"withdrawn 203.0.113.0/24"});  // the other one was not there
  EXPECT_EQ(rib(two).size(), 0U);
}

TEST(Peering, EndOfRib_IsLoggedWithTheCount) {
  TwoSessions two;
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24")});

  two.tell([](UpdateWriter& writer) { EXPECT_TRUE(writer.end_of_rib(kIpv4Unicast)); });

  EXPECT_EQ(two.said("end-of-rib"), Lines{"end-of-rib ipv4-unicast"});
  EXPECT_EQ(two.said("adj-rib-in"), Lines{"adj-rib-in ipv4-unicast: 1 prefix"});
}

// RFC 4271 9.1.2
TEST(Peering, RouteThatPassedThroughOurAs_IsKeptOutAndReplacesWhatWasThere) {
  TwoSessions two({.level = LogLevel::Debug});
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24")});
  PathAttributes loop = route_of_65002();
  loop.as_path = AsPath::sequence({65002, 65001, 65003});

  announce(two, loop, {nlri("203.0.113.0/24")});

  EXPECT_EQ(rib(two).size(), 0U);
  EXPECT_EQ(two.said("ignored"),
            Lines{"ignored 203.0.113.0/24: our AS 65001 stands in as-path 65002 65001 65003 (RFC 4271 9.1.2)"});
  EXPECT_EQ(two.said("withdrawn"), Lines{"withdrawn 203.0.113.0/24"});
  EXPECT_EQ(two.ours().state(), State::Established);
}

// RFC 4271 6.3
// Rules 4271-27
TEST(Peering, NextHopThatIsOurselves_IsLoggedAndTheRouteIgnored) {
  TwoSessions two;
  two.establish();
  PathAttributes ours = route_of_65002();
  ours.next_hop.address = *IpAddress::parse("192.0.2.1");

  announce(two, ours, {nlri("203.0.113.0/24")});

  EXPECT_EQ(rib(two).size(), 0U);
  EXPECT_EQ(two.said("ignored"), Lines{"ignored 203.0.113.0/24: next hop 192.0.2.1 is our own address (RFC 4271 6.3)"});
  EXPECT_EQ(two.ours().state(), State::Established);
}

// RFC 4271 6.3, 9.1: OpenBGPD 7.7 sends such routes for the family that is not the session's
// Rules 4271-27
TEST(Peering, LoopbackNextHop_TakesTheRouteAwayAndNotTheSession) {
  TwoSessions two;
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24")});
  PathAttributes loopback = route_of_65002();
  loopback.next_hop.address = *IpAddress::parse("127.0.0.1");

  announce(two, loopback, {nlri("203.0.113.0/24")});

  EXPECT_EQ(rib(two).size(), 0U);
  EXPECT_EQ(two.said("ignored"),
            Lines{"ignored 203.0.113.0/24: next hop 127.0.0.1 is a loopback address (RFC 4271 6.3)"});
  EXPECT_EQ(two.said("withdrawn"), Lines{"withdrawn 203.0.113.0/24"});
  EXPECT_EQ(two.ours().state(), State::Established);
}

// RFC 7606 6
// Rules 7606-17
TEST(Peering, MalformedUpdate_IsLoggedWithItsErrorsNlriAndOctets) {
  TwoSessions two;
  two.establish();
  announce(two, route_of_65002(), {nlri("10.10.10.0/24")});
  const Bytes bad =
      framed(MessageType::Update, update_body("", std::string("40 01 01 03 ") + kAsPath65002 + kNextHop, kNlri));

  two.inject(bad);

  ASSERT_EQ(two.said("malformed").size(), 1U);
  const std::string line = two.said("malformed").front();
  EXPECT_TRUE(line.starts_with("malformed UPDATE: treat-as-withdraw ORIGIN: ")) << line;
  EXPECT_TRUE(line.ends_with(" unreachable 10.10.10.0/24 message 0x" + hex_of(bad))) << line;
  EXPECT_EQ(two.said("withdrawn"), Lines{"withdrawn 10.10.10.0/24"});
  EXPECT_EQ(two.ours().state(), State::Established);
}

// Rules 7606-17
TEST(Peering, UpdateThatEndsTheSession_IsLoggedWithItsOctets) {
  TwoSessions two;
  two.establish();
  const Bytes bad = framed(MessageType::Update, "0005 0000"_hex);  // withdrawn routes beyond the end of the message

  two.inject(bad);

  EXPECT_EQ(two.said("malformed"), Lines{"malformed UPDATE: message 0x" + hex_of(bad)});
  ASSERT_EQ(two.said("down").size(), 1U);
  EXPECT_TRUE(two.said("down").front().starts_with("down: sent NOTIFICATION 3/1 ")) << two.said("down").front();
}

// Rules 4271-14 9003-04
TEST(Peering, NeighborStopsWithAReason_IsLoggedAndItsRoutesGo) {
  TwoSessions two;
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24"), nlri("198.51.100.0/24")});

  two.theirs().stop(Stop::shutdown("maintenance\n\x1b[31m"), two.theirs().now());
  two.settle();

  EXPECT_EQ(two.said("state Established"),
            Lines{"state Established -> Idle (event 25 NotifMsg: received NOTIFICATION 6/2 Cease/Administrative "
                  "Shutdown \"maintenance\\x0a\\x1b[31m\")"});
  EXPECT_EQ(two.said("down"),
            Lines{"down: received NOTIFICATION 6/2 Cease/Administrative Shutdown \"maintenance\\x0a\\x1b[31m\""});
  EXPECT_EQ(two.said("adj-rib-in"), Lines{"adj-rib-in: 2 prefixes dropped"});
  EXPECT_EQ(rib(two).size(), 0U);
}

TEST(Peering, LostTransport_IsLoggedWithWhatTheSystemSaid) {
  TwoSessions two;
  two.establish();

  two.cut("Connection reset by peer");

  EXPECT_EQ(two.said("state Established"),
            Lines{"state Established -> Idle (event 18 TcpConnectionFails: Connection reset by peer)"});
  EXPECT_EQ(two.said("down"), Lines{"down: event 18 TcpConnectionFails: Connection reset by peer"});
}

// Rules 4724-04
TEST(Peering, ComesBackByItself_AndTellsEverythingAgain) {
  TwoSessions two({.networks = "[[network]]\nprefix = \"10.0.0.0/8\"\n"});
  two.establish();
  two.cut("Connection reset by peer");
  two.neighbor().heard.clear();

  two.establish();

  EXPECT_EQ(two.said("established").size(), 2U);
  EXPECT_EQ(two.neighbor().heard, (Lines{"announce 10.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001",
                                         "end-of-rib ipv4-unicast", "end-of-rib ipv6-unicast"}));
}

// RFC 7313 4
// Rules 7313-03
TEST(Peering, RefreshOfTheNeighbor_RemovesWhatItDoesNotTellAgain) {
  TwoSessions two;
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24"), nlri("198.51.100.0/24")});

  two.tell([](UpdateWriter& writer) {
    EXPECT_TRUE(writer.refresh_border(kIpv4Unicast, RefreshSubtype::BeginningOfRefresh));
    writer.reach(kIpv4Unicast, route_of_65002(), std::vector{nlri("203.0.113.0/24")});
    EXPECT_TRUE(writer.refresh_border(kIpv4Unicast, RefreshSubtype::EndOfRefresh));
  });

  EXPECT_EQ(two.said("route-refresh"), (Lines{"route-refresh ipv4-unicast BoRR", "route-refresh ipv4-unicast EoRR"}));
  EXPECT_EQ(two.said("withdrawn"), Lines{"withdrawn 198.51.100.0/24"});
  EXPECT_EQ(rib(two).size(), 1U);
}

// RFC 4724 4.2
// Rules 4724-06 4724-11
TEST(Peering, RoutesOfARestartingNeighbor_StayUntilItHasToldAllAgain) {
  const capability::GracefulRestart restart{.restart_time = 120, .families = {{kIpv4Unicast, true}}};
  TwoSessions two({.neighbor_keys = "graceful_restart = true\n", .neighbor_restart = restart});
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24"), nlri("198.51.100.0/24")});

  two.cut("Connection reset by peer");
  EXPECT_EQ(rib(two).stale(kIpv4Unicast), 2U);
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24")});
  two.tell([](UpdateWriter& writer) { EXPECT_TRUE(writer.end_of_rib(kIpv4Unicast)); });

  EXPECT_EQ(two.said("adj-rib-in"),
            (Lines{"adj-rib-in: 0 prefixes dropped, 2 kept as stale", "adj-rib-in: 2 prefixes kept as stale, 0 dropped",
                   "adj-rib-in ipv4-unicast: 1 prefix"}));
  EXPECT_EQ(two.said("withdrawn"), Lines{"withdrawn 198.51.100.0/24"});
}

// RFC 8538 3
TEST(Peering, RoutesStayOverANotification_WhereBothAgreeOnIt) {
  const capability::GracefulRestart restart{
      .notification = true, .restart_time = 120, .families = {{kIpv4Unicast, true}}};
  TwoSessions two(
      {.neighbor_keys = "graceful_restart = true\ngraceful_notification = true\n", .neighbor_restart = restart});
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24")});

  two.theirs().stop({cease::kOutOfResources, {}, false}, two.theirs().now());
  two.settle();

  EXPECT_EQ(rib(two).stale(kIpv4Unicast), 1U);
}

// RFC 7911 3
TEST(Peering, SeveralPathsOfAPrefix_AreKeptByTheirPathIdentifiers) {
  TwoSessions two({.neighbor_keys = "add_path = true\n", .neighbor_sends_paths = true});
  two.establish();

  announce(two, route_of_65002(), {{.prefix = *Prefix::parse("203.0.113.0/24"), .path_id = 1}});
  announce(two, route_of_65002(), {{.prefix = *Prefix::parse("203.0.113.0/24"), .path_id = 2}});
  EXPECT_EQ(rib(two).size(), 2U);
  two.tell([](UpdateWriter& writer) {
    EXPECT_EQ(writer.unreach(kIpv4Unicast, std::array{Nlri{*Prefix::parse("203.0.113.0/24"), 1}}), 1U);
  });

  EXPECT_EQ(rib(two).size(), 1U);
  EXPECT_EQ(two.said("withdrawn"), Lines{"withdrawn 203.0.113.0/24#1"});
}

// RFC 4724 4.2
TEST(Peering, RoutesOfANeighborThatDoesNotComeBack_GoWhenItsRestartTimeIsOver) {
  TwoSessions two;
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24"), nlri("198.51.100.0/24")});
  std::vector<TimePoint> wakes;
  two.peering().wake_with([&](TimePoint at) { wakes.push_back(at); });
  const TimePoint down_at{std::chrono::seconds{1000}};
  const TimePoint until = down_at + std::chrono::seconds{120};
  SessionDown down;
  down.event = EventId::TcpConnectionFails;
  down.retained = {kIpv4Unicast};
  down.retention = {{kIpv4Unicast, until, until}};
  down.time = down_at;

  two.peering().on_down(two.ours(), down);
  EXPECT_EQ(wakes, std::vector{until});
  two.peering().expire_stale(until - Duration{1});
  EXPECT_EQ(rib(two).stale(kIpv4Unicast), 2U);
  EXPECT_EQ(wakes, (std::vector{until, until}));

  two.peering().expire_stale(until);

  EXPECT_EQ(rib(two).size(), 0U);
  EXPECT_EQ(two.said("stale for too long"), Lines{"stale for too long ipv4-unicast: 2 prefixes dropped"});
  EXPECT_EQ(two.said("withdrawn").size(), 2U);
}

TEST(Peering, StaleRoutesOfANeighborThatNeverEndsItsRib_GoInTheEnd) {
  const capability::GracefulRestart restart{.restart_time = 120, .families = {{kIpv4Unicast, true}}};
  TwoSessions two({.neighbor_keys = "graceful_restart = true\n", .neighbor_restart = restart});
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24"), nlri("198.51.100.0/24")});
  TimePoint wake{};
  two.peering().wake_with([&](TimePoint at) { wake = at; });
  two.cut("Connection reset by peer");
  two.establish();
  announce(two, route_of_65002(), {nlri("203.0.113.0/24")});

  two.peering().expire_stale(wake - Duration{1});
  EXPECT_EQ(rib(two).size(), 2U);
  two.peering().expire_stale(wake);

  EXPECT_EQ(rib(two).size(), 1U);
  EXPECT_EQ(rib(two).stale(kIpv4Unicast), 0U);
}

TEST(Peering, QuietLog_StillKeepsTheRoutes) {
  TwoSessions two({.level = LogLevel::Error});
  two.establish();

  announce(two, route_of_65002(), {nlri("203.0.113.0/24")});

  EXPECT_EQ(two.log_lines(), Lines{});
  EXPECT_EQ(rib(two).size(), 1U);
}

TEST(Peering, AnotherConfiguration_SaysWhetherTheAsNumberOfTheSessionIsStillRight) {
  TwoSessions two;
  NeighborConfig neighbor = two.peering().neighbor();
  neighbor.remote_asns = {65003};
  EXPECT_FALSE(two.peering().configure(neighbor)) << "no session is up";
  neighbor.remote_asns = {65002, 65003};
  EXPECT_FALSE(two.peering().configure(neighbor));
  two.establish();

  EXPECT_FALSE(two.peering().configure(neighbor));
  neighbor.remote_asns = {65003};
  EXPECT_TRUE(two.peering().configure(neighbor));
  two.cut("gone");
  EXPECT_FALSE(two.peering().configure(neighbor));
}

TEST(Peering, AnAsNumberThatWasRightOnlyInTheOpen_EndsTheSessionAtOnce) {
  TwoSessions two;
  two.establish();
  NeighborConfig neighbor = two.peering().neighbor();
  neighbor.remote_asns = {65003};
  EXPECT_TRUE(two.peering().configure(neighbor));
  const OpenMessage open;

  two.peering().on_established(two.ours(), {.endpoints = {},
                                            .negotiated = *two.ours().negotiated(),
                                            .sent = open,
                                            .received = open,
                                            .time = two.ours().now()});
  two.settle();

  ASSERT_FALSE(two.neighbor().notifications.empty());
  EXPECT_EQ(two.neighbor().notifications.front().code, ErrorCode::Cease);
  EXPECT_EQ(two.neighbor().notifications.front().subcode, cease::kOtherConfigurationChange);
}

}  // namespace
}  // namespace bgp::daemon
