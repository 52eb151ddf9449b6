// bgpcap/compare.hpp
//
// An outcome against what a vector expects.
#pragma once

#include <string>
#include <vector>

#include "tools/bgpcap/outcome.hpp"

namespace bgp::cap {

/// Each thing that differs from `expect`, in words; empty when the outcome conforms. Where there are `alternatives`,
/// one of them is enough. Verdicts: ok and ignored allow what RFC 7606 discards and nothing more; error wants a
/// reaction (the one that is named, if one is); ignored-or-error, suspect and no-crash are met by any.
[[nodiscard]] std::vector<std::string> differences(const boost::json::object& expect, const Outcome& outcome);

}  // namespace bgp::cap
