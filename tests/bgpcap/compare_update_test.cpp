#include "tools/bgpcap/compare_update.hpp"

#include <gtest/gtest.h>

#include "support/json.hpp"

namespace bgp::cap {
namespace {

using Texts = std::vector<std::string>;

/// 192.0.2.0/24 from 198.51.100.1, as bgp::json has it.
boost::json::value ours() {
  return R"({"reachable": [{"family": "ipv4-unicast", "next_hop": "198.51.100.1", "nlri": [{"prefix": "192.0.2.0/24"}]}],
             "unreachable": [{"family": "ipv4-mpls-vpn", "nlri": [{"rd": "1:1", "prefix": "10.0.0.0/8"}]}],
             "attributes": {"origin": "igp", "as_path": [{"type": "AS_SEQUENCE", "asns": [64496]}], "local_pref": 100,
                            "communities": ["no-export"], "large_communities": ["1:2:3"],
                            "extended_communities": ["rt:64496:1"]}})"_json;
}

Texts differences_of(const boost::json::value& update) {
  return update_differences(update.as_object(), ours().as_object());
}

TEST(CapCompareUpdate, TheSameInOtherWords_IsNoDifference) {
  EXPECT_EQ(differences_of(R"({"announce": {"ipv4 unicast": {"198.51.100.1": [{"nlri": "192.0.2.0/24"}]}},
                               "withdraw": {"ipv4 mpls-vpn": [{"rd": "1:1", "nlri": "10.0.0.0/8"}]},
                               "attribute": {"origin": "igp", "local-preference": 100,
                                             "as-path": {"0": {"element": "as-sequence", "value": [64496]}},
                                             "community": [[65535, 65281]], "large-community": [[1, 2, 3]],
                                             "extended-community": [{"value": 839958164144129}]}})"_json),
            Texts{});
  EXPECT_EQ(differences_of(R"({"announce": {"ipv4 mup": {"10.0.0.1": [{"name": "x"}]}}})"_json), Texts{});
}

TEST(CapCompareUpdate, RouteOfAnUnknownType_DoesNotCount) {
  EXPECT_EQ(differences_of(R"({"withdraw": {"l2vpn evpn": [{"code": 8, "parsed": false}]}})"_json), Texts{});
}

TEST(CapCompareUpdate, EachThingThatDiffers_IsNamed) {
  EXPECT_EQ(differences_of(R"({"announce": {"ipv4 unicast": {"198.51.100.1": [{"nlri": "192.0.2.0/25"}]}}})"_json),
            Texts{"announce ipv4 unicast: expected 192.0.2.0/25, got 192.0.2.0/24"});
  EXPECT_EQ(differences_of(R"({"announce": {"ipv4 unicast": {"198.51.100.2": [{"nlri": "192.0.2.0/24"}]}}})"_json),
            (Texts{"announce ipv4 unicast (number): expected 1, got 0",
                   "announce ipv4 unicast: expected 192.0.2.0/24, got "}));
  EXPECT_EQ(differences_of(R"({"withdraw": {"ipv4 mpls-vpn": [{"rd": "1:2", "nlri": "10.0.0.0/8"}]}})"_json),
            Texts{"withdraw ipv4 mpls-vpn: expected 1:2 10.0.0.0/8, got 1:1 10.0.0.0/8"});
  EXPECT_EQ(differences_of(R"({"attribute": {"med": 5}})"_json), Texts{"med: expected 5, got null"});
}

}  // namespace
}  // namespace bgp::cap
