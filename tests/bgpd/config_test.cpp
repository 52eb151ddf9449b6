#include "bgpd/config.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "support/data.hpp"
#include "support/printers.hpp"

namespace bgp::daemon {
namespace {

using std::chrono::seconds;
using Lines = std::vector<std::string>;

constexpr std::string_view kGlobal = "[global]\nasn = 65001\nrouter_id = \"10.0.0.1\"\n";
constexpr std::string_view kNeighbor = "[[neighbor]]\naddress = \"192.0.2.2\"\nremote_asn = 65002\n";

IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

LoadedConfig load(std::string_view toml) { return load_config(toml, "f.toml"); }

GlobalConfig global_with(std::string_view more) {
  LoadedConfig loaded = load(std::string(kGlobal).append(more));
  EXPECT_EQ(loaded.problems, Lines{});
  return loaded.config.global;
}

NeighborConfig neighbor_with(std::string_view more) {
  LoadedConfig loaded = load(std::string(kGlobal).append(kNeighbor).append(more));
  EXPECT_EQ(loaded.problems, Lines{});
  return loaded.config.neighbors.at(0);
}

PeerConfig session_with(std::string_view more) { return neighbor_with(more).peer.session; }

NetworkConfig network_with(std::string_view more) {
  LoadedConfig loaded = load(std::string(kGlobal).append("[[network]]\nprefix = \"203.0.113.0/24\"\n").append(more));
  EXPECT_EQ(loaded.problems, Lines{});
  return loaded.config.networks.at(0);
}

Lines problems_with(std::string_view more) { return load(std::string(kGlobal).append(more)).problems; }

// Rules 4271-49
TEST(Config, GlobalDefaults) {
  const GlobalConfig global = global_with("");

  EXPECT_EQ(global.asn, 65001U);
  EXPECT_EQ(to_string(global.router_id), "10.0.0.1");
  EXPECT_EQ(global.listen, (std::vector{ip("0.0.0.0"), ip("::")}));
  EXPECT_TRUE(global.listen_by_default);
  EXPECT_EQ(global.port, 179);
  EXPECT_EQ(global.shutdown_text, "");
  EXPECT_EQ(global.log_level, LogLevel::Info);
}

TEST(Config, GlobalKeys) {
  EXPECT_EQ(global_with("listen = [\"127.0.0.1\", \"::1\"]\n").listen, (std::vector{ip("127.0.0.1"), ip("::1")}));
  EXPECT_FALSE(global_with("listen = [\"0.0.0.0\", \"::\"]\n").listen_by_default);
  EXPECT_TRUE(global_with("listen = []\n").listen.empty());
  EXPECT_EQ(global_with("port = 1790\n").port, 1790);
  EXPECT_EQ(global_with("shutdown_text = \"maintenance\"\n").shutdown_text, "maintenance");
  EXPECT_EQ(global_with("log_level = \"debug\"\n").log_level, LogLevel::Debug);
  EXPECT_EQ(global_with("log_level = \"error\"\n").log_level, LogLevel::Error);
}

// Rules 4271-07 4271-49
TEST(Config, NeighborDefaults) {
  const NeighborConfig neighbor = neighbor_with("");

  EXPECT_EQ(neighbor.peer.remote_address, ip("192.0.2.2"));
  EXPECT_EQ(neighbor.peer.remote_port, 179);
  EXPECT_EQ(neighbor.peer.local_address, std::nullopt);
  EXPECT_EQ(neighbor.peer.local_port, 0);
  EXPECT_TRUE(neighbor.enabled);
  EXPECT_EQ(neighbor.next_hop_ipv4, std::nullopt);
  EXPECT_EQ(neighbor.next_hop_ipv6, std::nullopt);
  PeerConfig expected;  // all else is as the library has it
  expected.local_asn = 65001;
  expected.local_identifier = *BgpIdentifier::parse("10.0.0.1");
  expected.remote_asn = 65002;
  EXPECT_EQ(neighbor.peer.session, expected);
}

TEST(Config, NeighborAddressesAndSwitches) {
  EXPECT_EQ(neighbor_with("port = 1790\n").peer.remote_port, 1790);
  EXPECT_EQ(neighbor_with("local_address = \"192.0.2.1\"\n").peer.local_address, ip("192.0.2.1"));
  EXPECT_EQ(neighbor_with("local_port = 4000\n").peer.local_port, 4000);
  EXPECT_EQ(neighbor_with("description = \"d\"\n").description, "d");
  EXPECT_FALSE(neighbor_with("enabled = false\n").enabled);
  EXPECT_EQ(neighbor_with("next_hop_ipv4 = \"192.0.2.9\"\n").next_hop_ipv4, ip("192.0.2.9"));
  EXPECT_EQ(neighbor_with("next_hop_ipv6 = \"2001:db8::9\"\n").next_hop_ipv6, ip("2001:db8::9"));
}

// Rules 4271-58 4271-59
TEST(Config, NeighborSessionKeys) {
  EXPECT_TRUE(session_with("passive = true\n").attributes.passive);
  EXPECT_EQ(session_with("families = [\"ipv6-unicast\", \"ipv4-unicast\"]\n").families,
            (std::vector{kIpv6Unicast, kIpv4Unicast}));
  EXPECT_EQ(session_with("hold_time = 9\n").attributes.hold_time, 9);
  EXPECT_EQ(session_with("hold_time = 0\n").attributes.hold_time, 0);
  EXPECT_EQ(session_with("minimum_hold_time = 9\n").minimum_hold_time, 9);
  EXPECT_EQ(session_with("send_hold_time = 500\n").attributes.send_hold_time, seconds{500});
  EXPECT_EQ(session_with("send_hold_time = 0\n").attributes.send_hold_time, seconds{0});
  EXPECT_EQ(session_with("connect_retry_time = 7\n").attributes.connect_retry_time, seconds{7});
  EXPECT_EQ(session_with("idle_hold_time = 1\n").idle_hold.first, seconds{1});
  EXPECT_EQ(session_with("idle_hold_max = 60\n").idle_hold.longest, seconds{60});
  EXPECT_EQ(session_with("collision = \"rfc4271\"\n").collision, CollisionPolicy::Rfc4271);
  EXPECT_FALSE(session_with("capabilities = false\n").capabilities);
  EXPECT_FALSE(session_with("four_octet_as = false\n").four_octet_as);
  EXPECT_FALSE(session_with("route_refresh = false\n").route_refresh);
  EXPECT_FALSE(session_with("enhanced_route_refresh = false\n").enhanced_route_refresh);
  EXPECT_FALSE(session_with("extended_message = false\n").extended_message);
}

TEST(Config, NeighborCapabilityKeys) {
  EXPECT_EQ(session_with("extended_next_hop = true\n").extended_next_hop,
            (capability::ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}}}));
  EXPECT_EQ(session_with("families = [\"ipv4-unicast\", \"ipv6-unicast\"]\nadd_path = true\n").add_path,
            (std::vector<capability::AddPath::Entry>{{kIpv4Unicast, capability::AddPath::Mode::Receive},
                                                     {kIpv6Unicast, capability::AddPath::Mode::Receive}}));
  EXPECT_EQ(session_with("graceful_restart = true\n").graceful_restart, capability::GracefulRestart{});
  EXPECT_TRUE(
      session_with("graceful_restart = true\ngraceful_notification = true\n").graceful_restart.value().notification);
  EXPECT_EQ(session_with("software_version = \"r 1.0\"\n").software_version, capability::SoftwareVersion{"r 1.0"});
  EXPECT_EQ(session_with("required_families = [\"ipv4-unicast\"]\n").required_families, std::vector{kIpv4Unicast});
  EXPECT_EQ(session_with("required_capabilities = [\"4-octet-as\", \"route-refresh\"]\n").required_capabilities,
            (std::vector{CapabilityCode::FourOctetAs, CapabilityCode::RouteRefresh}));
  EXPECT_FALSE(session_with("retry_without_capabilities = false\n").retry_without_capabilities);
  EXPECT_TRUE(session_with("enforce_first_as = true\n").enforce_first_as);
  EXPECT_TRUE(session_with("role = \"peer\"\nrole_strict = true\n").role_strict);
}

