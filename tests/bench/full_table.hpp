// bench/full_table.hpp
//
// A table shaped like that of the Internet: the same for the same seed on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bgp/wire/attributes.hpp"
#include "bgp/wire/prefix.hpp"
#include "messages.hpp"

namespace bench {

/// Prefixes that share their attributes.
struct RouteSet {
  bgp::PathAttributes attributes;
  std::vector<bgp::Nlri> nlri;
};

/// `prefixes` different IPv4 prefixes, about 7.35 a set: half of the sets have one or two, the largest thousands.
/// Lengths as in the global table (60 % are /24), AS_PATHs of 4.5 AS on the average, communities on two thirds of the
/// sets.
[[nodiscard]] std::vector<RouteSet> full_table(std::size_t prefixes, std::uint32_t seed);

/// The UPDATEs that announce the table: as many prefixes in each as fit.
[[nodiscard]] Messages packed(const std::vector<RouteSet>& table);

/// One UPDATE for each of the first `count` prefixes.
[[nodiscard]] Messages one_by_one(const std::vector<RouteSet>& table, std::size_t count);

}  // namespace bench
