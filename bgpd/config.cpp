#include "bgpd/config.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace bgp::daemon {

namespace {

using std::chrono::seconds;

std::string label(const Record& record) { return "[" + std::string(to_string(record.section())) + "] "; }

template <class Number>
Number number(const Record& record, std::string_view name) {
  return static_cast<Number>(record.integer(name).value_or(0));
}

std::vector<std::uint32_t> numbers(const Record& record, std::string_view name) {
  std::vector<std::uint32_t> list;
  for (const Item& item : record.items(name)) {
    list.push_back(static_cast<std::uint32_t>(std::get<std::int64_t>(item.value)));
  }
  return list;
}

std::string string(const Record& record, std::string_view name) { return std::string(record.text(name).value_or("")); }

std::optional<IpAddress> address(const Record& record, std::string_view name) {
  const auto text = record.text(name);
  return text ? IpAddress::parse(*text) : std::nullopt;
}

/// Of a neighbor, or of the prefix that it may be in.
std::optional<IpAddress> remote_of(const Record& record) {
  if (const auto one = address(record, "address")) return one;
  const auto range = record.text("range");
  const auto prefix = range ? Prefix::parse(*range) : std::nullopt;
  return prefix ? std::optional(prefix->address()) : std::nullopt;
}

template <class Parsed>
std::vector<Parsed> parsed_list(const Record& record, std::string_view name) {
  std::vector<Parsed> list;
  for (const Item& item : record.items(name)) list.push_back(*Parsed::parse(std::get<std::string>(item.value)));
  return list;
}

GlobalConfig global_of(const Record& record) {
  GlobalConfig global;
  global.asn = number<std::uint32_t>(record, "asn");
  global.router_id = BgpIdentifier::parse(string(record, "router_id")).value_or(BgpIdentifier{});
  global.listen = parsed_list<IpAddress>(record, "listen");
  const Value* listen = record.find("listen");
  global.listen_by_default = listen != nullptr && listen->at == Position{};
  global.port = number<std::uint16_t>(record, "port");
  global.shutdown_text = string(record, "shutdown_text");
  if (const auto path = record.text("control_socket")) global.control_socket = std::string(*path);
  global.log_level = parse_log_level(string(record, "log_level")).value_or(LogLevel::Info);
  return global;
}

std::vector<Family> families(const Record& record, std::string_view name) {
  std::vector<Family> list;
  for (const Item& item : record.items(name)) {
    list.push_back(std::get<std::string>(item.value) == "ipv6-unicast" ? kIpv6Unicast : kIpv4Unicast);
  }
  return list;
}

/// The value of T from 0 to `last` that is called `name`.
template <class T>
std::optional<T> named(std::string_view name, unsigned last, std::string (*name_of)(T)) {
  for (unsigned value = 0; value <= last; ++value) {
    if (name_of(static_cast<T>(value)) == name) return static_cast<T>(value);
  }
  return std::nullopt;
}

std::vector<CapabilityCode> capability_codes(const Record& record) {
  std::vector<CapabilityCode> codes;
  for (const Item& item : record.items("required_capabilities")) {
    const auto code = named<std::uint8_t>(std::get<std::string>(item.value), 255, capability_name);
    if (code) codes.push_back(static_cast<CapabilityCode>(*code));
  }
  return codes;
}

/// What RFC 5492 and what stands on it ask for.
void capabilities_of(const Record& record, PeerConfig& session) {
  session.capabilities = record.flag("capabilities");
  session.four_octet_as = record.flag("four_octet_as");
  session.route_refresh = record.flag("route_refresh");
  session.enhanced_route_refresh = record.flag("enhanced_route_refresh");
  session.extended_message = record.flag("extended_message");
  if (record.flag("extended_next_hop")) {
    session.extended_next_hop = capability::ExtendedNextHop{{{kIpv4Unicast, Afi::Ipv6}}};
  }
  if (record.flag("add_path")) {
    for (const Family family : session.families)
      session.add_path.push_back({family, capability::AddPath::Mode::Receive});
  }
  if (record.flag("graceful_restart")) {
    session.graceful_restart.emplace().notification = record.flag("graceful_notification");
  }
  if (const auto version = string(record, "software_version"); !version.empty()) {
    session.software_version = capability::SoftwareVersion{version};
  }
  session.required_families = families(record, "required_families");
  session.required_capabilities = capability_codes(record);
  session.retry_without_capabilities = record.flag("retry_without_capabilities");
  if (const auto role = record.text("role")) session.role = named<BgpRole>(*role, 4, bgp::to_string);
  session.role_strict = record.flag("role_strict");
}

PeerConfig session_of(const Record& record, const GlobalConfig& global) {
  PeerConfig session;
  session.local_asn = global.asn;
  session.local_identifier = global.router_id;
  session.remote_asn = number<std::uint32_t>(record, "remote_asn");
  session.attributes.connect_retry_time = seconds{*record.integer("connect_retry_time")};
  session.attributes.hold_time = number<std::uint16_t>(record, "hold_time");
  if (const auto time = record.integer("send_hold_time")) session.attributes.send_hold_time = seconds{*time};
  if (const auto delay = number<std::int64_t>(record, "delay_open_time"); delay > 0) {
    session.attributes.delay_open = true;
    session.attributes.delay_open_time = seconds{delay};
  }
  session.attributes.passive = record.flag("passive");
  session.idle_hold.first = seconds{*record.integer("idle_hold_time")};
  session.idle_hold.longest = seconds{*record.integer("idle_hold_max")};
  session.minimum_hold_time = number<std::uint16_t>(record, "minimum_hold_time");
  session.families = families(record, "families");
  capabilities_of(record, session);
  session.enforce_first_as = record.flag("enforce_first_as");
  session.collision = record.text("collision") == "rfc4271" ? CollisionPolicy::Rfc4271 : CollisionPolicy::HoldLoser;
  return session;
}

TransportSecurity security_of(const Record& record, const GlobalConfig& global) {
  TransportSecurity security;
  security.gtsm_hops = number<std::uint8_t>(record, "ttl_security");
  security.ttl = number<std::uint8_t>(record, "multihop");
  // As everybody does: an external neighbor is on a link of ours, unless it is said to be farther away
  std::vector<std::uint32_t> asns = numbers(record, "remote_asns");
  if (const auto asn = number<std::uint32_t>(record, "remote_asn"); asn != 0) asns.push_back(asn);
  const bool external = !asns.empty() && std::ranges::find(asns, global.asn) == asns.end();
  if (external && security.ttl == 0 && security.gtsm_hops == 0) security.ttl = 1;
  security.md5_key = string(record, "password");
  return security;
}

NeighborConfig neighbor_of(const Record& record, const GlobalConfig& global) {
  NeighborConfig neighbor;
  neighbor.peer.remote_address = address(record, "address").value_or(IpAddress{});
  neighbor.peer.remote_port = number<std::uint16_t>(record, "port");
  neighbor.peer.local_address = address(record, "local_address");
  neighbor.peer.local_port = number<std::uint16_t>(record, "local_port");
  neighbor.peer.security = security_of(record, global);
  neighbor.peer.session = session_of(record, global);
  if (const auto range = record.text("range")) {
    neighbor.range = Prefix::parse(*range);
    neighbor.peer.remote_address = neighbor.range.value_or(Prefix{}).address();
  }
  neighbor.range_limit = number<std::size_t>(record, "range_limit");
  neighbor.range_linger = seconds{*record.integer("range_linger")};
  neighbor.remote_asns = numbers(record, "remote_asns");
  neighbor.description = string(record, "description");
  neighbor.enabled = record.flag("enabled");
  neighbor.record = string(record, "record");
  neighbor.next_hop_ipv4 = address(record, "next_hop_ipv4");
  neighbor.next_hop_ipv6 = address(record, "next_hop_ipv6");
  return neighbor;
}

Origin origin_of(std::string_view text) {
  if (text == "egp") return Origin::Egp;
  return text == "incomplete" ? Origin::Incomplete : Origin::Igp;
}

NetworkConfig network_of(const Record& record) {
  NetworkConfig network;
  network.prefix = Prefix::parse(string(record, "prefix")).value_or(Prefix{});
  network.next_hop = address(record, "next_hop");
  network.origin = origin_of(record.text("origin").value_or(""));
  if (const auto med = record.integer("med")) network.med = static_cast<std::uint32_t>(*med);
  network.local_pref = number<std::uint32_t>(record, "local_pref");
  network.communities = parsed_list<Community>(record, "communities");
  network.large_communities = parsed_list<LargeCommunity>(record, "large_communities");
  network.as_path = numbers(record, "as_path");
  return network;
}

/// What only several values together show. Records that the reader found damaged are asked only what is still sure.
class Checker {
 public:
  Checker(const Document& document, const Config& config, std::vector<Problem>& problems)
      : document_(document), config_(config), problems_(problems) {}