TransportSecurity security_with(const std::string& line) {
  const LoadedConfig loaded = load(std::string(kGlobal) + std::string(kNeighbor) + line);
  EXPECT_EQ(loaded.problems, Lines{});
  return loaded.config.neighbors.at(0).peer.security;
}

TEST(Config, TransportSecurity_IsGtsmATtlAndAKey) {
  EXPECT_EQ(security_with("ttl_security = 1\n"), (TransportSecurity{1, 0, {}}));
  EXPECT_EQ(security_with("multihop = 5\n"), (TransportSecurity{0, 5, {}}));
  EXPECT_EQ(security_with("password = \"a key\"\n"), (TransportSecurity{0, 1, "a key"}));
}

TEST(Config, AnExternalNeighbor_IsOnOurLinkUnlessItIsSaidToBeFarther) {
  EXPECT_EQ(security_with("").ttl, 1);
  const LoadedConfig loaded = load(std::string(kGlobal) +
                                   "[[neighbor]]\naddress = \"192.0.2.3\"\nremote_asn = 65001\n"
                                   "[[neighbor]]\naddress = \"192.0.2.4\"\nremote_asn = 0\n");
  EXPECT_EQ(loaded.problems, Lines{});
  for (const NeighborConfig& neighbor : loaded.config.neighbors) EXPECT_EQ(neighbor.peer.security, TransportSecurity{});
}

