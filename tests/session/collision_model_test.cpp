// Two real Sessions dial each other at once, over connections whose every step takes a random time (RFC 4271 6.8). By
// the letter some of these runs end with both connections closed; holding the loser leaves one session each time.
#include <gtest/gtest.h>

#include <iostream>

#include "bgp/testing/session_pair.hpp"

namespace bgp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

PeerConfig speaker(std::uint32_t asn, std::uint32_t identifier, std::uint32_t remote_asn) {
  PeerConfig config;
  config.local_asn = asn;
  config.local_identifier = {identifier};
  config.remote_asn = remote_asn;
  return config;
}

struct Two {
  PeerConfig a = speaker(65001, 0x0a000001, 65002);
  PeerConfig b = speaker(65002, 0x0a000002, 65001);
};

struct Tally {
  int runs = 0;
  int lost_both = 0;  // no session four seconds after both dialed
  int flapped = 0;    // a session went down
  int disagreed = 0;  // no common session after a minute, or more than one connection
};

constexpr test::LinkConditions kLan{milliseconds{1}, milliseconds{50}};

/// Runs the two over `runs` seeds; both start at once.
Tally run(const Two& two, int runs, test::LinkConditions network = kLan) {
  Tally tally;
  for (int seed = 1; seed <= runs; ++seed) {
    test::SessionPair pair(two.a, two.b, static_cast<std::uint64_t>(seed), network);
    pair.start(0);
    pair.start(1);

    pair.run(seconds{4});
    const bool early = pair.agree();
    pair.run(seconds{56});

    ++tally.runs;
    if (!early) ++tally.lost_both;
    if (pair.witness(0).downs + pair.witness(1).downs > 0) ++tally.flapped;
    if (!pair.agree() || pair.open_connections() != 1) ++tally.disagreed;
  }
  return tally;
}

void expect_one_session_each_time(const Tally& tally) {
  EXPECT_EQ(tally.lost_both, 0);
  EXPECT_EQ(tally.flapped, 0);
  EXPECT_EQ(tally.disagreed, 0);
}

TEST(CollisionModel, TheLetterLosesBothInSomeRuns_AndComesBack) {
  Two two;
  two.a.collision = two.b.collision = CollisionPolicy::Rfc4271;

  const Tally tally = run(two, 1000);

  std::cout << "by the letter " << tally.lost_both << " of " << tally.runs << " runs have no session after 4 s\n";
  EXPECT_GT(tally.lost_both, 0);
  EXPECT_EQ(tally.disagreed, 0);
}

// Rules 4271-38 4271-50
TEST(CollisionModel, HoldingTheLoser_KeepsOneSessionInEveryRun) { expect_one_session_each_time(run(Two{}, 1000)); }

TEST(CollisionModel, HoldingTheLoserOnTheDominantSideOnly_IsEnough) {
  Two two;
  two.a.collision = CollisionPolicy::Rfc4271;

  expect_one_session_each_time(run(two, 1000));
}

// The other side cannot see what the dominant one is about to close when that is dialed late: the session may then
// change its connection once, but it is never lost.
TEST(CollisionModel, HoldingTheLoserOnTheOtherSideOnly_NeverLosesBoth) {
  Two two;
  two.b.collision = CollisionPolicy::Rfc4271;

  const Tally tally = run(two, 1000);

  EXPECT_EQ(tally.lost_both, 0);
  EXPECT_EQ(tally.disagreed, 0);
}

// Rules 6286-03
TEST(CollisionModel, EqualIdentifiers_AreToldApartByTheAs) {
  Two two;
  two.b.local_identifier = two.a.local_identifier;

  expect_one_session_each_time(run(two, 500));
}

TEST(CollisionModel, GracefulRestartPeers_DoNotTakeACollisionForARestart) {
  Two two;
  two.a.graceful_restart = two.b.graceful_restart =
      capability::GracefulRestart{false, true, 120, {{kIpv4Unicast, true}}};

  expect_one_session_each_time(run(two, 1000));
}

TEST(CollisionModel, DelayOpenOnOneSide_StillGivesOneSession) {
  Two two;
  two.a.attributes.delay_open = true;
  two.a.attributes.delay_open_time = milliseconds{60};

  const Tally tally = run(two, 500);

  EXPECT_EQ(tally.disagreed, 0);
  EXPECT_EQ(tally.flapped, 0);
}

TEST(CollisionModel, APassiveSide_NeverCollides) {
  Two two;
  two.b.attributes.passive = true;

  const Tally tally = run(two, 200);

  EXPECT_EQ(tally.flapped, 0);
  EXPECT_EQ(tally.disagreed, 0);
}

// Rules 4271-38
TEST(CollisionModel, UnequalLatency_StillGivesOneSession) {
  expect_one_session_each_time(run(Two{}, 500, {milliseconds{1}, milliseconds{400}}));
}

// Each side is refused by the other one's Idle: told, both back off in step and never meet.
TEST(CollisionModel, ResetBySideThatIsDialedAtOnce_ComesBackWithinTheFirstBackOff) {
  for (int seed = 1; seed <= 200; ++seed) {
    const Two two;
    test::SessionPair pair(two.a, two.b, static_cast<std::uint64_t>(seed), kLan);
    pair.start(0);
    pair.start(1);
    pair.run(seconds{10});
    ASSERT_TRUE(pair.agree());

    pair.reset(0);
    pair.run(seconds{7});

    ASSERT_TRUE(pair.agree()) << "seed " << seed;
    ASSERT_EQ(pair.witness(0).ups, 2);
  }
}

TEST(CollisionModel, RefusalsThatAreTold_KeepBothInStep) {
  Two two;
  two.a.idle_refusal = two.b.idle_refusal = IdleRefusal::Rfc4486;
  int apart = 0;
  for (int seed = 1; seed <= 200; ++seed) {
    test::SessionPair pair(two.a, two.b, static_cast<std::uint64_t>(seed), kLan);

    pair.start(0);
    pair.start(1, milliseconds{200});
    pair.run(seconds{120});

    if (!pair.agree()) ++apart;
  }
  std::cout << "told, " << apart << " of 200 pairs have no session after two minutes\n";
  EXPECT_GT(apart, 0);
}

TEST(CollisionModel, StartedLaterThanThePeerDials_ComesUpWithinTheFirstBackOff) {
  for (int seed = 1; seed <= 200; ++seed) {
    const Two two;
    test::SessionPair pair(two.a, two.b, static_cast<std::uint64_t>(seed), kLan);

    pair.start(0);
    pair.start(1, milliseconds{200});
    pair.run(seconds{7});

    ASSERT_TRUE(pair.agree()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace bgp
