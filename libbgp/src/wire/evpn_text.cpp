// wire/evpn_text.cpp
//
// EVPN routes for people.
#include "bgp/wire/evpn_nlri.hpp"
#include "text.hpp"

namespace bgp {
namespace {

using namespace evpn;

std::string bracketed(const std::string& text) { return '[' + text + ']'; }

std::string field(const std::string& text) { return ":[" + text + ']'; }

std::string address_fields(const IpAddress& address) {
  return field(std::to_string(address.bits())) + field(to_string(address));
}

std::string segment_text(const EthernetSegmentId& segment) {
  return segment == EthernetSegmentId{} ? "" : " esi " + to_string(segment);
}

/// A route in two parts: its key, and what else the NLRI says.
struct Parts {
  std::string key, rest;
};

struct Text {
  Parts operator()(const EthernetAutoDiscovery& route) const {
    return {"rd " + to_string(route.rd) + " [1]" + field(std::to_string(route.tag)) + field(to_string(route.segment)),
            " label " + std::to_string(route.label)};
  }
  Parts operator()(const MacIpAdvertisement& route) const {
    Parts parts{"rd " + to_string(route.rd) + " [2]" + field(std::to_string(route.tag)) + ":[48]" +
                    field(to_string(route.mac)) + (route.ip ? address_fields(*route.ip) : std::string()),
                segment_text(route.segment) + " label " + std::to_string(route.label1)};
    if (route.label2) parts.rest += '/' + std::to_string(*route.label2);
    return parts;
  }
  Parts operator()(const InclusiveMulticast& route) const {
    return {"rd " + to_string(route.rd) + " [3]" + field(std::to_string(route.tag)) + address_fields(route.originator),
            ""};
  }
  Parts operator()(const EthernetSegment& route) const {
    return {"rd " + to_string(route.rd) + " [4]" + field(to_string(route.segment)) + address_fields(route.originator),
            ""};
  }
  Parts operator()(const IpPrefix& route) const {
    const bool gateway =
        route.gateway != (route.gateway.is_v6() ? IpAddress::v6(std::array<std::uint8_t, 16>{}) : IpAddress{});
    return {"rd " + to_string(route.rd) + " [5]" + field(std::to_string(route.tag)) +
                field(std::to_string(route.prefix.length())) + field(to_string(route.prefix.address())),
            segment_text(route.segment) + (gateway ? " gateway " + to_string(route.gateway) : "") + " label " +
                std::to_string(route.label)};
  }
  Parts operator()(const UnknownRoute& route) const {
    return {bracketed(std::to_string(route.type)) + field(hex_text(route.octets)), ""};
  }
};

}  // namespace

std::string to_string(const EvpnNlri& nlri) {
  const Parts parts = std::visit(Text{}, nlri.route);
  return parts.key + (nlri.path_id == 0 ? "" : '#' + std::to_string(nlri.path_id)) + parts.rest;
}

}  // namespace bgp
