// bgpsim/life.hpp
//
// A random life as a line of a scenario file: what bgp/testing/simulation.hpp made of a seed and then made smaller, so
// that a failure can be kept and played again. The speakers are those of the seed; everything else is written down.
//
//   {"id": "life-7", "title": "...", "life": {"seed": 7, "peerings": 1, "jitter": false, "conditions": {...},
//    "disturbances": [{"at": 1500000000, "kind": "Cut", "end": 0, "amount": 0}], "busy": 2000000000}}
//
// Times are nanoseconds.
#pragma once

#include <string>

#include "bgp/testing/simulation.hpp"
#include "tools/bgpsim/scenario.hpp"

namespace bgp::sim {

struct Life {
  std::string id;
  std::string title;
  test::Plan plan;
};

/// The line; `title` says for people what is wrong in it.
[[nodiscard]] boost::json::object to_json(const test::Plan& plan, const std::string& title);

/// True for a line that is a life.
[[nodiscard]] bool is_life(const boost::json::object& scenario);

/// Throws std::runtime_error with file and line for what cannot be read.
[[nodiscard]] Life life_of(const ScenarioLine& line);

}  // namespace bgp::sim
