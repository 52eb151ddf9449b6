#include "tools/bgpsim/cli.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <istream>
#include <limits>
#include <ostream>
#include <variant>

#include "bgp/json/recording.hpp"
#include "bgp/wire/text.hpp"
#include "tools/bgpsim/compare.hpp"
#include "tools/bgpsim/lives.hpp"
#include "tools/bgpsim/recorded.hpp"
#include "tools/bgpsim/show.hpp"
#include "tools/command_line.hpp"

namespace bgp::sim {
namespace {

constexpr const char* kExamples = R"(
Examples:
  bgpsim run scenarios.jsonl
  bgpsim check scenarios.jsonl
  bgpsim run --trace dump.jsonl
  bgpsim random --seed 7 --events 100000
  bgpsim random --seed 7 --events 1 --record seed7.pcapng

Exit status: 0 fine; 1 a session did otherwise than expected, a step could not be played, or an invariant was violated;
2 wrong command line, or a file that cannot be read.)";

constexpr const char* kRunNotes = R"(
A line of a scenario gives for each step {"id", "step", "states", "out", "timers", "counter"}: what could stand as its
`expect`. A line that is the dump of a flight recorder gives for each state change {"id", "step", "t", "connection",
"direction", "from", "to", "event"}, with t in nanoseconds.)";

constexpr const char* kCheckNotes = R"(
A scenario is compared until its first step that differs, a dump as a whole; a life must violate no invariant.)";

constexpr const char* kRandomNotes = R"(
Each life prints {"seed", "events", "ups", "digest"}; the same seed gives the same digest. A life that violates an
invariant (docs/properties.md) is made smaller and printed, also as a line for run and check.)";

constexpr const char* kRecordNotes = R"(
FILE of --record is pcapng with a TCP connection made up around the messages, or MRT where its name ends in .mrt. It is
of the last life, for bgpcap; ends 0 and 1 are the first pair of speakers, 2 and 3 the next.)";

struct Options {
  std::string file;
  std::uint64_t seed = 1;
  std::uint64_t events = 10000;
  LifeView view;
};

/// A line that was understood.
struct Entry {
  ScenarioLine line;
  std::variant<Scenario, Replayed, Life> what;
};

int usage_error(std::ostream& err, const std::string& what) {
  err << "bgpsim: " << escaped(what) << "\nRun bgpsim --help for what there is.\n";
  return kExitUsage;
}

std::vector<Entry> read(const std::string& path, std::istream& standard) {
  std::ifstream file(path);
  if (path != "-" && !file) throw std::runtime_error(path + ": cannot be read");
  std::vector<Entry> entries;
  for (ScenarioLine& line : read_lines(path == "-" ? standard : file, path)) {
    Entry entry;
    if (is_dump(line.object)) {
      entry.what = replay(line);
    } else if (is_life(line.object)) {
      entry.what = life_of(line);
    } else {
      entry.what = scenario_of(line);
    }
    entry.line = std::move(line);
    entries.push_back(std::move(entry));
  }
  if (entries.empty()) throw std::runtime_error(path + ": there are no scenarios");
  return entries;
}

/// False when a step could not be played.
bool show(const Scenario& scenario, bool trace, std::ostream& out, std::ostream& err) {
  bool played = true;
  play(scenario, [&](std::size_t step, const ShownStep& shown) {
    if (trace) {
      print_timeline(scenario, step, shown, out);
    } else if (!shown.broken) {
      out << boost::json::serialize(to_json(scenario, step, shown)) << '\n';
    }
    for (const std::string& problem : shown.problems) err << place_of(scenario, step) << ": " << problem << '\n';
    played = played && shown.problems.empty();
    return true;
  });
  return played;
}

void show(const ScenarioLine& line, const Replayed& replayed, bool trace, std::ostream& out) {
  trace ? print_timeline(line, replayed, out) : print_changes(line, replayed, out);
}

int run_scenarios(const std::vector<Entry>& entries, const LifeView& view, std::ostream& out, std::ostream& err) {
  bool played = true;
  for (const Entry& entry : entries) {
    if (const auto* scenario = std::get_if<Scenario>(&entry.what)) {
      played = show(*scenario, view.timeline, out, err) && played;
    } else if (const auto* life = std::get_if<Life>(&entry.what)) {
      run_life(*life, view, out);
    } else {
      show(entry.line, std::get<Replayed>(entry.what), view.timeline, out);
    }
  }
  return played ? kExitOk : kExitDifferent;
}

