// wire/tunnel_encapsulation_text.cpp
//
// Tunnel Encapsulation (RFC 9012) for people.
#include "bgp/wire/tunnel_encapsulation.hpp"
#include "overloaded.hpp"
#include "text.hpp"

namespace bgp {
namespace {

using namespace tunnel;

std::string text_of(const VxlanEncapsulation& encapsulation) {
  std::string text;
  if (encapsulation.vni) text = "vni " + std::to_string(*encapsulation.vni);
  if (encapsulation.mac) text += (text.empty() ? "mac " : " mac ") + to_string(*encapsulation.mac);
  return text.empty() ? "encapsulation" : text;
}

std::string text_of(const L2tpV3Encapsulation& encapsulation) {
  std::string text = "session " + std::to_string(encapsulation.session);
  if (!encapsulation.cookie.empty()) text += " cookie " + hex_text(encapsulation.cookie);
  return text;
}

std::string text_of(const tunnel::LabelStack& stack) {
  std::string text = "labels";
  // RFC 3032 2.1: the label is the upper 20 bits of an entry
  for (const std::uint32_t entry : stack.entries) text += ' ' + std::to_string(entry >> 12);
  return text;
}

std::string text_of(const TunnelSubTlv& sub_tlv) {
  return std::visit(
      Overloaded{
          [](const EgressEndpoint& endpoint) {
            return endpoint.address ? "endpoint " + to_string(*endpoint.address) : std::string("endpoint next-hop");
          },
          [](const VxlanEncapsulation& encapsulation) { return text_of(encapsulation); },
          [](const GreEncapsulation& encapsulation) { return "key " + std::to_string(encapsulation.key); },
          [](const L2tpV3Encapsulation& encapsulation) { return text_of(encapsulation); },
          [](const ProtocolType& protocol) { return "protocol " + std::to_string(protocol.ethertype); },
          [](const tunnel::Color& color) { return "color " + std::to_string(color.color); },
          [](const DsField& field) { return "ds-field " + std::to_string(field.value); },
          [](const UdpDestinationPort& port) { return "udp-port " + std::to_string(port.port); },
          [](const EmbeddedLabelHandling& handling) {
            return "embedded-label-handling " + std::to_string(handling.value);
          },
          [](const tunnel::LabelStack& stack) { return text_of(stack); },
          [](const Other& other) { return "sub-tlv-" + std::to_string(other.type) + ' ' + hex_text(other.value); },
      },
      sub_tlv);
}

}  // namespace

std::string to_string(const TunnelEncapsulation& encapsulation) {
  std::string text;
  for (const Tunnel& tunnel : encapsulation.tunnels) {
    text += (text.empty() ? "" : " ") + to_string(tunnel.type) + " (";
    for (std::size_t i = 0; i < tunnel.sub_tlvs.size(); ++i) {
      text += (i == 0 ? "" : " ") + text_of(tunnel.sub_tlvs[i]);
    }
    text += ')';
  }
  return text;
}

}  // namespace bgp
