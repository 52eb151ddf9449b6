#include "tools/bgpcap/bgpdump_lines.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/update_body.hpp"
#include "tools/bgpcap/append.hpp"
#include "tools/bgpcap/mrt_decode.hpp"

namespace bgp::cap {
namespace {

Bytes record(std::uint8_t type, std::uint8_t subtype, const Bytes& body) {
  return "0000000a"_hex + Bytes{0,
                                type,
                                0,
                                subtype,
                                0,
                                0,
                                static_cast<std::uint8_t>(body.size() >> 8),
                                static_cast<std::uint8_t>(body.size())} +
         body;
}

std::string lines_of(const Bytes& file) {
  std::string text;
  BgpdumpLines lines;
  test::MrtReader reader(file);
  while (const auto one = reader.next()) lines.append(text, *one);
  return text;
}

const Bytes kEnds = "0000fdea 0000fde9 0000 0001 c0000202 c0000201"_hex;

Bytes message(const std::string& attributes, const std::string& nlri, const std::string& withdrawn = "",
              std::uint8_t subtype = 4) {
  return record(16, subtype, kEnds + framed(MessageType::Update, update_body(withdrawn, attributes, nlri)));
}

const std::string kUsual = std::string(kOriginIgp) + kAsPath65002 + kNextHop;

TEST(CapBgpdumpLines, Announcement_HasAllFields) {
  EXPECT_EQ(lines_of(message(kUsual + "80 04 04 00000005 40 05 04 00000064 40 06 00 c0 07 08 0000fdea c0000203"
                                      "c0 08 0c fde90064 ffffff01 ffffff03",
                             "18 0a0a0a")),
            "BGP4MP|10|A|192.0.2.2|65002|10.10.10.0/24|65002|IGP|192.0.2.2|100|5|65001:100 no-export local-AS|AG|"
            "65002 192.0.2.3|\n");
}

TEST(CapBgpdumpLines, Withdrawal_ComesFirst) {
  EXPECT_EQ(lines_of(message(kUsual, "08 0a", "08 0b")),
            "BGP4MP|10|W|192.0.2.2|65002|11.0.0.0/8\n"
            "BGP4MP|10|A|192.0.2.2|65002|10.0.0.0/8|65002|IGP|192.0.2.2|0|0||NAG||\n");
}

TEST(CapBgpdumpLines, MultiprotocolRoutes_HaveTheirOwnNextHop) {
  EXPECT_EQ(lines_of(message(std::string(kOriginIgp) + kAsPath65002 +
                                 "80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8"
                                 "80 0f 08 0002 01 20 20010db9",
                             "")),
            "BGP4MP|10|W|192.0.2.2|65002|2001:db9::/32\n"
            "BGP4MP|10|A|192.0.2.2|65002|2001:db8::/32|65002|IGP|2001:db8::1|0|0||NAG||\n");
}

TEST(CapBgpdumpLines, Paths_ShowTheirSegments) {
  const std::string path = "40 02 1c 02 01 0000fdea 01 02 00000001 00000002 03 01 00000003 04 01 00000004";
  EXPECT_NE(lines_of(message(std::string(kOriginIgp) + path + kNextHop, "08 0a")).find("|65002 {1,2} (3) [4]|"),
            std::string::npos);
}

TEST(CapBgpdumpLines, NamesTellFormAndDirection) {
  EXPECT_EQ(lines_of(message("", "", "00000007 08 0a", 9)), "BGP4MP_AP|10|W|192.0.2.2|65002|10.0.0.0/8|7\n");
  EXPECT_EQ(lines_of(message("", "", "08 0a", 7)), "BGP4MP_LOCAL|10|W|192.0.2.2|65002|10.0.0.0/8\n");
  EXPECT_EQ(lines_of(record(17, 5, "00000007"_hex + kEnds + "0003 0004"_hex)),
            "BGP4MP_ET|10.000007|STATE|192.0.2.2|65002|3|4\n");
}

TEST(CapBgpdumpLines, Tables_HaveARouteALine) {
  EXPECT_EQ(lines_of(record(12, 1, "0000 0001 0a0a0000 10 01 00000005 c0000202 fdea 0000"_hex)),
            "TABLE_DUMP|10|B|192.0.2.2|65002|10.10.0.0/16||INCOMPLETE|255.255.255.255|0|0||NAG||\n");
}

TEST(CapBgpdumpLines, Ipv6_IsShortenedAsThere) {
  const auto text = [](const Bytes& octets) {
    std::string out;
    append_v6_like_bgpdump(out, octets);
    return out;
  };
  EXPECT_EQ(text("200107f8003000000001000100001853"_hex), "2001:7f8:30::1:1:0:1853") << "a single group";
  EXPECT_EQ(text("00000000000000000000000000000000"_hex), "::");
  EXPECT_EQ(text("20010db8000000000000000000000000"_hex), "2001:db8::");
  EXPECT_EQ(text("00000000000000000000000000000001"_hex), "::1");
  EXPECT_EQ(text("00000000000000000000ffffc0a8000a"_hex), "::ffff:192.168.0.10");
}

struct Shown {
  bool good;
  std::string out, err;
};

Shown shown(const Bytes& file, Form form, const Filter& filter = {}) {
  std::ostringstream out, err;
  const bool good = decode_mrt(file, filter, {form, false}, out, err);
  return {good, out.str(), err.str()};
}

TEST(CapMrtDecode, Text_IsARecordAnEntry) {
  const Bytes file = message(kUsual, "08 0a") + record(16, 5, kEnds + "0005 0006"_hex);

  EXPECT_EQ(shown(file, Form::Text).out,
            "#1 10.000000 192.0.2.2 AS 65002 UPDATE, 45 octets\n"
            "  reachable ipv4-unicast 10.0.0.0/8: origin igp as-path 65002 next-hop 192.0.2.2\n"
            "#2 10.000000 192.0.2.2 AS 65002 OpenConfirm > Established\n");
}

TEST(CapMrtDecode, Json_HasTheMessageOrTheRoute) {
  const auto line = boost::json::parse(shown(message(kUsual, "08 0a"), Form::Json).out);
  EXPECT_EQ(line.at("peer"), "192.0.2.2");
  EXPECT_EQ(line.at("update").at("nlri").at(0), "10.0.0.0/8");
  const Bytes table = record(13, 1, "c0000201 0000 0001 00 c0000202 c0000202 fdea"_hex) +
                      record(13, 4,
                             "00000001 20 20010db8 0001 0000 00000005 0014 80 0e 11 10 "
                             "20010db8000000000000000000000001"_hex);
  const auto route = boost::json::parse(shown(table, Form::Json).out);
  EXPECT_EQ(route.at("kind"), "route");
  EXPECT_EQ(route.at("update").at("attrs").at(0).at("prefixes").at(0), "2001:db8::/32");
  EXPECT_EQ(route.at("update").at("attrs").at(0).at("next_hop").at(0), "2001:db8::1");
}

TEST(CapMrtDecode, Filter_AppliesToPeersAndTypes) {
  Filter other;
  ASSERT_TRUE(other.add("peer=192.0.2.9"));
  Filter opens;
  ASSERT_TRUE(opens.add("type=open"));

  EXPECT_EQ(shown(message(kUsual, "08 0a"), Form::Text, other).out, "");
  EXPECT_EQ(shown(message(kUsual, "08 0a"), Form::Text, opens).out, "");
}

TEST(CapMrtDecode, RestOfAFile_IsSaid) {
  const auto [good, out, err] = shown(message(kUsual, "08 0a") + "00"_hex, Form::Bgpdump);

  EXPECT_FALSE(good);
  EXPECT_EQ(err, "bgpcap: after 1 records there are 1 octets that are no record\n");
}

}  // namespace
}  // namespace bgp::cap
