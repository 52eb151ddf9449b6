// "Why is it down?": golden stories. What a person reads is compared word for word.
#include "bgp/session/explain.hpp"

#include <gtest/gtest.h>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::kKeepalive;
using test::kUpdate;
using test::peer_open;
using test::Probe;

std::string story(const Probe& probe) { return to_string(explain(probe.session.recording(probe.now))); }

/// Without the two lines that show the OPENs.
std::string tree(const Probe& probe) {
  Explanation explanation = explain(probe.session.recording(probe.now));
  explanation.opens = nullptr;
  return to_string(explanation);
}

EndedBy ended_by(const Probe& probe) { return explain(probe.session.recording(probe.now)).ended_by; }

TEST(Explain, PeerFellSilent) {
  Probe probe;
  probe.establish();
  probe.advance(minutes{1});
  probe.receive(kKeepalive);

  probe.advance(seconds{92});

  EXPECT_EQ(
      story(probe),
      R"(Idle: waits 3 s before the next attempt, number 2 since it last went well (RFC 4271 8.1.1, DampPeerOscillations)
  because the session ended 2 s ago, after 150 s: the HoldTimer expired: nothing came from the peer for 90 s (RFC 4271 6.5)
try: is the peer alive and the path whole?
try: are long packets lost on the way (MTU), or is the peer overloaded?
our OPEN:  AS 65001 hold time 90 identifier 10.0.0.5, multiprotocol ipv4-unicast, route-refresh, extended-message, 4-octet-as 65001, enhanced-route-refresh
its OPEN:  AS 65002 hold time 90 identifier 10.0.0.9, multiprotocol ipv4-unicast, route-refresh, enhanced-route-refresh, 4-octet-as 65002
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Peer);
  EXPECT_EQ(explain(probe.session.recording(probe.now)).next_attempt, Duration(seconds{3}));
}

TEST(Explain, PeerHasAnotherAs) {
  Probe probe;
  probe.start();
  probe.connect();
  OpenMessage open = peer_open();
  open.my_as = 65003;
  open.capabilities.back() = capability::FourOctetAs{65003};

  probe.receive(encode_open(open));

  EXPECT_EQ(
      tree(probe),
      R"(Idle: waits 5 s before the next attempt, number 2 since it last went well (RFC 4271 8.1.1, DampPeerOscillations)
  because the latest attempt ended 0 ms ago: we sent NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS (RFC 4271 6.2)
    because its OPEN says AS 65003, and AS 65002 is configured here
try: set the peer's AS here to 65003, or the peer's own AS to 65002
refused: ffffffffffffffffffffffffffffffff002f0104fdeb005a0a0000091202100104000100010200460041040000fdeb
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Us);
}

TEST(Explain, PeerExpectsAnotherAsOfUs) {
  Probe probe;
  probe.start();
  probe.connect();

  probe.receive(framed(MessageType::Notification, "02 02"_hex));

  EXPECT_EQ(
      tree(probe),
      R"(Idle: waits 5 s before the next attempt, number 2 since it last went well (RFC 4271 8.1.1, DampPeerOscillations)
  because the latest attempt ended 0 ms ago: the peer sent NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS (RFC 4271 6.2)
    because it expects another AS than our 65001
try: set the AS that the peer expects of us to 65001, or change the local AS here
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Peer);
}

TEST(Explain, NobodyListens) {
  Probe probe;
  probe.start();

  probe.session.disconnected(probe.dialed, "Connection refused", probe.now);
  probe.advance(seconds{1});

  EXPECT_EQ(
      tree(probe),
      R"(Active: dials again (ConnectRetryTimer: 119 s left), or takes a connection of the peer (RFC 4271 8.2.2 Active)
  because the latest attempt ended 1 s ago: the TCP connection could not be opened: Connection refused (RFC 4271 8.2.2 Connect, Event 18)
try: is the peer's address right, is it reachable, and is TCP port 179 open on the way?
try: does the peer listen there? An MD5 key that differs looks like silence
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Network);
}

TEST(Explain, NoAnswerToTcp) {
  Probe probe;
  probe.start();

  probe.advance(seconds{130});

  EXPECT_EQ(tree(probe),
            R"(Connect: waits for the TCP connection (ConnectRetryTimer: 110 s left) (RFC 4271 8.2.2 Connect)
  because the latest attempt ended 10 s ago: the TCP connection was not open within 120 s (RFC 4271 8.2.2 Connect, Event 9)
try: is the peer's address right, is it reachable, and is TCP port 179 open on the way?
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Network);
}

