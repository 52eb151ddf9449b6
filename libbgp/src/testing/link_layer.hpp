// testing/link_layer.hpp
//
// What stands in front of IP in a captured packet.
#pragma once

#include "bgp/testing/packets.hpp"

namespace bgp::test {

/// The packet from its IPv4 or IPv6 header on; empty when it has none. Ethernet, VLAN tags (also several), MPLS,
/// PPPoE, Linux cooked v1 and v2, raw IP, loopback, PPP, Cisco HDLC, frame relay.
[[nodiscard]] BytesView network_layer(int link_type, BytesView octets);

/// The same of what follows an EtherType: for tunnels.
[[nodiscard]] BytesView after_ether_type(std::uint16_t type, BytesView octets);

}  // namespace bgp::test
