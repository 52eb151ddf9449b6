// compare_opens(): what two speakers would agree on, and why not.
#include "bgp/session/compare_opens.hpp"

#include <gtest/gtest.h>

#include "support/generate_open.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using capability::FourOctetAs;
using capability::GracefulRestart;
using capability::Multiprotocol;
using capability::Role;

OpenMessage modern(std::uint32_t asn, std::uint32_t identifier) {
  return {static_cast<std::uint16_t>(asn),
          90,
          {identifier},
          {Multiprotocol{kIpv4Unicast}, Multiprotocol{kIpv6Unicast}, capability::RouteRefresh{}, FourOctetAs{asn}}};
}

bool agreed(const NegotiationReport& report, const char* feature) {
  const NegotiationItem* item = report.find(feature);
  if (item == nullptr) ADD_FAILURE() << feature << " is not in\n" << to_string(report);
  return item != nullptr && item->agreed;
}

TEST(CompareOpens, TwoModernSpeakers_AgreeOnAllOfIt) {
  const NegotiationReport report = compare_opens(modern(65001, 1), modern(65002, 2));

  EXPECT_TRUE(report.session());
  EXPECT_EQ(to_string(report),
            "yes  session: external, AS 65001 and AS 65002\n"
            "yes  hold time: 90 s, the smaller of 90 and 90\n"
            "yes  ipv4-unicast: both advertise it\n"
            "yes  ipv6-unicast: both advertise it\n"
            "yes  four-octet AS: both advertise it\n"
            "yes  route refresh to first: the first advertises it\n"
            "yes  route refresh to second: the second advertises it\n");
}

TEST(CompareOpens, AnOldSpeaker_LeavesIpv4Unicast) {
  OpenMessage old = modern(65002, 2);
  old.capabilities.clear();
  old.hold_time = 0;

  const NegotiationReport report = compare_opens(modern(65001, 1), old);

  EXPECT_TRUE(report.session());
  EXPECT_EQ(to_string(report),
            "yes  session: external, AS 65001 and AS 65002\n"
            "no   hold time: none, and no KEEPALIVEs: one proposes 0 (90 and 0)\n"
            "yes  ipv4-unicast: both advertise it\n"
            "no   ipv6-unicast: the second does not advertise it\n"
            "no   four-octet AS: the second does not advertise it\n"
            "yes  route refresh to first: the first advertises it\n"
            "no   route refresh to second: the second does not advertise it\n");
}

// What an OPEN alone makes impossible
TEST(CompareOpens, WithAnObstacle_ThereIsNoSession) {
  const auto reason = [](const OpenMessage& first, const OpenMessage& second) {
    const NegotiationReport report = compare_opens(first, second);
    EXPECT_FALSE(report.session());
    return report.items.front().reason;
  };
  const OpenMessage good = modern(65001, 1);
  OpenMessage bad = modern(65002, 2);
  bad.hold_time = 2;
  EXPECT_EQ(reason(good, bad), "the second is refused with 2/6 Unacceptable Hold Time");
  EXPECT_EQ(reason(bad, good), "the first is refused with 2/6 Unacceptable Hold Time");

  EXPECT_EQ(reason(good, modern(65001, 1)),
            "the same BGP Identifier within one AS: 2/3 Bad BGP Identifier (RFC 6286 2.2)");

  OpenMessage customer = modern(65001, 1);
  customer.capabilities.emplace_back(Role{BgpRole::Customer});
  OpenMessage peer = modern(65002, 2);
  peer.capabilities.emplace_back(Role{BgpRole::Peer});
  EXPECT_EQ(reason(customer, peer), "customer cannot face peer: 2/11 Role Mismatch (RFC 9234 4.2)");

  peer.capabilities.emplace_back(Role{BgpRole::Provider});
  EXPECT_EQ(reason(customer, peer), "one of them says several roles: 2/11 Role Mismatch (RFC 9234 4.2)");
}

