// Two connections while ours still delays its OPEN (RFC 4271 6.8, 8.2.2 Active, Event 20).
#include <gtest/gtest.h>

#include "session/probe.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;
using test::peer_open;
using test::Probe;

/// The peer is dominant: the connection that it dials survives.
Probe delaying() {
  PeerConfig config = test::session_config();
  config.attributes.delay_open = true;
  return Probe(config);
}

// Rules 4271-37 4271-48
TEST(CollisionDelayOpen, HeldOpenWhoseSiblingEnds_IsDeliveredThoughOursIsStillDelayed) {
  Probe probe = delaying();
  probe.start();
  probe.connect();
  probe.receive(encode_open(peer_open()));  // OpenConfirm on ours
  const ConnectionId accepted = probe.accept();
  probe.receive(accepted, encode_open(peer_open()));  // wins, and waits for the peer's verdict
  ASSERT_TRUE(probe.sent_types(accepted).empty());

  probe.lose(probe.dialed);

  EXPECT_EQ(probe.session.state(accepted), State::OpenConfirm);
  EXPECT_EQ(probe.sent_types(accepted), (std::vector{MessageType::Open, MessageType::Keepalive}));
}

TEST(CollisionDelayOpen, HeldOpenThatNobodyDecidesAbout_IsDeliveredAfterItsGraceTime) {
  Probe probe = delaying();
  probe.start();
  probe.connect();
  probe.receive(encode_open(peer_open()));
  const ConnectionId accepted = probe.accept();
  probe.receive(accepted, encode_open(peer_open()));

  probe.advance(seconds{5});

  EXPECT_EQ(probe.session.state(accepted), State::OpenConfirm);
  EXPECT_TRUE(probe.wires[probe.dialed].closed);
}

}  // namespace
}  // namespace bgp
