// session/scenario_player.hpp
//
// Plays a scenario against a real Session: a virtual clock, and a transport that takes every octet at once unless the
// scenario blocks it. It knows no test framework: what it finds are words.
//
// What the peer sees (messages, closes, dials) and what the owner of routes sees (up, down, delivered messages) are two
// streams of one connection, each in order; a Session does not say how the two interleave.
#pragma once

#include <string>
#include <vector>

#include "session/scenario.hpp"

namespace bgp {

/// Where the session did otherwise than the scenario expects, in words; empty when it passed. Stops behind the first
/// step that differs.
[[nodiscard]] std::vector<std::string> play(const Scenario& scenario);

}  // namespace bgp
