// ROUTE-REFRESH both ways (RFC 2918 3, RFC 7313 3.2 and 5, RFC 5291 5).
#include "bgp/wire/route_refresh.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

Bytes message(const Bytes& body) { return framed(MessageType::RouteRefresh, body); }

TEST(RouteRefresh, Request_IsReadAndWritten) {
  const RouteRefresh refresh{kIpv6Unicast, RefreshSubtype::Request, {}};

  EXPECT_EQ(hex_of(encode_route_refresh(refresh)), hex_of("ffff... 0017 05 0002 00 01"_hex));
  EXPECT_EQ(decode_route_refresh(message("0002 00 01"_hex), false), refresh);
  EXPECT_EQ(decode_route_refresh(message("0002 00 01"_hex), true), refresh);
}

TEST(RouteRefresh, Borders_AreReadAndWritten) {  // RFC 7313 3.2
  const RouteRefresh begin{kIpv4Unicast, RefreshSubtype::BeginningOfRefresh, {}};
  const RouteRefresh end{kIpv4Unicast, RefreshSubtype::EndOfRefresh, {}};

  EXPECT_EQ(encode_route_refresh(begin), message("0001 01 01"_hex));
  EXPECT_EQ(encode_route_refresh(end), message("0001 02 01"_hex));
  EXPECT_EQ(decode_route_refresh(message("0001 01 01"_hex), true), begin);
  EXPECT_EQ(decode_route_refresh(message("0001 02 01"_hex), true), end);
}

// Rules 7313-06
TEST(RouteRefresh, OtherSubtype_IsKept) {  // RFC 7313 5: a session ignores it
  const auto refresh = decode_route_refresh(message("0001 03 01"_hex), true);

  ASSERT_TRUE(refresh.has_value());
  EXPECT_EQ(static_cast<int>(refresh->subtype), 3);
  EXPECT_EQ(encode_route_refresh(*refresh), message("0001 03 01"_hex));
}

TEST(RouteRefresh, WithoutEnhanced_TheSubtypeIsReserved) {  // RFC 2918 3
  EXPECT_EQ(decode_route_refresh(message("0001 02 01"_hex), false), (RouteRefresh{kIpv4Unicast, {}, {}}));
}

TEST(RouteRefresh, Orf_IsKeptAsOctets) {  // RFC 5291 5
  const RouteRefresh refresh{kIpv4Unicast, RefreshSubtype::Request, "01 40 0000"_hex};

  EXPECT_EQ(decode_route_refresh(message("0001 00 01 01 40 0000"_hex), true), refresh);
  EXPECT_EQ(encode_route_refresh(refresh), message("0001 00 01 01 40 0000"_hex));
}

TEST(RouteRefresh, TooShort_IsBadMessageLength) {  // RFC 4271 6.1
  for (const char* body : {"", "00", "0001", "0001 00"}) {
    const Bytes octets = message(octets_of_hex(body));
    const Bytes length{0, static_cast<std::uint8_t>(octets.size())};
    for (const bool enhanced : {false, true}) {
      const auto refresh = decode_route_refresh(octets, enhanced);
      ASSERT_FALSE(refresh.has_value()) << body;
      EXPECT_EQ(refresh.error(), (Notification{ErrorCode::MessageHeader, 2, length}));
    }
  }
}

// Rules 7313-05
TEST(RouteRefresh, BorderOfOtherLength_IsInvalidMessageLengthWithTheMessage) {  // RFC 7313 5
  for (const char* body : {"0001 01", "0001 02", "0001 01 01 00", "0001 02 01 01400000"}) {
    const Bytes octets = message(octets_of_hex(body));

    const auto refresh = decode_route_refresh(octets, true);

    ASSERT_FALSE(refresh.has_value()) << body;
    EXPECT_EQ(refresh.error(), (Notification{ErrorCode::RouteRefreshMessage, 1, octets}));
  }
}

// Rules 7313-05
TEST(RouteRefresh, BorderOfOtherLengthWithoutEnhanced_IsAnOrdinaryRequest) {  // RFC 7313 5
  EXPECT_TRUE(decode_route_refresh(message("0001 01 01 00"_hex), false).has_value());
}

TEST(RouteRefresh, Text_NamesFamilyAndSubtype) {
  EXPECT_EQ(to_string(RouteRefresh{kIpv4Unicast, RefreshSubtype::Request, {}}), "ipv4-unicast request");
  EXPECT_EQ(to_string(RouteRefresh{kIpv6Unicast, RefreshSubtype::BeginningOfRefresh, {}}), "ipv6-unicast BoRR");
  EXPECT_EQ(to_string(RouteRefresh{kIpv4Unicast, RefreshSubtype::EndOfRefresh, {}}), "ipv4-unicast EoRR");
  EXPECT_EQ(to_string(RouteRefresh{kIpv4Unicast, static_cast<RefreshSubtype>(9), {1}}),
            "ipv4-unicast subtype 9 orf immediate");
  EXPECT_EQ(to_string(RouteRefresh{kIpv4Unicast, RefreshSubtype::Request, "01 40 0001 80"_hex}),
            "ipv4-unicast request orf immediate, address-prefix remove-all");
  EXPECT_EQ(to_string(RouteRefresh{kIpv4Unicast, RefreshSubtype::Request, "01 40 0002 80"_hex}),
            "ipv4-unicast request orf 0x0140000280");
}

}  // namespace
}  // namespace bgp
