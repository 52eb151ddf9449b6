// json/nlri_families.cpp
//
// NLRI that are no prefixes: EVPN, flow specifications, Route Target membership, link-state.
#include <array>

#include "bgp/json/nlri.hpp"
#include "fields.hpp"

namespace bgp {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// --- EVPN (RFC 7432 7, RFC 9136 3.1)

struct EvpnFields {
  object& json;

  void operator()(const evpn::EthernetAutoDiscovery& route) const {
    head("ethernet-auto-discovery", route.rd);
    json["esi"] = to_string(route.segment);
    json["ethernet_tag"] = route.tag;
    json["labels"] = array{route.label};
  }
  void operator()(const evpn::MacIpAdvertisement& route) const {
    head("mac-ip-advertisement", route.rd);
    json["esi"] = to_string(route.segment);
    json["ethernet_tag"] = route.tag;
    json["mac"] = to_string(route.mac);
    if (route.ip) json["ip"] = to_string(*route.ip);
    array labels{route.label1};
    if (route.label2) labels.emplace_back(*route.label2);
    json["labels"] = std::move(labels);
  }
  void operator()(const evpn::InclusiveMulticast& route) const {
    head("inclusive-multicast", route.rd);
    json["ethernet_tag"] = route.tag;
    json["originator"] = to_string(route.originator);
  }
  void operator()(const evpn::EthernetSegment& route) const {
    head("ethernet-segment", route.rd);
    json["esi"] = to_string(route.segment);
    json["originator"] = to_string(route.originator);
  }
  void operator()(const evpn::IpPrefix& route) const {
    head("ip-prefix", route.rd);
    json["esi"] = to_string(route.segment);
    json["ethernet_tag"] = route.tag;
    json["prefix"] = to_json(route.prefix);
    json["gateway"] = to_string(route.gateway);
    json["labels"] = array{route.label};
  }
  void operator()(const evpn::UnknownRoute& route) const {
    json["name"] = nullptr;
    json["octets"] = hex(route.octets);
  }

 private:
  void head(const char* name, RouteDistinguisher rd) const {
    json["name"] = name;
    json["rd"] = to_string(rd);
  }
};

// --- Flow specifications (RFC 8955 4.2, RFC 8956 3)

value component_name(FlowSpecType type) {
  switch (type) {
    case FlowSpecType::DestinationPrefix: return "destination-prefix";
    case FlowSpecType::SourcePrefix: return "source-prefix";
    case FlowSpecType::Protocol: return "protocol";
    case FlowSpecType::Port: return "port";
    case FlowSpecType::DestinationPort: return "destination-port";
    case FlowSpecType::SourcePort: return "source-port";
    case FlowSpecType::IcmpType: return "icmp-type";
    case FlowSpecType::IcmpCode: return "icmp-code";
    case FlowSpecType::TcpFlags: return "tcp-flags";
    case FlowSpecType::PacketLength: return "packet-length";
    case FlowSpecType::Dscp: return "dscp";
    case FlowSpecType::Fragment: return "fragment";
    case FlowSpecType::FlowLabel: return "flow-label";
  }
  return nullptr;
}

object term_json(const FlowSpecTerm& term, bool bitmask) {
  // RFC 8955 4.2.1.1: less than 4, greater than 2, equal 1
  constexpr std::array kNumeric{"false", "=", ">", ">=", "<", "<=", "!=", "true"};
  object json;
  if (term.conjunction) json["and"] = true;
  if (bitmask) {
    json["not"] = (term.comparison & flow_spec_operator::kNot) != 0;
    json["match"] = (term.comparison & flow_spec_operator::kMatch) != 0 ? "all" : "any";
  } else {
    json["operator"] = kNumeric[term.comparison & 7U];
  }
  json["value"] = term.value;
  return json;
}

object component_json(const FlowSpecComponent& component) {
  object json{{"type", static_cast<unsigned>(component.type)}, {"name", component_name(component.type)}};
  if (const auto* prefix = std::get_if<FlowSpecPrefix>(&component.match)) {
    json["prefix"] = to_json(prefix->prefix);
    if (prefix->offset != 0) json["offset"] = prefix->offset;
    return json;
  }
  array terms;
  for (const FlowSpecTerm& term : std::get<std::vector<FlowSpecTerm>>(component.match)) {
    terms.push_back(term_json(term, has_bitmask_operators(component.type)));
  }
  json["terms"] = std::move(terms);
  return json;
}

// --- Link-state (RFC 9552 5.2)

value link_state_name(LinkStateType type) {
  switch (type) {
    case LinkStateType::Node: return "node";
    case LinkStateType::Link: return "link";
    case LinkStateType::Ipv4Prefix: return "ipv4-prefix";
    case LinkStateType::Ipv6Prefix: return "ipv6-prefix";
    case LinkStateType::Srv6Sid: return "srv6-sid";
  }
  return nullptr;
}

}  // namespace

object to_json(const EvpnNlri& nlri) {
  object json{{"route_type", route_type(nlri.route)}};
  std::visit(EvpnFields{json}, nlri.route);
  if (nlri.path_id != 0) json["path_id"] = nlri.path_id;
  return json;
}

object to_json(const FlowSpecNlri& nlri) {
  object json;
  if (nlri.rd) json["rd"] = to_string(*nlri.rd);
  array components;
  for (const FlowSpecComponent& component : nlri.components) components.push_back(component_json(component));
  json["components"] = std::move(components);
  if (nlri.path_id != 0) json["path_id"] = nlri.path_id;
  return json;
}

object to_json(const RouteTargetNlri& nlri) {
  object json{{"length", nlri.length}};
  if (nlri.length > 0) {  // RFC 4684 4: of length 0 is the default route target
    json["origin_as"] = nlri.origin_as;
    json["route_target"] = hex(nlri.route_target);
  }
  if (nlri.path_id != 0) json["path_id"] = nlri.path_id;
  return json;
}

object to_json(const LinkStateNlri& nlri) {
  object json{{"nlri_type", static_cast<unsigned>(nlri.type)}, {"name", link_state_name(nlri.type)}};
  if (nlri.rd) json["rd"] = to_string(*nlri.rd);
  if (const auto* octets = std::get_if<Bytes>(&nlri.object)) {
    json["octets"] = hex(*octets);
  } else {
    const auto& known = std::get<LinkStateObject>(nlri.object);
    json["protocol_id"] = known.protocol;
    json["identifier"] = known.identifier;
    array descriptors;
    for (const LinkStateTlv& tlv : known.descriptors) {
      descriptors.push_back(object{{"type", tlv.type}, {"value", hex(tlv.value)}});
    }
    json["descriptors"] = std::move(descriptors);
  }
  if (nlri.path_id != 0) json["path_id"] = nlri.path_id;
  return json;
}

}  // namespace bgp
