#include "tcp_direction.hpp"

#include <gtest/gtest.h>

#include <string>

namespace bgp::test {
namespace {

BytesView octets(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

/// All that can be taken, gaps as "(3)".
std::string taken(TcpDirection& direction) {
  std::string text;
  while (const auto piece = direction.take()) {
    if (piece->gap != 0) text += '(' + std::to_string(piece->gap) + ')';
    for (const std::uint8_t octet : piece->octets) text += static_cast<char>(octet);
  }
  return text;
}

TcpDirection begun(std::uint32_t sequence = 99) {
  TcpDirection direction;
  direction.begin(sequence);
  return direction;
}

TEST(TcpDirection, InOrder_IsTakenAtOnce) {
  TcpDirection direction = begun();

  direction.add(100, octets("abc"));
  EXPECT_EQ(taken(direction), "abc");
  direction.add(103, octets("def"));
  EXPECT_EQ(taken(direction), "def");
  EXPECT_EQ(direction.next(), 106U);
}

TEST(TcpDirection, Retransmission_IsCountedAndNotTakenAgain) {
  TcpDirection direction = begun();
  direction.add(100, octets("abcdef"));
  EXPECT_EQ(taken(direction), "abcdef");

  direction.add(100, octets("abc"));
  direction.add(103, octets("def"));

  EXPECT_EQ(taken(direction), "");
  EXPECT_EQ(direction.retransmitted(), 2U);
}

TEST(TcpDirection, Overlap_GivesWhatIsNew) {
  TcpDirection direction = begun();
  direction.add(100, octets("abcd"));
  EXPECT_EQ(taken(direction), "abcd");

  direction.add(102, octets("cdef"));

  EXPECT_EQ(taken(direction), "ef");
}

TEST(TcpDirection, OutOfOrder_WaitsForWhatIsMissing) {
  TcpDirection direction = begun();

  direction.add(106, octets("ghi"));
  direction.add(103, octets("def"));
  direction.add(105, octets("fg"));
  EXPECT_EQ(taken(direction), "");
  EXPECT_FALSE(direction.in_order());
  direction.add(100, octets("abc"));

  EXPECT_EQ(taken(direction), "abcdefghi");
  EXPECT_EQ(direction.out_of_order(), 3U);
  EXPECT_TRUE(direction.in_order());
}

TEST(TcpDirection, WhatTheOtherSideHas_IsAGapAtOnce) {
  TcpDirection direction = begun();
  direction.add(103, octets("def"));
  direction.acknowledge(103);
  EXPECT_EQ(taken(direction), "") << "not yet known to have been received: it may come again";

  direction.acknowledge(106);

  EXPECT_EQ(taken(direction), "(3)def");
}

TEST(TcpDirection, Finish_GivesWhatWaits) {
  TcpDirection direction = begun();
  direction.add(101, octets("b"));
  direction.add(105, octets("f"));

  direction.finish();

  EXPECT_EQ(taken(direction), "(1)b(3)f");
}

TEST(TcpDirection, TooMuchThatWaits_IsAGap) {
  TcpDirection direction = begun();
  const Bytes much(60000, 'x');
  std::string text;
  std::uint32_t at = 200;
  for (int i = 0; i < 80; ++i, at += 60000) {
    direction.add(at, much);
    text += taken(direction).substr(0, 5);
  }

  EXPECT_EQ(text.substr(0, 5), "(100)");
}

TEST(TcpDirection, SequenceNumbers_WrapAround) {
  TcpDirection direction = begun(0xfffffffc);
  direction.add(0xfffffffd, octets("ab"));
  direction.add(3, octets("gh"));

  direction.add(0xffffffff, octets("cdef"));

  EXPECT_EQ(taken(direction), "abcdefgh");
}

TEST(TcpDirection, WithoutASyn_BeginsWithItsFirstOctets) {
  TcpDirection direction;

  direction.add(5000, octets("abc"));
  direction.add(4999, octets("x"));

  EXPECT_EQ(taken(direction), "abc");
}

TEST(TcpDirection, SynThatCountsForNothing_IsToldFromFastOpen) {
  TcpDirection honest = begun();
  honest.add(100, octets("abc"));
  EXPECT_EQ(taken(honest), "abc");
  honest.add(103, octets("def"));
  EXPECT_EQ(taken(honest), "def");
  EXPECT_FALSE(honest.inconsistent());

  TcpDirection generated = begun();
  generated.add(100, octets("abc"));
  EXPECT_EQ(taken(generated), "abc");
  generated.add(102, octets("def"));
  EXPECT_EQ(taken(generated), "def");
  EXPECT_TRUE(generated.inconsistent());
}

TEST(TcpDirection, RepeatedSyn_ChangesNothing) {
  TcpDirection direction = begun();
  direction.add(100, octets("abc"));
  EXPECT_EQ(taken(direction), "abc");

  direction.begin(102);

  EXPECT_EQ(direction.next(), 103U);
}

}  // namespace
}  // namespace bgp::test
