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

/// What is to be shown of lives beside what came of them.
struct LifeView {
  bool timeline = false;
  std::string record;   ///< the name of a file for what an end of the last life sent and received; empty: none
  std::size_t end = 0;  ///< which one; the life has it
};

/// Lives of `seed`, `seed` + 1, ... until there were at least `events` calls of a Session; each prints {"seed",
/// "events", "ups", "digest"}, or its timeline. The first that violates an invariant is the last: it is made smaller,
/// and printed, in words and as a line of a scenario file (life.hpp). False then. Throws std::runtime_error where the
/// record cannot be written, or a life does not have its end.
[[nodiscard]] bool run_lives(std::uint64_t seed, std::uint64_t events, const LifeView& view, std::ostream& out);

/// One life; prints what run_lives() prints of it, or which invariant it violates. Throws likewise.
void run_life(const Life& life, const LifeView& view, std::ostream& out);

/// What is wrong in it, in words; empty when every invariant holds. Throws likewise.
[[nodiscard]] std::vector<std::string> check_life(const Life& life, const LifeView& view, std::ostream& out);

}  // namespace bgp::sim
