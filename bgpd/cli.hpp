// bgpd/cli.hpp
//
// The command line of bgpd.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <variant>

#include "bgpd/log.hpp"

namespace bgp::daemon {

/// Exit statuses of bgpd.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;  ///< it could not run, or was told twice to stop
inline constexpr int kExitUsage = 2;    ///< the command line or the configuration is wrong

enum class Mode { Run, Check, PrintConfig };

struct CommandLine {
  std::string config_file = "/etc/libbgp/bgpd.toml";
  Mode mode = Mode::Run;
  std::optional<LogLevel> log_level;  ///< overrides the configuration's
};

/// What was asked for; an exit status when that is already done (--help, --version) or wrong, with the text written.
[[nodiscard]] std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv, std::ostream& out,
                                                                std::ostream& err);

}  // namespace bgp::daemon
