// json/typed_attributes.cpp
//
// The attributes that PathAttributes keeps as octets and that have a type of their own.
#include "bgp/json/attributes.hpp"
#include "fields.hpp"

namespace bgp {
namespace {

using boost::json::array;
using boost::json::object;

/// Sub-TLVs of a tunnel (RFC 9012 3).
struct SubTlv {
  object operator()(const tunnel::EgressEndpoint& one) const {
    object json{{"name", "egress-endpoint"}};
    json["address"] = one.address ? boost::json::value(to_string(*one.address)) : nullptr;
    return json;
  }
  object operator()(const tunnel::VxlanEncapsulation& one) const {
    object json{{"name", "encapsulation"}};
    if (one.vni) json["vni"] = *one.vni;
    if (one.mac) json["mac"] = to_string(*one.mac);
    return json;
  }
  object operator()(const tunnel::GreEncapsulation& one) const { return {{"name", "encapsulation"}, {"key", one.key}}; }
  object operator()(const tunnel::L2tpV3Encapsulation& one) const {
    return {{"name", "encapsulation"}, {"session", one.session}, {"cookie", hex(one.cookie)}};
  }
  object operator()(const tunnel::ProtocolType& one) const {
    return {{"name", "protocol-type"}, {"ethertype", one.ethertype}};
  }
  object operator()(const tunnel::Color& one) const { return {{"name", "color"}, {"color", one.color}}; }
  object operator()(const tunnel::DsField& one) const { return {{"name", "ds-field"}, {"value", one.value}}; }
  object operator()(const tunnel::UdpDestinationPort& one) const {
    return {{"name", "udp-destination-port"}, {"port", one.port}};
  }
  object operator()(const tunnel::EmbeddedLabelHandling& one) const {
    return {{"name", "embedded-label-handling"}, {"value", one.value}};
  }
  object operator()(const tunnel::LabelStack& one) const {
    return {{"name", "label-stack"}, {"entries", array(one.entries.begin(), one.entries.end())}};
  }
  object operator()(const tunnel::Other& one) const { return {{"type", one.type}, {"value", hex(one.value)}}; }
};

object sid_json(const prefix_sid::Srv6Sid& sid) {
  object json{{"sid", to_string(sid.sid)}, {"flags", sid.flags}, {"endpoint_behavior", sid.endpoint_behavior}};
  if (!sid.structure) return json;
  json["structure"] = object{{"locator_block", sid.structure->locator_block},
                             {"locator_node", sid.structure->locator_node},
                             {"function", sid.structure->function},
                             {"argument", sid.structure->argument},
                             {"transposition_length", sid.structure->transposition_length},
                             {"transposition_offset", sid.structure->transposition_offset}};
  return json;
}

object service_json(const char* name, const std::vector<prefix_sid::Srv6Sid>& sids) {
  array list;
  for (const prefix_sid::Srv6Sid& sid : sids) list.push_back(sid_json(sid));
  return {{"name", name}, {"sids", std::move(list)}};
}

/// TLVs of Prefix-SID (RFC 8669 3, RFC 9252 2).
struct SidTlv {
  object operator()(const prefix_sid::LabelIndex& one) const {
    return {{"name", "label-index"}, {"flags", one.flags}, {"index", one.index}};
  }
  object operator()(const prefix_sid::OriginatorSrgb& one) const {
    array ranges;
    for (const prefix_sid::LabelRange& range : one.ranges) {
      ranges.push_back(object{{"base", range.base}, {"size", range.size}});
    }
    return {{"name", "originator-srgb"}, {"flags", one.flags}, {"ranges", std::move(ranges)}};
  }
  object operator()(const prefix_sid::Srv6L3Service& one) const { return service_json("srv6-l3-service", one.sids); }
  object operator()(const prefix_sid::Srv6L2Service& one) const { return service_json("srv6-l2-service", one.sids); }
  object operator()(const prefix_sid::Other& one) const { return {{"type", one.type}, {"value", hex(one.value)}}; }
};

}  // namespace

object to_json(const Aigp& aigp) {
  object json;
  if (aigp.metric) json["metric"] = *aigp.metric;
  array others;
  for (const AigpTlv& tlv : aigp.others) others.push_back(object{{"type", tlv.type}, {"value", hex(tlv.value)}});
  if (!others.empty()) json["others"] = std::move(others);
  return json;
}

object to_json(const PmsiTunnel& tunnel) {
  object json{{"flags", tunnel.flags},
              {"type", static_cast<unsigned>(tunnel.type)},
              {"label", tunnel.label},
              {"identifier", hex(tunnel.identifier)}};
  if (const auto endpoint = tunnel.endpoint()) json["endpoint"] = to_string(*endpoint);
  return json;
}

array to_json(const TunnelEncapsulation& encapsulation) {
  array tunnels;
  for (const Tunnel& tunnel : encapsulation.tunnels) {
    array sub_tlvs;
    for (const TunnelSubTlv& sub_tlv : tunnel.sub_tlvs) sub_tlvs.push_back(std::visit(SubTlv{}, sub_tlv));
    tunnels.push_back(object{{"type", static_cast<unsigned>(tunnel.type)},
                             {"name", to_string(tunnel.type)},
                             {"sub_tlvs", std::move(sub_tlvs)}});
  }
  return tunnels;
}

array to_json(const PrefixSid& prefix_sid) {
  array tlvs;
  for (const PrefixSidTlv& tlv : prefix_sid.tlvs) tlvs.push_back(std::visit(SidTlv{}, tlv));
  return tlvs;
}

object to_json(const AttrSet& set) {
  array attributes;
  for (const RawAttribute& attribute : set.attributes) attributes.push_back(to_json(attribute));
  return {{"origin_as", set.origin_asn}, {"attributes", std::move(attributes)}};
}

}  // namespace bgp
