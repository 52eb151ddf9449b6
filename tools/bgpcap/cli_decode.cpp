#include "tools/bgpcap/cli_decode.hpp"

#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <istream>
#include <iterator>

#include "bgp/testing/input.hpp"
#include "bgp/testing/mrt.hpp"
#include "bgp/testing/packets.hpp"
#include "tools/bgpcap/capture_decode.hpp"
#include "tools/bgpcap/cli.hpp"
#include "tools/bgpcap/decode.hpp"
#include "tools/bgpcap/hex.hpp"
#include "tools/bgpcap/mrt_decode.hpp"

namespace bgp::cap {
namespace {

constexpr const char* kDecodeExamples = R"(
FAMILY is a name like ipv4-unicast or l2vpn-evpn, or AFI and SAFI in numbers: 1/1. Lists are divided by commas.
An error shows the NOTIFICATION that a session would send.
Of a capture --as2, --as4, --ebgp, --ibgp, --confed and lists of families count in place of what its OPENs say.)";

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

bool wants_colors(const DecodeOptions& options, const std::ostream& out) {
  if (options.color != "auto") return options.color == "always";
  return &out == &std::cout && isatty(STDOUT_FILENO) == 1;
}

/// Messages one after the other, which have no peers.
int run_octets(const DecodeOptions& options, const Filter& filter, BytesView octets, std::ostream& out,
               std::ostream& err) {
  if (options.format == "bgpdump") return usage_error(err, "only of MRT files there are bgpdump's lines");
  if (filter.asks_for_peers()) return usage_error(err, "--filter peer=: these are octets of messages, without peers");
  const Form form = options.json || options.format == "json" ? Form::Json : Form::Text;
  const bool good = decode_stream(octets, context_of(options), form, out, filter, wants_colors(options, out));
  return good ? kExitOk : kExitDifferent;
}

int run_hex(const DecodeOptions& options, const Filter& filter, std::istream& in, std::ostream& out,
            std::ostream& err) {
  std::string text;
  for (const std::string& part : options.hex) text += part;  // CLI11 gives one empty part for none
  if (text.empty() || text == "-") text.assign(std::istreambuf_iterator<char>(in), {});
  const auto octets = parse_hex(text);
  if (!octets) return usage_error(err, octets.error());
  if (octets->empty()) return usage_error(err, "there are no octets to decode");
  return run_octets(options, filter, *octets, out, err);
}

/// A file that is neither a capture nor MRT: messages one after the other, or their octets in hexadecimal digits.
int run_octets_file(const DecodeOptions& options, const Filter& filter, const Bytes& file, std::ostream& out,
                    std::ostream& err) {
  constexpr std::uint8_t kMarker = 0xff;
  if (!file.empty() && file.front() == kMarker) return run_octets(options, filter, file, out, err);
  const auto octets = parse_hex({reinterpret_cast<const char*>(file.data()), file.size()});
  if (!octets || octets->empty()) {
    return usage_error(err, options.file + ": is neither pcap, pcapng, MRT nor messages, also in hexadecimal digits");
  }
  return run_octets(options, filter, *octets, out, err);
}

GivenTerms given_terms(const DecodeOptions& options) {
  GivenTerms given;
  given.context = context_of(options);
  given.as_width = options.as2 || options.as4;
  given.kind_of_peer = options.ebgp || options.ibgp || options.confederation;
  given.families = !options.families.empty();
  given.add_path = !options.add_path.empty();
  given.extended_next_hop = !options.extended_next_hop.empty();
  given.multiple_labels = !options.multiple_labels.empty();
  given.enhanced_refresh = options.enhanced_refresh;
  return given;
}

/// Why the options about the session cannot be used with the file; empty when they can.
std::string unfit_options(const DecodeOptions& options, const GivenTerms& given, const Bytes& file) {
  const bool one_end = options.local_as != 0 || options.peer_as != 0 || !options.local_id.empty() || options.extended;
  if (test::is_mrt(file) && (one_end || !given.words().empty())) {
    return ": each record of MRT says how it is to be read; options about the session are for other files";
  }
  if (test::is_capture(file) && one_end) {
    return ": a capture has both ends of its sessions; --local-as, --peer-as, --local-id and --extended are for octets";
  }
  return {};
}

int run_file(const DecodeOptions& options, const Filter& filter, std::ostream& out, std::ostream& err) {
  const auto file = test::read_input(options.file);
  if (!file) return usage_error(err, options.file + ": " + file.error());
  const Form form = options.json || options.format == "json" ? Form::Json
                    : options.format == "bgpdump"            ? Form::Bgpdump
                                                             : Form::Text;
  if (form == Form::Bgpdump && !filter.empty())
    return usage_error(err, "--filter is for other forms than bgpdump's lines");
  const CaptureStyle style{form, wants_colors(options, out), given_terms(options)};
  if (const std::string unfit = unfit_options(options, style.given, *file); !unfit.empty()) {
    return usage_error(err, options.file + unfit);
  }
  if (test::is_mrt(*file)) return decode_mrt(*file, filter, style, out, err) ? kExitOk : kExitDifferent;
  if (form == Form::Bgpdump) return usage_error(err, options.file + ": only of MRT files there are bgpdump's lines");
  if (!test::is_capture(*file)) return run_octets_file(options, filter, *file, out, err);
  const auto capture = test::Capture::read(*file, {options.port});
  if (!capture) return usage_error(err, options.file + ": " + capture.error());
  return decode_capture(*capture, filter, style, out) ? kExitOk : kExitDifferent;
}

}  // namespace

CLI::App* add_decode(CLI::App& app, DecodeOptions& options) {
  CLI::App* decode = app.add_subcommand("decode", "messages as text, or as JSON with -j");
  const auto is_family = [](const std::string& text) {
    return parse_family(text) ? std::string() : '"' + text + "\" is no family; try a name like ipv4-unicast, or 1/1";
  };
  const auto family_list = [&](const char* name, std::vector<std::string>& into, const char* help) {
    decode->add_option(name, into, help)->type_name("FAMILY")->delimiter(',')->check(is_family);
  };
  auto* file = decode
                   ->add_option("file", options.file,
                                "pcap, pcapng, MRT or hexadecimal digits, also compressed; - is standard input")
                   ->type_name("FILE");
  decode->add_option("--hex", options.hex, "octets in hexadecimal digits; - or nothing: from standard input")
      ->type_name("OCTETS")
      ->expected(0, CLI::detail::expected_max_vector_size)
      ->excludes(file);
  decode->add_option("--format", options.format, "text, json (-j), or bgpdump: lines as those of bgpdump -m, of MRT")
      ->type_name("FORM")
      ->check(CLI::IsMember({"text", "json", "bgpdump"}));
  decode->add_option("--filter", options.filters, "only messages with peer=ADDRESS, type=TYPE or prefix=PREFIX")
      ->type_name("TERM")
      ->allow_extra_args(false);
  decode->add_option("--port", options.port, "BGP is spoken on this port too (179)")->type_name("PORT");
  decode->add_option("--color", options.color, "auto (on a terminal), always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
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

int run_decode(const DecodeOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  Filter filter;
  for (const std::string& terms : options.filters) {
    if (const auto added = filter.add(terms); !added) return usage_error(err, added.error());
  }
  if (!options.hex.empty()) return run_hex(options, filter, in, out, err);
  if (options.file.empty()) return usage_error(err, "decode wants a FILE, or --hex");
  return run_file(options, filter, out, err);
}

}  // namespace bgp::cap
