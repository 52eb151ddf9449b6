#include "bgpd/rib/adj_rib_in.hpp"

#include <algorithm>
#include <utility>

namespace bgp::daemon {

namespace {

bool contains(std::span<const Family> families, Family family) {
  return std::ranges::find(families, family) != families.end();
}

}  // namespace

const AdjRibIn::Table* AdjRibIn::table(Family family) const {
  const auto found = tables_.find(family);
  return found == tables_.end() ? nullptr : &found->second;
}

RouteList AdjRibIn::routes() const {
  RouteList list;
  list.reserve(size());
  for (const auto& [family, table] : tables_) {
    for (const auto& [nlri, route] : table) {
      list.push_back({family, nlri, route.attributes, route.stale != Stale::No});
    }
  }
  return list;
}

template <class Predicate>
std::vector<Nlri> AdjRibIn::remove_if(Family family, Predicate predicate) {
  std::vector<Nlri> removed;
  const auto found = tables_.find(family);
  if (found == tables_.end()) return removed;
  std::erase_if(found->second, [&](const auto& entry) {
    if (!predicate(entry.second)) return false;
    removed.push_back(entry.first);
    return true;
  });
  std::ranges::sort(removed);
  return removed;
}

void AdjRibIn::announce(Family family, const Nlri& nlri, SharedAttributes attributes) {
  tables_[family].insert_or_assign(nlri, Route{std::move(attributes), Stale::No});
}

bool AdjRibIn::withdraw(Family family, const Nlri& nlri) {
  const auto found = tables_.find(family);
  return found != tables_.end() && found->second.erase(nlri) > 0;
}

const PathAttributes* AdjRibIn::find(Family family, const Nlri& nlri) const {
  const Table* routes = table(family);
  if (routes == nullptr) return nullptr;
  const auto found = routes->find(nlri);
  return found == routes->end() ? nullptr : found->second.attributes.get();
}

std::size_t AdjRibIn::size() const {
  std::size_t count = 0;
  for (const auto& [family, routes] : tables_) count += routes.size();
  return count;
}

std::size_t AdjRibIn::size(Family family) const {
  const Table* routes = table(family);
  return routes == nullptr ? 0 : routes->size();
}

std::size_t AdjRibIn::stale(Family family) const {
  const Table* routes = table(family);
  if (routes == nullptr) return 0;
  return static_cast<std::size_t>(
      std::ranges::count_if(*routes, [](const auto& entry) { return entry.second.stale != Stale::No; }));
}

void AdjRibIn::begin_refresh(Family family) {
  for (auto& [nlri, route] : tables_[family]) {
    if (route.stale == Stale::No) route.stale = Stale::SinceRefresh;
  }
}

std::vector<Nlri> AdjRibIn::end_refresh(Family family) {
  return remove_if(family, [](const Route& route) { return route.stale != Stale::No; });
}

std::size_t AdjRibIn::lose_session(std::span<const Family> retained) {
  std::size_t removed = 0;
  for (auto& [family, routes] : tables_) {
    const bool keep = contains(retained, family);
    // RFC 4724 4.2: routes that are stale already when the session ends again are not kept a second time
    removed +=
        remove_if(family, [&](const Route& route) { return !keep || route.stale == Stale::SinceRestart; }).size();
    for (auto& [nlri, route] : routes) route.stale = Stale::SinceRestart;
  }
  return removed;
}

std::size_t AdjRibIn::resume(std::span<const Family> preserved) {
  std::size_t removed = 0;
  for (const auto& [family, routes] : tables_) {
    if (!contains(preserved, family)) removed += remove_if(family, [](const Route&) { return true; }).size();
  }
  return removed;
}

std::vector<Nlri> AdjRibIn::end_of_rib(Family family) {
  return remove_if(family, [](const Route& route) { return route.stale == Stale::SinceRestart; });
}

}  // namespace bgp::daemon
