#include "tools/bgpcap/filter.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"
#include "support/update_body.hpp"

namespace bgp::cap {
namespace {

const Bytes kUpdate =
    framed(MessageType::Update, update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop, bgp::kNlri));
const Bytes kKeepalive = framed(MessageType::Keepalive, {});

bool passes(std::string_view terms, const Bytes& message, MessageType type) {
  Filter filter;
  EXPECT_TRUE(filter.add(terms)) << terms;
  return filter.passes(RawMessage{type, message}, DecodeContext{});
}

TEST(CapFilter, Empty_PassesEverything) {
  const Filter filter;

  EXPECT_TRUE(filter.empty());
  EXPECT_TRUE(filter.passes(RawMessage{MessageType::Keepalive, kKeepalive}, DecodeContext{}));
  EXPECT_TRUE(filter.passes(test::CapturedConnection{}));
  EXPECT_TRUE(filter.passes_others());
}

TEST(CapFilter, Type_IsOneOfThoseAskedFor) {
  EXPECT_TRUE(passes("type=update", kUpdate, MessageType::Update));
  EXPECT_FALSE(passes("type=open", kUpdate, MessageType::Update));
  EXPECT_TRUE(passes("type=open,type=UPDATE", kUpdate, MessageType::Update));
}

TEST(CapFilter, Prefix_IsThatOneOrOneWithin) {
  EXPECT_TRUE(passes("prefix=10.10.10.0/24", kUpdate, MessageType::Update));
  EXPECT_TRUE(passes("prefix=10.0.0.0/8", kUpdate, MessageType::Update));
  EXPECT_FALSE(passes("prefix=10.10.10.0/25", kUpdate, MessageType::Update));
  EXPECT_FALSE(passes("prefix=::/0", kUpdate, MessageType::Update)) << "another family";
  EXPECT_FALSE(passes("prefix=0.0.0.0/0", kKeepalive, MessageType::Keepalive));
}

TEST(CapFilter, DifferentKinds_MustAllFit) {
  EXPECT_FALSE(passes("type=open,prefix=10.0.0.0/8", kUpdate, MessageType::Update));
}

TEST(CapFilter, Peer_IsAnEndOfTheConnection) {
  test::CapturedConnection connection;
  connection.ends[1].address = IpAddress::v4(0xc0000202);
  Filter filter;
  ASSERT_TRUE(filter.add("peer=192.0.2.2"));
  Filter other;
  ASSERT_TRUE(other.add("peer=192.0.2.3"));

  EXPECT_TRUE(filter.passes(connection));
  EXPECT_FALSE(other.passes(connection));
}

TEST(CapFilter, WrongTerms_AreSaid) {
  for (const char* terms : {"peer=x", "type=x", "prefix=x", "port=179", "update"}) {
    Filter filter;
    EXPECT_FALSE(filter.add(terms).has_value()) << terms;
  }
  Filter filter;
  EXPECT_EQ(filter.add("type=hello").error(),
            "\"type=hello\" is no term of a filter: a type is open, update, notification, keepalive or route-refresh");
}

}  // namespace
}  // namespace bgp::cap
