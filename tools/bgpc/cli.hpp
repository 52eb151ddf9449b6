// bgpc/cli.hpp
//
// The command line of bgpc.
#pragma once

#include <iosfwd>

namespace bgp::control {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;  ///< bgpd cannot be reached, or does not do it
inline constexpr int kExitUsage = 2;    ///< wrong command line

/// Carries out a command line; the exit status.
[[nodiscard]] int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace bgp::control
