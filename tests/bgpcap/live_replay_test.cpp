// What a live speaker answers is for tests/bgpd/replay_live_test.py.
#include "tools/bgpcap/live_replay.hpp"

#include <gtest/gtest.h>

namespace bgp::cap {
namespace {

std::string parsed(std::string_view text) {
  const auto target = parse_target(text);
  return target ? to_string(*target) : "none";
}

TEST(LiveReplay, Target_IsAHostWithOrWithoutPort) {
  EXPECT_EQ(parsed("192.0.2.1"), "192.0.2.1:179");
  EXPECT_EQ(parsed("192.0.2.1:1179"), "192.0.2.1:1179");
  EXPECT_EQ(parsed("localhost:1179"), "localhost:1179");
  EXPECT_EQ(parsed("2001:db8::1"), "[2001:db8::1]:179");
  EXPECT_EQ(parsed("[2001:db8::1]"), "[2001:db8::1]:179");
  EXPECT_EQ(parsed("[2001:db8::1]:1179"), "[2001:db8::1]:1179");
}

TEST(LiveReplay, WhatIsNoTarget_IsNone) {
  for (const char* text : {"", ":179", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:bgp", "a:b:1", "[::1",
                           "[localhost]", "[::1]1179", "[::1]:"}) {
    EXPECT_EQ(parsed(text), "none") << text;
  }
}

}  // namespace
}  // namespace bgp::cap
