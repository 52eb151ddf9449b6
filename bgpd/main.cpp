// bgpd/main.cpp
//
// bgpd: command line, configuration, then the daemon until it is told to stop.

#include <exception>
#include <iostream>

#include "bgpd/cli.hpp"
#include "bgpd/config.hpp"
#include "bgpd/daemon.hpp"
#include "bgpd/log_lines.hpp"

namespace bgp::daemon {
namespace {

LoadedConfig load(const CommandLine& line, std::string_view text) {
  LoadedConfig loaded = load_config(text, line.config_file);
  if (line.log_level) loaded.config.global.log_level = *line.log_level;
  return loaded;
}

LoadedConfig load_again(const CommandLine& line) {
  const auto text = read_file(line.config_file);
  return text ? load(line, *text) : LoadedConfig{{}, {}, {text.error()}};
}

int run(const CommandLine& line) {
  const auto text = read_file(line.config_file);
  if (!text) {
    std::cerr << "bgpd: " << text.error()
              << "\nName a file with --config FILE; bgpd.toml.example shows what stands in it.\n";
    return kExitUsage;
  }
  const LoadedConfig loaded = load(line, *text);
  for (const std::string& problem : loaded.problems) std::cerr << printable(problem) << '\n';
  if (!loaded.problems.empty()) return kExitUsage;

  switch (line.mode) {
    case Mode::Check:
      std::cout << line.config_file << ": ok: " << counted(loaded.config.neighbors.size(), "neighbor", "neighbors")
                << ", " << counted(loaded.config.networks.size(), "network", "networks") << std::endl;
      return std::cout ? kExitOk : kExitFailure;
    case Mode::PrintConfig:
      std::cout << print_document(loaded.document) << std::flush;
      return std::cout ? kExitOk : kExitFailure;
    case Mode::Run: break;
  }
  Log log(loaded.config.global.log_level);
  return Daemon(loaded.config, [&line] { return load_again(line); }, log).run();
}

}  // namespace
}  // namespace bgp::daemon

int main(int argc, char** argv) {
  using namespace bgp::daemon;
  try {
    const auto line = parse_command_line(argc, argv, std::cout, std::cerr);
    if (const int* status = std::get_if<int>(&line)) return *status;
    return run(std::get<CommandLine>(line));
  } catch (const std::exception& error) {
    std::cerr << "bgpd: " << error.what() << '\n';
    return kExitFailure;
  }
}
