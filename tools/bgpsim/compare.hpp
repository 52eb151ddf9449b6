// bgpsim/compare.hpp
//
// Whether a Session does what a scenario expects.
#pragma once

#include <string>
#include <vector>

#include "tools/bgpsim/player.hpp"

namespace bgp::sim {

/// Where `shown` is not what `step` expects, in words; empty when it is.
[[nodiscard]] std::vector<std::string> differences(const ScenarioStep& step, const ShownStep& shown);

/// Plays a scenario and gives where the session did otherwise, in words; empty when it passed. Stops behind the first
/// step that differs. `observer` may be empty; its answer is not asked for.
[[nodiscard]] std::vector<std::string> compare(const Scenario& scenario, const StepObserver& observer = {});

/// "a01, step 3 (t = 100 ms)".
[[nodiscard]] std::string place_of(const Scenario& scenario, std::size_t step);

}  // namespace bgp::sim
