// What our OPEN offers.
#include "bgp/session/negotiation.hpp"

namespace bgp {

namespace {

using Offer = std::vector<Capability>;

/// A capability that is a list is offered when there is something in it.
template <class List, class Entries>
void offer_list(Offer& offer, const Entries& entries) {
  if (!entries.empty()) offer.emplace_back(List{entries});
}

/// In the order of their codes, so that two OPENs are easily compared.
void offer_all(const PeerConfig& config, Offer& offer) {
  for (const Family family : config.families) offer.emplace_back(capability::Multiprotocol{family});
  if (config.route_refresh) offer.emplace_back(capability::RouteRefresh{});
  offer_list<capability::OutboundRouteFiltering>(offer, config.outbound_route_filtering);
  if (config.extended_next_hop) offer.emplace_back(*config.extended_next_hop);
  if (config.extended_message) offer.emplace_back(capability::ExtendedMessage{});
  offer_list<capability::MultipleLabels>(offer, config.multiple_labels);
  // RFC 9234 4.1: to external peers only
  if (config.role && config.remote_asn != config.local_asn) offer.emplace_back(capability::Role{*config.role});
  if (config.graceful_restart) offer.emplace_back(*config.graceful_restart);
  if (config.four_octet_as) offer.emplace_back(capability::FourOctetAs{config.local_asn});
  offer_list<capability::AddPath>(offer, config.add_path);
  if (config.enhanced_route_refresh) offer.emplace_back(capability::EnhancedRouteRefresh{});
  if (config.long_lived_graceful_restart) offer.emplace_back(*config.long_lived_graceful_restart);
  if (config.fqdn) offer.emplace_back(*config.fqdn);
  if (config.software_version) offer.emplace_back(*config.software_version);
  offer_list<capability::PathsLimit>(offer, config.paths_limit);
  offer.insert(offer.end(), config.other_capabilities.begin(), config.other_capabilities.end());
}

}  // namespace

bool can_do_without_capabilities(const PeerConfig& config) {
  if (!config.retry_without_capabilities || !config.capabilities || (config.role && config.role_strict)) return false;
  PeerConfig without = config;
  without.capabilities = false;
  return problems(without).empty();
}

OpenMessage make_open(const PeerConfig& config) {
  OpenMessage open;
  open.my_as = static_cast<std::uint16_t>(config.local_asn <= 0xffff ? config.local_asn : kAsTrans);
  open.hold_time = config.attributes.hold_time;
  open.identifier = config.local_identifier;
  if (config.capabilities) offer_all(config, open.capabilities);
  return open;
}

}  // namespace bgp
