#include "bgp/testing/virtual_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bgp/testing/random.hpp"

namespace bgp::test {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// The same without any art: all that is to happen in one sorted table.
class PlainClock {
 public:
  [[nodiscard]] TimePoint now() const { return now_; }
  void at(TimePoint time, VirtualClock::Happening what) { push(time, false, std::move(what)); }
  void at_end_of(TimePoint time, VirtualClock::Happening what) { push(time, true, std::move(what)); }
  void run(TimePoint end) {
    while (!table_.empty() && table_.begin()->first.first <= end) {
      const auto next = table_.extract(table_.begin());
      now_ = next.key().first;
      next.mapped()();
    }
    now_ = end;
  }

 private:
  void push(TimePoint time, bool last, VirtualClock::Happening what) {
    table_.emplace(std::pair(std::max(time, now_), last), std::move(what));  // equal keys keep the order of asking
  }

  TimePoint now_{};
  std::multimap<std::pair<TimePoint, bool>, VirtualClock::Happening> table_;
};

/// Each thing that happens asks for others, soon or at some time up to `longest` ahead, some of them at the very same
/// time.
template <class AnyClock>
std::vector<std::pair<TimePoint, int>> story(std::uint64_t seed, int beginnings, Duration longest) {
  AnyClock clock;
  Random random(seed);
  std::vector<std::pair<TimePoint, int>> story;
  int asked = 0;
  const auto a_time = [&] {
    switch (random.below(4)) {
      case 0: return clock.now();
      case 1: return clock.now() + seconds{random.below(3)};
      case 2: return clock.now() + random.between(milliseconds{1}, milliseconds{50});
      default: return clock.now() + random.between(milliseconds{1}, longest);
    }
  };
  const auto ask = [&](const auto& again) -> void {
    const auto happens = [&, number = asked++] {
      story.emplace_back(clock.now(), number);
      for (std::uint64_t more = random.below(3); more > 0 && asked < 20'000; --more) again(again);
    };
    if (random.one_in(2)) {
      clock.at(a_time(), happens);
    } else {
      clock.at_end_of(a_time(), happens);
    }
  };
  for (int i = 0; i < beginnings; ++i) ask(ask);
  for (int part = 1; part <= 100; ++part) clock.run(TimePoint{part * longest / 2});
  return story;
}

TEST(VirtualClock, Happenings_ComeInTheOrderOfTimeAndThenOfAsking) {
  VirtualClock clock;
  std::string order;

  clock.at(TimePoint{seconds{2}}, [&] { order += 'c'; });
  clock.at_end_of(TimePoint{seconds{1}}, [&] { order += 'b'; });
  clock.at(TimePoint{seconds{1}}, [&] { order += 'a'; });
  clock.at(TimePoint{seconds{2}}, [&] { order += 'd'; });
  clock.run(TimePoint{seconds{3}});

  EXPECT_EQ(order, "abcd");
  EXPECT_EQ(clock.now(), TimePoint{seconds{3}});
}

TEST(VirtualClock, ThousandsOfHappenings_ComeAsFromOneSortedTable) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const int beginnings : {1, 20, 1000}) {
      for (const Duration longest : {Duration{hours{2}}, Duration{seconds{4}}}) {
        const auto expected = story<PlainClock>(seed, beginnings, longest);
        ASSERT_EQ(story<VirtualClock>(seed, beginnings, longest), expected) << "seed " << seed << ", " << beginnings;
      }
    }
  }
}

TEST(VirtualClock, WhatIsAskedForWhileTheRestIsFar_OvertakesNothing) {
  VirtualClock clock;
  std::vector<TimePoint> times;
  const auto ask = [&](milliseconds time) { clock.at(TimePoint{time}, [&] { times.push_back(clock.now()); }); };
  for (int i = 0; i < 200; ++i) ask(milliseconds{1});
  for (int i = 1; i <= 40; ++i) ask(milliseconds{20 * i});
  clock.run(TimePoint{milliseconds{1}});

  ask(milliseconds{1000});
  clock.run(TimePoint{seconds{2}});

  EXPECT_EQ(times.size(), 241U);
  EXPECT_TRUE(std::ranges::is_sorted(times));
}

TEST(VirtualClock, Next_IsTheEarliestWherever_ItWaits) {
  for (const Duration apart : {milliseconds{20}, milliseconds{1000}}) {
    VirtualClock clock;
    for (int i = 2000; i > 0; --i) clock.at(TimePoint{i * apart}, [] {});

    for (int i = 1; i <= 2000; ++i) {
      ASSERT_EQ(clock.next(), TimePoint{i * apart});
      ASSERT_TRUE(clock.step(TimePoint::max()));
    }
    EXPECT_EQ(clock.next(), std::nullopt);
  }
}

TEST(VirtualClock, Lookout_HearsOfEachSubjectInTimeAndOfNobodyElse) {
  constexpr VirtualClock::Subject kSubjects = 1000;
  VirtualClock clock;
  std::vector<std::string> stages(kSubjects), before(kSubjects);
  clock.look_ahead([&](VirtualClock::Subject subject, unsigned stage) { stages.at(subject) += std::to_string(stage); });
  for (VirtualClock::Subject subject = 0; subject < kSubjects; ++subject) {
    clock.at(TimePoint{seconds{subject + 1}}, [&, subject] { before[subject] = stages[subject]; }, subject);
    clock.at(TimePoint{seconds{subject + 1}}, [] {});
  }

  clock.run(TimePoint{seconds{kSubjects}});

  EXPECT_EQ(std::ranges::count(before, "012"), kSubjects - 4) << "all but the first, which have nothing in front";
}

TEST(VirtualClock, WhatIsAskedForInThePast_HappensNow) {
  VirtualClock clock;
  clock.run(TimePoint{seconds{5}});
  TimePoint happened;

  clock.at(TimePoint{seconds{1}}, [&] { happened = clock.now(); });
  clock.run(TimePoint{seconds{6}});

  EXPECT_EQ(happened, TimePoint{seconds{5}});
}

TEST(VirtualClock, WhatIsBehindTheEnd_WaitsForItsTime) {
  VirtualClock clock;
  bool happened = false;
  clock.at(TimePoint{seconds{2}}, [&] { happened = true; });

  clock.run(TimePoint{seconds{1}});

  EXPECT_FALSE(happened);
  EXPECT_EQ(clock.next(), TimePoint{seconds{2}});
}

}  // namespace
}  // namespace bgp::test
