// update_peer(): a change of options flaps a session only where it must.
#include <gtest/gtest.h>

#include <stdexcept>

#include "net/node.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

class UpdatePeer : public ::testing::Test {
 protected:
  void SetUp() override {
    options = a.towards(b);
    id = a.add(options);
    b.add(b.passive_towards(a.address, a.asn));
    ASSERT_TRUE(loop.until([&] { return a.recorder.up() && b.recorder.up(); }));
  }
  /// The change went through the peer's executor.
  void settle() {
    bool done = false;
    a.speaker.snapshot(id, [&](const auto&) { done = true; });
    ASSERT_TRUE(loop.until([&] { return done; }));
  }
  void expect_soft() {
    EXPECT_EQ(a.speaker.update_peer(id, options), ConfigChange::Soft);
    settle();
    EXPECT_TRUE(a.recorder.up());
    EXPECT_EQ(a.recorder.downs, 0);
  }
  void expect_reset() {
    EXPECT_EQ(a.speaker.update_peer(id, options), ConfigChange::Reset);
    ASSERT_TRUE(loop.until([&] { return a.recorder.ups == 2 && b.recorder.ups == 2; }));
    EXPECT_EQ(b.recorder.received, (Notification{ErrorCode::Cease, cease::kOtherConfigurationChange, {}}));
  }

  Loop loop;
  Node a{loop.executor(), "127.0.0.2", 65001};
  Node b{loop.executor(), "127.0.0.3", 65002};
  PeerOptions options;
  PeerId id{};
};

TEST_F(UpdatePeer, TheSameOptions_AreUnchanged) {
  EXPECT_EQ(a.speaker.update_peer(id, options), ConfigChange::Unchanged);
  settle();
  EXPECT_EQ(a.recorder.downs, 0);
}

TEST_F(UpdatePeer, ATimer_IsSoft) {
  options.session.attributes.connect_retry_time = 1s;
  options.session.idle_hold.longest = 1s;
  expect_soft();
}

TEST_F(UpdatePeer, APort_IsSoft_AndCountsForTheNextAttempt) {
  options.remote_port = 1;  // nobody listens there
  expect_soft();

  a.speaker.reset_peer(id);
  ASSERT_TRUE(loop.until([&] { return !a.recorder.details.empty(); }));
  EXPECT_FALSE(a.recorder.up());

  options.remote_port = b.port;
  EXPECT_EQ(a.speaker.update_peer(id, options), ConfigChange::Soft);
  EXPECT_TRUE(loop.until([&] { return a.recorder.up(); }));
}

TEST_F(UpdatePeer, WhatStandsInTheOpen_IsAReset) {
  options.session.attributes.hold_time = 30;
  expect_reset();
  EXPECT_EQ(a.recorder.negotiated->hold_time, 30);

  EXPECT_EQ(a.speaker.update_peer(id, options), ConfigChange::Unchanged);
}

TEST_F(UpdatePeer, TheLocalAddress_IsAReset) {
  options.local_address.reset();
  EXPECT_EQ(a.speaker.update_peer(id, options), ConfigChange::Reset);
  ASSERT_TRUE(loop.until([&] { return a.recorder.downs == 1; }));
  EXPECT_EQ(a.recorder.sent, (Notification{ErrorCode::Cease, cease::kOtherConfigurationChange, {}}));
}

TEST_F(UpdatePeer, AStoppedPeer_StaysStopped) {
  a.speaker.stop_peer(id);
  options.session.attributes.hold_time = 30;
  EXPECT_EQ(a.speaker.update_peer(id, options), ConfigChange::Reset);
  ASSERT_TRUE(loop.until([&] { return a.recorder.downs == 1; }));
  settle();

  std::optional<PeerSnapshot> seen;
  a.speaker.snapshot(id, [&](std::optional<PeerSnapshot> snapshot) { seen = std::move(snapshot); });
  ASSERT_TRUE(loop.until([&] { return seen.has_value(); }));
  EXPECT_FALSE(seen->started);
  EXPECT_EQ(seen->state, State::Idle);
}

TEST_F(UpdatePeer, WhatCannotBeUsed_Throws_AndChangesNothing) {
  PeerOptions bad = options;
  bad.session.local_asn = 0;
  EXPECT_THROW(a.speaker.update_peer(id, bad), std::invalid_argument);
  PeerOptions elsewhere = options;
  elsewhere.remote_address = ip("127.0.0.4");
  EXPECT_THROW(a.speaker.update_peer(id, elsewhere), std::invalid_argument);

  EXPECT_EQ(a.speaker.update_peer(id, options), ConfigChange::Unchanged);
}

TEST_F(UpdatePeer, OverlappingAddresses_Throw) {
  PeerOptions other = options;
  other.local_address = ip("127.0.0.7");
  const PeerId second = a.add(other);
  other.local_address.reset();

  EXPECT_THROW(a.speaker.update_peer(second, other), std::invalid_argument);
}

TEST_F(UpdatePeer, AnUnknownPeer_IsUnchanged) {
  EXPECT_EQ(a.speaker.update_peer(PeerId{999}, options), ConfigChange::Unchanged);
}

}  // namespace
}  // namespace bgp::test
