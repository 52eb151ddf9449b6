// bgpd/rib/route_list.hpp
//
// Routes as a list: what a table holds at one moment, to be shown while the table goes on.
#pragma once

#include <memory>
#include <vector>

#include "bgp/wire/attributes.hpp"
#include "bgp/wire/prefix.hpp"

namespace bgp::daemon {

/// The attributes of one UPDATE, shared by all its routes.
using SharedAttributes = std::shared_ptr<const PathAttributes>;

struct ListedRoute {
  Family family;
  Nlri nlri;
  SharedAttributes attributes;
  bool stale = false;  ///< RFC 4724 4.2, RFC 7313 4
};
/// In no order.
using RouteList = std::vector<ListedRoute>;

}  // namespace bgp::daemon
