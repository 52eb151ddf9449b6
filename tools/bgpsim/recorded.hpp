// bgpsim/recorded.hpp
//
// Dumps of a flight recorder (bgp/json/recording.hpp) as lines of a scenario file.
#pragma once

#include <boost/json/array.hpp>
#include <iosfwd>
#include <string>
#include <vector>

#include "tools/bgpsim/scenario.hpp"

namespace bgp::sim {

/// What comes of a dump that is played again.
struct Replayed {
  std::string id;
  std::vector<boost::json::array> changes;  ///< of each step: objects as in its `expect.changes`
  std::vector<std::string> differences;     ///< from what was recorded, in words
};

/// Throws std::runtime_error with file and line for what is no dump.
[[nodiscard]] Replayed replay(const ScenarioLine& dump);

/// A JSON object for each state change: {"id", "step", "t", "connection", "direction", "from", "to", "event"}; "t" in
/// nanoseconds of the session's clock.
void print_changes(const ScenarioLine& dump, const Replayed& replayed, std::ostream& out);

/// The inputs with their times, and under each the state changes.
void print_timeline(const ScenarioLine& dump, const Replayed& replayed, std::ostream& out);

}  // namespace bgp::sim
