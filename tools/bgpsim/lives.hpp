// bgpsim/lives.hpp
//
// Random lives of Sessions (bgp/testing/simulation.hpp) with their invariants checked.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "tools/bgpsim/life.hpp"

namespace bgp::sim {

/// Lives of `seed`, `seed` + 1, ... until there were at least `events` calls of a Session; each prints {"seed",
/// "events", "ups", "digest"}, or its timeline. The first that violates an invariant is the last: it is made smaller,
/// and printed, in words and as a line of a scenario file (life.hpp). False then.
[[nodiscard]] bool run_lives(std::uint64_t seed, std::uint64_t events, bool timeline, std::ostream& out);

/// One life; prints what run_lives() prints of it, or which invariant it violates.
void run_life(const Life& life, bool timeline, std::ostream& out);

/// What is wrong in it, in words; empty when every invariant holds.
[[nodiscard]] std::vector<std::string> check_life(const Life& life, bool timeline, std::ostream& out);

}  // namespace bgp::sim
