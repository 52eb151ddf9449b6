// bgpsim/lives.hpp
//
// Random lives of Sessions (bgp/testing/simulation.hpp) with their invariants checked.
#pragma once

#include <cstdint>
#include <iosfwd>

namespace bgp::sim {

/// Lives of `seed`, `seed` + 1, ... until there were at least `events` calls of a Session; each prints {"seed",
/// "events", "ups", "digest"}, or its timeline. The first that violates an invariant is the last: it is made smaller,
/// and printed. False then.
[[nodiscard]] bool run_lives(std::uint64_t seed, std::uint64_t events, bool timeline, std::ostream& out);

}  // namespace bgp::sim
