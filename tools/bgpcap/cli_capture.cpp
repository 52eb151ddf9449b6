#include "tools/bgpcap/cli_capture.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <ostream>

#include "tools/bgpcap/cli.hpp"
#include "tools/bgpcap/explain.hpp"
#include "tools/bgpcap/replay.hpp"

namespace bgp::cap {
namespace {

constexpr const char* kReplayNotes = R"(
The other end's octets arrive at the times of the capture; the session is configured as the OPEN of the played end says.
OPEN, KEEPALIVE and NOTIFICATION are compared. Each connection is played by itself, so that the end of one which lost a
collision is done again; with --together collisions are the session's own decision (RFC 4271 6.8). Exit status 1: there are differences.
With --against it is the other way round: what the played end sent goes to HOST, and what HOST answers is compared with
what the other end of the capture said; also whether there are UPDATE and ROUTE-REFRESH. A Cease that somebody decided is
not waited for. Times and the number of KEEPALIVEs count at a speed of 1 only. Exit status 1 also: HOST is not reachable.)";

CLI::App* add_command(CLI::App& app, CaptureCommand& options, const char* name, const char* help) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_option("file", options.file, "pcap or pcapng, also compressed; - is standard input")
      ->type_name("FILE")
      ->required();
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

CLI::App* add_filtered(CLI::App& app, CaptureCommand& options, const char* name, const char* help) {
  CLI::App* command = add_command(app, options, name, help);
  command->add_option("--filter", options.filters, "only sessions with peer=ADDRESS")
      ->type_name("TERM")
      ->allow_extra_args(false);
  return command;
}

LiveOptions live_options(const CaptureCommand& options) {
  LiveOptions live;
  live.target = *parse_target(options.against);
  live.bind = IpAddress::parse(options.bind);
  live.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout * 1000));
  live.speed = options.speed > 0 ? std::optional(options.speed) : std::nullopt;
  return live;
}

}  // namespace

CLI::App* add_sessions(CLI::App& app, CaptureCommand& options) {
  return add_filtered(app, options, "sessions", "a table of the sessions of a capture");
}

CLI::App* add_explain(CLI::App& app, CaptureCommand& options) {
  return add_filtered(app, options, "explain", "what happened to each session of a capture, and why it ended");
}

CLI::App* add_replay(CLI::App& app, CaptureCommand& options) {
  CLI::App* command = add_command(app, options, "replay", "one end of each session played by a real session of ours");
  const auto is_address = [](const std::string& text) {
    return IpAddress::parse(text) ? std::string() : '"' + text + "\" is no address";
  };
  command->add_option("--as", options.side, "the end to play")->type_name("ADDRESS")->required()->check(is_address);
  auto* stream = command->add_option("--stream", options.stream, "only this one, as decode and sessions number them")
                     ->type_name("N");
  auto* together = command->add_flag("--together", options.together, "all connections with a peer by one session");
  together->excludes(stream);
  auto* against = command->add_option("--against", options.against, "send that end's octets to a live speaker instead")
                      ->type_name("HOST[:PORT]")
                      ->check([](const std::string& text) {
                        return parse_target(text) ? std::string() : '"' + text + "\" is no HOST[:PORT]";
                      });
  against->excludes(together);
  command->add_option("--bind", options.bind, "the address to connect from")
      ->type_name("ADDRESS")
      ->needs(against)
      ->check(is_address);
  command->add_option("--speed", options.speed, "times as fast as in the capture (1); 0: without pauses")
      ->type_name("FACTOR")
      ->needs(against)
      ->check(CLI::Range(0.0, 1e6).description(""));
  command->add_option("--timeout", options.timeout, "the most to wait for the connection, and for each answer (10)")
      ->type_name("SECONDS")
      ->needs(against)
      ->check(CLI::Range(0.001, 86400.0).description(""));
  command->footer(kReplayNotes);
  return command;
}

int run_sessions(const CaptureCommand& options, std::ostream& out, std::ostream& err) {
  return run_command(options, print_sessions, out, err);
}

int run_replay(const CaptureCommand& options, std::ostream& out, std::ostream& err) {
  const auto capture = test::Capture::open(options.file, {options.port});
  if (!capture) return usage_error(err, capture.error());
  ReplayRequest request;
  request.side = *IpAddress::parse(options.side);
  if (options.stream >= 0) request.stream = static_cast<std::size_t>(options.stream);
  if (!options.against.empty()) request.live = live_options(options);
  const auto different =
      options.together ? replay_capture_together(*capture, request, out) : replay_capture(*capture, request, out);
  if (!different)
    return usage_error(err, options.file + ": has no session whose end " + options.side + " could be played");
  return *different == 0 ? kExitOk : kExitDifferent;
}

int run_explain(const CaptureCommand& options, std::ostream& out, std::ostream& err) {
  return run_command(options, print_explanations, out, err);
}

}  // namespace bgp::cap
