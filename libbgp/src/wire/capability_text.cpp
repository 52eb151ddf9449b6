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

const char* to_text(capability::AddPath::Mode mode) {
  switch (mode) {
    case capability::AddPath::Mode::Receive: return "receive";
    case capability::AddPath::Mode::Send: return "send";
    case capability::AddPath::Mode::Both: return "both";
  }
  return "?";
}

/// What capability codes without a type of their own are called.
std::string unknown_name(std::uint8_t code) {
  switch (static_cast<CapabilityCode>(code)) {
    case CapabilityCode::OutboundRouteFiltering: return "outbound-route-filtering";
    case CapabilityCode::ExtendedNextHop: return "extended-next-hop";
    case CapabilityCode::BgpSec: return "bgpsec";
    case CapabilityCode::MultipleLabels: return "multiple-labels";
    case CapabilityCode::Role: return "role";
    case CapabilityCode::LongLivedGracefulRestart: return "long-lived-graceful-restart";
    case CapabilityCode::SoftwareVersion: return "software-version";
    default: return "unknown";
  }
}

struct Text {
  std::string operator()(const capability::Multiprotocol& mp) const { return "multiprotocol " + to_string(mp.family); }
  std::string operator()(const capability::RouteRefresh&) const { return "route-refresh"; }
  std::string operator()(const capability::ExtendedMessage&) const { return "extended-message"; }
  std::string operator()(const capability::GracefulRestart& restart) const {
    std::string text = "graceful-restart " + std::to_string(restart.restart_time) + " s";
    if (restart.restart_state) text += " restarting";
    if (restart.notification) text += " notification";
    for (const auto& entry : restart.families) {
      text += ' ' + to_string(entry.family) + (entry.forwarding_state ? " (forwarding)" : "");
    }
    return text;
  }
  std::string operator()(const capability::FourOctetAs& as) const { return "4-octet-as " + std::to_string(as.asn); }
  std::string operator()(const capability::AddPath& add_path) const {
    std::string text = "add-path";
    for (const auto& entry : add_path.families) text += ' ' + to_string(entry.family) + ' ' + to_text(entry.mode);
    return text;
  }
  std::string operator()(const capability::EnhancedRouteRefresh&) const { return "enhanced-route-refresh"; }
  std::string operator()(const capability::Fqdn& fqdn) const {
    return "fqdn \"" + escaped(fqdn.host) + "\" \"" + escaped(fqdn.domain) + '"';
  }
  std::string operator()(const capability::Unknown& unknown) const {
    return unknown_name(unknown.code) + " (" + std::to_string(unknown.code) + ") " + hex_text(unknown.value);
  }
};

}  // namespace

std::string to_string(const Capability& capability) { return std::visit(Text{}, capability); }

std::string to_string(Family family) {
  for (const FamilyName& known : kFamilies) {
    if (known.family == family) return known.name;
  }
  return std::to_string(static_cast<unsigned>(family.afi)) + '/' + std::to_string(static_cast<unsigned>(family.safi));
}

}  // namespace bgp