TEST(Explain, SomethingAcceptsTcpAndSaysNothing) {
  Probe probe;
  probe.start();
  probe.connect();

  probe.advance(seconds{242});

  EXPECT_EQ(
      tree(probe),
      R"(Idle: waits 3 s before the next attempt, number 2 since it last went well (RFC 4271 8.1.1, DampPeerOscillations)
  because the latest attempt ended 2 s ago: no OPEN came within 240 s of a connection that is open (RFC 4271 8.2.2 OpenSent, Event 10)
try: does the peer have this speaker configured, with the address that we dial from, and is it started there?
try: does anything between the two accept TCP connections in the peer's place?
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Peer);
}

TEST(Explain, PeerClosesOnOurOpen) {
  Probe probe;
  probe.start();
  probe.connect();

  probe.session.disconnected(probe.dialed, "End of file", probe.now);

  EXPECT_EQ(
      tree(probe),
      R"(Active: dials again (ConnectRetryTimer: 120 s left), or takes a connection of the peer (RFC 4271 8.2.2 Active)
  because the latest attempt ended 0 ms ago: the peer closed the connection without answering our OPEN: End of file (RFC 4271 8.2.2 OpenSent, Event 18)
try: does the peer have this speaker configured, with the address that we dial from, and is it started there?
)");
}

TEST(Explain, ShutDownAtThePeer_AndThenRefused) {
  Probe probe;
  probe.establish();
  for (int i = 0; i < 10; ++i) {
    probe.advance(minutes{1});
    probe.receive(kKeepalive);
  }
  probe.receive(framed(MessageType::Notification, "06 02 0b 6d61696e74656e616e6365"_hex));
  probe.advance(seconds{5});

  probe.session.disconnected(probe.dialed, "Connection refused", probe.now);

  EXPECT_EQ(
      tree(probe),
      R"(Active: dials again (ConnectRetryTimer: 120 s left), or takes a connection of the peer (RFC 4271 8.2.2 Active)
  because the latest attempt ended 0 ms ago: the TCP connection could not be opened: Connection refused (RFC 4271 8.2.2 Connect, Event 18)
    because the session ended 5 s ago, after 600 s: the peer sent NOTIFICATION 6/2 Cease/Administrative Shutdown "maintenance" (RFC 4486 4)
      because its operator shut the session down
try: is the peer's address right, is it reachable, and is TCP port 179 open on the way?
try: does the peer listen there? An MD5 key that differs looks like silence
try: the peer's operator has to start it again
)");
}

TEST(Explain, StoppedHere) {
  Probe probe;
  probe.establish();

  probe.session.stop(Stop::shutdown("new fibre"), probe.now);
  probe.advance(seconds{20});

  EXPECT_EQ(tree(probe), R"(Idle: stopped here (RFC 4271 8.2.2 Idle)
  because the session ended 20 s ago, after 0 ms: it was stopped here, with NOTIFICATION 6/2 Cease/Administrative Shutdown "new fibre" (RFC 4271 8.1.2, Event 2)
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Operator);
  EXPECT_EQ(explain(probe.session.recording(probe.now)).next_attempt, std::nullopt);
}

TEST(Explain, MalformedUpdate) {
  Probe probe;
  probe.establish();
  probe.advance(seconds{30});

  probe.receive(framed(MessageType::Update, "ffff 0000"_hex));

  EXPECT_EQ(
      tree(probe),
      R"(Idle: waits 5 s before the next attempt, number 2 since it last went well (RFC 4271 8.1.1, DampPeerOscillations)
  because the session ended 0 ms ago, after 30 s: we sent NOTIFICATION 3/1 UPDATE Message Error/Malformed Attribute List (RFC 7606 3)
    because an UPDATE was malformed beyond repair
try: show the octets below to whoever makes the peer's software
refused: ffffffffffffffffffffffffffffffff001702ffff0000
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Us);
}