std::vector<std::string> differences_of(const Entry& entry, const LifeView& view, std::ostream& out) {
  if (const auto* scenario = std::get_if<Scenario>(&entry.what)) {
    return compare(*scenario, [&](std::size_t step, const ShownStep& shown) {
      if (view.timeline) print_timeline(*scenario, step, shown, out);
      return true;
    });
  }
  if (const auto* life = std::get_if<Life>(&entry.what)) return check_life(*life, view, out);
  const auto& replayed = std::get<Replayed>(entry.what);
  if (view.timeline) print_timeline(entry.line, replayed, out);
  return replayed.differences;
}

int check_scenarios(const Options& options, const std::vector<Entry>& entries, std::ostream& out) {
  std::size_t different = 0;
  for (const Entry& entry : entries) {
    const auto differences = differences_of(entry, options.view, out);
    for (const std::string& difference : differences) out << difference << '\n';
    if (!differences.empty()) ++different;
  }
  out << options.file << ": " << entries.size() << (entries.size() == 1 ? " scenario, " : " scenarios, ") << different
      << " different\n";
  return different == 0 ? kExitOk : kExitDifferent;
}

CLI::App* add_file_command(CLI::App& app, const char* name, const char* help, const char* notes, Options& options) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_option("file", options.file, "scenarios, dumps or lives, one JSON object a line; - is standard input")
      ->type_name("FILE")
      ->required();
  command->footer(notes);
  return command;
}

CLI::App* add_random(CLI::App& app, Options& options) {
  CLI::App* random = app.add_subcommand("random", "random lives of Sessions, with their invariants checked");
  random->add_option("--seed", options.seed, "of the first life; the next has the next number (1)")->type_name("S");
  random->add_option("--events", options.events, "whole lives until a Session was called so often (10000)")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, std::numeric_limits<std::uint64_t>::max() / 2).description(""));
  random->footer(kRandomNotes);
  return random;
}

void add_record(CLI::App& command, LifeView& view) {
  auto* record = command.add_option("--record", view.record, "of a life: what one end sent and received, as a capture")
                     ->type_name("FILE");
  command.add_option("--record-end", view.end, "which end (0)")->type_name("N")->needs(record);
  command.footer(command.get_footer() + kRecordNotes);
}

/// Carries out what was parsed; throws std::runtime_error for a file that cannot be read or written.
int carry_out(const CLI::App& app, const Options& options, std::istream& in, std::ostream& out, std::ostream& err) {
  if (app.got_subcommand("random")) {
    return run_lives(options.seed, options.events, options.view, out) ? kExitOk : kExitDifferent;
  }
  const std::vector<Entry> entries = read(options.file, in);
  const auto is_life = [](const Entry& entry) { return std::holds_alternative<Life>(entry.what); };
  if (!options.view.record.empty() && std::ranges::none_of(entries, is_life)) {
    throw std::runtime_error(options.file + ": there is no life in it to --record");
  }
  return app.got_subcommand("run") ? run_scenarios(entries, options.view, out, err)
                                   : check_scenarios(options, entries, out);
}

}  // namespace

int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err) {
  CLI::App app{"bgpsim plays BGP sessions on a virtual clock: scenarios, dumps of a session, random lives.", "bgpsim"};
  Options options;
  app.footer(kExamples);
  app.set_version_flag("--version", "bgpsim (libbgp) " BGPSIM_VERSION, "print the version and exit");
  app.set_help_flag("-h,--help", "print this and exit");
  app.require_subcommand(1);
  CLI::App* run = add_file_command(app, "run", "what a Session does in each step, as JSON lines", kRunNotes, options);
  CLI::App* check = add_file_command(app, "check", "compared with what each step expects", kCheckNotes, options);
  CLI::App* random = add_random(app, options);
  for (CLI::App* command : {run, check, random}) {
    command->add_flag("--trace", options.view.timeline, "a timeline for people");
    add_record(*command, options.view);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success, out, err) == 0 ? kExitOk : kExitDifferent;
  } catch (const CLI::ParseError& error) {
    return usage_error(err, problem_of(app, error));
  }
  int status = kExitOk;
  try {
    status = carry_out(app, options, in, out, err);
  } catch (const std::runtime_error& error) {
    return usage_error(err, error.what());
  }
  out.flush();
  return out ? status : kExitDifferent;
}

}  // namespace bgp::sim
