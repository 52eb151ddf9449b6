// The lines that people and scripts read, to the letter.
#include "bgpd/log_lines.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"

namespace bgp::daemon {
namespace {

const Notification kShutdown = Stop::shutdown("bye").notification();

StateChange change(State from, State to, EventId event) {
  StateChange change;
  change.connection = ConnectionId{1};
  change.direction = Direction::Outgoing;
  change.from = from;
  change.to = to;
  change.event = event;
  return change;
}

TEST(LogLines, StateChange_HasTheEventOfTheRfc) {
  EXPECT_EQ(state_change_text(change(State::OpenSent, State::OpenConfirm, EventId::BgpOpen)),
            "state OpenSent -> OpenConfirm (event 19 BGPOpen)");
}

TEST(LogLines, StateChange_OfAnIncomingConnectionSaysSo) {
  StateChange incoming = change(State::OpenConfirm, State::Established, EventId::KeepAliveMsg);
  incoming.direction = Direction::Incoming;

  EXPECT_EQ(state_change_text(incoming),
            "state OpenConfirm -> Established (event 26 KeepAliveMsg) on the incoming connection");
}

TEST(LogLines, StateChange_SaysWhyTheTransportFailed) {
  StateChange failed = change(State::Connect, State::Idle, EventId::TcpConnectionFails);
  failed.detail = "Connection refused";

  EXPECT_EQ(state_change_text(failed), "state Connect -> Idle (event 18 TcpConnectionFails: Connection refused)");
}

TEST(LogLines, StateChange_HasTheNotification) {
  StateChange received = change(State::Established, State::Idle, EventId::NotifMsg);
  received.received = &kShutdown;
  StateChange sent = change(State::Established, State::Idle, EventId::ManualStop);
  sent.sent = &kShutdown;

  EXPECT_EQ(state_change_text(received),
            "state Established -> Idle (event 25 NotifMsg: received NOTIFICATION 6/2 Cease/Administrative Shutdown "
            "\"bye\")");
  EXPECT_EQ(state_change_text(sent),
            "state Established -> Idle (event 2 ManualStop: sent NOTIFICATION 6/2 Cease/Administrative Shutdown "
            "\"bye\")");
}

TEST(LogLines, StateChange_RouteRefreshHasNoNumber) {
  EXPECT_EQ(state_change_text(change(State::OpenSent, State::Idle, EventId::RouteRefreshMsg)),
            "state OpenSent -> Idle (event RouteRefreshMsg)");
}

TEST(LogLines, Established) {
  Negotiated terms;
  terms.peer_asn = 65002;
  terms.peer_identifier = *BgpIdentifier::parse("10.0.0.2");
  terms.hold_time = 9;
  terms.families = {kIpv4Unicast, kIpv6Unicast};
  const OpenMessage open;
  Endpoints endpoints;
  endpoints.local = IpAddress::v4(0x7f000001);
  const SessionUp up{{}, Direction::Outgoing, endpoints, terms, open, open, {}};

  EXPECT_EQ(established_text(up),
            "established: AS 65002, identifier 10.0.0.2, hold time 9 s, families ipv4-unicast ipv6-unicast, local "
            "127.0.0.1");

  terms.families = {};
  EXPECT_NE(established_text(up).find(", families none, "), std::string::npos);
}

// Rules 9003-04
TEST(LogLines, Down_ByANotificationThatWeReceived) {
  SessionDown down;
  down.event = EventId::NotifMsg;
  down.received = &kShutdown;

  EXPECT_EQ(down_text(down, ""), "down: received NOTIFICATION 6/2 Cease/Administrative Shutdown \"bye\"");
}

// RFC 4271 6.4, RFC 9003 4: an error in a NOTIFICATION is not answered but shown
// Rules 4271-31 9003-06
TEST(LogLines, Down_ByANotificationWithAnErrorInIt_ShowsTheError) {
  const auto shown = [](const Notification& received) {
    SessionDown down;
    down.event = EventId::NotifMsg;
    down.received = &received;
    return down_text(down, "");
  };

  EXPECT_EQ(shown({static_cast<ErrorCode>(100), 1, {0xab}}),
            "down: received NOTIFICATION 100/1 code 100/subcode 1 0xab");
  EXPECT_EQ(shown({ErrorCode::Cease, 200, {}}), "down: received NOTIFICATION 6/200 Cease/subcode 200");
  EXPECT_EQ(shown({ErrorCode::Cease, cease::kAdministrativeShutdown, {2, 0xc3, 0x28}}),
            "down: received NOTIFICATION 6/2 Cease/Administrative Shutdown \"\\xc3(\"");
}

TEST(LogLines, Down_ByANotificationThatWeSent) {
  const Notification expired{ErrorCode::HoldTimerExpired, 0, {}};
  SessionDown down;
  down.event = EventId::HoldTimerExpires;
  down.sent = &expired;

  EXPECT_EQ(down_text(down, ""), "down: sent NOTIFICATION 4/0 Hold Timer Expired (event 10 HoldTimer_Expires)");
}

TEST(LogLines, Down_WithoutAWord) {
  SessionDown down;
  down.event = EventId::TcpConnectionFails;

  EXPECT_EQ(down_text(down, "Connection reset by peer"), "down: event 18 TcpConnectionFails: Connection reset by peer");
  EXPECT_EQ(down_text(down, ""), "down: event 18 TcpConnectionFails");
}

TEST(LogLines, Route_WithWhatItHas) {
  PathAttributes attributes;
  attributes.next_hop.address = IpAddress::v4(0x7f000002);
  attributes.as_path = AsPath::sequence({65002});
  attributes.communities = {Community{0xfdea0064}};
  attributes.large_communities = {LargeCommunity{65002, 1, 1}};

  EXPECT_EQ(route_text({*Prefix::parse("203.0.113.0/24"), 0}, attributes_text(attributes)),
            "203.0.113.0/24 next-hop 127.0.0.2 origin igp as-path 65002 communities 65002:100 large-communities "
            "65002:1:1");
}

TEST(LogLines, Route_WithEverything) {
  PathAttributes attributes;
  attributes.origin = Origin::Incomplete;
  attributes.next_hop = {*IpAddress::parse("2001:db8::1"), IpAddress::parse("fe80::1")};
  attributes.med = 0;
  attributes.local_pref = 200;
  attributes.atomic_aggregate = true;
  attributes.aggregator = Aggregator{65003, *BgpIdentifier::parse("10.0.0.3")};
  attributes.originator_id = BgpIdentifier::parse("10.0.0.4");
  attributes.cluster_list = {*BgpIdentifier::parse("10.0.0.5"), *BgpIdentifier::parse("10.0.0.6")};
  attributes.extended_communities = {*ExtendedCommunity::parse("rt:65001:100")};
  attributes.only_to_customer = 65004;
  attributes.others = {{attribute_flags::kOptional | attribute_flags::kTransitive, 200, "0102"_hex}};

  EXPECT_EQ(
      attributes_text(attributes),
      "next-hop 2001:db8::1 link-local fe80::1 origin incomplete med 0 local-pref 200 atomic-aggregate aggregator "
      "65003 10.0.0.3 originator-id 10.0.0.4 cluster-list 10.0.0.5 10.0.0.6 extended-communities rt:65001:100 "
      "only-to-customer 65004 attribute 200 0x0102");
}

TEST(LogLines, Counted) {
  EXPECT_EQ(counted(0, "prefix", "prefixes"), "0 prefixes");
  EXPECT_EQ(counted(1, "prefix", "prefixes"), "1 prefix");
  EXPECT_EQ(counted(2, "prefix", "prefixes"), "2 prefixes");
}

}  // namespace
}  // namespace bgp::daemon