  void check() {
    for (std::size_t i = 0; i < document_.neighbors.size(); ++i) {
      check_who(document_.neighbors[i]);
      check_heard(document_.neighbors[i]);
      check_remote_asns(document_.neighbors[i]);
      check_own_password(document_.neighbors[i]);
      check_local_address(document_.neighbors[i]);
      check_security(document_.neighbors[i]);
      check_restart(document_.neighbors[i]);
      check_twice(i);
      if (!document_.global.damaged() && !document_.neighbors[i].damaged()) check_session(i);
    }
    std::map<Prefix, Position> seen;
    for (const Record& record : document_.networks) check_network(record, seen);
  }

 private:
  void report(const Record& record, Position at, const std::string& text) {
    problems_.push_back({at, label(record) + text});
  }

  void check_who(const Record& record) {
    const bool one = record.text("address").has_value();
    const bool range = record.text("range").has_value();
    if (!one && !range && !record.damaged()) {
      report(record, record.at(),
             "address: missing (address of the neighbor, or range = \"192.0.2.0/24\" for whoever connects from there)");
    }
    if (one && range)
      report(record, record.position("range"), "range: there is an address, too; remove one of the two");
    if (range && !string(record, "record").empty()) {
      report(record, record.position("record"), "record: a range has many neighbors, and there is one file; remove it");
    }
    if (range) check_not_dialed(record);
  }

