// What every value of OPEN, NOTIFICATION and ROUTE-REFRESH has in common: written and read it is itself, and no end of
// it that is missing is overlooked.
#include <gtest/gtest.h>

#include "support/generate_open.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

constexpr std::uint64_t kSeeds = 300;

BytesView body_of(const Bytes& message) { return BytesView(message).subspan(kHeaderSize); }

TEST(CapabilityProperty, AnyValue_IsWhatItWasWhenWrittenAndRead) {
  for (std::uint64_t seed = 0; seed < 20 * kSeeds; ++seed) {
    const Capability capability = OpenGenerator(seed).capability();
    const Bytes octets = encode_capability(capability);

    EXPECT_EQ(decode_capability(octets[0], BytesView(octets).subspan(2)), capability) << "seed " << seed;
    EXPECT_EQ(decode_capabilities(octets), std::vector<Capability>{capability}) << "seed " << seed;
    EXPECT_FALSE(to_string(capability).empty());
  }
}

// Rules 5492-01 5492-03 9072-01 9072-02 8654-03
TEST(OpenProperty, AnyOpen_IsWhatItWasWhenWrittenAndRead) {
  std::size_t extended = 0;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const OpenMessage open = OpenGenerator(seed).open(20);
    const Bytes message = encode_open(open);

    EXPECT_EQ(decode_open(body_of(message)), open) << "seed " << seed;
    EXPECT_LE(message.size(), kMaxMessageSize);
    const bool long_form = message.size() > 29 && message[29] == 255;
    EXPECT_EQ(long_form, message.size() - 29 > 255) << "seed " << seed;  // RFC 9072 2: only where it is needed
    extended += long_form ? 1 : 0;
  }
  EXPECT_GT(extended, kSeeds / 10);
}

// Rules 4271-25
TEST(OpenProperty, EveryTruncation_IsUnspecific) {
  for (std::uint64_t seed = 0; seed < kSeeds / 10; ++seed) {
    const Bytes message = encode_open(OpenGenerator(seed).open(12));
    const BytesView body = body_of(message);
    for (std::size_t size = 1; size < body.size(); ++size) {
      const auto open = decode_open(body.first(size));

      ASSERT_FALSE(open.has_value()) << "seed " << seed << " size " << size;
      EXPECT_EQ(open.error(), (Notification{ErrorCode::OpenMessage, open_error::kUnspecific, {}}));
    }
  }
}

TEST(NotificationProperty, AnyNotification_IsWhatItWasWhenWrittenAndRead) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Notification notification = OpenGenerator(seed).notification();

    EXPECT_EQ(decode_notification(body_of(encode_notification(notification))), notification) << "seed " << seed;
    EXPECT_FALSE(to_string(notification).empty());
  }
}

TEST(OrfProperty, AnyFilters_AreWhatTheyWereWhenWrittenAndRead) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    for (const Afi afi : {Afi::Ipv4, Afi::Ipv6}) {
      const OrfRefresh refresh = OpenGenerator(seed).orf(afi);

      EXPECT_EQ(decode_orf(afi, encode_orf(refresh)), refresh) << "seed " << seed;
      EXPECT_FALSE(to_string(refresh).empty());
    }
  }
}

TEST(RouteRefreshProperty, AnyMessage_IsWhatItWasWhenWrittenAndRead) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const RouteRefresh refresh = OpenGenerator(seed).route_refresh();

    EXPECT_EQ(decode_route_refresh(encode_route_refresh(refresh), true), refresh) << "seed " << seed;
    EXPECT_FALSE(to_string(refresh).empty());
  }
}

}  // namespace
}  // namespace bgp
