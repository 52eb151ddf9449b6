// Random lives of real Sessions over virtual links: the invariants of docs/properties.md after every step, and a common
// connection when all is mended. A million steps over the batches below, each a ctest of its own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "bgp/testing/simulation.hpp"

#ifdef BGP_TEST_LIVES
#include <boost/json/serialize.hpp>

#include "tools/bgpsim/life.hpp"
#endif

namespace bgp::test {
namespace {

constexpr std::uint64_t kBatches = 8;
constexpr std::uint64_t kStepsOfABatch = 130000;

/// SIMULATION_STEPS: more or fewer steps of each batch than CI runs.
std::uint64_t wanted_steps() {
  const char* text = std::getenv("SIMULATION_STEPS");
  return text == nullptr ? kStepsOfABatch : std::strtoull(text, nullptr, 10);
}

/// For bgpsim check, where there is one.
std::string scenario_line([[maybe_unused]] const Plan& plan, [[maybe_unused]] const Violation& violation) {
#ifdef BGP_TEST_LIVES
  return "as a scenario file, for bgpsim check:\n" + boost::json::serialize(sim::to_json(plan, to_string(violation)));
#else
  return {};
#endif
}

class RandomLives : public testing::TestWithParam<std::uint64_t> {};

// Rules 4271-11 4271-30 4271-32 4271-38 4271-39 4271-41 4271-10 4271-55 4271-56 6286-03 9687-03
TEST_P(RandomLives, KeepEveryInvariant_AndMeetWhenAllIsMended) {
  const std::uint64_t wanted = wanted_steps();
  std::uint64_t steps = 0;
  std::uint64_t ups = 0;
  std::uint64_t lives = 0;

  for (std::uint64_t seed = GetParam() * 1000000; steps < wanted; ++seed, ++lives) {
    const Plan plan = random_plan(seed);
    const Outcome outcome = simulate(plan);
    steps += outcome.steps;
    ups += outcome.ups;
    if (!outcome.violation) continue;
    const char* shrinks = std::getenv("SIMULATION_SHRINK");  // "0": tests/plant_faults is in a hurry
    const bool smaller = shrinks == nullptr || std::string_view(shrinks) != "0";
    const Plan small = smaller ? shrink(plan, outcome.violation->invariant) : plan;
    const Outcome again = simulate(small);
    FAIL() << "\nseed " << seed << ", end " << outcome.end << ": " << to_string(*outcome.violation)
           << "\nmade smaller, end " << again.end << ": " << to_string(*again.violation) << "\n"
           << to_string(small) << scenario_line(small, *again.violation);
  }

  std::cout << lives << " lives, " << steps << " steps, " << ups << " sessions came up\n";
  EXPECT_GT(ups, lives);
}

INSTANTIATE_TEST_SUITE_P(Batch, RandomLives, testing::Range<std::uint64_t>(1, kBatches + 1));

TEST(Simulation, SamePlan_GivesTheSameOctetsAtTheSameTimes) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Outcome first = simulate(random_plan(seed));
    const Outcome second = simulate(random_plan(seed));

    EXPECT_EQ(first.digest, second.digest) << "seed " << seed;
    EXPECT_EQ(first.steps, second.steps);
  }
  EXPECT_NE(simulate(random_plan(1)).digest, simulate(random_plan(2)).digest);
}

}  // namespace
}  // namespace bgp::test
