#include "tools/bgpcap/path_text.hpp"

#include <gtest/gtest.h>

namespace bgp::cap {
namespace {

using Path = std::vector<PathPiece>;

TEST(CapPathText, EveryKindOfSegment_HasItsBrackets) {
  EXPECT_EQ(parse_path("1 2 {4,3} (5 6) [7,8]"), (Path{{' ', {1, 2}}, {'{', {3, 4}}, {'(', {5, 6}}, {'[', {7, 8}}}));
  EXPECT_EQ(parse_path(""), Path{});
}

TEST(CapPathText, Sets_AreSortedWithoutRepeats) { EXPECT_EQ(parse_path("{3 1 3 2}"), parse_path("{1,2,3}")); }

TEST(CapPathText, NumbersWithADot_AreTheSame) { EXPECT_EQ(parse_path("1.0 0.65001"), parse_path("65536 65001")); }

TEST(CapPathText, WhatIsNoPath_IsNothing) {
  for (const char* text : {"a", "{1", "1}", "{1)", "{{1}}", "1.65536", "4294967296", "1."}) {
    EXPECT_EQ(parse_path(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace bgp::cap
