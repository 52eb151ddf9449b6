// bgpsim/show.hpp
//
// Played steps as JSON and as a timeline for people.
#pragma once

#include <boost/json/object.hpp>
#include <iosfwd>
#include <string>

#include "tools/bgpsim/player.hpp"

namespace bgp::sim {

/// {"id", "step", "states", "out", "timers", "counter"}: but for the first two what could stand as the `expect` of the
/// step. Steps count from 1.
[[nodiscard]] boost::json::object to_json(const Scenario& scenario, std::size_t step, const ShownStep& shown);

/// The step with its time and input, and under it the state changes and what was shown; several lines.
void print_timeline(const Scenario& scenario, std::size_t step, const ShownStep& shown, std::ostream& out);

/// "      1.500 s": right-aligned, to the millisecond.
[[nodiscard]] std::string time_text(Duration time);

}  // namespace bgp::sim
