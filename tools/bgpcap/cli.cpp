#include "tools/bgpcap/cli.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

#include "bgp/wire/text.hpp"
#include "tools/bgpcap/decode.hpp"
#include "tools/bgpcap/hex.hpp"
#include "tools/bgpcap/vectors.hpp"

namespace bgp::cap {
namespace {

constexpr const char* kExamples = R"(
Examples:
  bgpcap decode --hex ffffffffffffffffffffffffffffffff001304
  xxd -p messages.bin | bgpcap decode --hex - -j
  bgpcap decode --ibgp --add-path ipv4-unicast --hex - < octets.txt
  bgpcap vectors vectors.jsonl
  bgpcap vectors --check vectors.jsonl

Exit status: 0 fine; 1 something in the messages would end a session, or a vector differs; 2 wrong command line, or a
file that cannot be read.)";

constexpr const char* kDecodeExamples = R"(
FAMILY is a name like ipv4-unicast or l2vpn-evpn, or AFI and SAFI in numbers: 1/1. Lists are divided by commas.
An error shows the NOTIFICATION that a session would send.)";

constexpr const char* kVectorsExamples = R"(
A vector is a JSON object a line: name, kind (message, update-body, nlri, attribute-value, as-path-value, capability,
open-optional-parameters, dynamic-capability-body), hex, context and expect.
FILE of --except has a line "NAME: reason" for each vector that is not compared.)";

struct DecodeOptions {
  std::vector<std::string> hex;
  bool json = false;
  bool as2 = false;
  bool as4 = false;
  bool ebgp = false;
  bool ibgp = false;
  bool confederation = false;
  bool extended = false;
  bool enhanced_refresh = false;
  std::uint32_t local_as = 0;
  std::uint32_t peer_as = 0;
  std::string local_id;
  std::vector<std::string> families;
  std::vector<std::string> add_path;
  std::vector<std::string> extended_next_hop;
  std::vector<std::string> multiple_labels;
};

struct VectorsOptions {
  std::string file;
  std::string except;
  bool check = false;
};

int usage_error(std::ostream& err, const std::string& what) {
  err << "bgpcap: " << escaped(what) << "\nRun bgpcap --help for what there is.\n";
  return kExitUsage;
}

CLI::App* add_decode(CLI::App& app, DecodeOptions& options) {
  CLI::App* decode = app.add_subcommand("decode", "messages as text, or as JSON with -j");
  const auto is_family = [](const std::string& text) {
    return parse_family(text) ? std::string() : '"' + text + "\" is no family; try a name like ipv4-unicast, or 1/1";
  };
  const auto family_list = [&](const char* name, std::vector<std::string>& into, const char* help) {
    decode->add_option(name, into, help)->type_name("FAMILY")->delimiter(',')->check(is_family);
  };
  decode->add_option("--hex", options.hex, "octets in hexadecimal digits; - or nothing: from standard input")
      ->type_name("OCTETS")
      ->expected(0, CLI::detail::expected_max_vector_size)
      ->required();
  decode->add_flag("-j,--json", options.json, "one JSON object a message");
  auto* as2 = decode->add_flag("--as2", options.as2, "AS numbers of two octets (no RFC 6793)");
  decode->add_flag("--as4", options.as4, "AS numbers of four octets (the default)")->excludes(as2);
  auto* ebgp = decode->add_flag("--ebgp", options.ebgp, "an external peer (the default)");
  auto* ibgp = decode->add_flag("--ibgp", options.ibgp, "an internal peer")->excludes(ebgp);
  decode->add_flag("--confed", options.confederation, "a peer in another member AS of our confederation")
      ->excludes(ebgp)
      ->excludes(ibgp);
  decode->add_option("--local-as", options.local_as, "our AS number")->type_name("AS");
  decode->add_option("--peer-as", options.peer_as, "the peer's AS number")->type_name("AS");
  decode->add_option("--local-id", options.local_id, "our BGP Identifier")
      ->type_name("ID")
      ->check([](const std::string& text) {
        return BgpIdentifier::parse(text) ? std::string() : '"' + text + "\" is no dotted quad like 192.0.2.1";
      });
  family_list("--families", options.families, "negotiated families (all)");
  family_list("--add-path", options.add_path, "families with path identifiers (RFC 7911)");
  family_list("--ext-nh", options.extended_next_hop, "IPv4 families that may have an IPv6 next hop (RFC 8950)");
  decode->add_option("--multi-label", options.multiple_labels, "families with several labels a prefix (RFC 8277)")
      ->type_name("FAMILY[=MOST]")
      ->delimiter(',')
      ->check([](const std::string& text) {
        return parse_label_count(text) ? std::string()
                                       : '"' + text + "\" is no family with a count; try ipv4-labeled-unicast=3";
      });
  decode->add_flag("--extended", options.extended, "messages of up to 65535 octets (RFC 8654)");
  decode->add_flag("--enhanced-refresh", options.enhanced_refresh, "enhanced route refresh (RFC 7313)");
  decode->footer(kDecodeExamples);
  return decode;
}

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

std::vector<Family> families_of(const std::vector<std::string>& names) {
  std::vector<Family> list;
  for (const std::string& name : names) list.push_back(*parse_family(name));
  return list;
}

Context context_of(const DecodeOptions& options) {
  Context context = default_context();
  context.decode.four_octet_as = !options.as2;
  context.decode.internal = options.ibgp;
  context.decode.confederation = options.confederation;
  context.decode.local_asn = options.local_as;
  context.decode.peer_asn = options.peer_as;
  context.decode.local_identifier = BgpIdentifier::parse(options.local_id).value_or(BgpIdentifier{});
  if (!options.families.empty()) context.decode.families = families_of(options.families);
  context.decode.add_path = families_of(options.add_path);
  context.decode.extended_next_hop = families_of(options.extended_next_hop);
  for (const std::string& text : options.multiple_labels) {
    const auto count = parse_label_count(text);
    context.decode.multiple_labels.insert(count->first, count->second);
  }
  context.extended_message = options.extended;
  context.enhanced_refresh = options.enhanced_refresh;
  return context;
}

int run_decode(const DecodeOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  std::string text;
  for (const std::string& part : options.hex) text += part;  // CLI11 gives one empty part for none
  if (text.empty() || text == "-") text.assign(std::istreambuf_iterator<char>(in), {});
  const auto octets = parse_hex(text);
  if (!octets) return usage_error(err, octets.error());
  if (octets->empty()) return usage_error(err, "there are no octets to decode");
  const Form form = options.json ? Form::Json : Form::Text;
  return decode_stream(*octets, context_of(options), form, out) ? kExitOk : kExitDifferent;
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

int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err) {
  CLI::App app{"bgpcap shows what BGP messages say, and what a session would do about them.", "bgpcap"};
  DecodeOptions decode_options;
  VectorsOptions vectors_options;
  app.footer(kExamples);
  app.set_version_flag("--version", "bgpcap (libbgp) " BGPCAP_VERSION, "print the version and exit");
  app.set_help_flag("-h,--help", "print this and exit");
  app.require_subcommand(1);
  const CLI::App* decode = add_decode(app, decode_options);
  add_vectors(app, vectors_options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success, out, err) == 0 ? kExitOk : kExitDifferent;
  } catch (const CLI::ParseError& error) {
    return usage_error(err, error.what());
  }
  const int status =
      decode->parsed() ? run_decode(decode_options, in, out, err) : run_vectors(vectors_options, in, out, err);
  out.flush();
  return out ? status : kExitDifferent;
}

}  // namespace bgp::cap
