// bgpc/commands.hpp
//
// Every command of bgpc in one table: its words, what it asks of bgpd, what it is for. Help, matching, "did you mean"
// and the completions of the shells come from here.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bgp::control {

/// How the answer to a command is shown.
enum class Show : std::uint8_t {
  Summary,
  Neighbors,
  Neighbor,
  Routes,
  Explanation,
  Raw,  ///< as it came
  Row,  ///< what became of the neighbor
  Networks,
  Network,  ///< that was added or removed
  Changes,  ///< of a reload
  Events,   ///< until interrupted
  Version,
  Completion,
};

struct Command {
  /// Words divided by blanks: plain ones stand for themselves; ADDR, PREFIX and SHELL for one word, TEXT for one or
  /// none.
  std::string_view words;
  std::string_view method;  ///< of HTTP; empty for what needs no bgpd
  std::string_view target;  ///< ADDR and PREFIX in it are replaced
  Show show{};
  std::string_view help;
};

[[nodiscard]] std::span<const Command> commands();
/// The shells that completion() knows.
[[nodiscard]] std::span<const std::string_view> shells();

/// A command line that was understood.
struct Match {
  const Command* command = nullptr;
  std::string target;
  std::string argument;  ///< of TEXT, SHELL or PREFIX; empty without
};

/// Also understands "show neighbor", "show bgp summary" and "neighbors". A sentence when there is no such command.
[[nodiscard]] std::expected<Match, std::string> match(std::span<const std::string> words);

}  // namespace bgp::control