TEST(Config, APassword_MayStandInAFile) {
  const std::string folder = ::testing::TempDir();
  for (const char* written : {"a key", "a key\n", "a key\r\n"}) {
    std::ofstream(folder + "/bgpd_config_test.key", std::ios::binary) << written;
    const LoadedConfig loaded =
        load_config(std::string(kGlobal) + std::string(kNeighbor) + "password_file = \"bgpd_config_test.key\"\n",
                    folder + "/f.toml");
    EXPECT_EQ(loaded.problems, Lines{});
    EXPECT_EQ(loaded.config.neighbors.at(0).peer.security.md5_key, "a key");
  }
  std::ofstream(folder + "/bgpd_config_test.key") << std::string(81, 'k');
  const LoadedConfig loaded = load_config(
      std::string(kGlobal) + std::string(kNeighbor) + "password_file = \"bgpd_config_test.key\"\n", folder + "/f.toml");
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_NE(loaded.problems[0].find("holds 81 octets; a password has 1 to 80"), std::string::npos)
      << loaded.problems[0];
  EXPECT_EQ(loaded.problems[0].find("kkk"), std::string::npos);
}

TEST(Config, WhatIsWrongWithTransportSecurity_IsSaidWithoutThePassword) {
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "password = \"\"\n"),
            Lines{"f.toml:7:12: [neighbor] password: must be text of 1 to 80 octets"});
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "password = \"" + std::string(81, 'k') + "\"\n"),
            Lines{"f.toml:7:12: [neighbor] password: must be text of 1 to 80 octets"});
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "password = 12345\n"),
            Lines{"f.toml:7:12: [neighbor] password: must be a string, text of 1 to 80 octets"});
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "ttl_security = 255\n"),
            Lines{"f.toml:7:16: [neighbor] ttl_security = 255: must be 0 or 1 to 254 (hops)"});
  EXPECT_EQ(
      problems_with(std::string(kNeighbor) + "ttl_security = 1\nmultihop = 2\n"),
      Lines{"f.toml:8:12: [neighbor] multihop: ttl_security says how far away the neighbor may be, and sends with "
            "TTL 255 (RFC 5082); remove one of the two"});
  EXPECT_EQ(
      problems_with(std::string(kNeighbor) + "password_file = \"/nowhere/key\"\n"),
      Lines{"f.toml:7:17: [neighbor] password_file = \"/nowhere/key\": /nowhere/key: cannot be read: No such file or "
            "directory"});
}

TEST(Config, APassword_IsNotPrinted) {
  const LoadedConfig loaded = load(std::string(kGlobal) + std::string(kNeighbor) + "password = \"a secret\"\n");
  const std::string printed = print_document(loaded.document);
  EXPECT_EQ(printed.find("a secret"), std::string::npos);
  EXPECT_NE(printed.find("# password is set, and not shown\n"), std::string::npos);
}

// The words of the schema are those of the library
TEST(Config, EveryRoleAndRequiredCapability_IsUnderstood) {
  const Key* roles = find_key(Section::Neighbor, "role");
  ASSERT_EQ(roles->choices.size(), 5U);
  for (const std::string_view role : roles->choices) {
    const auto read = session_with("role = \"" + std::string(role) + "\"\n").role;
    ASSERT_TRUE(read) << role;
    EXPECT_EQ(to_string(*read), role);
  }
  for (const std::string_view name : find_key(Section::Neighbor, "required_capabilities")->choices) {
    const auto codes = session_with(
                           "extended_next_hop = true\nrole = \"peer\"\nsoftware_version = \"1\"\n"
                           "required_capabilities = [\"" +
                           std::string(name) + "\"]\n")
                           .required_capabilities;
    ASSERT_EQ(codes.size(), 1U) << name;
    EXPECT_EQ(capability_name(static_cast<std::uint8_t>(codes[0])), name);
  }
}

