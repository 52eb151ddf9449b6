// AS_PATH as a value; RFC 6793's two paths are tested in update_view_test.cpp.
#include "bgp/wire/as_path.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "support/printers.hpp"

namespace bgp {
namespace {

using enum SegmentType;

TEST(AsPath, Sequence_OfNothingIsTheEmptyPath) {
  EXPECT_EQ(AsPath::sequence({}), AsPath{});
  EXPECT_TRUE(AsPath::sequence({}).empty());
}

TEST(AsPath, Length_CountsASetOnceAndConfederationsNot) {  // RFC 4271 9.1.2.2 a, RFC 5065 5.3
  const AsPath path({{AsConfedSequence, {64512, 64513}}, {AsSequence, {1, 2, 3}}, {AsSet, {4, 5}}, {AsConfedSet, {6}}});

  EXPECT_EQ(path.length(), 4U);
  EXPECT_EQ(AsPath{}.length(), 0U);
}

TEST(AsPath, Contains_LooksIntoEverySegment) {  // RFC 4271 9.1.2
  const AsPath path({{AsSequence, {1, 2}}, {AsSet, {65536}}, {AsConfedSequence, {7}}});

  EXPECT_TRUE(path.contains(2));
  EXPECT_TRUE(path.contains(65536));
  EXPECT_TRUE(path.contains(7));
  EXPECT_FALSE(path.contains(3));
}

TEST(AsPath, Prepend_ToTheEmptyPathMakesASequence) {  // RFC 4271 5.1.2 b
  AsPath path;

  path.prepend(65001);

  EXPECT_EQ(path, AsPath::sequence({65001}));
}

TEST(AsPath, Prepend_GoesInFrontOfTheLeadingSequence) {
  AsPath path = AsPath::sequence({2, 3});

  path.prepend(1);

  EXPECT_EQ(path, AsPath::sequence({1, 2, 3}));
}

TEST(AsPath, Prepend_BeforeASetMakesASequenceOfItsOwn) {
  AsPath path({{AsSet, {2, 3}}});

  path.prepend(1);

  EXPECT_EQ(path, AsPath({{AsSequence, {1}}, {AsSet, {2, 3}}}));
}

TEST(AsPath, Prepend_ToAFullSegmentMakesANewOne) {
  std::vector<std::uint32_t> full(255);
  std::iota(full.begin(), full.end(), 1U);
  AsPath path = AsPath::sequence(full);

  path.prepend(1000);

  ASSERT_EQ(path.segments().size(), 2U);
  EXPECT_EQ(path.segments().front().asns, std::vector<std::uint32_t>{1000});
}

TEST(AsPath, Text_HasBracketsBySegmentType) {
  const AsPath path(
      {{AsSequence, {65001, 65002}}, {AsSet, {65003, 65004}}, {AsConfedSequence, {65010}}, {AsConfedSet, {65011, 1}}});

  EXPECT_EQ(to_string(path), "65001 65002 {65003 65004} (65010) [65011 1]");
  EXPECT_EQ(to_string(AsPath{}), "");
}

}  // namespace
}  // namespace bgp
