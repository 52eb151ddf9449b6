// bgpd/rib/adj_rib_in.hpp
//
// Adj-RIB-In: the routes that one neighbor told us and that can be used (RFC 4271 3.2), by family. Routes that were
// learned before a refresh or a restart are stale until they are told again, and go when the neighbor has told all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "bgp/wire/attributes.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgpd/rib/route_list.hpp"

namespace bgp::daemon {

class AdjRibIn {
 public:
  /// Adds or replaces a route; it is not stale.
  void announce(Family family, const Nlri& nlri, SharedAttributes attributes);
  /// False when there was no such route.
  bool withdraw(Family family, const Nlri& nlri);

  /// Null when there is no such route; valid until the route changes.
  [[nodiscard]] const PathAttributes* find(Family family, const Nlri& nlri) const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t size(Family family) const;
  [[nodiscard]] std::size_t stale(Family family) const;
  [[nodiscard]] RouteList routes() const;

  /// BoRR: all routes of the family become stale (RFC 7313 4).
  void begin_refresh(Family family);
  /// EoRR: removes what is stale, and gives it.
  std::vector<Nlri> end_refresh(Family family);

  /// The session ended: keeps the routes of the `retained` families, as stale (RFC 4724 4.2), and removes all others.
  /// What was stale by an earlier end goes, too. Gives how many went.
  std::size_t lose_session(std::span<const Family> retained);
  /// A session came up: removes the stale routes of all families but these. Gives how many went.
  std::size_t resume(std::span<const Family> preserved);
  /// End-of-RIB: removes what is stale since the session ended, and gives it.
  std::vector<Nlri> end_of_rib(Family family);

 private:
  enum class Stale : std::uint8_t { No, SinceRefresh, SinceRestart };
  struct Route {
    SharedAttributes attributes;
    Stale stale = Stale::No;
  };
  using Table = std::unordered_map<Nlri, Route>;

  [[nodiscard]] const Table* table(Family family) const;
  template <class Predicate>
  std::vector<Nlri> remove_if(Family family, Predicate predicate);

  std::map<Family, Table> tables_;
};

}  // namespace bgp::daemon