TEST(Explain, PeerStoppedReading) {
  Probe probe;
  probe.establish();
  probe.wires[probe.dialed].window = 0;

  for (int i = 0; i < 32; ++i) {
    probe.advance(seconds{15});
    probe.receive(kKeepalive);
  }

  EXPECT_EQ(
      tree(probe),
      R"(Idle: waits 5 s before the next attempt, number 2 since it last went well (RFC 4271 8.1.1, DampPeerOscillations)
  because the session ended 0 ms ago, after 480 s: the SendHoldTimer expired: the peer took nothing of what we had to send (RFC 9687 4.3)
try: does the peer still read? It may be overloaded, or stuck
)");
}

TEST(Explain, RequiredFamilyIsMissing) {
  PeerConfig config = test::session_config();
  config.families = {kIpv4Unicast, kIpv6Unicast};
  config.required_families = {kIpv6Unicast};
  Probe probe(config);
  probe.start();
  probe.connect();

  probe.receive(encode_open(peer_open()));

  EXPECT_EQ(
      tree(probe),
      R"(Idle: waits 300 s before the next attempt, number 2 since it last went well (RFC 4271 8.1.1, DampPeerOscillations)
  because the latest attempt ended 0 ms ago: we sent NOTIFICATION 2/7 OPEN Message Error/Unsupported Capability (multiprotocol ipv6-unicast) (RFC 5492 5)
    because it lacks a capability that is required here
try: enable the capability at the peer, or do not require it here
refused: ffffffffffffffffffffffffffffffff002f0104fdea005a0a0000091202100104000100010200460041040000fdea
)");
}

TEST(Explain, PassiveAndNobodyDials) {
  PeerConfig config = test::session_config();
  config.attributes.passive = true;
  Probe probe(config);

  probe.start();

  EXPECT_EQ(tree(probe), R"(Active: waits for the peer to open a connection, for we never do (passive) (RFC 4271 8.1.1)
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Nobody);
}

TEST(Explain, ConnectionReset_RoutesRetained) {
  PeerConfig config = test::session_config();
  config.graceful_restart = capability::GracefulRestart{false, true, 120, {{kIpv4Unicast, false}}};
  Probe probe(config);
  OpenMessage open = peer_open();
  open.capabilities.emplace_back(capability::GracefulRestart{false, true, 120, {{kIpv4Unicast, true}}});
  probe.establish(open);
  probe.advance(seconds{50});

  probe.lose(probe.established);

  EXPECT_EQ(tree(probe),
            R"(Connect: waits for the TCP connection (ConnectRetryTimer: 120 s left) (RFC 4271 8.2.2 Connect)
  because the session ended 0 ms ago, after 50 s: the TCP connection was lost: reset by peer (RFC 4271 8.2.2, Event 18)
    because its routes are retained for ipv4-unicast (RFC 4724 4.2)
try: did the peer restart, or does a device on the path drop connections?
)");
  EXPECT_EQ(ended_by(probe), EndedBy::Network);
}

TEST(Explain, UpAgain_TellsOfTheSessionBefore) {
  Probe probe;
  probe.establish();
  probe.receive(framed(MessageType::Notification, "06 04"_hex));
  probe.advance(seconds{5});
  probe.connect();
  probe.receive(encode_open(peer_open()) + kKeepalive);

  probe.advance(seconds{12});

  EXPECT_EQ(tree(probe), R"(Established for 12 s
  because the session before ended 17 s ago, after 0 ms: the peer sent NOTIFICATION 6/4 Cease/Administrative Reset (RFC 4486 4)
    because its operator reset the session
)");
}

TEST(Explain, NothingInCommon) {
  PeerConfig config = test::session_config();
  config.families = {kIpv6Unicast};
  Probe probe(config);

  probe.establish();

  EXPECT_EQ(tree(probe), R"(Established for 0 ms
try: no address family is common to both: no route can be exchanged
)");
}

TEST(Explain, EveryEndOfARandomLife_HasWords) {
  for (std::uint8_t code = 0; code < 10; ++code) {
    for (std::uint8_t subcode = 0; subcode < 13; ++subcode) {
      Probe probe;
      probe.establish();

      probe.receive(framed(MessageType::Notification, Bytes{code, subcode}));

      const Explanation explanation = explain(probe.session.recording(probe.now));
      EXPECT_EQ(explanation.ended_by, EndedBy::Peer);
      ASSERT_FALSE(explanation.why.because.empty());
      EXPECT_NE(explanation.why.because[0].what.find("NOTIFICATION"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace bgp
