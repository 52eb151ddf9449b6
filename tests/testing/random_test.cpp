#include "bgp/testing/random.hpp"

#include <gtest/gtest.h>

#include <set>

namespace bgp::test {
namespace {

TEST(Random, SameSeed_GivesTheSameNumbersOnEveryPlatform) {
  Random random(1);

  EXPECT_EQ(random.next(), 0x910a2dec89025cc1U);
  EXPECT_EQ(random.next(), 0xbeeb8da1658eec67U);
}

TEST(Random, Bounds_AreKept) {
  Random random(2);
  std::set<std::uint64_t> seen;

  for (int i = 0; i < 200; ++i) {
    seen.insert(random.below(5));
    const Duration between = random.between(Duration{3}, Duration{4});
    EXPECT_TRUE(between == Duration{3} || between == Duration{4});
  }

  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(random.below(0), 0U);
}

}  // namespace
}  // namespace bgp::test
