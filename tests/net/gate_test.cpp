#include "gate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace bgp::test {
namespace {

using net::Gate;

TEST(Gate, Shut_LetsNobodyIn) {
  Gate gate;
  int turns = 0;
  gate.enter([&] { ++turns; });

  gate.shut([&] { turns += 10; });
  gate.enter([&] { ++turns; });
  gate.shut([&] { turns += 10; });

  EXPECT_EQ(turns, 11);
  EXPECT_FALSE(gate.open());
}

TEST(Gate, ShutFromInsideATurn_TakesEffectAtOnce) {
  Gate gate;
  bool open_after = true;
  bool nested = false;

  gate.enter([&] {
    gate.shut([] {});
    open_after = gate.open();
    gate.enter([&] { nested = true; });
  });

  EXPECT_FALSE(open_after);
  EXPECT_FALSE(nested);
}

TEST(Gate, ShutOnAnotherThread_WaitsForTheTurnUnderWay) {
  Gate gate;
  std::atomic<bool> inside = false;
  std::atomic<bool> shut = false;
  bool shut_during_turn = true;
  std::thread other([&] {
    gate.enter([&] {
      inside = true;
      for (int i = 0; i < 10'000; ++i) std::this_thread::yield();
      shut_during_turn = shut;
    });
  });
  while (!inside) std::this_thread::yield();

  gate.shut([&] { shut = true; });
  EXPECT_FALSE(shut_during_turn);  // not a race: the turn is over

  other.join();
}

}  // namespace
}  // namespace bgp::test
