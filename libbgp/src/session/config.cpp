#include "bgp/session/config.hpp"

#include <algorithm>

#include "bgp/session/negotiation.hpp"

namespace bgp {

namespace {

using std::chrono::seconds;

void check_identity(const PeerConfig& config, std::vector<std::string>& found) {
  if (config.local_asn == 0) found.emplace_back("the local AS must not be 0 (RFC 7607 2)");
  if (config.local_identifier.value == 0) found.emplace_back("the BGP Identifier must not be 0 (RFC 6286 2.1)");
  if (config.local_asn > 65535 && !(config.capabilities && config.four_octet_as)) {
    found.emplace_back("a local AS above 65535 needs the four-octet AS capability (RFC 6793)");
  }
}

void check_times(const SessionAttributes& attributes, std::vector<std::string>& found) {
  const std::uint16_t hold = attributes.hold_time;
  if (hold == 1 || hold == 2) found.emplace_back("the hold time must be 0 or at least 3 seconds (RFC 4271 4.2)");
  if (attributes.connect_retry_time <= Duration::zero()) found.emplace_back("the ConnectRetryTime must be above 0");
  if (attributes.large_hold_time <= Duration::zero()) found.emplace_back("the large hold time must be above 0");
  if (attributes.delay_open && attributes.delay_open_time <= Duration::zero()) {
    found.emplace_back("the DelayOpenTime must be above 0");
  }
  if (attributes.send_hold_time && *attributes.send_hold_time != Duration::zero() &&
      *attributes.send_hold_time <= seconds{hold}) {
    found.emplace_back("the SendHoldTime must be 0 or larger than the hold time (RFC 9687 4.4)");
  }
}

bool offered(const PeerConfig& config, Family family) {
  return std::ranges::find(config.families, family) != config.families.end();
}

void check_role(const PeerConfig& config, std::vector<std::string>& found) {
  if (config.role && config.remote_asn == config.local_asn) {
    found.emplace_back("a role is for an external peer (RFC 9234 4.1)");
  }
  if (config.role && *config.role > BgpRole::Peer) found.emplace_back("the role must be one that RFC 9234 4.1 defines");
  if (config.role_strict && !config.role) found.emplace_back("strict mode needs a role of our own (RFC 9234 4.2)");
}

void check_required_capabilities(const PeerConfig& config, std::vector<std::string>& found) {
  const OpenMessage open = make_open(config);
  for (const CapabilityCode code : config.required_capabilities) {
    const auto same = [code](const Capability& capability) {
      return capability_code(capability) == static_cast<std::uint8_t>(code);
    };
    if (std::ranges::any_of(open.capabilities, same)) continue;
    found.emplace_back("capability " + capability_name(static_cast<std::uint8_t>(code)) +
                       " is required but not offered (RFC 5492 3)");
  }
}

/// What is offered for single families must be offered as families, too.
void check_family_lists(const PeerConfig& config, std::vector<std::string>& found) {
  const auto next_hop = config.extended_next_hop.value_or(capability::ExtendedNextHop{});
  for (const auto& [family, protocol] : next_hop.families) {
    if (family.afi != Afi::Ipv4 || protocol != Afi::Ipv6) {
      found.emplace_back("an IPv6 next hop is for IPv4 families (RFC 8950 4)");
    } else if (!offered(config, family)) {
      found.emplace_back(to_string(family) + " has an IPv6 next hop but is not offered");
    }
  }
  for (const auto& entry : config.multiple_labels) {
    if (entry.count < 2) found.emplace_back("the number of labels must be at least 2 (RFC 8277 2.1)");
    if (!offered(config, entry.family)) found.emplace_back(to_string(entry.family) + " has labels but is not offered");
  }
  if (config.stale_times.least > config.stale_times.most) {
    found.emplace_back("the bounds of the Long-Lived Stale Time: the least is above the most (RFC 9494 4.2)");
  }
  if (config.long_lived_graceful_restart && !config.graceful_restart) {
    found.emplace_back("long-lived graceful restart needs graceful restart (RFC 9494 3.1)");
  }
}

void check_offers(const PeerConfig& config, std::vector<std::string>& found) {
  if (config.families.empty()) found.emplace_back("at least one address family must be offered");
  for (const Family family : config.required_families) {
    if (!offered(config, family)) {
      found.emplace_back(to_string(family) + " is required but not offered");
    }
  }
  if (config.graceful_restart && config.graceful_restart->restart_time > 4095) {
    found.emplace_back("the restart time must be at most 4095 seconds (RFC 4724 3)");
  }
  const bool only_ipv4_unicast = config.families == std::vector{kIpv4Unicast};
  if (!config.capabilities && !only_ipv4_unicast) {
    found.emplace_back("without capabilities only ipv4-unicast can be offered (RFC 4760 8)");
  }
}

}  // namespace

std::vector<std::string> problems(const PeerConfig& config) {
  std::vector<std::string> found;
  check_identity(config, found);
  check_times(config.attributes, found);
  if (config.idle_hold.first <= Duration::zero() || config.idle_hold.longest < config.idle_hold.first) {
    found.emplace_back("the first IdleHoldTime must be above 0 and not above the longest");
  }
  if (config.max_input_pause <= Duration::zero()) found.emplace_back("the longest pause of reading must be above 0");
  check_offers(config, found);
  check_role(config, found);
  check_required_capabilities(config, found);
  check_family_lists(config, found);
  return found;
}

}  // namespace bgp