  // The default may stand there, as it does in what print_document() writes.
  void check_not_dialed(const Record& record) {
    for (const std::string_view key : {"port", "local_port", "connect_retry_time"}) {
      const Value* value = record.find(key);
      if (value == nullptr || toml_text(value->items.front()) == value->key->default_value) continue;
      report(record, value->at, std::string(key) + ": is about dialing, and nobody dials into a range; remove it");
    }
  }

  void check_remote_asns(const Record& record) {
    if (record.items("remote_asns").empty() || number<std::uint32_t>(record, "remote_asn") == 0) return;
    report(record, record.position("remote_asns"),
           "remote_asns: remote_asn says already which one is right; write remote_asn = 0, or remove the list");
  }

  void check_heard(const Record& record) {
    const Value* listen = document_.global.find("listen");
    if (!record.text("range") || listen == nullptr || !listen->items.empty()) return;
    report(record, record.position("range"),
           "range = \"" + string(record, "range") + "\": nobody can connect, for listen in [global] is empty");
  }

  // A key of TCP MD5 is the kernel's for the whole prefix, also for who was configured in it without one.
  void check_own_password(const Record& record) {
    const auto remote = address(record, "address");
    if (!remote || has_password(record)) return;
    for (const Record& other : document_.neighbors) {
      if (!has_password(other) || !is_in_range(*remote, other)) continue;
      report(record, record.position("address"),
             "address = \"" + to_string(*remote) + "\": lies in the range of line " +
                 std::to_string(other.position("range").line) +
                 ", which has a password, and TCP MD5 asks it for one, too; give it a password");
      return;
    }
  }

  static bool has_password(const Record& record) {
    return record.text("password").has_value() || record.text("password_file").has_value();
  }

  static bool is_in_range(const IpAddress& address, const Record& record) {
    const auto prefix = Prefix::parse(string(record, "range"));
    return prefix && prefix->address().is_v4() == address.is_v4() && Prefix(address, prefix->length()) == *prefix;
  }

  void check_local_address(const Record& record) {
    const auto remote = remote_of(record);
    const auto local = address(record, "local_address");
    if (!remote || !local || remote->is_v4() == local->is_v4()) return;
    report(record, record.position("local_address"),
           "local_address = \"" + to_string(*local) + "\": must be IPv" + (remote->is_v4() ? "4" : "6") +
               " like the address of the neighbor");
  }

  void check_security(const Record& record) {
    if (number<int>(record, "ttl_security") != 0 && number<int>(record, "multihop") != 0) {
      report(record, record.position("multihop"),
             "multihop: ttl_security says how far away the neighbor may be, and sends with TTL 255 (RFC 5082); remove "
             "one of the two");
    }
    if (record.text("password") && record.text("password_file")) {
      report(record, record.position("password_file"),
             "password_file: there is a password, too; remove one of the two");
    }
  }

  void check_restart(const Record& record) {
    if (!record.flag("graceful_notification") || record.flag("graceful_restart")) return;
    report(record, record.position("graceful_notification"),
           "graceful_notification = true: needs graceful_restart (RFC 8538 2)");
  }

  // The rules of Speaker::add_peer() and accept_from().
  void check_twice(std::size_t index) {
    if (document_.neighbors[index].text("range")) return check_range_twice(index);
    const Record& record = document_.neighbors[index];
    const auto remote = address(record, "address");
    const auto local = address(record, "local_address");
    if (!remote) return;
    for (std::size_t i = 0; i < index; ++i) {
      const Record& other = document_.neighbors[i];
      const auto other_local = address(other, "local_address");
      if (address(other, "address") != remote || (local && other_local && local != other_local)) continue;
      report(record, record.position("address"),
             "address = \"" + to_string(*remote) + "\": the neighbor of line " +
                 std::to_string(other.position("address").line) +
                 " has it, too; remove one, or give each a local_address of its own");
      return;
    }
  }

