// fuzz/target.hpp
//
// What every fuzz target shares: it defines run(), which entry.cpp hands each input, and says with require() what must
// hold for any octets.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "bgp/result.hpp"

namespace bgp::fuzz {

/// One input. Must return in a time bounded by its size, and call abort() where a promise is broken.
void run(BytesView input);

/// Ends the program, and so reports the input, unless `promise` holds.
inline void require(bool promise, const char* what) {
  if (promise) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace bgp::fuzz
