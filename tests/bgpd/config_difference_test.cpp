#include "bgpd/config_difference.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bgp::daemon {
namespace {

using Lines = std::vector<std::string>;

Config config_of(const std::string& sections, const std::string& global = "") {
  LoadedConfig loaded = load_config("[global]\nasn = 65001\nrouter_id = \"10.0.0.1\"\n" + global + sections, "test");
  EXPECT_EQ(loaded.problems, Lines{});
  return loaded.config;
}

std::string neighbor(const std::string& address, const std::string& more = "") {
  return "[[neighbor]]\naddress = \"" + address + "\"\nremote_asn = 65002\n" + more;
}

std::string range(const std::string& prefix, const std::string& more = "") {
  return "[[neighbor]]\nrange = \"" + prefix + "\"\nremote_asn = 65002\n" + more;
}

std::string network(const std::string& prefix, const std::string& more = "") {
  return "[[network]]\nprefix = \"" + prefix + "\"\n" + more;
}

/// "- 192.0.2.1", "* 192.0.2.2", "+ 192.0.2.3" for what is to be ended, changed and started; networks alike.
Lines differences(const std::string& from, const std::string& to) {
  const Config before = config_of(from);
  Config after = config_of(to);
  const ConfigDifference difference = difference_of(before, before.networks, after);
  Lines lines;
  for (const NeighborDifference& one : difference.neighbors) {
    const NeighborConfig& named = one.after != nullptr ? *one.after : *one.before;
    const char* const what = !one.is() ? "- " : one.was() ? "* " : "+ ";
    lines.push_back(what + (named.range ? to_string(*named.range) : to_string(named.peer.remote_address)));
  }
  for (const Prefix& prefix : difference.networks_gone) lines.push_back("- " + to_string(prefix));
  for (const NetworkConfig& one : difference.networks_new) lines.push_back("+ " + to_string(one.prefix));
  EXPECT_EQ(difference.empty(), lines.empty());
  return lines;
}

TEST(ConfigDifference, OfEqualOnes_IsNothing) {
  const std::string all = neighbor("192.0.2.1", "password = \"secret\"\n") + range("198.51.100.0/24") +
                          network("10.0.0.0/8", "communities = [\"65001:1\"]\n");

  EXPECT_EQ(differences(all, all), Lines{});
}

TEST(ConfigDifference, WhatEnds_ComesBeforeWhatChangesAndWhatStarts) {
  EXPECT_EQ(differences(neighbor("192.0.2.1") + neighbor("192.0.2.2") + neighbor("192.0.2.3"),
                        neighbor("192.0.2.4") + neighbor("192.0.2.2", "hold_time = 30\n") + neighbor("192.0.2.3")),
            (Lines{"- 192.0.2.1", "* 192.0.2.2", "+ 192.0.2.4"}));
}

TEST(ConfigDifference, EveryKeyOfANeighbor_Counts) {
  for (const char* key : {"description = \"new\"\n", "next_hop_ipv4 = \"192.0.2.9\"\n", "record = \"new.mrt\"\n",
                          "port = 1790\n", "multihop = 3\n", "password = \"secret\"\n", "passive = true\n"}) {
    EXPECT_EQ(differences(neighbor("192.0.2.1"), neighbor("192.0.2.1", key)), Lines{"* 192.0.2.1"}) << key;
  }
  for (const char* key : {"range_limit = 3\n", "range_linger = 9\n"}) {
    EXPECT_EQ(differences(range("192.0.2.0/24"), range("192.0.2.0/24", key)), Lines{"* 192.0.2.0/24"}) << key;
  }
}

TEST(ConfigDifference, GlobalKeys_CountInNeighbors) {
  const Config before = config_of(neighbor("192.0.2.1") + neighbor("192.0.2.2", "hold_time = 30\n"));
  Config after = config_of(neighbor("192.0.2.1") + neighbor("192.0.2.2", "hold_time = 30\n"), "hold_time = 60\n");

  const ConfigDifference difference = difference_of(before, before.networks, after);

  ASSERT_EQ(difference.neighbors.size(), 1U);
  EXPECT_EQ(to_string(difference.neighbors[0].after->peer.remote_address), "192.0.2.1");
}

TEST(ConfigDifference, DisabledNeighbors_AreAsThoseThatAreNotThere) {
  const std::string off = "enabled = false\n";

  EXPECT_EQ(differences(neighbor("192.0.2.1", off), neighbor("192.0.2.1")), Lines{"+ 192.0.2.1"});
  EXPECT_EQ(differences(neighbor("192.0.2.1"), neighbor("192.0.2.1", off)), Lines{"- 192.0.2.1"});
  EXPECT_EQ(differences(neighbor("192.0.2.1", off), neighbor("192.0.2.1", off + "hold_time = 30\n")), Lines{});
  EXPECT_EQ(differences(neighbor("192.0.2.1", off), ""), Lines{});
  EXPECT_EQ(differences("", neighbor("192.0.2.1", off)), Lines{});
}

TEST(ConfigDifference, AnotherLocalAddress_IsAnotherNeighbor) {
  const auto at = [](const std::string& local) { return "local_address = \"" + local + "\"\n"; };

  EXPECT_EQ(differences(neighbor("192.0.2.1", at("192.0.2.8")), neighbor("192.0.2.1", at("192.0.2.9"))),
            (Lines{"- 192.0.2.1", "+ 192.0.2.1"}));
  EXPECT_EQ(differences(neighbor("192.0.2.1", at("192.0.2.8")) + neighbor("192.0.2.1", at("192.0.2.9")),
                        neighbor("192.0.2.1", at("192.0.2.9")) + neighbor("192.0.2.1", at("192.0.2.8"))),
            Lines{});
}

TEST(ConfigDifference, ARangeAndANeighborOfItsFirstAddress_AreTwo) {
  EXPECT_EQ(differences(neighbor("192.0.2.0"), range("192.0.2.0/24")), (Lines{"- 192.0.2.0", "+ 192.0.2.0/24"}));
}

TEST(ConfigDifference, Networks_ByPrefixAndAttributes) {
  EXPECT_EQ(differences(network("10.0.0.0/8") + network("11.0.0.0/8") + network("12.0.0.0/8"),
                        network("12.0.0.0/8", "med = 1\n") + network("10.0.0.0/8") + network("13.0.0.0/8")),
            (Lines{"- 11.0.0.0/8", "+ 12.0.0.0/8", "+ 13.0.0.0/8"}));
}

TEST(ConfigDifference, NetworksAddedMeanwhile_StayAndThoseRemovedComeBack) {
  const Config before = config_of(network("10.0.0.0/8") + network("11.0.0.0/8"));
  const Config meanwhile = config_of(network("10.0.0.0/8") + network("12.0.0.0/8"));
  Config same = before;
  Config without = config_of(network("10.0.0.0/8"));

  const ConfigDifference back = difference_of(before, meanwhile.networks, same);
  EXPECT_TRUE(back.networks_gone.empty());
  EXPECT_EQ(back.networks_new, std::vector{before.networks[1]});
  EXPECT_TRUE(difference_of(before, meanwhile.networks, without).empty());
}

TEST(ConfigDifference, GlobalKeysThatTakeARestart_AreNamedUntilTheyAreAsTheyWere) {
  const GlobalConfig start = config_of("", "port = 1790\n").global;
  const GlobalConfig other =
      config_of("", "port = 1791\nlog_level = \"debug\"\nshutdown_text = \"bye\"\nlisten = [\"::\"]\n").global;

  EXPECT_EQ(global_differences(start, start, other),
            (Lines{"[global] shutdown_text: changed", "[global] log_level: changed",
                   "[global] listen: counts when bgpd is restarted", "[global] port: counts when bgpd is restarted"}));
  EXPECT_EQ(global_differences(start, other, other),
            (Lines{"[global] listen: counts when bgpd is restarted", "[global] port: counts when bgpd is restarted"}));
  EXPECT_EQ(global_differences(start, other, start),
            (Lines{"[global] shutdown_text: changed", "[global] log_level: changed"}));
}

}  // namespace
}  // namespace bgp::daemon
