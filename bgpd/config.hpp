// bgpd/config.hpp
//
// What bgpd is told to do: the configuration file as typed values, and everything that is wrong with it.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/net/speaker.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgpd/config_document.hpp"
#include "bgpd/log.hpp"

namespace bgp::daemon {

struct GlobalConfig {
  std::uint32_t asn = 0;
  BgpIdentifier router_id;
  std::vector<IpAddress> listen;
  bool listen_by_default = false;  ///< `listen` is not written: what this machine cannot do is then no failure
  std::uint16_t port = kBgpPort;
  std::string shutdown_text;
  LogLevel log_level = LogLevel::Info;
  std::optional<std::string> control_socket;  ///< absent: default_socket_path(); empty: none
};

struct NeighborConfig {
  PeerOptions peer;             ///< the remote address of a range is that of its prefix
  std::optional<Prefix> range;  ///< whoever connects from there, instead of one neighbor
  std::size_t range_limit = 100;
  Duration range_linger{};
  std::vector<std::uint32_t> remote_asns;  ///< of which it must have one; empty: as the session's remote_asn says
  std::string description;
  bool enabled = true;
  std::string record;  ///< file for its messages; empty: none
  std::optional<IpAddress> next_hop_ipv4;
  std::optional<IpAddress> next_hop_ipv6;

  friend bool operator==(const NeighborConfig&, const NeighborConfig&) = default;
};

/// A prefix to originate.
struct NetworkConfig {
  Prefix prefix;
  std::optional<IpAddress> next_hop;
  Origin origin = Origin::Igp;
  std::optional<std::uint32_t> med;
  std::uint32_t local_pref = 100;
  std::vector<Community> communities;
  std::vector<LargeCommunity> large_communities;
  std::vector<std::uint32_t> as_path;  ///< behind our own AS

  friend bool operator==(const NetworkConfig&, const NetworkConfig&) = default;
};

struct Config {
  GlobalConfig global;
  std::vector<NeighborConfig> neighbors;
  std::vector<NetworkConfig> networks;
};

/// A file that was read. `config` can be used when there are no `problems`, each of which is a line "FILE:LINE:COLUMN:
/// what is wrong", in the order of the file.
struct LoadedConfig {
  Config config;
  Document document;
  std::vector<std::string> problems;
};

/// Reads `toml`, which stands in `file`.
[[nodiscard]] LoadedConfig load_config(std::string_view toml, std::string_view file);

/// The contents of a file, or a sentence that says why not.
[[nodiscard]] std::expected<std::string, std::string> read_file(const std::string& file);

}  // namespace bgp::daemon
