// How a session is tried again: without capabilities (RFC 5492 3), and not for ever (RFC 4486 4).
#include <gtest/gtest.h>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;
using test::kKeepalive;
using test::peer_open;
using test::Probe;
using test::session_config;
using enum MessageType;

const Bytes kUnsupportedParameter = framed(Notification, "02 04"_hex);

/// The OPEN that went out on a connection.
OpenMessage sent_open(Probe& probe, ConnectionId id) {
  const Bytes& sent = probe.wires[id].sent;
  const std::size_t length = std::size_t{sent[16]} << 8 | sent[17];
  return decode_open(BytesView(sent).first(length).subspan(kHeaderSize)).value();
}

/// A peer that knows no capabilities refuses our first OPEN; then our next attempt is up to its OPEN.
void refuse_capabilities(Probe& probe) {
  probe.start();
  probe.connect();
  EXPECT_FALSE(sent_open(probe, probe.dialed).capabilities.empty());
  probe.receive(kUnsupportedParameter);
  probe.advance(seconds{5});
  probe.connect();
}

// Rules 5492-06
TEST(SessionRetry, AfterUnsupportedOptionalParameter_GoesWithoutCapabilities) {
  Probe probe;
  refuse_capabilities(probe);
  OpenMessage old = peer_open();
  old.capabilities.clear();

  probe.receive(encode_open(old) + kKeepalive);

  EXPECT_TRUE(sent_open(probe, probe.dialed).capabilities.empty());
  ASSERT_EQ(probe.session.state(), State::Established);
  EXPECT_EQ(probe.session.negotiated()->families, std::vector{kIpv4Unicast});
  EXPECT_FALSE(probe.session.negotiated()->four_octet_as);
}

// What was not sent was not agreed on, whatever the peer says.
TEST(SessionRetry, WithoutCapabilities_NothingIsAgreedOn) {
  Probe probe;
  refuse_capabilities(probe);

  probe.receive(encode_open(peer_open()) + kKeepalive);

  ASSERT_EQ(probe.session.state(), State::Established);
  EXPECT_FALSE(probe.session.negotiated()->four_octet_as);
  EXPECT_FALSE(probe.session.negotiated()->extended_message_receive);
}

TEST(SessionRetry, StartedAnew_OffersThemAgain) {
  Probe probe;
  refuse_capabilities(probe);
  probe.session.reset(Stop::reset(), probe.now);
  probe.attend();
  probe.connect();

  EXPECT_FALSE(sent_open(probe, probe.dialed).capabilities.empty());
}

TEST(SessionRetry, WhereCapabilitiesAreNeededOrNotWanted_KeepsThem) {
  PeerConfig two_families = session_config();
  two_families.families = {kIpv4Unicast, kIpv6Unicast};
  PeerConfig large_as = session_config();
  large_as.local_asn = 4200000001;
  PeerConfig switched_off = session_config();
  switched_off.retry_without_capabilities = false;
  for (const PeerConfig& config : {two_families, large_as, switched_off}) {
    Probe probe(config);
    refuse_capabilities(probe);

    EXPECT_FALSE(sent_open(probe, probe.dialed).capabilities.empty());
  }
}

PeerConfig at_most(std::uint32_t starts) {
  PeerConfig config = session_config();
  config.most_automatic_starts = starts;
  return config;
}

// Rules 4486-06
TEST(SessionRetry, BeyondTheBound_WaitsForAnOperator) {
  Probe probe(at_most(2));
  probe.start();
  for (const int pause : {5, 10}) {
    probe.connect();
    probe.receive(kKeepalive);  // an FSM error
    EXPECT_EQ(probe.session.deadline(Timer::IdleHold), probe.now + seconds{pause});
    probe.advance(seconds{pause});
  }
  probe.connect();

  probe.receive(kKeepalive);

  EXPECT_FALSE(probe.session.started());
  EXPECT_EQ(probe.session.poll_timeout(), std::nullopt);
  EXPECT_EQ(probe.dials, 3);
  probe.start();
  EXPECT_EQ(probe.dials, 4);
  probe.connect();
  probe.receive(kKeepalive);
  EXPECT_TRUE(probe.session.started());
}

TEST(SessionRetry, ASessionThatLasted_StartsTheCountOver) {
  Probe probe(at_most(1));
  probe.establish();
  for (int i = 0; i < 3; ++i) {
    for (int minute = 0; minute < 6; ++minute) {
      probe.advance(seconds{60});
      probe.receive(kKeepalive);
    }
    probe.lose(probe.dialed);
    ASSERT_TRUE(probe.session.started());
    probe.advance(seconds{5});
    probe.connect();
    probe.receive(encode_open(peer_open()) + kKeepalive);
    ASSERT_EQ(probe.session.state(), State::Established);
  }
}

}  // namespace
}  // namespace bgp
