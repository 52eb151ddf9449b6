#include "bgp/json/state.hpp"

#include <gtest/gtest.h>

#include "support/json.hpp"

namespace bgp {
namespace {

TEST(JsonState, State_IsTheRfcsName) {
  EXPECT_EQ(to_json(State::OpenConfirm), "OpenConfirm");
  EXPECT_EQ(to_json(State::Idle), "Idle");
}

TEST(JsonState, Negotiated_ShowsWhatWasAgreed) {
  Negotiated negotiated;
  negotiated.local_asn = 65001;
  negotiated.peer_asn = 65002;
  negotiated.local_identifier = {0xc0000201};
  negotiated.peer_identifier = {0xc0000202};
  negotiated.hold_time = 90;
  negotiated.families = {kIpv4Unicast};
  negotiated.four_octet_as = true;
  negotiated.add_path_send = {kIpv4Unicast};
  negotiated.extended_next_hop_send = {kIpv4Unicast};
  negotiated.multiple_labels_send = {{Family{Afi::Ipv4, Safi::LabeledUnicast}, 3}};
  negotiated.orf_receive = {{kIpv6Unicast, OrfType::AddressPrefix}};
  negotiated.peer_paths_limit = {{kIpv4Unicast, 8}};
  negotiated.role = BgpRole::Customer;
  negotiated.peer_role = BgpRole::Provider;
  negotiated.peer_graceful_restart = capability::GracefulRestart{false, false, 120, {}};

  EXPECT_EQ(to_json(negotiated), R"({
      "local_asn": 65001, "peer_asn": 65002, "local_identifier": "192.0.2.1", "peer_identifier": "192.0.2.2",
      "internal": false, "hold_time": 90,
      "families": [{"afi": 1, "safi": 1, "family": "ipv4-unicast"}], "four_octet_as": true, "route_refresh": false,
      "enhanced_route_refresh": false, "extended_message_receive": false, "extended_message_send": false,
      "add_path_receive": [], "add_path_send": [{"afi": 1, "safi": 1, "family": "ipv4-unicast"}],
      "extended_next_hop_receive": [],
      "extended_next_hop_send": [{"afi": 1, "safi": 1, "family": "ipv4-unicast"}],
      "multiple_labels_receive": [], "multiple_labels_send": [{"family": "ipv4-labeled-unicast", "labels": 3}],
      "orf_receive": [{"family": "ipv6-unicast", "type": 64}], "orf_send": [],
      "peer_paths_limit": [{"family": "ipv4-unicast", "limit": 8}], "enforce_first_as": false,
      "notification_graceful": false, "role": "customer", "peer_role": "provider",
      "peer_graceful_restart": {"code": 64, "name": "graceful-restart", "restart_state": false, "notification": false,
                                "restart_time": 120, "families": []}})"_json);
}

}  // namespace
}  // namespace bgp
