// wire/capability_text.cpp
//
// Capabilities and families in words.
#include <array>

#include "bgp/wire/capability.hpp"
#include "text.hpp"

namespace bgp {
namespace {

struct FamilyName {
  Family family;
  const char* name;
};

constexpr std::array<FamilyName, 21> kFamilies{{
    {kIpv4Unicast, "ipv4-unicast"},
    {{Afi::Ipv4, Safi::Multicast}, "ipv4-multicast"},
    {{Afi::Ipv4, Safi::LabeledUnicast}, "ipv4-labeled-unicast"},
    {{Afi::Ipv4, Safi::SrPolicy}, "ipv4-sr-policy"},
    {{Afi::Ipv4, Safi::MplsVpn}, "ipv4-mpls-vpn"},
    {{Afi::Ipv4, Safi::RouteTargetConstraint}, "ipv4-route-target-constraint"},
    {{Afi::Ipv4, Safi::FlowSpec}, "ipv4-flowspec"},
    {{Afi::Ipv4, Safi::FlowSpecVpn}, "ipv4-flowspec-vpn"},
    {kIpv6Unicast, "ipv6-unicast"},
    {{Afi::Ipv6, Safi::Multicast}, "ipv6-multicast"},
    {{Afi::Ipv6, Safi::LabeledUnicast}, "ipv6-labeled-unicast"},
    {{Afi::Ipv6, Safi::SrPolicy}, "ipv6-sr-policy"},
    {{Afi::Ipv6, Safi::MplsVpn}, "ipv6-mpls-vpn"},
    {{Afi::Ipv6, Safi::RouteTargetConstraint}, "ipv6-route-target-constraint"},
    {{Afi::Ipv6, Safi::FlowSpec}, "ipv6-flowspec"},
    {{Afi::Ipv6, Safi::FlowSpecVpn}, "ipv6-flowspec-vpn"},
    {{Afi::L2vpn, Safi::Evpn}, "l2vpn-evpn"},
    {{Afi::L2vpn, Safi::FlowSpec}, "l2vpn-flowspec"},
    {{Afi::L2vpn, Safi::FlowSpecVpn}, "l2vpn-flowspec-vpn"},
    {{Afi::BgpLs, Safi::BgpLs}, "bgp-ls"},
    {{Afi::BgpLs, static_cast<Safi>(72)}, "bgp-ls-vpn"},
}};

/// Of ADD-PATH and of filters: the same values (RFC 7911 4, RFC 5291 4).
std::string mode_text(std::uint8_t mode) {
  switch (mode) {
    case 1: return "receive";
    case 2: return "send";
    case 3: return "both";
    default: return "mode " + std::to_string(mode);
  }
}

std::string quoted(const std::string& text) { return '"' + escaped(text) + '"'; }

std::string codes_text(const std::vector<std::uint8_t>& codes) {
  std::string text;
  for (const std::uint8_t code : codes) text += ' ' + std::to_string(code);
  return text;
}

/// What follows the capability's name.
struct Details {
  std::string operator()(const capability::Multiprotocol& mp) const { return ' ' + to_string(mp.family); }
  std::string operator()(const capability::RouteRefresh&) const { return ""; }
  std::string operator()(const capability::OutboundRouteFiltering& orf) const {
    std::string text;
    for (const auto& entry : orf.families) {
      text += ' ' + to_string(entry.family);
      for (const auto& filter : entry.filters) {
        text += ' ' + to_string(filter.type) + ' ' + mode_text(static_cast<std::uint8_t>(filter.mode));
      }
    }
    return text;
  }
  std::string operator()(const capability::ExtendedNextHop& next_hop) const {
    std::string text;
    for (const auto& entry : next_hop.families)
      text += ' ' + to_string(entry.family) + " via " + to_string(entry.next_hop);
    return text;
  }
  std::string operator()(const capability::ExtendedMessage&) const { return ""; }
  std::string operator()(const capability::BgpSec& bgpsec) const {
    const bool send = bgpsec.direction == capability::BgpSec::Direction::Send;
    return " version " + std::to_string(bgpsec.version) + (send ? " send " : " receive ") + to_string(bgpsec.afi);
  }
  std::string operator()(const capability::MultipleLabels& labels) const {
    std::string text;
    for (const auto& entry : labels.families) text += ' ' + to_string(entry.family) + ' ' + std::to_string(entry.count);
    return text;
  }
  std::string operator()(const capability::Role& role) const { return ' ' + to_string(role.role); }
  std::string operator()(const capability::GracefulRestart& restart) const {
    std::string text = ' ' + std::to_string(restart.restart_time) + " s";
    if (restart.restart_state) text += " restarting";
    if (restart.notification) text += " notification";
    for (const auto& entry : restart.families) {
      text += ' ' + to_string(entry.family) + (entry.forwarding_state ? " (forwarding)" : "");
    }
    return text;
  }
  std::string operator()(const capability::FourOctetAs& as) const { return ' ' + std::to_string(as.asn); }
  std::string operator()(const capability::DynamicCapability& dynamic) const { return codes_text(dynamic.codes); }
  std::string operator()(const capability::MultiSession& sessions) const {
    return " flags " + hex_text({&sessions.flags, 1}) + codes_text(sessions.codes);
  }
  std::string operator()(const capability::AddPath& add_path) const {
    std::string text;
    for (const auto& entry : add_path.families) {
      text += ' ' + to_string(entry.family) + ' ' + mode_text(static_cast<std::uint8_t>(entry.mode));
    }
    return text;
  }
  std::string operator()(const capability::EnhancedRouteRefresh&) const { return ""; }
  std::string operator()(const capability::LongLivedGracefulRestart& long_lived) const {
    std::string text;
    for (const auto& entry : long_lived.families) {
      text += ' ' + to_string(entry.family) + ' ' + std::to_string(entry.stale_time) + " s";
      if (entry.forwarding_state) text += " (forwarding)";
    }
    return text;
  }
  std::string operator()(const capability::Fqdn& fqdn) const {
    return ' ' + quoted(fqdn.host) + ' ' + quoted(fqdn.domain);
  }
  std::string operator()(const capability::SoftwareVersion& software) const { return ' ' + quoted(software.version); }
  std::string operator()(const capability::PathsLimit& limits) const {
    std::string text;
    for (const auto& entry : limits.families) text += ' ' + to_string(entry.family) + ' ' + std::to_string(entry.limit);
    return text;
  }
  std::string operator()(const capability::Unknown& unknown) const {
    return " (" + std::to_string(unknown.code) + ") " + hex_text(unknown.value);
  }
};

}  // namespace

std::string capability_name(std::uint8_t code) {
  switch (static_cast<CapabilityCode>(code)) {
    case CapabilityCode::Multiprotocol: return "multiprotocol";
    case CapabilityCode::RouteRefresh: return "route-refresh";
    case CapabilityCode::OutboundRouteFiltering: return "outbound-route-filtering";
    case CapabilityCode::ExtendedNextHop: return "extended-next-hop";
    case CapabilityCode::ExtendedMessage: return "extended-message";
    case CapabilityCode::BgpSec: return "bgpsec";
    case CapabilityCode::MultipleLabels: return "multiple-labels";
    case CapabilityCode::Role: return "role";
    case CapabilityCode::GracefulRestart: return "graceful-restart";
    case CapabilityCode::FourOctetAs: return "4-octet-as";
    case CapabilityCode::DynamicCapability: return "dynamic-capability";
    case CapabilityCode::MultiSession: return "multisession";
    case CapabilityCode::AddPath: return "add-path";
    case CapabilityCode::EnhancedRouteRefresh: return "enhanced-route-refresh";
    case CapabilityCode::LongLivedGracefulRestart: return "long-lived-graceful-restart";
    case CapabilityCode::Fqdn: return "fqdn";
    case CapabilityCode::SoftwareVersion: return "software-version";
    case CapabilityCode::PathsLimit: return "paths-limit";
  }
  // what was sent before the codes above were registered (RFC 5492 6: 128 to 255 were private use)
  if (code == 66) return "dynamic-capability-old";
  if (code == 128) return "route-refresh-old";
  if (code == 129 || code == 130) return "outbound-route-filtering-old";
  return "unknown";
}

std::string to_string(const Capability& capability) {
  return capability_name(capability_code(capability)) + std::visit(Details{}, capability);
}

std::string to_string(Afi afi) {
  switch (afi) {
    case Afi::Ipv4: return "ipv4";
    case Afi::Ipv6: return "ipv6";
    case Afi::L2vpn: return "l2vpn";
    case Afi::BgpLs: return "bgp-ls";
  }
  return std::to_string(static_cast<unsigned>(afi));
}

std::string to_string(BgpRole role) {
  switch (role) {
    case BgpRole::Provider: return "provider";
    case BgpRole::RouteServer: return "rs";
    case BgpRole::RouteServerClient: return "rs-client";
    case BgpRole::Customer: return "customer";
    case BgpRole::Peer: return "peer";
  }
  return std::to_string(static_cast<unsigned>(role));
}

std::string to_string(OrfType type) {
  switch (type) {
    case OrfType::AddressPrefix: return "address-prefix";
    case OrfType::LegacyAddressPrefix: return "address-prefix-old";
  }
  return "type " + std::to_string(static_cast<unsigned>(type));
}

std::string to_string(Family family) {
  for (const FamilyName& known : kFamilies) {
    if (known.family == family) return known.name;
  }
  return std::to_string(static_cast<unsigned>(family.afi)) + '/' + std::to_string(static_cast<unsigned>(family.safi));
}

}  // namespace bgp
