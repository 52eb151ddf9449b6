// The Cease that says why we stop (RFC 4486, RFC 9003) and whether it is graceful (RFC 8538 5.1).
#include "bgp/session/stop.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

// Rules 4486-01
TEST(Stop, ByDefault_IsAdministrativeShutdownWithoutText) {
  EXPECT_EQ(Stop{}.notification(), (Notification{ErrorCode::Cease, 2, {}}));
  EXPECT_EQ(Stop::shutdown().notification(), (Notification{ErrorCode::Cease, 2, {}}));
  EXPECT_EQ(Stop::reset().notification(), (Notification{ErrorCode::Cease, 4, {}}));
}

TEST(Stop, Text_TravelsBehindItsLength) {
  EXPECT_EQ(Stop::shutdown("bye").notification(), (Notification{ErrorCode::Cease, 2, "03 627965"_hex}));
  EXPECT_EQ(Stop::reset("bye").notification(), (Notification{ErrorCode::Cease, 4, "03 627965"_hex}));
}

// RFC 9003 3: peers of unknown support take 128 octets; a character is not cut in two
// Rules 9003-05
TEST(Stop, TextBeyond128Octets_IsCutAtACharacter) {
  std::string text(127, 'a');
  text += "\u00fc";

  const Bytes data = Stop::shutdown(text).data;

  ASSERT_EQ(data.size(), 128U);
  EXPECT_EQ(data[0], 127);
  EXPECT_EQ(data.back(), 'a');
}

// Rules 4486-01
TEST(Stop, Deconfigured_IsCease3) {
  EXPECT_EQ(Stop::deconfigured().notification(), (Notification{ErrorCode::Cease, 3, {}}));
}

// RFC 4486 4
// Rules 4486-01 4486-02
TEST(Stop, MaximumPrefixes_CarriesFamilyAndBound) {
  EXPECT_EQ(Stop::maximum_prefixes(kIpv6Unicast, 100000).notification(),
            (Notification{ErrorCode::Cease, 1, "0002 01 000186a0"_hex}));
}

// RFC 8538 5.1
// Rules 8538-08
TEST(Stop, CeaseFiveToEight_IsGraceful_OthersAreNot) {
  for (std::uint8_t subcode = 0; subcode <= 11; ++subcode) {
    EXPECT_EQ((Stop{subcode, {}, false}.is_graceful()), subcode >= 5 && subcode <= 8) << int{subcode};
  }
}

// Rules 8538-08
TEST(Stop, AnAdministrativeReset_IsGracefulByTheOperatorsChoiceOnly) {
  Stop stop = Stop::reset();
  EXPECT_FALSE(stop.is_graceful());

  stop.graceful = true;
  EXPECT_TRUE(stop.is_graceful());
}

TEST(Stop, AShutdown_IsNotMadeGracefulByThatChoice) { EXPECT_FALSE((Stop{2, {}, true}.is_graceful())); }

}  // namespace
}  // namespace bgp
