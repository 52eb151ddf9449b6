#include <gtest/gtest.h>

#include "bgp/json/nlri.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"

namespace bgp {
namespace {

/// NLRI as they stand in a field of the family.
boost::json::array shown(Family family, const Bytes& octets) { return to_json(NlriView(family, octets, false)); }

constexpr Family kEvpn{Afi::L2vpn, Safi::Evpn};
constexpr Family kFlowSpec{Afi::Ipv4, Safi::FlowSpec};

TEST(JsonNlriFamilies, Evpn_HasTheFieldsOfItsRouteType) {
  EXPECT_EQ(shown(kEvpn, "01 19 0000fde900000001 00112233445566778899 0000000a 0000a0"_hex),
            R"([{"route_type": 1, "name": "ethernet-auto-discovery", "rd": "65001:1",
                 "esi": "00:11:22:33:44:55:66:77:88:99", "ethernet_tag": 10, "labels": [160]}])"_json);
  EXPECT_EQ(shown(kEvpn, "02 25 0000fde900000001 00000000000000000000 00000000 30 00005e005301 20 c0000209 0000a0"_hex),
            R"([{"route_type": 2, "name": "mac-ip-advertisement", "rd": "65001:1",
                 "esi": "00:00:00:00:00:00:00:00:00:00", "ethernet_tag": 0, "mac": "00:00:5e:00:53:01",
                 "ip": "192.0.2.9", "labels": [160]}])"_json);
  EXPECT_EQ(shown(kEvpn, "03 11 0000fde900000001 00000000 20 c0000209"_hex),
            R"([{"route_type": 3, "name": "inclusive-multicast", "rd": "65001:1", "ethernet_tag": 0,
                 "originator": "192.0.2.9"}])"_json);
  EXPECT_EQ(shown(kEvpn, "04 17 0000fde900000001 00112233445566778899 20 c0000209"_hex),
            R"([{"route_type": 4, "name": "ethernet-segment", "rd": "65001:1",
                 "esi": "00:11:22:33:44:55:66:77:88:99", "originator": "192.0.2.9"}])"_json);
  EXPECT_EQ(shown(kEvpn, "05 22 0000fde900000001 00000000000000000000 00000000 18 c6336400 00000000 0000a0"_hex),
            R"([{"route_type": 5, "name": "ip-prefix", "rd": "65001:1", "esi": "00:00:00:00:00:00:00:00:00:00",
           "ethernet_tag": 0, "prefix": "198.51.100.0/24", "gateway": "0.0.0.0", "labels": [160]}])"_json);
}

TEST(JsonNlriFamilies, EvpnOfAnUnknownType_HasItsOctets) {
  EXPECT_EQ(to_json(EvpnNlri{evpn::UnknownRoute{9, "abcd"_hex}, 0}),
            R"({"route_type": 9, "name": null, "octets": "abcd"})"_json);
}

TEST(JsonNlriFamilies, FlowSpecification_HasItsComponents) {
  EXPECT_EQ(shown(kFlowSpec, "0d 01 18 c00002 05 03 89 45 8b 91 1f90"_hex),
            R"([{"components": [{"type": 1, "name": "destination-prefix", "prefix": "192.0.2.0/24"},
                                {"type": 5, "name": "destination-port",
                                 "terms": [{"operator": ">=", "value": 137}, {"and": true, "operator": "<=", "value": 139},
                                           {"operator": "=", "value": 8080}]}]}])"_json);
  EXPECT_EQ(shown(kFlowSpec, "03 09 81 02"_hex),
            R"([{"components": [{"type": 9, "name": "tcp-flags",
                                 "terms": [{"not": false, "match": "all", "value": 2}]}]}])"_json);
}

TEST(JsonNlriFamilies, RouteTargetMembership_IsAPrefixOfOctets) {
  constexpr Family kMembership{Afi::Ipv4, Safi::RouteTargetConstraint};
  EXPECT_EQ(shown(kMembership, "60 0000fde9 0002fde900000064"_hex),
            R"([{"length": 96, "origin_as": 65001, "route_target": "0002fde900000064"}])"_json);
  EXPECT_EQ(shown(kMembership, "00"_hex), R"([{"length": 0}])"_json);
}

TEST(JsonNlriFamilies, LinkState_HasItsDescriptors) {
  constexpr Family kLinkState{Afi::BgpLs, Safi::BgpLs};
  EXPECT_EQ(shown(kLinkState, "0001 0011 02 0000000000000007 0100 0004 02000004"_hex),
            R"([{"nlri_type": 1, "name": "node", "protocol_id": 2, "identifier": 7,
                 "descriptors": [{"type": 256, "value": "02000004"}]}])"_json);
}

}  // namespace
}  // namespace bgp
