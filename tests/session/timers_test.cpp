// Deadlines and Jitter (RFC 4271 10).
#include "bgp/session/timers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace bgp {
namespace {

using std::chrono::seconds;

const TimePoint kStart{seconds{1000}};

TEST(Deadlines, Nothing_RunsAtFirst) {
  const Deadlines deadlines;

  EXPECT_EQ(deadlines.next(), std::nullopt);
  EXPECT_EQ(deadlines.due(TimePoint::max() - Duration{1}), std::nullopt);
  for (std::size_t i = 0; i < kTimerCount; ++i) {
    EXPECT_FALSE(deadlines.running(static_cast<Timer>(i)));
    EXPECT_EQ(deadlines.deadline(static_cast<Timer>(i)), std::nullopt);
  }
}

TEST(Deadlines, Next_IsTheNearestWhateverTheOrderOfStarting) {
  Deadlines deadlines;
  deadlines.start(Timer::Hold, kStart + seconds{90});
  deadlines.start(Timer::Keepalive, kStart + seconds{30});
  deadlines.start(Timer::SendHold, kStart + seconds{480});

  EXPECT_EQ(deadlines.next(), kStart + seconds{30});

  deadlines.stop(Timer::Keepalive);
  EXPECT_EQ(deadlines.next(), kStart + seconds{90});
}

TEST(Deadlines, Due_IsExactToTheNanosecond) {
  Deadlines deadlines;
  deadlines.start(Timer::Hold, kStart);

  EXPECT_EQ(deadlines.due(kStart - Duration{1}), std::nullopt);
  EXPECT_EQ(deadlines.due(kStart), Timer::Hold);
  EXPECT_EQ(deadlines.due(kStart + seconds{1}), Timer::Hold);
}

TEST(Deadlines, OfEqualDeadlines_TheFirstTimerIsDue) {
  Deadlines deadlines;
  deadlines.start(Timer::Keepalive, kStart);
  deadlines.start(Timer::Hold, kStart);

  EXPECT_EQ(deadlines.due(kStart), Timer::Hold);
}

TEST(Deadlines, TheEarlierOfTwoDueTimers_ComesFirst) {
  Deadlines deadlines;
  deadlines.start(Timer::ConnectRetry, kStart + seconds{2});
  deadlines.start(Timer::IdleHold, kStart + seconds{1});

  EXPECT_EQ(deadlines.due(kStart + seconds{3}), Timer::IdleHold);
}

TEST(Deadlines, StartingAgain_ReplacesTheDeadline) {
  Deadlines deadlines;
  deadlines.start(Timer::Hold, kStart + seconds{1});
  deadlines.start(Timer::Hold, kStart + seconds{90});

  EXPECT_EQ(deadlines.deadline(Timer::Hold), kStart + seconds{90});
  EXPECT_EQ(deadlines.due(kStart + seconds{1}), std::nullopt);
}

TEST(Deadlines, StopAll_StopsEveryTimer) {
  Deadlines deadlines;
  for (std::size_t i = 0; i < kTimerCount; ++i) deadlines.start(static_cast<Timer>(i), kStart);

  deadlines.stop_all();

  EXPECT_EQ(deadlines, Deadlines{});
}

TEST(TimerName, IsTheRfcsWord) {
  EXPECT_EQ(to_string(Timer::ConnectRetry), "ConnectRetryTimer");
  EXPECT_EQ(to_string(Timer::Hold), "HoldTimer");
  EXPECT_EQ(to_string(Timer::Keepalive), "KeepaliveTimer");
  EXPECT_EQ(to_string(Timer::DelayOpen), "DelayOpenTimer");
  EXPECT_EQ(to_string(Timer::SendHold), "SendHoldTimer");
  EXPECT_EQ(to_string(Timer::IdleHold), "IdleHoldTimer");
}

TEST(Jitter, ByDefault_ChangesNothing) {
  Jitter jitter;

  for (int i = 0; i < 10; ++i) EXPECT_EQ(jitter.apply(seconds{120}), seconds{120});
  EXPECT_EQ(jitter.fork().apply(seconds{120}), seconds{120});
}

// RFC 4271 10: "uniformly distributed random value in the range from 0.75 to 1.0"
// Rules 4271-60
TEST(Jitter, Factor_IsUniformFromThreeQuartersToOne) {
  constexpr int kDraws = 40000;
  constexpr std::size_t kBins = 10;
  const Duration full = seconds{100};
  Jitter jitter(42);
  std::vector<int> bins(kBins);
  Duration least = full;
  Duration most{};

  for (int i = 0; i < kDraws; ++i) {
    const Duration drawn = jitter.apply(full);
    ASSERT_GE(drawn, seconds{75});
    ASSERT_LE(drawn, seconds{100});
    least = std::min(least, drawn);
    most = std::max(most, drawn);
    const double part = std::chrono::duration<double>(drawn - seconds{75}).count() / 25.0;
    ++bins[std::min(static_cast<std::size_t>(part * kBins), kBins - 1)];
  }

  EXPECT_LT(least, std::chrono::milliseconds{75010});
  EXPECT_GT(most, std::chrono::milliseconds{99990});
  for (const int bin : bins) EXPECT_NEAR(bin, kDraws / 10, 300);  // five standard deviations
}

TEST(Jitter, TimesOfAnyLength_StayInRange) {
  for (const Duration full : {Duration{0}, Duration{1}, Duration{7}, Duration{seconds{1}}, Duration{seconds{65535}}}) {
    Jitter jitter(7);
    for (int i = 0; i < 100; ++i) {
      const Duration drawn = jitter.apply(full);
      EXPECT_GE(drawn, full - full / 4);
      EXPECT_LE(drawn, full);
    }
  }
}

TEST(Jitter, TheSameSeed_GivesTheSameSequence) {
  Jitter one(99);
  Jitter two(99);
  Jitter other(100);
  bool differs = false;

  for (int i = 0; i < 100; ++i) {
    const Duration drawn = one.apply(seconds{100});
    EXPECT_EQ(drawn, two.apply(seconds{100}));
    differs = differs || drawn != other.apply(seconds{100});
  }

  EXPECT_TRUE(differs);
}

// RFC 4271 10: a fresh value at each start of a timer
// Rules 4271-61
TEST(Jitter, EachUse_DrawsAfresh) {
  Jitter jitter(5);
  std::vector<Duration> drawn;
  for (int i = 0; i < 20; ++i) drawn.push_back(jitter.apply(seconds{100}));

  std::ranges::sort(drawn);

  EXPECT_EQ(std::ranges::adjacent_find(drawn), drawn.end());
}

TEST(Jitter, ACopy_GoesOnAsTheOriginalWould) {
  Jitter jitter(5);
  (void)jitter.apply(seconds{1});
  Jitter copy = jitter;

  EXPECT_EQ(copy, jitter);
  EXPECT_EQ(copy.apply(seconds{100}), jitter.apply(seconds{100}));
}

TEST(Jitter, AFork_HasASequenceOfItsOwn) {
  Jitter jitter(5);
  Jitter first = jitter.fork();
  Jitter second = jitter.fork();

  EXPECT_NE(first.apply(seconds{100}), second.apply(seconds{100}));
}

}  // namespace
}  // namespace bgp
