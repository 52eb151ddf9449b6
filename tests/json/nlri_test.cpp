#include "bgp/json/nlri.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"
#include "support/json.hpp"

namespace bgp {
namespace {

TEST(JsonNlri, Prefix_IsText) {
  EXPECT_EQ(to_json(*Prefix::parse("192.0.2.0/24")), "192.0.2.0/24");
  EXPECT_EQ(to_json(*Prefix::parse("2001:db8::/32")), "2001:db8::/32");
}

TEST(JsonNlri, Family_HasNumbersAndName) {
  EXPECT_EQ(to_json(kIpv6Unicast), R"({"afi": 2, "safi": 1, "family": "ipv6-unicast"})"_json);
}

TEST(JsonNlri, PathIdentifier_IsShownWhereThereIsOne) {
  EXPECT_EQ(to_json(Nlri{*Prefix::parse("192.0.2.0/24"), 0}), R"({"prefix": "192.0.2.0/24"})"_json);
  EXPECT_EQ(to_json(Nlri{*Prefix::parse("192.0.2.0/24"), 7}), R"({"prefix": "192.0.2.0/24", "path_id": 7})"_json);
}

TEST(JsonNlri, WithAddPath_Identifier0IsShownToo) {
  const Bytes octets = "00000000 18 c00002 ffffffff 08 0a"_hex;

  const auto json = to_json(NlriView(kIpv4Unicast, octets, true));

  EXPECT_EQ(json,
            R"([{"prefix": "192.0.2.0/24", "path_id": 0}, {"prefix": "10.0.0.0/8", "path_id": 4294967295}])"_json);
}

TEST(JsonNlri, Labels_AreAListOfNumbers) {
  EXPECT_EQ(to_json(LabeledNlri{*Prefix::parse("10.0.0.0/8"), {16, 17}, 0}),
            R"({"prefix": "10.0.0.0/8", "labels": [16, 17]})"_json);
  EXPECT_EQ(to_json(LabeledNlri{*Prefix::parse("10.0.0.0/8"), {}, 3}),
            R"({"prefix": "10.0.0.0/8", "path_id": 3})"_json);
}

TEST(JsonNlri, Vpn_HasItsRouteDistinguisher) {
  EXPECT_EQ(to_json(VpnNlri{RouteDistinguisher::of_as2(65001, 1), *Prefix::parse("10.0.0.0/8"), {16}, 0}),
            R"({"rd": "65001:1", "prefix": "10.0.0.0/8", "labels": [16]})"_json);
}

TEST(JsonNlri, AnyNlri_HasTheShapeOfItsAlternative) {
  EXPECT_EQ(to_json(AnyNlri(Nlri{*Prefix::parse("10.0.0.0/8"), 0})), R"({"prefix": "10.0.0.0/8"})"_json);
  EXPECT_EQ(to_json(AnyNlri(OpaqueNlri{"ff"_hex, 0})), R"({"octets": "ff"})"_json);
}

TEST(JsonNlri, FamilyKeptAsOctets_HasThem) {
  const Bytes octets = "01 02 ff"_hex;

  EXPECT_EQ(to_json(NlriView({Afi::L2vpn, static_cast<Safi>(65)}, octets, false)), R"([{"octets": "0102ff"}])"_json);
  EXPECT_EQ(to_json(NlriView({Afi::L2vpn, static_cast<Safi>(65)}, {}, false)), R"([])"_json);
}

}  // namespace
}  // namespace bgp
