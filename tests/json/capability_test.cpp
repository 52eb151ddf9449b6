#include "bgp/wire/capability.hpp"

#include <gtest/gtest.h>

#include "bgp/json/messages.hpp"
#include "support/hex.hpp"
#include "support/json.hpp"

namespace bgp {
namespace {

TEST(JsonCapability, WithoutValue_HasCodeAndName) {
  EXPECT_EQ(to_json(Capability(capability::RouteRefresh{})), R"({"code": 2, "name": "route-refresh"})"_json);
  EXPECT_EQ(to_json(Capability(capability::ExtendedMessage{})), R"({"code": 6, "name": "extended-message"})"_json);
  EXPECT_EQ(to_json(Capability(capability::EnhancedRouteRefresh{})),
            R"({"code": 70, "name": "enhanced-route-refresh"})"_json);
}

TEST(JsonCapability, Typed_HasItsFields) {
  EXPECT_EQ(to_json(Capability(capability::Multiprotocol{kIpv4Unicast})),
            R"({"code": 1, "name": "multiprotocol", "afi": 1, "safi": 1, "family": "ipv4-unicast"})"_json);
  EXPECT_EQ(to_json(Capability(capability::FourOctetAs{4200000001})),
            R"({"code": 65, "name": "4-octet-as", "asn": 4200000001})"_json);
  EXPECT_EQ(to_json(Capability(capability::GracefulRestart{true, true, 120, {{kIpv4Unicast, true}}})),
            R"({"code": 64, "name": "graceful-restart", "restart_state": true, "notification": true,
                "restart_time": 120,
                "families": [{"afi": 1, "safi": 1, "family": "ipv4-unicast", "forwarding_state": true}]})"_json);
  EXPECT_EQ(to_json(Capability(capability::AddPath{{{kIpv4Unicast, capability::AddPath::Mode::Both}}})),
            R"({"code": 69, "name": "add-path",
                "families": [{"afi": 1, "safi": 1, "family": "ipv4-unicast", "mode": "both"}]})"_json);
}

TEST(JsonCapability, ListsOfFamilies_HaveAnObjectEach) {
  using namespace capability;
  using Orf = OutboundRouteFiltering;
  EXPECT_EQ(to_json(Capability(Orf{{{kIpv4Unicast, {{OrfType::AddressPrefix, Orf::Mode::Receive}}}}})),
            R"({"code": 3, "name": "outbound-route-filtering",
                "families": [{"afi": 1, "safi": 1, "family": "ipv4-unicast",
                              "filters": [{"type": 64, "name": "address-prefix", "mode": "receive"}]}]})"_json);
  EXPECT_EQ(to_json(Capability(ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}}})),
            R"({"code": 5, "name": "extended-next-hop",
                "families": [{"afi": 1, "safi": 1, "family": "ipv4-unicast", "next_hop_afi": 2}]})"_json);
  EXPECT_EQ(to_json(Capability(MultipleLabels{{{kIpv4Unicast, 3}}})),
            R"({"code": 8, "name": "multiple-labels",
                "families": [{"afi": 1, "safi": 1, "family": "ipv4-unicast", "count": 3}]})"_json);
  EXPECT_EQ(to_json(Capability(LongLivedGracefulRestart{{{kIpv4Unicast, true, 86400}}})),
            R"({"code": 71, "name": "long-lived-graceful-restart",
                "families": [{"afi": 1, "safi": 1, "family": "ipv4-unicast", "forwarding_state": true,
                              "stale_time": 86400}]})"_json);
  EXPECT_EQ(to_json(Capability(PathsLimit{{{kIpv4Unicast, 4}}})),
            R"({"code": 76, "name": "paths-limit",
                "families": [{"afi": 1, "safi": 1, "family": "ipv4-unicast", "limit": 4}]})"_json);
}

TEST(JsonCapability, SingleValues_StandUnderTheirNames) {
  using namespace capability;
  EXPECT_EQ(to_json(Capability(BgpSec{0, BgpSec::Direction::Send, Afi::Ipv6})),
            R"({"code": 7, "name": "bgpsec", "version": 0, "direction": "send", "afi": 2})"_json);
  EXPECT_EQ(to_json(Capability(Role{BgpRole::Customer})),
            R"({"code": 9, "name": "role", "role": 3, "role_name": "customer"})"_json);
  EXPECT_EQ(to_json(Capability(DynamicCapability{{1, 2}})),
            R"({"code": 67, "name": "dynamic-capability", "codes": [1, 2]})"_json);
  EXPECT_EQ(to_json(Capability(MultiSession{0, {1}})),
            R"({"code": 68, "name": "multisession", "flags": 0, "codes": [1]})"_json);
  EXPECT_EQ(to_json(Capability(SoftwareVersion{"x\n"})),
            R"({"code": 75, "name": "software-version", "version": "x\\x0a"})"_json);
}

TEST(JsonCapability, NamesOfThePeer_AreSafeToPrint) {
  EXPECT_EQ(to_json(Capability(capability::Fqdn{"r1\x1b[2J", "ex\xff"})),
            R"({"code": 73, "name": "fqdn", "host": "r1\\x1b[2J", "domain": "ex\\xff"})"_json);
}

TEST(JsonCapability, Unknown_HasItsOctets) {
  EXPECT_EQ(to_json(Capability(capability::Unknown{200, "abcd"_hex})),
            R"({"code": 200, "name": "unknown", "value": "abcd"})"_json);
}

}  // namespace
}  // namespace bgp
