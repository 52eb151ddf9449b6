// Who survives a connection collision (RFC 4271 6.8, RFC 6286 2.3).
#include "bgp/session/collision.hpp"

#include <gtest/gtest.h>

namespace bgp {
namespace {

constexpr SpeakerId speaker(std::uint32_t identifier, std::uint32_t asn) { return {{identifier}, asn}; }

TEST(CollisionWinner, OurIdentifierIsLarger_TheConnectionWeOpenedSurvives) {
  EXPECT_EQ(collision_winner(speaker(0x0a000002, 65001), speaker(0x0a000001, 65002)), Direction::Outgoing);
}

TEST(CollisionWinner, ThePeersIdentifierIsLarger_TheConnectionItOpenedSurvives) {
  EXPECT_EQ(collision_winner(speaker(0x0a000001, 65002), speaker(0x0a000002, 65001)), Direction::Incoming);
}

// Rules 4271-39
TEST(CollisionWinner, Identifiers_CompareAsUnsignedNumbersInNetworkOrder) {
  // 240.0.0.1 is a negative number to who compares signed ones
  EXPECT_EQ(collision_winner(speaker(0xf0000001, 1), speaker(0x7fffffff, 1)), Direction::Outgoing);
  // 2.0.0.0 and 1.255.255.255 change places for who compares in the order of a little-endian host
  EXPECT_EQ(collision_winner(speaker(0x02000000, 1), speaker(0x01ffffff, 1)), Direction::Outgoing);
}

// RFC 6286 2.3
// Rules 6286-03
TEST(CollisionWinner, EqualIdentifiers_TheLargerAsDecides) {
  EXPECT_EQ(collision_winner(speaker(5, 65002), speaker(5, 65001)), Direction::Outgoing);
  EXPECT_EQ(collision_winner(speaker(5, 65001), speaker(5, 4200000001)), Direction::Incoming);
}

// Rules 4271-38
TEST(CollisionWinner, BothSides_ChooseTheSameConnection) {
  const SpeakerId speakers[] = {speaker(1, 1),          speaker(1, 2),          speaker(2, 1),
                                speaker(0x80000000, 1), speaker(0xffffffff, 1), speaker(1, 4294967295)};
  for (const SpeakerId& a : speakers) {
    for (const SpeakerId& b : speakers) {
      if (a.identifier == b.identifier && a.asn == b.asn) continue;
      EXPECT_NE(collision_winner(a, b), collision_winner(b, a));
    }
  }
}

TEST(DirectionName, IsAWord) {
  EXPECT_EQ(to_string(Direction::Outgoing), "outgoing");
  EXPECT_EQ(to_string(Direction::Incoming), "incoming");
}

}  // namespace
}  // namespace bgp
