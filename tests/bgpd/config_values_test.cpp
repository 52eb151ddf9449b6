#include "bgpd/config_values.hpp"

#include <gtest/gtest.h>

#include <string>

namespace bgp::daemon {
namespace {

const Key& key(Section section, std::string_view name) { return *find_key(section, name); }

TEST(ConfigValues, IntegersAreAcceptedFromLeastToMostAndZeroWhereItMeansSomething) {
  const Key& hold_time = key(Section::Neighbor, "hold_time");
  const Key& port = key(Section::Global, "port");

  for (const std::int64_t good : {0, 3, 90, 65535}) EXPECT_TRUE(accepts(hold_time, good)) << good;
  for (const std::int64_t bad : {-1, 1, 2, 65536}) EXPECT_FALSE(accepts(hold_time, bad)) << bad;
  EXPECT_FALSE(accepts(port, std::int64_t{0}));
  EXPECT_TRUE(accepts(key(Section::Global, "asn"), std::int64_t{4294967295}));
  EXPECT_FALSE(accepts(key(Section::Global, "asn"), std::int64_t{4294967296}));
}

TEST(ConfigValues, ListenTakesWildcardsAndNeighborsDoNot) {
  const Key& listen = key(Section::Global, "listen");
  const Key& address = key(Section::Neighbor, "address");

  for (const char* text : {"0.0.0.0", "::", "127.0.0.1", "2001:db8::1"}) EXPECT_TRUE(accepts(listen, text)) << text;
  for (const char* text : {"127.0.0.1", "223.255.255.255", "::1", "2001:db8::1"}) {
    EXPECT_TRUE(accepts(address, text)) << text;
  }
  for (const char* text : {"0.0.0.0", "::", "224.0.0.5", "255.255.255.255", "ff02::1", "fe80::1", "febf::1", "10.0.0",
                           "10.0.0.1/24", "router", ""}) {
    EXPECT_FALSE(accepts(address, text)) << text;
  }
  EXPECT_TRUE(accepts(address, "fec0::1"));
}

TEST(ConfigValues, NextHopsAreOfTheirFamily) {
  EXPECT_TRUE(accepts(key(Section::Neighbor, "next_hop_ipv4"), "192.0.2.1"));
  EXPECT_FALSE(accepts(key(Section::Neighbor, "next_hop_ipv4"), "2001:db8::1"));
  EXPECT_TRUE(accepts(key(Section::Neighbor, "next_hop_ipv6"), "2001:db8::1"));
  EXPECT_FALSE(accepts(key(Section::Neighbor, "next_hop_ipv6"), "192.0.2.1"));
}

TEST(ConfigValues, TextIsBoundedInOctets) {
  const Key& text = key(Section::Global, "shutdown_text");

  EXPECT_TRUE(accepts(text, std::string(128, 'x')));
  EXPECT_FALSE(accepts(text, std::string(129, 'x')));
}

TEST(ConfigValues, ChoicesPrefixesAndCommunities) {
  EXPECT_TRUE(accepts(key(Section::Neighbor, "collision"), "rfc4271"));
  EXPECT_FALSE(accepts(key(Section::Neighbor, "collision"), "RFC4271"));
  EXPECT_TRUE(accepts(key(Section::Network, "prefix"), "10.0.0.0/8"));
  EXPECT_FALSE(accepts(key(Section::Network, "prefix"), "10.0.0.1/8"));
  EXPECT_TRUE(accepts(key(Section::Network, "communities"), "no-export"));
  EXPECT_FALSE(accepts(key(Section::Network, "communities"), "65536:1"));
  EXPECT_TRUE(accepts(key(Section::Network, "large_communities"), "4294967295:0:1"));
  EXPECT_FALSE(accepts(key(Section::Network, "large_communities"), "1:2"));
  EXPECT_FALSE(accepts(key(Section::Global, "router_id"), "0.0.0.0"));
}

TEST(ConfigValues, ExpectationsReadAsWords) {
  EXPECT_EQ(expectation(key(Section::Neighbor, "hold_time")), "0 or 3 to 65535 (seconds)");
  EXPECT_EQ(expectation(key(Section::Global, "port")), "1 to 65535");
  EXPECT_EQ(expectation(key(Section::Neighbor, "passive")), "true or false");
  EXPECT_EQ(expectation(key(Section::Network, "origin")), R"("igp", "egp" or "incomplete")");
  EXPECT_EQ(expectation(key(Section::Global, "shutdown_text")), "text of at most 128 octets");
}

TEST(ConfigValues, SuggestsTheNearestChoiceAndThePrefixWithoutHostBits) {
  EXPECT_EQ(suggestion(key(Section::Neighbor, "families"), "ipv4-unicst"), "ipv4-unicast");
  EXPECT_EQ(suggestion(key(Section::Neighbor, "families"), "evpn"), std::nullopt);
  EXPECT_EQ(suggestion(key(Section::Network, "prefix"), "192.0.2.129/25"), "192.0.2.128/25");
  EXPECT_EQ(suggestion(key(Section::Network, "prefix"), "2001:db8::1/32"), "2001:db8::/32");
  EXPECT_EQ(suggestion(key(Section::Network, "prefix"), "192.0.2.0/33"), std::nullopt);
  EXPECT_EQ(suggestion(key(Section::Network, "prefix"), "192.0.2.0"), std::nullopt);
  EXPECT_EQ(suggestion(key(Section::Neighbor, "address"), "10.0.0.l"), std::nullopt);
}

}  // namespace
}  // namespace bgp::daemon
