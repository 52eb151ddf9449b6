// bgpcap/cli_decode.hpp
//
// The command line of bgpcap decode.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bgp::cap {

struct DecodeOptions {
  std::string file;
  std::vector<std::string> hex;
  bool json = false;
  std::string format = "text";
  std::string color = "auto";
  std::vector<std::string> filters;
  std::uint16_t port = 0;
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

/// Adds the subcommand, which fills `options`.
CLI::App* add_decode(CLI::App& app, DecodeOptions& options);

/// Does it, and gives the exit status.
[[nodiscard]] int run_decode(const DecodeOptions& options, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace bgp::cap
