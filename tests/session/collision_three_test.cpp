// Three connections with one peer at once: the one that we dialed, one that the peer dialed, and one that it has just
// dialed again (RFC 4271 6.8, 8.2.1).
#include <gtest/gtest.h>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;
using test::kKeepalive;
using test::Probe;

/// We are 10.0.0.5: what the dominant side dialed survives.
Bytes open_of(std::uint32_t identifier) {
  OpenMessage open = test::peer_open();
  open.identifier = {identifier};
  return encode_open(open);
}
const Bytes kDominant = open_of(0x0a000009);
const Bytes kSubordinate = open_of(0x0a000001);

class ThreeConnections : public testing::Test {
 protected:
  /// Our OPEN has gone on all three, and the peer has said nothing.
  void SetUp() override {
    probe.start();
    probe.connect();
    dialed = probe.dialed;
    older = probe.accept();
    newer = probe.accept();
    ASSERT_EQ(state(dialed), State::OpenSent);
    ASSERT_EQ(state(older), State::OpenSent);
    ASSERT_EQ(state(newer), State::OpenSent);
  }

  State state(ConnectionId id) { return probe.session.state(id); }
  /// Closed by us with 6/7, once, and nothing behind it.
  void expect_lost(ConnectionId id) {
    EXPECT_TRUE(probe.wires[id].closed);
    ASSERT_EQ(probe.sent_types(id).back(), MessageType::Notification);
    EXPECT_EQ(std::ranges::count(probe.sent_types(id), MessageType::Notification), 1);
    const Bytes& sent = probe.wires[id].sent;
    EXPECT_EQ(sent[sent.size() - 2], 6);
    EXPECT_EQ(sent[sent.size() - 1], cease::kCollisionResolution);
  }
  void expect_established(ConnectionId id) {
    EXPECT_EQ(probe.ups, 1);
    EXPECT_EQ(probe.established, id);
    EXPECT_EQ(state(id), State::Established);
    EXPECT_EQ(probe.downs, 0);
  }

  Probe probe;
  ConnectionId dialed{};
  ConnectionId older{};
  ConnectionId newer{};
};

TEST_F(ThreeConnections, ADominantPeerOpensItsNewest_TheOthersAreClosed) {
  probe.receive(newer, kDominant);

  expect_lost(older);  // of a peer that has lost it
  EXPECT_EQ(state(newer), State::OpenConfirm);
  EXPECT_EQ(state(dialed), State::OpenSent);

  probe.receive(dialed, kDominant);

  expect_lost(dialed);

  probe.receive(newer, kKeepalive);

  expect_established(newer);
}

TEST_F(ThreeConnections, ASubordinatePeerOpensItsNewest_ItWaitsAndOursSurvives) {
  probe.receive(newer, kSubordinate + kKeepalive);

  expect_lost(older);
  EXPECT_EQ(state(newer), State::OpenSent);
  EXPECT_FALSE(probe.wires[newer].closed);

  probe.receive(dialed, kSubordinate + kKeepalive);

  expect_lost(newer);
  expect_established(dialed);
}

TEST_F(ThreeConnections, OursIsLostWhileTheNewestWaits_ItGoesOnAtOnce) {
  probe.receive(newer, kSubordinate + kKeepalive);

  probe.lose(dialed);

  expect_established(newer);
}

TEST_F(ThreeConnections, TheOlderOpensFirst_TheNewerOpenTakesItsPlaceInTheQueue) {
  probe.receive(older, kSubordinate);
  probe.receive(newer, kSubordinate + kKeepalive);

  expect_lost(older);  // both OPENs are here, and the newer one tells of a peer that has lost the older
  EXPECT_EQ(state(newer), State::OpenSent);

  probe.receive(dialed, kSubordinate + kKeepalive);

  expect_lost(newer);
  expect_established(dialed);
}

TEST_F(ThreeConnections, AFourth_EndsTheOldestThatIsSilent) {
  probe.receive(older, kSubordinate);

  const ConnectionId fourth = probe.accept();

  expect_lost(newer);
  EXPECT_EQ(state(older), State::OpenSent);
  EXPECT_EQ(state(fourth), State::OpenSent);
}

/// The peer's OPEN is here on what we dialed, and we have confirmed it, when the dominant peer dials, and dials again.
class ThreeConfirmed : public ThreeConnections {
 protected:
  void SetUp() override {
    probe.start();
    probe.connect();
    dialed = probe.dialed;
    probe.receive(dialed, kDominant);
    older = probe.accept();
    probe.receive(older, kDominant);
    newer = probe.accept();
    probe.receive(dialed, kKeepalive);
    ASSERT_EQ(state(dialed), State::OpenConfirm);  // held back: the peer may be closing it
  }
};

TEST_F(ThreeConfirmed, TheNewestOpens_WhatThePeerWillCloseIsHeldStill) {
  probe.receive(newer, kDominant);

  expect_lost(older);
  EXPECT_EQ(state(dialed), State::OpenConfirm);
  EXPECT_EQ(probe.ups, 0);

  probe.lose(dialed);
  probe.receive(newer, kKeepalive);

  expect_established(newer);
}

TEST_F(ThreeConfirmed, ThePeerDecidesNothing_OneOfThemIsEstablishedWithinTheGraceTime) {
  probe.receive(newer, kDominant + kKeepalive);

  probe.advance(seconds{5});

  EXPECT_EQ(probe.ups, 1);
  EXPECT_EQ(probe.downs, 0);
  EXPECT_EQ(probe.session.state(), State::Established);
  EXPECT_EQ(probe.established, newer);  // by the letter of 6.8
  expect_lost(dialed);
}

}  // namespace
}  // namespace bgp
