// bgpd/spelling.hpp
//
// "Did you mean ...?": the known word that a misspelt one is closest to.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace bgp::daemon {

/// Insertions, deletions, replacements and swaps of neighbouring characters that turn `a` into `b`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The word closest to `word`, of equally close ones the first; none when all are further away than a typing error: a
/// third of the longer word, at least one.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace bgp::daemon
