// What a neighbor is told, as it hears it.
#include "bgpd/outbound.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

#include "bgpd/two_sessions.hpp"
#include "support/printers.hpp"

namespace bgp::daemon {
namespace {

using Lines = std::vector<std::string>;

std::string network(const std::string& prefix, const std::string& more = "") {
  return "[[network]]\nprefix = \"" + prefix + "\"\n" + more;
}

Lines heard_with(TwoSessionsOptions options) {
  TwoSessions two(std::move(options));
  two.establish();
  return two.neighbor().heard;
}

// More than the writer gathers before it looks for room: one large group of equal attributes, and many small ones.
constexpr std::size_t kManyCount = 6000 + 600;
const std::string kMany = [] {
  std::string text;
  for (int i = 0; i < 6000; ++i) {
    text += network("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250) + "/32");
  }
  for (int i = 0; i < 600; ++i) {
    text += network("10.1." + std::to_string(i / 250) + "." + std::to_string(i % 250) + "/32",
                    "med = " + std::to_string(i) + "\n");
  }
  return text;
}();

TwoSessionsOptions narrow() {
  return {.networks = kMany, .send_queue_octets = 100, .neighbor_extended_message = false};
}

TEST(Outbound, ExternalNeighbor_SeesOurAsInFrontAndNoLocalPref) {
  EXPECT_EQ(heard_with({.networks = network("10.0.0.0/8", "as_path = [65010]\nmed = 5\nlocal_pref = 200\n")}).front(),
            "announce 10.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001 65010 med 5");
}

// Rules 8950-02
TEST(Outbound, Ipv4OverAnIpv6Session_HasAnIpv6NextHopWhereBothOfferIt) {
  const auto heard = [](const std::string& keys, bool neighbor) {
    return heard_with({.networks = network("10.0.0.0/8"),
                       .neighbor_keys = keys,
                       .ipv6_session = true,
                       .neighbor_extended_next_hop = neighbor})
        .front();
  };

  EXPECT_EQ(heard("extended_next_hop = true\n", true),
            "announce 10.0.0.0/8 next-hop 2001:db8:ffff::1 origin igp as-path 65001");
  EXPECT_EQ(heard("extended_next_hop = true\nnext_hop_ipv6 = \"2001:db8::9\"\n", true),
            "announce 10.0.0.0/8 next-hop 2001:db8::9 origin igp as-path 65001");
  EXPECT_EQ(heard("extended_next_hop = true\nnext_hop_ipv4 = \"192.0.2.9\"\n", true),
            "announce 10.0.0.0/8 next-hop 192.0.2.9 origin igp as-path 65001");
  EXPECT_EQ(heard("extended_next_hop = true\n", false), "end-of-rib ipv4-unicast");
  EXPECT_EQ(heard("", true), "end-of-rib ipv4-unicast");
}

TEST(Outbound, InternalNeighbor_SeesLocalPrefAndAnEmptyPath) {
  const std::string networks = network("10.0.0.0/8") + network("11.0.0.0/8", "local_pref = 200\norigin = \"egp\"\n");

  const Lines heard = heard_with({.networks = networks, .internal = true});

  EXPECT_EQ(heard.at(0), "announce 10.0.0.0/8 next-hop 192.0.2.1 origin igp local-pref 100");
  EXPECT_EQ(heard.at(1), "announce 11.0.0.0/8 next-hop 192.0.2.1 origin egp local-pref 200");
}

TEST(Outbound, CommunitiesTravel) {
  EXPECT_EQ(heard_with({.networks = network("10.0.0.0/8",
                                            "communities = [\"65001:1\", \"no-export\"]\n"
                                            "large_communities = [\"65001:1:2\"]\n")})
                .front(),
            "announce 10.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001 communities 65001:1 no-export "
            "large-communities 65001:1:2");
}

TEST(Outbound, NextHop_IsTheNetworksThenTheNeighborsThenTheSessions) {
  const std::string keys = "next_hop_ipv4 = \"192.0.2.7\"\nnext_hop_ipv6 = \"2001:db8::7\"\n";
  const std::string networks = network("10.0.0.0/8", "next_hop = \"192.0.2.8\"\n") + network("11.0.0.0/8") +
                               network("2001:db8:1::/48", "next_hop = \"2001:db8::8\"\n") + network("2001:db8:2::/48");

  EXPECT_EQ(
      heard_with({.networks = networks, .neighbor_keys = keys}),
      (Lines{"announce 10.0.0.0/8 next-hop 192.0.2.8 origin igp as-path 65001",
             "announce 11.0.0.0/8 next-hop 192.0.2.7 origin igp as-path 65001", "end-of-rib ipv4-unicast",
             "announce 2001:db8:1::/48 next-hop 2001:db8::8 origin igp as-path 65001",
             "announce 2001:db8:2::/48 next-hop 2001:db8::7 origin igp as-path 65001", "end-of-rib ipv6-unicast"}));
}

TEST(Outbound, Ipv6Session_IsTheNextHopOfIpv6) {
  TwoSessions two({.networks = network("2001:db8:1::/48") + network("10.0.0.0/8"), .ipv6_session = true});

  two.establish();

  EXPECT_EQ(two.neighbor().heard, (Lines{"end-of-rib ipv4-unicast",
                                         "announce 2001:db8:1::/48 next-hop 2001:db8:ffff::1 origin igp as-path 65001",
                                         "end-of-rib ipv6-unicast"}));
  EXPECT_EQ(two.said("not announced"),
            Lines{"not announced for want of a next hop (the session's own address is of the other family; set "
                  "next_hop_ipv4 or next_hop_ipv6): 10.0.0.0/8"});
}

TEST(Outbound, Ipv4SessionWithoutANextHopForIpv6_LeavesThoseOutAndSaysSoOnce) {
  TwoSessions two({.networks = network("2001:db8:1::/48") + network("2001:db8:2::/48") + network("10.0.0.0/8")});

  two.establish();

  EXPECT_EQ(two.neighbor().heard, (Lines{"announce 10.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001",
                                         "end-of-rib ipv4-unicast", "end-of-rib ipv6-unicast"}));
  EXPECT_EQ(two.said("not announced").size(), 1U);
}

TEST(Outbound, FamilyThatWasNotNegotiated_IsNotTold) {
  const std::string networks = network("10.0.0.0/8") + network("2001:db8:1::/48", "next_hop = \"2001:db8::8\"\n");

  EXPECT_EQ(
      heard_with({.networks = networks, .neighbor_families = {kIpv6Unicast}}),
      (Lines{"announce 2001:db8:1::/48 next-hop 2001:db8::8 origin igp as-path 65001", "end-of-rib ipv6-unicast"}));
}

TEST(Outbound, NetworksWithEqualAttributes_ShareAnUpdate) {
  TwoSessions two({.networks = network("10.0.0.0/8") + network("11.0.0.0/8", "med = 1\n") + network("12.0.0.0/8")});

  two.establish();

  EXPECT_EQ(two.neighbor().heard.at(0), "announce 10.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001");
  EXPECT_EQ(two.neighbor().heard.at(1), "announce 12.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001");
  EXPECT_EQ(two.neighbor().heard.at(2), "announce 11.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001 med 1");
}

TEST(Outbound, NetworksThatComeChangeAndGo_AreToldOneByOne) {
  TwoSessions two({.networks = network("10.0.0.0/8") + network("11.0.0.0/8")});
  two.establish();
  two.neighbor().heard.clear();
  NetworkConfig added;
  added.prefix = *Prefix::parse("12.0.0.0/8");

  two.networks().put(added);
  added.med = 7;
  two.networks().put(added);
  EXPECT_TRUE(two.networks().remove(*Prefix::parse("10.0.0.0/8")));
  EXPECT_FALSE(two.networks().remove(*Prefix::parse("10.0.0.0/9")));
  two.settle();

  EXPECT_EQ(two.neighbor().heard,
            (Lines{"announce 12.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001",
                   "announce 12.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001 med 7", "withdraw 10.0.0.0/8"}));
  EXPECT_EQ(two.peering().outbound().size(), 2U);
}

TEST(Outbound, ManyChangesAtOnce_TellWhatIsDifferentAndNothingElse) {
  TwoSessions two({.networks = network("10.0.0.0/8") + network("11.0.0.0/8") + network("12.0.0.0/8") +
                               network("2001:db8:1::/48", "next_hop = \"2001:db8::8\"\n")});
  two.establish();
  two.neighbor().heard.clear();
  std::vector<NetworkConfig> put(3);
  put[0].prefix = *Prefix::parse("12.0.0.0/8");
  put[0].med = 7;
  put[1].prefix = *Prefix::parse("9.0.0.0/8");
  put[2].prefix = *Prefix::parse("11.0.0.0/8");  // as it was

  two.networks().update({*Prefix::parse("10.0.0.0/8"), *Prefix::parse("2001:db8:1::/48")}, put);
  two.peering().renew();
  two.ours().want_write();
  two.settle();

  EXPECT_EQ(
      two.neighbor().heard,
      (Lines{"announce 9.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001", "withdraw 10.0.0.0/8",
             "announce 12.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001 med 7", "withdraw 2001:db8:1::/48"}));
  EXPECT_EQ(two.peering().outbound().size(), 3U);
}

TEST(Outbound, AChangeInOneFamily_DoesNotBeginTheOtherAgain) {
  TwoSessions two(narrow());
  NetworkConfig added;
  added.prefix = *Prefix::parse("2001:db8:1::/48");
  added.next_hop = IpAddress::parse("2001:db8::8");
  bool done = false;
  two.neighbor().on_line = [&](const std::string& line) {
    if (line.starts_with("announce 10.0.3.0/32 ") && !std::exchange(done, true)) two.networks().put(added);
  };

  two.establish();

  const auto firsts = std::ranges::count_if(
      two.neighbor().heard, [](const std::string& line) { return line.starts_with("announce 10.0.0.0/32 "); });
  EXPECT_EQ(firsts, 1);
}

TEST(Outbound, RenewedWithoutASessionOrWithoutAChange_TellsNothing) {
  TwoSessions two({.networks = network("10.0.0.0/8")});
  two.peering().renew();
  two.establish();
  two.neighbor().heard.clear();

  two.peering().renew();
  two.ours().want_write();
  two.settle();

  EXPECT_EQ(two.neighbor().heard, Lines{});
}

TEST(Outbound, OtherNextHopsOfTheNeighbor_AreTold) {
  TwoSessions two({.networks = network("10.0.0.0/8") + network("11.0.0.0/8", "next_hop = \"192.0.2.8\"\n")});
  two.establish();
  two.neighbor().heard.clear();
  NeighborConfig neighbor = two.peering().neighbor();
  neighbor.next_hop_ipv4 = IpAddress::parse("192.0.2.7");

  EXPECT_FALSE(two.peering().configure(neighbor));
  two.peering().renew();
  two.ours().want_write();
  two.settle();

  EXPECT_EQ(two.neighbor().heard, Lines{"announce 10.0.0.0/8 next-hop 192.0.2.7 origin igp as-path 65001"});
}

TEST(Outbound, ManyChangesWhileATableIsTold_LoseNothing) {
  TwoSessions two(narrow());
  const std::vector<Prefix> gone{*Prefix::parse("10.0.0.0/32"), *Prefix::parse("10.1.2.99/32")};
  std::set<std::string> known;
  two.neighbor().on_line = [&](const std::string& line) {
    if (line.starts_with("announce 10.0.3.0/32 ") && !two.networks().list().empty()) {
      two.networks().update(gone, {});
      two.peering().renew();
    }
    if (line.starts_with("announce ")) known.insert(line.substr(9, line.find(' ', 9) - 9));
    if (line.starts_with("withdraw ")) known.erase(line.substr(9));
  };

  two.establish();

  EXPECT_EQ(known.size(), kManyCount - gone.size());
  for (const Prefix& prefix : gone) EXPECT_FALSE(known.contains(to_string(prefix)));
}

TEST(Outbound, AChangeWhileATableIsTold_LosesNothing) {
  TwoSessions two(narrow());
  const Prefix gone = *Prefix::parse("10.0.0.0/32");
  const Prefix late = *Prefix::parse("10.1.2.99/32");
  std::set<std::string> known;
  two.neighbor().on_line = [&](const std::string& line) {
    if (line.starts_with("announce 10.0.3.0/32 ")) {
      two.networks().remove(gone);
      two.networks().remove(late);
    }
    if (line.starts_with("announce ")) known.insert(line.substr(9, line.find(' ', 9) - 9));
    if (line.starts_with("withdraw ")) known.erase(line.substr(9));
  };

  two.establish();

  EXPECT_EQ(known.size(), kManyCount - 2);
  EXPECT_FALSE(known.contains(to_string(gone)));
  EXPECT_FALSE(known.contains(to_string(late)));
}

TEST(Outbound, FullSendQueue_IsContinuedWhereItStopped) {
  const Lines whole = heard_with({.networks = kMany});
  ASSERT_EQ(whole.size(), kManyCount + 2);

  TwoSessions two(narrow());
  two.establish();

  EXPECT_EQ(two.neighbor().heard, whole);
  EXPECT_EQ(two.said("sent"),
            (Lines{"sent ipv4-unicast: 6600 prefixes, end-of-rib", "sent ipv6-unicast: 0 prefixes, end-of-rib"}));
}

// Rules 2918-03 7313-02
TEST(Outbound, RouteRefresh_TellsTheFamilyAgainBetweenBorders) {
  TwoSessions two({.networks = network("10.0.0.0/8") + network("11.0.0.0/8", "med = 1\n")});
  two.establish();
  two.neighbor().heard.clear();

  ASSERT_TRUE(two.theirs().request_refresh(kIpv4Unicast));
  two.settle();

  EXPECT_EQ(
      two.neighbor().heard,
      (Lines{"refresh ipv4-unicast BoRR", "announce 10.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001",
             "announce 11.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001 med 1", "refresh ipv4-unicast EoRR"}));
  EXPECT_EQ(two.said("route-refresh"), Lines{"route-refresh ipv4-unicast request"});
  EXPECT_EQ(two.said("sent ipv4").back(), "sent ipv4-unicast: 2 prefixes, as asked by route-refresh");
}

// Rules 7313-02
TEST(Outbound, RouteRefreshWithoutEnhanced_HasNoBordersAndNoEndOfRib) {
  TwoSessions two({.networks = network("10.0.0.0/8"), .neighbor_keys = "enhanced_route_refresh = false\n"});
  two.establish();
  two.neighbor().heard.clear();

  ASSERT_TRUE(two.theirs().request_refresh(kIpv4Unicast));
  two.settle();

  EXPECT_EQ(two.neighbor().heard, Lines{"announce 10.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001"});
}

TEST(Outbound, RefreshOverAFullSendQueue_IsWhole) {
  TwoSessions two(narrow());
  two.establish();
  two.neighbor().heard.clear();

  ASSERT_TRUE(two.theirs().request_refresh(kIpv4Unicast));
  two.settle();

  ASSERT_EQ(two.neighbor().heard.size(), kManyCount + 2);
  EXPECT_EQ(two.neighbor().heard.front(), "refresh ipv4-unicast BoRR");
  EXPECT_EQ(two.neighbor().heard.back(), "refresh ipv4-unicast EoRR");
}

TEST(Outbound, RequestsDuringARefresh_AreAnsweredByOneMore) {
  TwoSessions two(narrow());
  two.establish();
  two.neighbor().heard.clear();

  for (int i = 0; i < 3; ++i) ASSERT_TRUE(two.theirs().request_refresh(kIpv4Unicast));
  two.settle();

  EXPECT_EQ(std::ranges::count(two.neighbor().heard, "refresh ipv4-unicast BoRR"), 2);
  EXPECT_EQ(two.neighbor().heard.size(), 2 * (kManyCount + 2));
}

std::string thousand_communities() {
  std::string text = "communities = [\"1:1\"";
  for (int i = 0; i < 1100; ++i) text += ", \"65001:" + std::to_string(i) + "\"";
  return text + "]\n";
}

// RFC 4271 9.2
// Rules 8654-07
TEST(Outbound, AttributesThatFitNoMessage_AreLeftOutAndTheRestIsTold) {
  TwoSessions two({.networks = network("10.0.0.0/8", thousand_communities()) + network("11.0.0.0/8"),
                   .neighbor_extended_message = false});

  two.establish();

  EXPECT_EQ(two.neighbor().heard, (Lines{"announce 11.0.0.0/8 next-hop 192.0.2.1 origin igp as-path 65001",
                                         "end-of-rib ipv4-unicast", "end-of-rib ipv6-unicast"}));
  EXPECT_EQ(two.said("not announced"),
            Lines{"not announced, for the attributes do not fit a message (RFC 4271 9.2): 10.0.0.0/8"});
  EXPECT_EQ(two.said("sent ipv4"), Lines{"sent ipv4-unicast: 1 prefix, end-of-rib"});
}

// RFC 8654
TEST(Outbound, ExtendedMessage_TakesTheSameAttributes) {
  TwoSessions two({.networks = network("10.0.0.0/8", thousand_communities())});

  two.establish();

  EXPECT_EQ(two.said("sent ipv4"), Lines{"sent ipv4-unicast: 1 prefix, end-of-rib"});
  EXPECT_TRUE(two.neighbor().heard.front().starts_with("announce 10.0.0.0/8 "));
}

}  // namespace
}  // namespace bgp::daemon
