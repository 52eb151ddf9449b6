// bgpcap/cli.hpp
//
// The command line of bgpcap.
#pragma once

#include <iosfwd>
#include <string>

namespace bgp::cap {

inline constexpr int kExitOk = 0;
inline constexpr int kExitDifferent = 1;  ///< an error in the messages, a vector that differs, or output that failed
inline constexpr int kExitUsage = 2;      ///< wrong command line, or input that cannot be read

/// Says what is wrong with a command line or its input, and gives the exit status for it.
int usage_error(std::ostream& err, const std::string& what);

/// Does what was asked for and gives the exit status.
[[nodiscard]] int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace bgp::cap