TEST(CompareOpens, EachDirection_IsItsOwn) {
  using Mode = capability::AddPath::Mode;
  OpenMessage first = modern(65001, 1);
  first.capabilities.emplace_back(capability::AddPath{{{kIpv4Unicast, Mode::Send}}});
  first.capabilities.emplace_back(capability::ExtendedMessage{});
  OpenMessage second = modern(65002, 2);
  second.capabilities.emplace_back(
      capability::AddPath{{{kIpv4Unicast, Mode::Both}, {{Afi::L2vpn, Safi::Evpn}, Mode::Both}}});

  const NegotiationReport report = compare_opens(first, second);

  EXPECT_FALSE(agreed(report, "add-path ipv4-unicast to first"));
  EXPECT_TRUE(agreed(report, "add-path ipv4-unicast to second"));
  EXPECT_FALSE(agreed(report, "add-path l2vpn-evpn to first"));
  EXPECT_EQ(report.find("add-path l2vpn-evpn to first")->reason, "the family is not agreed");
  EXPECT_TRUE(agreed(report, "extended messages to first"));
  EXPECT_FALSE(agreed(report, "extended messages to second"));
}

TEST(CompareOpens, EveryOtherFeature_HasItsItem) {
  using Orf = capability::OutboundRouteFiltering;
  constexpr Family kLabeled{Afi::Ipv4, Safi::LabeledUnicast};
  OpenMessage first = modern(65001, 1);
  OpenMessage second = modern(65002, 2);
  for (OpenMessage* open : {&first, &second}) {
    open->capabilities.emplace_back(Multiprotocol{kLabeled});
    open->capabilities.emplace_back(capability::EnhancedRouteRefresh{});
    open->capabilities.emplace_back(capability::ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}}});
    open->capabilities.emplace_back(Role{open == &first ? BgpRole::Provider : BgpRole::Customer});
    open->capabilities.emplace_back(capability::MultipleLabels{{{kLabeled, std::uint8_t(open == &first ? 3 : 255)}}});
    open->capabilities.emplace_back(GracefulRestart{false, true, 120, {{kIpv4Unicast, true}}});
    open->capabilities.emplace_back(capability::LongLivedGracefulRestart{{{kIpv4Unicast, true, 60}}});
  }
  first.capabilities.emplace_back(Orf{{{kIpv4Unicast, {{OrfType::AddressPrefix, Orf::Mode::Send}}}}});
  second.capabilities.emplace_back(Orf{{{kIpv4Unicast, {{OrfType::AddressPrefix, Orf::Mode::Receive}}}}});

  const NegotiationReport report = compare_opens(first, second);

  for (const char* feature :
       {"role", "enhanced route refresh", "IPv6 next hop ipv4-unicast to first", "multiple labels ipv4-labeled-unicast",
        "route filters ipv4-unicast to second", "graceful restart of first", "graceful restart of second",
        "graceful NOTIFICATION", "long-lived graceful restart"}) {
    EXPECT_TRUE(agreed(report, feature)) << feature;
  }
  EXPECT_FALSE(agreed(report, "route filters ipv4-unicast to first"));
  EXPECT_EQ(report.find("multiple labels ipv4-labeled-unicast")->reason, "3 to the first, 255 to the second");
  EXPECT_EQ(report.find("graceful restart of first")->reason, "ipv4-unicast for 120 s");
  EXPECT_EQ(report.find("no such feature"), nullptr);
}

// Whoever stands first, the same things are agreed
TEST(CompareOpens, AnyTwoOpens_AreAgreedOnFromBothSides) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    OpenGenerator generate(seed);
    const OpenMessage first = generate.open(25);
    const OpenMessage second = generate.open(25);

    const NegotiationReport report = compare_opens(first, second);
    const NegotiationReport other = compare_opens(second, first);

    EXPECT_EQ(report.first, other.second) << "seed " << seed;
    EXPECT_EQ(report.session(), other.session()) << "seed " << seed;
    EXPECT_EQ(report.items.size(), other.items.size()) << "seed " << seed;
    EXPECT_EQ(report.first.add_path_send.size(), report.second.add_path_receive.size());
    EXPECT_EQ(report.first.orf_send.size(), report.second.orf_receive.size());
  }
}

}  // namespace
}  // namespace bgp
