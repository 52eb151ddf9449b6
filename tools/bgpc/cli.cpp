#include "tools/bgpc/cli.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <vector>

#include "bgp/wire/text.hpp"
#include "bgpd/control/socket_path.hpp"
#include "tools/bgpc/client.hpp"
#include "tools/bgpc/commands.hpp"
#include "tools/bgpc/completion.hpp"
#include "tools/bgpc/text.hpp"

namespace bgp::control {

namespace json = boost::json;

namespace {

struct Options {
  std::vector<std::string> words;
  std::string socket = bgp::daemon::default_socket_path();
  bool json = false;
};

std::string command_list() {
  std::size_t widest = 0;
  for (const Command& command : commands()) widest = std::max(widest, command.words.size());
  std::string text = "\nCommands:\n";
  for (const Command& command : commands()) {
    text.append("  ").append(command.words).append(widest + 2 - command.words.size(), ' ');
    text.append(command.help).push_back('\n');
  }
  return text + R"(
"show neighbor", "show bgp summary" and "neighbors" are understood too.
Exit status: 0 fine; 1 bgpd cannot be reached, or does not do it; 2 wrong command line.)";
}

int usage_error(std::ostream& err, std::string_view what) {
  err << "bgpc: " << escaped(what) << "\nRun bgpc --help for what there is.\n";
  return kExitUsage;
}

int failed(std::ostream& err, std::string_view what) {
  err << "bgpc: " << escaped(what) << '\n';
  return kExitFailure;
}

/// The body of a request: the text that the neighbor is told, or the prefix to announce.
std::string body_of(const Match& match) {
  if (match.argument.empty() || match.command->method != "POST") return "";
  const char* const name = match.command->show == Show::Network ? "prefix" : "text";
  return json::serialize(json::object{{name, match.argument}});
}

void show(const Match& match, const json::value& value, std::ostream& out) {
  const json::object& object = value.as_object();
  switch (match.command->show) {
    case Show::Summary: out << summary_text(object); break;
    case Show::Neighbors: out << neighbors_text(object); break;
    case Show::Neighbor: out << neighbor_text(object); break;
    case Show::Row: out << row_text(object); break;
    case Show::Networks: out << networks_text(object); break;
    case Show::Network: out << std::string_view(object.at("prefix").as_string()) << '\n'; break;
    case Show::Changes: out << changes_text(object); break;
    case Show::Explanation: out << std::string_view(object.at("text").as_string()); break;
    default: out << json::serialize(value) << '\n'; break;
  }
}

/// Lines of which portions come in.
class Lines {
 public:
  template <class Take>
  void feed(std::string_view portion, Take&& take) {
    text_.append(portion);
    std::size_t from = 0;
    for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', from)) {
      take(std::string_view(text_).substr(from, end - from));
      from = end + 1;
    }
    text_.erase(0, from);
  }

 private:
  std::string text_;
};

int carry_out(const Match& match, const Options& options, std::ostream& out, std::ostream& err) {
  Lines lines;
  std::vector<json::object> routes;
  const auto take = [&](std::string_view portion) {
    if (options.json) {
      out << portion << std::flush;
    } else {
      lines.feed(portion, [&](std::string_view line) {
        json::object object = json::parse(line).as_object();
        if (match.command->show == Show::Routes) {
          routes.push_back(std::move(object));
        } else {
          out << event_text(object) << std::flush;
        }
      });
    }
    return static_cast<bool>(out);
  };
  const auto answer = ask(options.socket, match.command->method, match.target, body_of(match), take);
  if (!answer) return failed(err, answer.error());
  if (match.command->show == Show::Routes && answer->body.empty() && !options.json)
    out << routes_text(std::move(routes));
  if (answer->body.empty()) return kExitOk;
  const json::value value = json::parse(answer->body);
  if (answer->status != 200) return failed(err, std::string_view(value.at("error").as_string()));
  if (options.json) {
    out << json::serialize(value) << '\n';
  } else {
    show(match, value, out);
  }
  return kExitOk;
}

}  // namespace

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
  Options options;
  CLI::App app{"bgpc asks bgpd what its neighbors do, and tells it what to do with them.", "bgpc"};
  app.footer(command_list());
  app.set_version_flag("--version", "bgpc (libbgp) " BGPC_VERSION, "print the version and exit");
  app.set_help_flag("-h,--help", "print this and exit");
  app.add_flag("-j,--json", options.json, "JSON as bgpd says it (docs/guide/api.md)");
  app.add_option("-s,--socket", options.socket, "control socket of bgpd")->type_name("PATH")->capture_default_str();
  app.add_option("command", options.words, "see below")->type_name("COMMAND");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success, out, err) == 0 ? kExitOk : kExitFailure;
  } catch (const CLI::ParseError& error) {
    return usage_error(err, error.what());
  }
  const auto matched = match(options.words);
  if (!matched) return usage_error(err, matched.error());
  switch (matched->command->show) {
    case Show::Version: out << "bgpc (libbgp) " BGPC_VERSION "\n"; return kExitOk;
    case Show::Completion: {
      if (std::ranges::find(shells(), matched->argument) == shells().end()) {
        return usage_error(err, "completion " + matched->argument + ": there are bash, zsh and fish");
      }
      out << completion(matched->argument);
      return kExitOk;
    }
    default: break;
  }
  if (options.socket.empty()) return usage_error(err, "no socket: name the one of bgpd with --socket PATH");
  return carry_out(*matched, options, out, err);
}

}  // namespace bgp::control
