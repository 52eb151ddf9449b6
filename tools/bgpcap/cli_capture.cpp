#include "tools/bgpcap/cli_capture.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <ostream>

#include "tools/bgpcap/cli.hpp"
#include "tools/bgpcap/explain.hpp"

namespace bgp::cap {
namespace {

CLI::App* add_command(CLI::App& app, CaptureCommand& options, const char* name, const char* help) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_option("file", options.file, "pcap or pcapng, also compressed; - is standard input")
      ->type_name("FILE")
      ->required();
  command->add_option("--filter", options.filters, "only sessions with peer=ADDRESS")
      ->type_name("TERM")
      ->allow_extra_args(false);
  command->add_option("--port", options.port, "BGP is spoken on this port too (179)")->type_name("PORT");
  return command;
}

using Print = void (*)(const test::Capture&, const Filter&, std::ostream&);

int run_command(const CaptureCommand& options, Print print, std::ostream& out, std::ostream& err) {
  Filter filter;
  for (const std::string& terms : options.filters) {
    if (const auto added = filter.add(terms); !added) return usage_error(err, added.error());
  }
  const auto capture = test::Capture::open(options.file, {options.port});
  if (!capture) return usage_error(err, capture.error());
  print(*capture, filter, out);
  if (capture->problem().empty()) return kExitOk;
  err << "bgpcap: " << options.file << " ends early: " << capture->problem() << '\n';
  return kExitDifferent;
}

}  // namespace

CLI::App* add_sessions(CLI::App& app, CaptureCommand& options) {
  return add_command(app, options, "sessions", "a table of the sessions of a capture");
}

CLI::App* add_explain(CLI::App& app, CaptureCommand& options) {
  return add_command(app, options, "explain", "what happened to each session of a capture, and why it ended");
}

int run_sessions(const CaptureCommand& options, std::ostream& out, std::ostream& err) {
  return run_command(options, print_sessions, out, err);
}

int run_explain(const CaptureCommand& options, std::ostream& out, std::ostream& err) {
  return run_command(options, print_explanations, out, err);
}

}  // namespace bgp::cap
