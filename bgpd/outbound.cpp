#include "bgpd/outbound.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace bgp::daemon {

namespace {

Family family_of(const Prefix& prefix) { return prefix.address().is_v4() ? kIpv4Unicast : kIpv6Unicast; }

template <class Groups, class Take>
void for_each_route(const Groups& all, Take&& take) {
  for (const auto& [family, groups] : all) {
    for (const auto& group : groups) {
      for (const Nlri& nlri : group.nlri) take(nlri.prefix, group.attributes);
    }
  }
}

}  // namespace

std::vector<Prefix> Outbound::start(const Negotiated& negotiated, const IpAddress& local) {
  stop();
  terms_ = negotiated;
  local_ = local;
  borders_ = negotiated.enhanced_route_refresh;
  for (const Family family : negotiated.families) passes_.push_back({.family = family});
  std::vector<Prefix> without_next_hop;
  groups_ = groups_of_networks(without_next_hop);
  return without_next_hop;
}

Outbound::Groups Outbound::groups_of_networks(std::vector<Prefix>& without_next_hop) const {
  Groups all;
  std::map<Family, std::unordered_map<PathAttributes, std::size_t>> index;
  for (const NetworkConfig& network : networks_) {
    const Family family = family_of(network.prefix);
    if (std::ranges::find(terms_->families, family) == terms_->families.end()) continue;
    const auto attributes = attributes_of(network, *terms_, local_);
    if (!attributes) {
      without_next_hop.push_back(network.prefix);
      continue;
    }
    std::vector<Group>& groups = all[family];
    const auto [at, added] = index[family].emplace(*attributes, groups.size());
    if (added) groups.push_back({*attributes, {}});
    groups[at->second].nlri.push_back({network.prefix, 0});
  }
  return all;
}

void Outbound::stop() {
  terms_.reset();
  groups_.clear();
  passes_.clear();
  changes_.clear();
}

void Outbound::change(const Prefix& prefix) {
  const Family family = family_of(prefix);
  if (!terms_ || std::ranges::find(terms_->families, family) == terms_->families.end()) return;
  forget(prefix);
  const auto network = std::ranges::find(networks_, prefix, &NetworkConfig::prefix);
  const auto attributes = network == networks_.end() ? std::nullopt : attributes_of(*network, *terms_, local_);
  if (attributes) add(*network, *attributes);
  begin_again(family);
  if (std::ranges::find(changes_, prefix) == changes_.end()) changes_.push_back(prefix);
}

std::vector<Prefix> Outbound::renew() {
  std::vector<Prefix> without_next_hop;
  if (!terms_) return without_next_hop;
  Groups before = std::exchange(groups_, groups_of_networks(without_next_hop));
  std::map<Prefix, const PathAttributes*> changed;
  for_each_route(before,
                 [&](const Prefix& prefix, const PathAttributes& attributes) { changed[prefix] = &attributes; });
  for_each_route(groups_, [&](const Prefix& prefix, const PathAttributes& attributes) {
    const auto [told, is_new] = changed.emplace(prefix, &attributes);
    if (!is_new && *told->second == attributes) changed.erase(told);
  });
  if (changed.empty()) {
    groups_ = std::move(before);  // in the order in which they are being told
    return without_next_hop;
  }
  for (const Family family : terms_->families) begin_again(family);  // the order of each may be another
  for (const Prefix& prefix : changes_) changed.erase(prefix);       // they wait already
  for (const auto& [prefix, attributes] : changed) changes_.push_back(prefix);
  return without_next_hop;
}

/// What is being told has moved: it is told from its beginning.
void Outbound::begin_again(Family family) {
  for (Pass& pass : passes_) {
    if (pass.family == family) pass.group = pass.nlri = pass.prefixes = 0;
  }
}

void Outbound::forget(const Prefix& prefix) {
  std::vector<Group>& groups = groups_[family_of(prefix)];
  for (Group& group : groups) std::erase(group.nlri, Nlri{prefix, 0});
  std::erase_if(groups, [](const Group& group) { return group.nlri.empty(); });
}

void Outbound::add(const NetworkConfig& network, const PathAttributes& attributes) {
  std::vector<Group>& groups = groups_[family_of(network.prefix)];
  auto group = std::ranges::find(groups, attributes, &Group::attributes);
  if (group == groups.end()) group = groups.insert(groups.end(), Group{attributes, {}});
  group->nlri.push_back({network.prefix, 0});
}

const PathAttributes* Outbound::find(const Prefix& prefix) const {
  const auto groups = groups_.find(family_of(prefix));
  if (groups == groups_.end()) return nullptr;
  for (const Group& group : groups->second) {
    if (std::ranges::find(group.nlri, Nlri{prefix, 0}) != group.nlri.end()) return &group.attributes;
  }
  return nullptr;
}

