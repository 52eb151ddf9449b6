// bgpd/config_schema.hpp
//
// Every key of the configuration file in one table: what it is called, what it takes, what it is without being written.
// Validation, "did you mean", --print-config and the documentation all come from here.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace bgp::daemon {

enum class Section : std::uint8_t { Global, Neighbor, Network };
inline constexpr Section kSections[] = {Section::Global, Section::Neighbor, Section::Network};

/// What a value must be. All but the first two stand as TOML strings.
enum class Kind : std::uint8_t {
  Boolean,
  Integer,  ///< `least` to `most`, and 0 where `or_zero`
  Text,     ///< at most `most` octets
  Secret,   ///< `least` to `most` octets that nobody is shown
  Choice,   ///< one of `choices`
  Address,  ///< IPv4 or IPv6, wildcards included
  Host,     ///< IPv4 or IPv6, of one host; not link-local, for there is no way to name its interface
  Ipv4Host,
  Ipv6Host,
  RouterId,  ///< a dotted quad other than 0.0.0.0
  Prefix,
  Community,
  LargeCommunity,
};

struct Key {
  Section section{};
  std::string_view name{};
  Kind kind{};
  bool list = false;    ///< an array of such values
  bool unique = false;  ///< of which none may stand twice
  bool required = false;
  bool inherits = false;             ///< where it is not written, the key of this name in [global] counts
  std::string_view default_value{};  ///< as TOML; empty where there is none
  std::int64_t least = 0;
  std::int64_t most = 0;
  bool or_zero = false;
  std::string_view unit{};
  std::span<const std::string_view> choices{};
  std::string_view help{};  ///< one line: what it does, and what holds without it
};

/// All keys, section by section, in the order in which they are printed.
[[nodiscard]] std::span<const Key> schema();
/// The key of that name; null when the section has none.
[[nodiscard]] const Key* find_key(Section section, std::string_view name);
/// The names of a section's keys, in order.
[[nodiscard]] std::vector<std::string_view> key_names(Section section);
/// "global", "neighbor", "network".
[[nodiscard]] std::string_view to_string(Section section);

}  // namespace bgp::daemon