TEST(Config, RoleThatIsMisspelt_IsAProblemWithWhatWouldBeRight) {
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "role = \"costumer\"\n"),
            Lines{"f.toml:7:8: [neighbor] role = \"costumer\": must be \"provider\", \"rs\", \"rs-client\", "
                  "\"customer\" or \"peer\"; did you mean \"customer\"?"});
  EXPECT_EQ(
      problems_with(std::string(kNeighbor) + "role_strict = true\n"),
      Lines{"f.toml:4:1: [neighbor] address = \"192.0.2.2\": strict mode needs a role of our own (RFC 9234 4.2)"});
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "required_capabilities = [\"role\"]\n"),
            Lines{"f.toml:4:1: [neighbor] address = \"192.0.2.2\": capability role is required but not offered (RFC "
                  "5492 3)"});
}

TEST(Config, GracefulNotificationAlone_IsAProblem) {
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "graceful_notification = true\n"),
            Lines{"f.toml:7:25: [neighbor] graceful_notification = true: needs graceful_restart (RFC 8538 2)"});
}

TEST(Config, DelayOpenTime_TurnsDelayOpenOnAndZeroOff) {
  EXPECT_TRUE(session_with("delay_open_time = 3\n").attributes.delay_open);
  EXPECT_EQ(session_with("delay_open_time = 3\n").attributes.delay_open_time, seconds{3});
  EXPECT_FALSE(session_with("delay_open_time = 0\n").attributes.delay_open);
}

// Rules 4271-58
TEST(Config, HoldTimeOfGlobal_CountsForNeighborsWithoutOne) {
  const LoadedConfig loaded = load(std::string(kGlobal) + "hold_time = 30\n" + std::string(kNeighbor) +
                                   "[[neighbor]]\naddress = \"192.0.2.3\"\nremote_asn = 0\nhold_time = 60\n");

  EXPECT_EQ(loaded.problems, Lines{});
  EXPECT_EQ(loaded.config.neighbors.at(0).peer.session.attributes.hold_time, 30);
  EXPECT_EQ(loaded.config.neighbors.at(1).peer.session.attributes.hold_time, 60);
  EXPECT_EQ(loaded.config.neighbors.at(1).peer.session.remote_asn, 0U);
}

TEST(Config, NetworkDefaults) {
  const NetworkConfig network = network_with("");

  EXPECT_EQ(network.prefix, *Prefix::parse("203.0.113.0/24"));
  EXPECT_EQ(network.next_hop, std::nullopt);
  EXPECT_EQ(network.origin, Origin::Igp);
  EXPECT_EQ(network.med, std::nullopt);
  EXPECT_EQ(network.local_pref, 100U);
  EXPECT_TRUE(network.communities.empty() && network.large_communities.empty() && network.as_path.empty());
}

TEST(Config, NetworkKeys) {
  EXPECT_EQ(network_with("next_hop = \"192.0.2.9\"\n").next_hop, ip("192.0.2.9"));
  EXPECT_EQ(network_with("origin = \"egp\"\n").origin, Origin::Egp);
  EXPECT_EQ(network_with("origin = \"incomplete\"\n").origin, Origin::Incomplete);
  EXPECT_EQ(network_with("med = 0\n").med, 0U);
  EXPECT_EQ(network_with("med = 4294967295\n").med, 4294967295U);
  EXPECT_EQ(network_with("local_pref = 200\n").local_pref, 200U);
  EXPECT_EQ(network_with("communities = [\"65001:100\", \"no-export\"]\n").communities,
            (std::vector{Community{0xfde90064}, Community{0xffffff01}}));
  EXPECT_EQ(network_with("large_communities = [\"65001:1:2\"]\n").large_communities,
            (std::vector{LargeCommunity{65001, 1, 2}}));
  EXPECT_EQ(network_with("as_path = [65010, 4200000000]\n").as_path, (std::vector<std::uint32_t>{65010, 4200000000}));
}

