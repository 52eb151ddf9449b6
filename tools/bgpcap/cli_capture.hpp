// bgpcap/cli_capture.hpp
//
// The command lines of bgpcap sessions, explain and replay.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bgp::cap {

struct CaptureCommand {
  std::string file;
  std::vector<std::string> filters;
  std::uint16_t port = 0;
  std::string side;          ///< of replay
  std::int64_t stream = -1;  ///< of replay; -1: all
  bool together = false;     ///< of replay: connections with one peer
  std::string against;       ///< of replay: a live speaker
  std::string bind;
  double speed = 1;     ///< 0: without pauses
  double timeout = 10;  ///< seconds
};

CLI::App* add_sessions(CLI::App& app, CaptureCommand& options);
CLI::App* add_explain(CLI::App& app, CaptureCommand& options);
CLI::App* add_replay(CLI::App& app, CaptureCommand& options);

[[nodiscard]] int run_sessions(const CaptureCommand& options, std::ostream& out, std::ostream& err);
[[nodiscard]] int run_explain(const CaptureCommand& options, std::ostream& out, std::ostream& err);
[[nodiscard]] int run_replay(const CaptureCommand& options, std::ostream& out, std::ostream& err);

}  // namespace bgp::cap
