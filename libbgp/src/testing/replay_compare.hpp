// testing/replay_compare.hpp
//
// What a Session did in the place of a captured speaker, compared with what that one did.
#pragma once

#include "bgp/testing/replay.hpp"

namespace bgp::test {

/// `hold_time`: seconds, proposed.
[[nodiscard]] std::vector<std::string> compare_replay(const Replay& run, std::uint16_t hold_time);

}  // namespace bgp::test