TEST(Config, TwoNeighborsWithOneAddress_AreAProblemUnlessOurSideTellsThemApart) {
  const std::string twin = "[[neighbor]]\naddress = \"192.0.2.2\"\nremote_asn = 65003\n";
  const std::string first = std::string(kNeighbor) + "local_address = \"192.0.2.1\"\n";

  EXPECT_EQ(problems_with(std::string(kNeighbor) + twin),
            Lines{"f.toml:8:11: [neighbor] address = \"192.0.2.2\": the neighbor of line 5 has it, too; remove one, or "
                  "give each a local_address of its own"});
  EXPECT_EQ(problems_with(first + twin).size(), 1U);
  EXPECT_EQ(problems_with(std::string(kNeighbor) + twin + "local_address = \"192.0.2.7\"\n").size(), 1U);
  EXPECT_EQ(problems_with(first + twin + "local_address = \"192.0.2.1\"\n").size(), 1U);
  EXPECT_EQ(problems_with(first + twin + "local_address = \"192.0.2.7\"\n"), Lines{});
}

TEST(Config, ARange_IsWhoeverConnectsFromThere) {
  const LoadedConfig loaded = load(std::string(kGlobal) +
                                   "[[neighbor]]\nrange = \"2001:db8::/64\"\nremote_asn = 0\nrange_limit = 7\n"
                                   "range_linger = 600\nlocal_address = \"2001:db8::1\"\n");

  EXPECT_EQ(loaded.problems, Lines{});
  const NeighborConfig& neighbor = loaded.config.neighbors.at(0);
  EXPECT_EQ(neighbor.range, Prefix::parse("2001:db8::/64"));
  EXPECT_EQ(neighbor.range_limit, 7U);
  EXPECT_EQ(neighbor.range_linger, seconds{600});
}

TEST(Config, WhoTheNeighborIs_StandsThereOnce) {
  EXPECT_EQ(problems_with("[[neighbor]]\nremote_asn = 65002\n"),
            Lines{"f.toml:4:1: [neighbor] address: missing (address of the neighbor, or range = \"192.0.2.0/24\" for "
                  "whoever connects from there)"});
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "range = \"192.0.2.0/24\"\n"),
            Lines{"f.toml:7:9: [neighbor] range: there is an address, too; remove one of the two"});
}

TEST(Config, WhatARangeCannotHave_IsAProblem) {
  const std::string range = "[[neighbor]]\nrange = \"192.0.2.0/24\"\nremote_asn = 65002\n";

  EXPECT_EQ(problems_with(range + range),
            Lines{"f.toml:8:9: [neighbor] range = \"192.0.2.0/24\": stands at line 5, too"});
  EXPECT_EQ(problems_with(range + "record = \"all.mrt\"\n"),
            Lines{"f.toml:7:10: [neighbor] record: a range has many neighbors, and there is one file; remove it"});
  for (const std::string key : {"port = 1790", "local_port = 1791", "connect_retry_time = 5"}) {
    const std::string name = key.substr(0, key.find(' '));
    EXPECT_EQ(problems_with(range + key + "\n"),
              Lines{"f.toml:7:" + std::to_string(name.size() + 4) + ": [neighbor] " + name +
                    ": is about dialing, and nobody dials into a range; remove it"});
  }
  EXPECT_EQ(problems_with(range + "local_address = \"::1\"\n"),
            Lines{"f.toml:7:17: [neighbor] local_address = \"::1\": must be IPv4 like the address of the neighbor"});
  EXPECT_EQ(problems_with(range + "send_hold_time = 90\n"),
            Lines{"f.toml:4:1: [neighbor] range = \"192.0.2.0/24\": the SendHoldTime must be 0 or larger than the hold "
                  "time (RFC 9687 4.4)"});
}

TEST(Config, ARangeThatNobodyListensFor_IsAProblem) {
  EXPECT_EQ(
      problems_with("listen = []\n[[neighbor]]\nrange = \"192.0.2.0/24\"\nremote_asn = 65002\n"),
      Lines{"f.toml:6:9: [neighbor] range = \"192.0.2.0/24\": nobody can connect, for listen in [global] is empty"});
}

TEST(Config, NeighborInARangeWithAPassword_NeedsOneOfItsOwn) {
  const std::string range = "[[neighbor]]\nrange = \"192.0.2.0/24\"\nremote_asn = 65002\npassword = \"k\"\n";

  EXPECT_EQ(
      problems_with(range + std::string(kNeighbor)),
      Lines{"f.toml:9:11: [neighbor] address = \"192.0.2.2\": lies in the range of line 5, which has a password, and "
            "TCP MD5 asks it for one, too; give it a password"});
  EXPECT_EQ(problems_with(range + std::string(kNeighbor) + "password = \"own\"\n"), Lines{});
  EXPECT_EQ(problems_with(range + "[[neighbor]]\naddress = \"192.0.3.2\"\nremote_asn = 65002\n"), Lines{});
}

