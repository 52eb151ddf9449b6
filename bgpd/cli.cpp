#include "bgpd/cli.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <ostream>
#include <vector>

#include "bgpd/spelling.hpp"

namespace bgp::daemon {

namespace {

constexpr std::string_view kExamples = R"(
Examples:
  bgpd --config bgpd.toml --check         say what is wrong with a configuration, or that nothing is
  bgpd --config bgpd.toml                 run; the log goes to standard error
  bgpd --config bgpd.toml --print-config  the configuration with all defaults

Signals: SIGTERM and SIGINT end all sessions with Cease/2 and the configured shutdown_text (a second one ends bgpd at
once); SIGHUP takes over what is different in the configuration; SIGUSR1 logs a summary.
Exit status: 0 fine; 1 could not run; 2 wrong command line or configuration.)";

constexpr std::string_view kOptions[] = {"--config", "--check", "--print-config", "--log-level", "--version", "--help"};

std::string unknown_argument(const std::string& argument) {
  std::string text = argument + ": unknown argument";
  if (const auto meant = nearest(argument, kOptions)) text.append("; did you mean ").append(*meant).append("?");
  return text;
}

int usage_error(std::ostream& err, std::string_view what) {
  err << "bgpd: " << printable(what) << "\nRun bgpd --help for what there is.\n";
  return kExitUsage;
}

}  // namespace

std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv, std::ostream& out,
                                                  std::ostream& err) {
  CommandLine line;
  bool check = false;
  bool print = false;
  std::string level;
  CLI::App app{"bgpd speaks BGP-4 with its neighbors: it announces the configured networks and logs what it learns.",
               "bgpd"};
  app.footer(std::string(kExamples));
  app.allow_extras();  // to say more about them than CLI11 does
  app.set_version_flag("--version", "bgpd (libbgp) " BGPD_VERSION, "print the version and exit");
  app.set_help_flag("-h,--help", "print this and exit");
  app.add_option("-c,--config", line.config_file, "configuration file (TOML)")
      ->type_name("FILE")
      ->capture_default_str();
  app.add_flag("--check", check, "check the configuration and exit");
  app.add_flag("--print-config", print, "print the configuration with all defaults and exit");
  app.add_option("--log-level", level, "debug, info, warning or error; overrides the configuration")
      ->type_name("LEVEL")
      ->check([](const std::string& text) {
        return parse_log_level(text) ? std::string() : "must be debug, info, warning or error, not \"" + text + "\"";
      });
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success, out, err) == 0 ? kExitOk : kExitFailure;
  } catch (const CLI::ParseError& error) {
    return usage_error(err, error.what());
  }
  if (const auto extras = app.remaining(); !extras.empty()) return usage_error(err, unknown_argument(extras.front()));
  if (check && print) return usage_error(err, "--check and --print-config do not go together");
  if (check) line.mode = Mode::Check;
  if (print) line.mode = Mode::PrintConfig;
  line.log_level = parse_log_level(level);
  return line;
}

}  // namespace bgp::daemon