  void check_range_twice(std::size_t index) {
    const Record& record = document_.neighbors[index];
    const auto range = Prefix::parse(string(record, "range"));
    for (std::size_t i = 0; i < index; ++i) {
      const Record& other = document_.neighbors[i];
      if (!other.text("range") || Prefix::parse(string(other, "range")) != range) continue;
      report(record, record.position("range"),
             "range = \"" + string(record, "range") + "\": stands at line " +
                 std::to_string(other.position("range").line) + ", too");
      return;
    }
  }

  void check_session(std::size_t index) {
    const Record& record = document_.neighbors[index];
    const PeerOptions& peer = config_.neighbors[index].peer;
    const auto range = record.text("range");
    std::string who = range ? "range = \"" + std::string(*range) : "address = \"" + to_string(peer.remote_address);
    who += "\": ";
    for (const std::string& problem : bgp::problems(peer.session)) report(record, record.at(), who + problem);
  }

  void check_network(const Record& record, std::map<Prefix, Position>& seen) {
    const auto text = record.text("prefix");
    if (!text) return;
    const Prefix prefix = *Prefix::parse(*text);
    const std::string written = "prefix = \"" + std::string(*text) + "\"";
    const Position at = record.position("prefix");
    if (const auto [first, added] = seen.emplace(prefix, at); !added) {
      report(record, at, written + ": stands at line " + std::to_string(first->second.line) + ", too");
    }
    const auto next_hop = address(record, "next_hop");
    if (next_hop && next_hop->is_v4() != prefix.address().is_v4()) {
      report(record, record.position("next_hop"),
             "next_hop = \"" + to_string(*next_hop) + "\": must be IPv" + (prefix.address().is_v4() ? "4" : "6") +
                 " like the prefix");
    }
  }

  const Document& document_;
  const Config& config_;
  std::vector<Problem>& problems_;
};

/// What `password_file` names: a key of TCP MD5, perhaps with an end of line behind it.
std::expected<std::string, std::string> key_in(std::string_view name, std::string_view config_file) {
  constexpr std::size_t kLongest = 80;  // TCP_MD5SIG_MAXKEYLEN
  const std::filesystem::path path = std::filesystem::path(config_file).parent_path() / name;
  auto key = read_file(path.string());
  if (!key) return key;
  if (key->ends_with('\n')) key->pop_back();
  if (key->ends_with('\r')) key->pop_back();
  if (!key->empty() && key->size() <= kLongest) return key;
  return std::unexpected(path.string() + ": holds " + std::to_string(key->size()) + " octets; a password has 1 to 80");
}

void read_passwords(LoadedConfig& loaded, std::string_view config_file, std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < loaded.document.neighbors.size(); ++i) {
    const Record& record = loaded.document.neighbors[i];
    const auto name = record.text("password_file");
    if (!name) continue;
    if (auto key = key_in(*name, config_file)) {
      loaded.config.neighbors[i].peer.security.md5_key = std::move(*key);
    } else {
      problems.push_back({record.position("password_file"),
                          label(record) + "password_file = \"" + std::string(*name) + "\": " + key.error()});
    }
  }
}

/// A damaged record has no times to calculate with; it is not used anyway.
bool readable(const Record& record) { return !record.damaged(); }

}  // namespace

LoadedConfig load_config(std::string_view toml, std::string_view file) {
  std::vector<Problem> problems;
  LoadedConfig loaded;
  loaded.document = read_document(toml, problems);
  loaded.config.global = global_of(loaded.document.global);
  for (const Record& record : loaded.document.neighbors) {
    loaded.config.neighbors.push_back(readable(record) ? neighbor_of(record, loaded.config.global) : NeighborConfig{});
  }
  for (const Record& record : loaded.document.networks) loaded.config.networks.push_back(network_of(record));
  read_passwords(loaded, file, problems);
  Checker(loaded.document, loaded.config, problems).check();

  std::ranges::sort(problems);
  for (const Problem& problem : problems) {
    loaded.problems.push_back(std::string(file) + ":" + std::to_string(problem.at.line) + ":" +
                              std::to_string(problem.at.column) + ": " + problem.text);
  }
  return loaded;
}

std::expected<std::string, std::string> read_file(const std::string& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return std::unexpected(file + ": is a folder, not a file");
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string text;
  if (in) text.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  if (!in || in.bad()) return std::unexpected(file + ": cannot be read: " + std::strerror(errno == 0 ? EIO : errno));
  return text;
}

}  // namespace bgp::daemon
