// wire/extended_community.cpp
//
// Extended communities between octets and meaning: RFC 4360, 5668, 7432, 8955, 9012, 9135.
#include "bgp/wire/extended_community.hpp"

#include <bit>

#include "overloaded.hpp"

namespace bgp {
namespace {

using namespace extended;

// Types (the first octet) and sub-types, by the IANA registry
constexpr std::uint8_t kTwoOctetAs = 0x00, kIpv4 = 0x01, kFourOctetAs = 0x02, kOpaque = 0x03, kEvpn = 0x06;
constexpr std::uint8_t kNonTransitiveTwoOctetAs = 0x40;
constexpr std::uint8_t kFlowSpecTwoOctetAs = 0x80, kFlowSpecIpv4 = 0x81, kFlowSpecFourOctetAs = 0x82;
constexpr std::uint8_t kRouteTarget = 0x02, kRouteOrigin = 0x03, kLinkBandwidth = 0x04;
constexpr std::uint8_t kColor = 0x0b, kEncapsulation = 0x0c, kDefaultGateway = 0x0d;
constexpr std::uint8_t kMacMobility = 0x00, kEsiLabel = 0x01, kEsImport = 0x02, kRouterMac = 0x03;
constexpr std::uint8_t kTrafficRateBytes = 0x06, kTrafficAction = 0x07, kRedirect = 0x08, kTrafficMarking = 0x09,
                       kTrafficRatePackets = 0x0c;

constexpr std::uint64_t kSixOctets = 0xffffffffffff;

constexpr ExtendedCommunity make(std::uint8_t type, std::uint8_t subtype, std::uint64_t rest) {
  return {std::uint64_t{type} << 56 | std::uint64_t{subtype} << 48 | (rest & kSixOctets)};
}

Assigned assigned(Form form, std::uint64_t value) {
  const unsigned number_bits = form == Form::TwoOctetAs ? 32 : 16;
  const std::uint64_t rest = value & kSixOctets;
  return {form, static_cast<std::uint32_t>(rest >> number_bits),
          static_cast<std::uint32_t>(rest & ((std::uint64_t{1} << number_bits) - 1))};
}

std::uint64_t octets_of(const Assigned& assigned) {
  if (assigned.form == Form::TwoOctetAs) return std::uint64_t{assigned.administrator & 0xffff} << 32 | assigned.number;
  return std::uint64_t{assigned.administrator} << 16 | (assigned.number & 0xffff);
}

/// RFC 8955 7.1, 7.2: an AS and an IEEE 754 number.
float rate_of(std::uint64_t value) { return std::bit_cast<float>(static_cast<std::uint32_t>(value)); }
std::uint64_t rate_octets(std::uint16_t asn, float rate) {
  return std::uint64_t{asn} << 32 | std::bit_cast<std::uint32_t>(rate);
}

MacAddress mac_of(std::uint64_t value) {
  MacAddress mac;
  for (std::size_t i = 0; i < mac.octets.size(); ++i) mac.octets[i] = static_cast<std::uint8_t>(value >> (40 - 8 * i));
  return mac;
}
std::uint64_t mac_octets(const MacAddress& mac) {
  std::uint64_t value = 0;
  for (const std::uint8_t octet : mac.octets) value = value << 8 | octet;
  return value;
}

ExtendedMeaning assigned_meaning(Form form, std::uint8_t subtype, std::uint64_t value) {
  if (subtype == kRouteTarget) return RouteTarget{assigned(form, value)};
  if (subtype == kRouteOrigin) return RouteOrigin{assigned(form, value)};
  return Other{};
}

ExtendedMeaning link_bandwidth(std::uint64_t value, bool transitive) {
  return LinkBandwidth{static_cast<std::uint16_t>(value >> 32), rate_of(value), transitive};
}

ExtendedMeaning opaque_meaning(std::uint8_t subtype, std::uint64_t value) {
  switch (subtype) {
    case kColor: return Color{static_cast<std::uint16_t>(value >> 32), static_cast<std::uint32_t>(value)};
    case kEncapsulation: return Encapsulation{static_cast<TunnelType>(value & 0xffff)};
    case kDefaultGateway: return DefaultGateway{};
    default: return Other{};
  }
}

ExtendedMeaning evpn_meaning(std::uint8_t subtype, std::uint64_t value) {
  switch (subtype) {
    case kMacMobility: return MacMobility{(value >> 40 & 1) != 0, static_cast<std::uint32_t>(value)};
    case kEsiLabel: return EsiLabel{(value >> 40 & 1) != 0, static_cast<std::uint32_t>(value & 0xffffff)};
    case kEsImport: return EsImport{mac_of(value)};
    case kRouterMac: return RouterMac{mac_of(value)};
    default: return Other{};
  }
}

ExtendedMeaning flowspec_meaning(std::uint8_t subtype, std::uint64_t value) {
  const auto asn = static_cast<std::uint16_t>(value >> 32);
  switch (subtype) {
    case kTrafficRateBytes: return TrafficRateBytes{asn, rate_of(value)};
    case kTrafficRatePackets: return TrafficRatePackets{asn, rate_of(value)};
    // RFC 8955 7.3: bit 46 samples, bit 47, the last one, is terminal
    case kTrafficAction: return TrafficAction{(value & 2) != 0, (value & 1) != 0};
    case kRedirect: return Redirect{assigned(Form::TwoOctetAs, value)};
    case kTrafficMarking: return TrafficMarking{static_cast<std::uint8_t>(value & 0x3f)};
    default: return Other{};
  }
}

ExtendedMeaning redirect_meaning(Form form, std::uint8_t subtype, std::uint64_t value) {
  if (subtype == kRedirect) return Redirect{assigned(form, value)};
  return Other{};
}

}  // namespace

ExtendedMeaning meaning(ExtendedCommunity community) {
  const std::uint8_t subtype = community.subtype();
  const std::uint64_t value = community.value;
  switch (community.type()) {
    case kTwoOctetAs:
      return subtype == kLinkBandwidth ? link_bandwidth(value, true)
                                       : assigned_meaning(Form::TwoOctetAs, subtype, value);
    case kIpv4: return assigned_meaning(Form::Ipv4, subtype, value);
    case kFourOctetAs: return assigned_meaning(Form::FourOctetAs, subtype, value);
    case kOpaque: return opaque_meaning(subtype, value);
    case kEvpn: return evpn_meaning(subtype, value);
    case kNonTransitiveTwoOctetAs:
      return subtype == kLinkBandwidth ? link_bandwidth(value, false) : ExtendedMeaning{Other{}};
    case kFlowSpecTwoOctetAs: return flowspec_meaning(subtype, value);
    case kFlowSpecIpv4: return redirect_meaning(Form::Ipv4, subtype, value);
    case kFlowSpecFourOctetAs: return redirect_meaning(Form::FourOctetAs, subtype, value);
    default: return Other{};
  }
}

ExtendedCommunity ExtendedCommunity::of(const ExtendedMeaning& meaning) {
  const auto form_of = [](const Assigned& assigned) { return static_cast<std::uint8_t>(assigned.form); };
  return std::visit(
      Overloaded{
          [](const Other&) { return ExtendedCommunity{}; },
          [&](const RouteTarget& c) { return make(form_of(c.target), kRouteTarget, octets_of(c.target)); },
          [&](const RouteOrigin& c) { return make(form_of(c.origin), kRouteOrigin, octets_of(c.origin)); },
          [](const LinkBandwidth& c) {
            return make(c.transitive ? kTwoOctetAs : kNonTransitiveTwoOctetAs, kLinkBandwidth,
                        rate_octets(c.asn, c.octets_per_second));
          },
          [](const Color& c) { return make(kOpaque, kColor, std::uint64_t{c.flags} << 32 | c.color); },
          [](const Encapsulation& c) { return make(kOpaque, kEncapsulation, static_cast<std::uint16_t>(c.tunnel)); },
          [](const DefaultGateway&) { return make(kOpaque, kDefaultGateway, 0); },
          [](const MacMobility& c) { return make(kEvpn, kMacMobility, std::uint64_t{c.sticky} << 40 | c.sequence); },
          [](const EsiLabel& c) {
            return make(kEvpn, kEsiLabel, std::uint64_t{c.single_active} << 40 | (c.label & 0xffffffU));
          },
          [](const EsImport& c) { return make(kEvpn, kEsImport, mac_octets(c.mac)); },
          [](const RouterMac& c) { return make(kEvpn, kRouterMac, mac_octets(c.mac)); },
          [](const TrafficRateBytes& c) {
            return make(kFlowSpecTwoOctetAs, kTrafficRateBytes, rate_octets(c.asn, c.rate));
          },
          [](const TrafficRatePackets& c) {
            return make(kFlowSpecTwoOctetAs, kTrafficRatePackets, rate_octets(c.asn, c.rate));
          },
          [](const TrafficAction& c) {
            return make(kFlowSpecTwoOctetAs, kTrafficAction, (c.sample ? 2U : 0U) | (c.terminal ? 1U : 0U));
          },
          [&](const Redirect& c) {
            return make(static_cast<std::uint8_t>(kFlowSpecTwoOctetAs + form_of(c.target)), kRedirect,
                        octets_of(c.target));
          },
          [](const TrafficMarking& c) { return make(kFlowSpecTwoOctetAs, kTrafficMarking, c.dscp & 0x3fU); },
      },
      meaning);
}

}  // namespace bgp
