#include "bgpd/spelling.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bgp::daemon {
namespace {

TEST(Spelling, EachKindOfTypingErrorCostsOne) {
  EXPECT_EQ(edit_distance("hold_time", "hold_time"), 0U);
  EXPECT_EQ(edit_distance("hold_tme", "hold_time"), 1U);
  EXPECT_EQ(edit_distance("hold_timee", "hold_time"), 1U);
  EXPECT_EQ(edit_distance("hold-time", "hold_time"), 1U);
  EXPECT_EQ(edit_distance("hodl_time", "hold_time"), 1U);
  EXPECT_EQ(edit_distance("", "asn"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Spelling, NearestIsTheClosestOfThoseThatAreCloseEnough) {
  const std::vector<std::string_view> known{"port", "passive", "local_port"};

  EXPECT_EQ(nearest("prot", known), "port");
  EXPECT_EQ(nearest("local_prt", known), "local_port");
  EXPECT_EQ(nearest("pasive", known), "passive");
}

TEST(Spelling, WhatIsTooFarAwayHasNoNearest) {
  const std::vector<std::string_view> known{"port", "asn"};

  EXPECT_EQ(nearest("community", known), std::nullopt);
  EXPECT_EQ(nearest("xyz", known), std::nullopt);
  EXPECT_EQ(nearest(std::string(100'000, 'a'), known), std::nullopt);
}

}  // namespace
}  // namespace bgp::daemon
