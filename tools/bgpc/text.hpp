// bgpc/text.hpp
//
// The answers of bgpd for people. What bgpd says is printed with nothing in it that a terminal would obey.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace bgp::control {

[[nodiscard]] std::string summary_text(const boost::json::object& summary);
/// The table that people know.
[[nodiscard]] std::string neighbors_text(const boost::json::object& table);
[[nodiscard]] std::string neighbor_text(const boost::json::object& neighbor);
/// In the order of families and prefixes.
[[nodiscard]] std::string routes_text(std::vector<boost::json::object> routes);
/// A prefix a line.
[[nodiscard]] std::string networks_text(const boost::json::object& networks);
/// What a reload changed: a line each.
[[nodiscard]] std::string changes_text(const boost::json::object& answer);
/// "192.0.2.1: Idle (stopped)".
[[nodiscard]] std::string row_text(const boost::json::object& row);
/// One line.
[[nodiscard]] std::string event_text(const boost::json::object& event);

}  // namespace bgp::control
