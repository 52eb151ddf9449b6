#include "tools/bgpcap/cli.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <istream>
#include <ostream>

#include "bgp/wire/text.hpp"
#include "tools/bgpcap/cli_capture.hpp"
#include "tools/bgpcap/cli_decode.hpp"
#include "tools/bgpcap/vectors.hpp"
#include "tools/command_line.hpp"

namespace bgp::cap {
namespace {

constexpr const char* kExamples = R"(
Examples:
  bgpcap decode session.pcap --filter type=update,prefix=192.0.2.0/24
  bgpcap decode -j session.pcapng.gz
  bgpcap sessions session.pcap
  bgpcap explain session.pcap
  bgpcap replay session.pcap --as 192.0.2.1
  bgpcap replay session.pcap --as 192.0.2.2 --against 127.0.0.1:1179 --bind 127.0.0.2
  bgpcap decode --hex ffffffffffffffffffffffffffffffff001304
  xxd -p messages.bin | bgpcap decode --hex - -j
  bgpcap decode --ibgp --add-path ipv4-unicast --hex - < octets.txt
  bgpcap vectors vectors.jsonl
  bgpcap vectors --check vectors.jsonl

Exit status: 0 fine; 1 something in the messages would end a session, a replay or a vector differs, or a live
speaker is not reachable; 2 wrong command line, or a file that cannot be read.)";

constexpr const char* kVectorsExamples = R"(
A vector is a JSON object a line: name, kind (message, update-body, nlri, attribute-value, as-path-value, capability,
open-optional-parameters, dynamic-capability-body), hex, context and expect.
FILE of --except has a line "NAME: reason" for each vector that is not compared.)";

struct VectorsOptions {
  std::string file;
  std::string except;
  bool check = false;
};

CLI::App* add_vectors(CLI::App& app, VectorsOptions& options) {
  CLI::App* vectors = app.add_subcommand("vectors", "what becomes of each test vector, one JSON object a line");
  vectors->add_option("file", options.file, "the vectors, one JSON object a line; - is standard input")
      ->type_name("FILE")
      ->required();
  auto* check = vectors->add_flag("--check", options.check, "compare with what each expects, and show what differs");
  vectors->add_option("--except", options.except, "vectors that are not compared, with reasons")
      ->type_name("FILE")
      ->needs(check);
  vectors->footer(kVectorsExamples);
  return vectors;
}

int run_vectors(const VectorsOptions& options, std::istream& standard, std::ostream& out, std::ostream& err) {
  std::ifstream file(options.file);
  if (options.file != "-" && !file) return usage_error(err, options.file + ": cannot be read");
  std::istream& in = options.file == "-" ? standard : file;
  if (!options.check) {
    const auto counts = print_vectors(in, out);
    return counts ? kExitOk : usage_error(err, options.file + ": " + counts.error());
  }
  std::ifstream except(options.except);
  if (!options.except.empty() && !except) return usage_error(err, options.except + ": cannot be read");
  const auto exceptions = read_exceptions(except);
  if (!exceptions) return usage_error(err, options.except + ": " + exceptions.error());
  const auto counts = check_vectors(in, *exceptions, out);
  if (!counts) return usage_error(err, options.file + ": " + counts.error());
  out << options.file << ": " << counts->vectors << " vectors, " << counts->different << " different, "
      << counts->excepted << " not compared\n";
  return counts->different == 0 ? kExitOk : kExitDifferent;
}

}  // namespace

int usage_error(std::ostream& err, const std::string& what) {
  err << "bgpcap: " << escaped(what) << "\nRun bgpcap --help for what there is.\n";
  return kExitUsage;
}

int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err) {
  CLI::App app{"bgpcap shows what BGP messages and captures say, and what a session would do about them.", "bgpcap"};
  DecodeOptions decode_options;
  VectorsOptions vectors_options;
  app.footer(kExamples);
  app.set_version_flag("--version", "bgpcap (libbgp) " BGPCAP_VERSION, "print the version and exit");
  app.set_help_flag("-h,--help", "print this and exit");
  app.require_subcommand(1);
  const CLI::App* decode = add_decode(app, decode_options);
  CaptureCommand sessions_options;
  CaptureCommand explain_options;
  CaptureCommand replay_options;
  const CLI::App* sessions = add_sessions(app, sessions_options);
  const CLI::App* explain = add_explain(app, explain_options);
  const CLI::App* replay = add_replay(app, replay_options);
  add_vectors(app, vectors_options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success, out, err) == 0 ? kExitOk : kExitDifferent;
  } catch (const CLI::ParseError& error) {
    return usage_error(err, problem_of(app, error));
  }
  const int status = decode->parsed()     ? run_decode(decode_options, in, out, err)
                     : sessions->parsed() ? run_sessions(sessions_options, out, err)
                     : explain->parsed()  ? run_explain(explain_options, out, err)
                     : replay->parsed()   ? run_replay(replay_options, out, err)
                                          : run_vectors(vectors_options, in, out, err);
  out.flush();
  return out ? status : kExitDifferent;
}

}  // namespace bgp::cap
