// The network does to Sessions what it says that it does.
#include "bgp/testing/network.hpp"

#include <gtest/gtest.h>

#include "bgp/testing/hex.hpp"
#include "bgp/testing/session_pair.hpp"

namespace bgp::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

PeerConfig speaker(std::uint32_t asn, std::uint32_t remote_asn) {
  PeerConfig config;
  config.local_asn = asn;
  config.local_identifier = {asn};
  config.remote_asn = remote_asn;
  return config;
}

/// The one whose hold time is 9 s is 0.
SessionPair pair_of(std::uint64_t seed = 1, const LinkConditions& conditions = {}) {
  PeerConfig a = speaker(65001, 65002);
  a.attributes.hold_time = 9;
  return {a, speaker(65002, 65001), seed, conditions};
}

void establish(SessionPair& pair) {
  pair.start(0);
  pair.start(1, milliseconds{300});
  pair.run(seconds{8});
  ASSERT_TRUE(pair.agree());
}

TEST(Network, SameSeed_GivesTheSameOctetsAtTheSameTimes) {
  const auto digest = [](std::uint64_t seed) {
    LinkConditions rough;
    rough.chunked = true;
    rough.edges = 4;
    SessionPair pair = pair_of(seed, rough);
    pair.start(0);
    pair.start(1);
    pair.run(seconds{60});
    return pair.network().digest();
  };

  EXPECT_EQ(digest(1), digest(1));
  EXPECT_NE(digest(1), digest(2));
}

TEST(Network, CutLink_LetsTheHoldTimerExpireOnBothSides_AndMendedBringsThemBack) {
  SessionPair pair = pair_of();
  establish(pair);

  pair.network().cut(0);
  pair.run(seconds{10});

  EXPECT_EQ(pair.witness(0).downs, 1);
  EXPECT_EQ(pair.witness(1).downs, 1);

  pair.network().mend(0);
  pair.run(seconds{60});

  EXPECT_TRUE(pair.agree());
}

TEST(Network, CutForLessThanTheHoldTime_LosesNothing) {
  SessionPair pair = pair_of();
  establish(pair);

  pair.network().cut(0);
  pair.run(seconds{5});
  pair.network().mend(0);
  pair.run(seconds{60});

  EXPECT_TRUE(pair.agree());
  EXPECT_EQ(pair.witness(0).downs + pair.witness(1).downs, 0);
}

TEST(Network, BrokenConnections_EndBothSessionsAtOnce) {
  SessionPair pair = pair_of();
  establish(pair);

  pair.network().break_connections(0);
  pair.run(milliseconds{100});

  EXPECT_EQ(pair.witness(0).downs, 1);
  EXPECT_EQ(pair.witness(1).downs, 1);
}

TEST(Network, CrashedProcess_IsNotNoticedUntilSomethingIsSent) {
  SessionPair pair = pair_of();
  establish(pair);

  pair.network().crash(1);
  pair.run(milliseconds{10});
  EXPECT_EQ(pair.witness(0).downs, 0);

  pair.run(seconds{4});  // by then a KEEPALIVE was answered by a reset
  EXPECT_EQ(pair.witness(0).downs, 1);

  pair.network().recover(1);
  pair.run(seconds{60});
  EXPECT_TRUE(pair.agree());
}

TEST(Network, StoppedReader_ClosesTheWindow) {
  LinkConditions narrow;
  narrow.window = 19;
  SessionPair pair = pair_of(1, narrow);
  establish(pair);

  pair.network().stop_reading(1);
  pair.run(seconds{7});

  const ConnectionId connection = pair.witness(0).connection;
  std::array<BytesView, 1> waits;
  EXPECT_EQ(pair.session(0).transmit_buffers(connection, waits), 1U);  // a KEEPALIVE that finds no room
}

TEST(Network, AHandlerThatTakesNoMore_LeavesTheOctetsInTheSocket) {
  SessionPair pair = pair_of();
  establish(pair);
  const int received = pair.witness(0).keepalives;

  pair.network().set_reading(0, false);
  pair.run(seconds{6});  // less than the hold time, and two KEEPALIVEs

  EXPECT_EQ(pair.witness(0).keepalives, received);
  EXPECT_TRUE(pair.agree());

  pair.run(seconds{60});  // they are looked for when the HoldTimer is due, and wait in the Session from then on

  EXPECT_TRUE(pair.agree());
  EXPECT_EQ(pair.witness(0).keepalives, received);

  pair.network().set_reading(0, true);
  pair.run(seconds{1});

  EXPECT_GE(pair.witness(0).keepalives, received + 20);
}

TEST(Network, APeerThatDiesWhileTheHandlerTakesNothing_IsMissed) {
  SessionPair pair = pair_of();
  establish(pair);

  pair.network().set_reading(0, false);
  pair.network().crash(1);
  pair.run(seconds{18});

  EXPECT_EQ(pair.witness(0).downs, 1);
}

TEST(Network, InjectedOctets_ArriveAsIfThePeerHadSentThem) {
  SessionPair pair = pair_of();
  establish(pair);

  pair.network().inject(0, 0, "00"_hex);
  pair.network().inject(0, 0, Bytes(18, 0));
  pair.run(milliseconds{200});

  EXPECT_EQ(pair.witness(0).downs, 1);  // RFC 4271 6.1: not synchronized
  EXPECT_EQ(pair.witness(1).downs, 1);
}

TEST(Network, Intruder_DoesNotTouchTheSession) {
  SessionPair pair = pair_of();
  establish(pair);

  pair.network().intrude(0, seconds{30});
  pair.run(seconds{60});

  EXPECT_TRUE(pair.agree());
  EXPECT_EQ(pair.witness(0).downs + pair.witness(1).downs, 0);
  EXPECT_EQ(pair.open_connections(), 1U);
}

}  // namespace
}  // namespace bgp::test