TEST(Config, SeveralAsNumbers_MayBeRight) {
  const auto neighbor = [](const std::string& asns) {
    const LoadedConfig loaded =
        load(std::string(kGlobal) + "[[neighbor]]\nrange = \"192.0.2.0/24\"\nremote_asn = 0\n" + asns);
    EXPECT_EQ(loaded.problems, Lines{});
    return loaded.config.neighbors.at(0);
  };

  EXPECT_EQ(neighbor("remote_asns = [65002, 65003]\n").remote_asns, (std::vector<std::uint32_t>{65002, 65003}));
  EXPECT_EQ(neighbor("remote_asns = [65002, 65003]\n").peer.security.ttl, 1) << "all are external: on a link of ours";
  EXPECT_EQ(neighbor("remote_asns = [65001, 65003]\n").peer.security.ttl, 0) << "one is our own: anywhere";
  EXPECT_EQ(
      problems_with(std::string(kNeighbor) + "remote_asns = [65002]\n"),
      Lines{"f.toml:7:15: [neighbor] remote_asns: remote_asn says already which one is right; write remote_asn = 0, "
            "or remove the list"});
}

TEST(Config, AddressesOfDifferentFamilies_AreProblems) {
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "local_address = \"::1\"\n"),
            Lines{"f.toml:7:17: [neighbor] local_address = \"::1\": must be IPv4 like the address of the neighbor"});
  EXPECT_EQ(problems_with("[[network]]\nprefix = \"2001:db8::/32\"\nnext_hop = \"192.0.2.1\"\n"),
            Lines{"f.toml:6:12: [network] next_hop = \"192.0.2.1\": must be IPv6 like the prefix"});
}

TEST(Config, NetworkTwice_IsAProblem) {
  EXPECT_EQ(problems_with("[[network]]\nprefix = \"10.0.0.0/8\"\n[[network]]\nprefix = \"10.0.0.0/8\"\n"),
            Lines{"f.toml:7:10: [network] prefix = \"10.0.0.0/8\": stands at line 5, too"});
}

TEST(Config, WhatTheLibraryRefuses_IsAProblemOfTheNeighbor) {
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "send_hold_time = 90\n"),
            Lines{"f.toml:4:1: [neighbor] address = \"192.0.2.2\": the SendHoldTime must be 0 or larger than the hold "
                  "time (RFC 9687 4.4)"});
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "idle_hold_time = 301\n").size(), 1U);
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "families = []\n").size(), 1U);
  EXPECT_EQ(problems_with(std::string(kNeighbor) + "capabilities = false\nfamilies = [\"ipv6-unicast\"]\n").size(), 1U);
}

TEST(Config, ReadFile_SaysWhyItCannot) {
  const std::string folder = std::filesystem::temp_directory_path();

  EXPECT_EQ(read_file("/nonexistent/bgpd.toml").error(),
            "/nonexistent/bgpd.toml: cannot be read: No such file or directory");
  EXPECT_EQ(read_file(folder).error(), folder + ": is a folder, not a file");
  EXPECT_TRUE(read_file(tree_file("bgpd/bgpd.toml.example")).has_value());
}

TEST(Config, TheExample_HasNoProblemsAndNamesEveryKey) {
  const std::string example = read_file(tree_file("bgpd/bgpd.toml.example")).value();

  const LoadedConfig loaded = load(example);

  EXPECT_EQ(loaded.problems, Lines{});
  EXPECT_EQ(loaded.config.neighbors.size(), 3U);
  EXPECT_EQ(loaded.config.networks.size(), 2U);
  for (const Key& key : schema()) {
    const std::string name(key.name);
    EXPECT_TRUE(example.find("\n" + name + " = ") != std::string::npos ||
                example.find("\n# " + name + " = ") != std::string::npos)
        << name;
  }
}

// What is commented out there shows what holds anyway, so that it can be taken in without a change.
TEST(Config, TheExample_WithItsCommentedKeys_HasNoProblems) {
  std::string example = read_file(tree_file("bgpd/bgpd.toml.example")).value();
  for (const Key& key : schema()) {
    if (key.name == "password_file") continue;  // in place of the password
    const std::string commented = "\n# " + std::string(key.name) + " = ";
    for (std::size_t at = 0; (at = example.find(commented, at)) != std::string::npos;) example.erase(at + 1, 2);
  }

  EXPECT_EQ(load(example).problems, Lines{});
}

}  // namespace
}  // namespace bgp::daemon
