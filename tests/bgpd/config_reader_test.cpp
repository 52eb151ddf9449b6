// What is said about a wrong file, to the letter: the line, the column, the key and what would be right.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bgpd/config.hpp"

namespace bgp::daemon {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kGlobal = "[global]\nasn = 65001\nrouter_id = \"10.0.0.1\"\n";
constexpr std::string_view kNeighbor = "[[neighbor]]\naddress = \"192.0.2.2\"\nremote_asn = 65002\n";

Lines problems_of(const std::string& toml) { return load_config(toml, "f.toml").problems; }

// Line 4 is the first of `more`.
Lines global_problems(std::string_view more) { return problems_of(std::string(kGlobal).append(more)); }
// Line 7 is the first of `more`.
Lines neighbor_problems(std::string_view more) {
  return problems_of(std::string(kGlobal).append(kNeighbor).append(more));
}

TEST(ConfigReader, SmallestConfiguration_HasNoProblems) {
  EXPECT_EQ(global_problems(""), Lines{});
  EXPECT_EQ(neighbor_problems(""), Lines{});
}

TEST(ConfigReader, SyntaxError_IsReportedWithItsPlace) {
  EXPECT_EQ(problems_of("[global]\nasn = = 1\n"),
            Lines{"f.toml:2:7: Error while parsing value: could not determine value type"});
  EXPECT_EQ(problems_of("[global]\nasn = 1\nasn = 2\n"),
            Lines{"f.toml:3:7: Error while parsing key-value pair: cannot redefine existing integer 'asn'"});
}

TEST(ConfigReader, EmptyFile_MissesGlobal) {
  EXPECT_EQ(problems_of(""), Lines{"f.toml:1:1: [global]: missing; it holds at least asn and router_id"});
}

TEST(ConfigReader, MissingKeys_AreReportedAtTheirSection) {
  EXPECT_EQ(problems_of("\n[global]\n[[neighbor]]\n[[network]]\n"),
            (Lines{"f.toml:2:1: [global] asn: missing (our AS number)",
                   "f.toml:2:1: [global] router_id: missing (our BGP Identifier, the same towards every neighbor)",
                   "f.toml:3:1: [neighbor] remote_asn: missing (AS number that the neighbor must have; 0: any)",
                   "f.toml:4:1: [network] prefix: missing (what to announce to every neighbor of its family)"}));
}

TEST(ConfigReader, MisspeltKey_IsGuessed) {
  EXPECT_EQ(neighbor_problems("hold_tme = 9\n"),
            Lines{"f.toml:7:1: [neighbor] hold_tme: unknown key; did you mean \"hold_time\"?"});
  EXPECT_EQ(neighbor_problems("  local-address = \"192.0.2.1\"\n"),
            Lines{"f.toml:7:3: [neighbor] local-address: unknown key; did you mean \"local_address\"?"});
}

TEST(ConfigReader, KeyOfAnotherSection_IsPointedThere) {
  EXPECT_EQ(neighbor_problems("router_id = \"10.0.0.1\"\n"),
            Lines{"f.toml:7:1: [neighbor] router_id: unknown key; it belongs to [global]"});
  EXPECT_EQ(global_problems("prefix = \"10.0.0.0/8\"\n"),
            Lines{"f.toml:4:1: [global] prefix: unknown key; it belongs to [network]"});
}

TEST(ConfigReader, StrangeKey_IsAnsweredWithTheKeysThatThereAre) {
  EXPECT_EQ(global_problems("qwertyuiop = 1\n"),
            Lines{"f.toml:4:1: [global] qwertyuiop: unknown key; there are asn, router_id, listen, port, hold_time, "
                  "shutdown_text, log_level, control_socket"});
}

TEST(ConfigReader, KeysAndSectionsAtTheTop) {
  EXPECT_EQ(problems_of("asn = 1\nqwertyuiop = 2\n" + std::string(kGlobal)),
            (Lines{"f.toml:1:1: asn: a key must stand below a section; this one belongs to [global]",
                   "f.toml:2:1: qwertyuiop: unknown key, and a key must stand below a section"}));
  EXPECT_EQ(global_problems("[[neighbour]]\na = 1\n"),
            Lines{"f.toml:4:3: [neighbour]: unknown section; did you mean [[neighbor]]?"});
  EXPECT_EQ(global_problems("[globl]\n"), Lines{"f.toml:4:2: [globl]: unknown section; did you mean [global]?"});
  EXPECT_EQ(global_problems("[policy]\n"),
            Lines{"f.toml:4:2: [policy]: unknown section; there are [global], [[neighbor]] and [[network]]"});
}

TEST(ConfigReader, SectionsOfTheWrongShape) {
  EXPECT_EQ(global_problems("[neighbor]\naddress = \"192.0.2.2\"\n"),
            Lines{"f.toml:4:1: [neighbor]: must be written [[neighbor]], once for each neighbor"});
  EXPECT_EQ(problems_of("network = 5\n" + std::string(kGlobal)),
            Lines{"f.toml:1:11: [network]: must be written [[network]], once for each network"});
  EXPECT_EQ(problems_of("[[global]]\nasn = 1\n"), Lines{"f.toml:1:1: [global]: must be written [global], once"});
}

TEST(ConfigReader, BadNumber) {
  EXPECT_EQ(neighbor_problems("hold_time = 2\n"),
            Lines{"f.toml:7:13: [neighbor] hold_time = 2: must be 0 or 3 to 65535 (seconds)"});
  EXPECT_EQ(global_problems("port = 70000\n"), Lines{"f.toml:4:8: [global] port = 70000: must be 1 to 65535"});
  EXPECT_EQ(neighbor_problems("delay_open_time = 241\n"),
            Lines{"f.toml:7:19: [neighbor] delay_open_time = 241: must be 0 or 1 to 240 (seconds)"});
}

TEST(ConfigReader, WrongType_SaysWhatIsExpected) {
  EXPECT_EQ(neighbor_problems("hold_time = \"9\"\n"),
            Lines{"f.toml:7:13: [neighbor] hold_time = \"9\": must be an integer, 0 or 3 to 65535 (seconds)"});
  EXPECT_EQ(neighbor_problems("hold_time = 9.5\n"),
            Lines{"f.toml:7:13: [neighbor] hold_time = 9.5: must be an integer, 0 or 3 to 65535 (seconds)"});
  EXPECT_EQ(neighbor_problems("passive = 1\n"), Lines{"f.toml:7:11: [neighbor] passive = 1: must be true or false"});
  EXPECT_EQ(neighbor_problems("local_address = 5\n"),
            Lines{"f.toml:7:17: [neighbor] local_address = 5: must be a string, the IPv4 or IPv6 address of a host, "
                  "not link-local"});
  EXPECT_EQ(neighbor_problems("description = [1]\n"),
            Lines{"f.toml:7:15: [neighbor] description = [...]: must be a string, text of at most 255 octets"});
  EXPECT_EQ(neighbor_problems("description.de = 1\n"),
            Lines{"f.toml:7:1: [neighbor] description: must be a string, text of at most 255 octets"});
  EXPECT_EQ(global_problems("listen = \"::\"\n"),
            Lines{"f.toml:4:10: [global] listen = \"::\": must be an array, each element an IPv4 or IPv6 address"});
}

TEST(ConfigReader, BadElementsOfAList_AreReportedOneByOneWhereTheyStand) {
  EXPECT_EQ(neighbor_problems("families = [\"ipv4-unicst\", \"ipv6-unicast\", 6, \"ipv6-unicast\"]\n"),
            (Lines{"f.toml:7:13: [neighbor] families = \"ipv4-unicst\": must be \"ipv4-unicast\" or \"ipv6-unicast\"; "
                   "did you mean \"ipv4-unicast\"?",
                   "f.toml:7:44: [neighbor] families = 6: must be a string, \"ipv4-unicast\" or \"ipv6-unicast\"",
                   "f.toml:7:47: [neighbor] families = \"ipv6-unicast\": stands there twice"}));
  EXPECT_EQ(global_problems("[[network]]\nprefix = \"10.0.0.0/8\"\nas_path = [1,\n  0]\n"),
            Lines{"f.toml:7:3: [network] as_path = 0: must be 1 to 4294967295"});
}

TEST(ConfigReader, PrefixWithHostBits_IsCorrected) {
  EXPECT_EQ(global_problems("[[network]]\nprefix = \"10.0.0.1/8\"\n"),
            Lines{"f.toml:5:10: [network] prefix = \"10.0.0.1/8\": must be a prefix without bits beyond its length, "
                  "like \"192.0.2.0/24\" or \"2001:db8::/32\"; did you mean \"10.0.0.0/8\"?"});
}

TEST(ConfigReader, LongAndControlCharactersInAValue_DoNotSpoilTheMessage) {
  const Lines problems = neighbor_problems("collision = \"\\u001b[31m" + std::string(500, 'x') + "\"\n");

  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(problems[0].starts_with("f.toml:7:13: [neighbor] collision = \"\\u001b[31mxxxxxxx")) << problems[0];
  EXPECT_LT(problems[0].size(), 160U);
}

TEST(ConfigReader, LongValue_IsCutBetweenCharacters) {
  for (const char* start : {"", "x"}) {
    std::string value = start;
    for (int i = 0; i < 100; ++i) value += "\u00e9";

    const std::string problem = neighbor_problems("collision = \"" + value + "\"\n").at(0);

    const std::size_t end = problem.find("...: must be ");
    ASSERT_NE(end, std::string::npos) << problem;
    EXPECT_EQ(problem.substr(end - 2, 2), "\u00e9");
  }
}

TEST(ConfigReader, ColumnsCountCharactersAndNotOctets) {
  EXPECT_EQ(neighbor_problems("families = [\"\u00e9\u00e9\", 1]\n").at(1).substr(0, 13), "f.toml:7:19: ");
}

TEST(ConfigReader, EveryProblemIsReported_InTheOrderOfTheFile) {
  const Lines problems = problems_of(
      "[[network]]\nprefix = \"x\"\n[[neighbor]]\nport = 0\nasn = 1\n[global]\nasn = 0\nport = 1\nlisten = [1]\n");

  Lines places;
  for (const std::string& problem : problems) places.push_back(problem.substr(0, problem.find(": ")));
  EXPECT_EQ(places, (Lines{"f.toml:2:10", "f.toml:3:1", "f.toml:4:8", "f.toml:5:1", "f.toml:6:1", "f.toml:7:7",
                           "f.toml:9:11"}));
}

}  // namespace
}  // namespace bgp::daemon
