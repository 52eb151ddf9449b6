// bgpd/control/message.hpp
//
// What is asked of bgpd over its control socket, and what it says: HTTP without the octets.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bgpd/control/events.hpp"

namespace bgp::daemon {

struct Request {
  std::string method;             ///< "GET", "POST", ...
  std::vector<std::string> path;  ///< its segments, decoded: "v1", "neighbors", "192.0.2.1"
  boost::json::object body;       ///< empty when there was none
};

/// One JSON value, or many: a line each.
struct Reply {
  unsigned status = 200;
  boost::json::value body;
  /// The next lines, each with its line feed; empty at the end. Called when the former ones have been taken.
  std::function<std::optional<std::string>()> lines;
  /// Events as they come, for as long as the client stays.
  Events* events = nullptr;
};
using Done = std::function<void(Reply)>;

/// {"error": `sentence`} with that status.
[[nodiscard]] Reply failure(unsigned status, std::string sentence);

}  // namespace bgp::daemon