std::size_t Outbound::size() const {
  std::size_t all = 0;
  for (const auto& [family, groups] : groups_) {
    for (const Group& group : groups) all += group.nlri.size();
  }
  return all;
}

RouteList Outbound::routes() const {
  RouteList list;
  for (const auto& [family, groups] : groups_) {
    for (const Group& group : groups) {
      const auto attributes = std::make_shared<const PathAttributes>(group.attributes);
      for (const Nlri& nlri : group.nlri) list.push_back({family, nlri, attributes});
    }
  }
  return list;
}

std::optional<IpAddress> Outbound::next_hop_of(const NetworkConfig& network, const Negotiated& negotiated,
                                               const IpAddress& local) const {
  if (network.next_hop) return network.next_hop;
  const bool v4 = network.prefix.address().is_v4();
  const auto& configured = v4 ? neighbor_.next_hop_ipv4 : neighbor_.next_hop_ipv6;
  if (configured) return configured;
  if (local.is_v4() == v4) return local;
  // RFC 8950 4: an IPv6 next hop will do where the neighbor advertised that it takes one; we offer it where we are to
  const auto has = [](const std::vector<Family>& families) {
    return std::ranges::find(families, kIpv4Unicast) != families.end();
  };
  const bool both = has(negotiated.extended_next_hop_receive) && has(negotiated.extended_next_hop_send);
  if (!v4 || !both) return std::nullopt;
  return neighbor_.next_hop_ipv6.value_or(local);
}

std::optional<PathAttributes> Outbound::attributes_of(const NetworkConfig& network, const Negotiated& negotiated,
                                                      const IpAddress& local) const {
  const auto next_hop = next_hop_of(network, negotiated, local);
  if (!next_hop) return std::nullopt;
  PathAttributes attributes;
  attributes.origin = network.origin;
  attributes.next_hop = {*next_hop, std::nullopt};
  attributes.as_path = AsPath::sequence(network.as_path);
  attributes.med = network.med;
  attributes.communities = network.communities;
  attributes.large_communities = network.large_communities;
  if (negotiated.internal) {
    attributes.local_pref = network.local_pref;  // RFC 4271 5.1.5: to internal peers, and to no others
  } else {
    attributes.as_path.prepend(negotiated.local_asn);  // RFC 4271 5.1.2
  }
  return attributes;
}

void Outbound::refresh(Family family) {
  const auto waits = [&](const Pass& pass) { return pass.family == family && pass.refresh && !pass.begun; };
  if (std::ranges::none_of(passes_, waits)) passes_.push_back({.family = family, .refresh = true});
}

Outbound::Written Outbound::write(UpdateWriter& writer) {
  Written written;
  while (!passes_.empty() && advance(passes_.front(), writer, written)) {
    const Pass& pass = passes_.front();
    written.told.push_back({pass.family, pass.prefixes, pass.refresh});
    passes_.pop_front();
  }
  while (passes_.empty() && !changes_.empty() && tell_change(changes_.front(), writer, written)) changes_.pop_front();
  return written;
}

// False when there was no room.
bool Outbound::tell_change(const Prefix& prefix, UpdateWriter& writer, Written& written) {
  const Nlri nlri{prefix, 0};
  const PathAttributes* attributes = find(prefix);
  if (attributes == nullptr) return writer.unreach(family_of(prefix), {&nlri, 1}) == 1;
  if (writer.reach(family_of(prefix), *attributes, {&nlri, 1}) == 1) return true;
  if (!writer.too_large()) return false;
  written.too_large.push_back(prefix);
  return true;
}

// True when the pass is complete; false when there was no room.
bool Outbound::advance(Pass& pass, UpdateWriter& writer, Written& written) {
  // RFC 7313 4: BoRR before the routes of a refresh and EoRR behind them
  const bool borders = pass.refresh && borders_;
  if (!pass.begun && borders && !writer.refresh_border(pass.family, RefreshSubtype::BeginningOfRefresh)) return false;
  pass.begun = true;

  const std::vector<Group>& groups = groups_[pass.family];
  while (pass.group < groups.size()) {
    const Group& group = groups[pass.group];
    const auto rest = std::span(group.nlri).subspan(pass.nlri);
    const std::size_t taken = writer.reach(pass.family, group.attributes, rest);
    pass.nlri += taken;
    pass.prefixes += taken;
    if (taken < rest.size()) {
      if (!writer.too_large()) return false;
      // RFC 4271 9.2: such a route is not advertised; with attributes that never change it never was
      for (const Nlri& nlri : rest.subspan(taken)) written.too_large.push_back(nlri.prefix);
    }
    ++pass.group;
    pass.nlri = 0;
  }

  if (borders) return writer.refresh_border(pass.family, RefreshSubtype::EndOfRefresh);
  return pass.refresh || writer.end_of_rib(pass.family);
}

}  // namespace bgp::daemon
