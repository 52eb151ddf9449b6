#include "bgp/testing/virtual_clock.hpp"

#include <gtest/gtest.h>

#include <string>

namespace bgp::test {
namespace {

using std::chrono::seconds;

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
