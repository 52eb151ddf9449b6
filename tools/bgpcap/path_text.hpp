// bgpcap/path_text.hpp
//
// AS paths as other projects write them, to compare with ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bgp::cap {

/// A piece of a path: ASes that stand in a row, or a set. `shape` is its opening bracket, ' ' for a plain sequence.
struct PathPiece {
  char shape = ' ';
  std::vector<std::uint32_t> asns;

  friend bool operator==(const PathPiece&, const PathPiece&) = default;
};

/// "1 2 {3,4} (5 6) [7]", divided by spaces or commas, AS numbers also as "0.65001" (RFC 5396). Sets come sorted and
/// without repeats; sequences of one kind that follow each other come as one. Empty when it is no path.
[[nodiscard]] std::optional<std::vector<PathPiece>> parse_path(std::string_view text);

}  // namespace bgp::cap
