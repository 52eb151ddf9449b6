// bgpsim/cli.hpp
//
// The command line of bgpsim.
#pragma once

#include <iosfwd>

namespace bgp::sim {

inline constexpr int kExitOk = 0;
inline constexpr int kExitDifferent =
    1;  ///< a difference, a step that cannot be played, a violation, or output that failed
inline constexpr int kExitUsage = 2;  ///< wrong command line, or a file that cannot be read

/// Does what was asked for and gives the exit status.
[[nodiscard]] int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace bgp::sim
