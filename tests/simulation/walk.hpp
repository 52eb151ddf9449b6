// An exhaustive walk over two Supervisors that dial each other: breadth-first, every order of everything that can
// happen next, each state once and compared in full, the invariants of docs/properties.md in each.
//
// What is real: both Supervisors with their Fsms, collision detection and back-off; every message that they send, in
// order on each connection and in each direction; what waits behind a held OPEN.
//
// What is abstracted:
// - Octets. OPENs are valid and always the same; there are no UPDATEs; a NOTIFICATION is 6/7 or another one.
// - Time. Each side has a clock of its own. Its nearest timer can expire at any moment, whatever is in flight and
//   however seldom the other side's expire: messages are as slow, and clocks as unequal, as they like. Between timers
//   no time passes, but for seconds where one makes a difference (just Established, just refused). Timers of one side
//   expire in the order of their deadlines. No jitter, no SendHoldTimer.
// - A KEEPALIVE behind a KEEPALIVE that has not been taken yet is not sent twice.
// - A connection breaks as a whole: what is in flight is lost, and each end learns of it when it likes.
//
// What is bounded: expired timers and waited seconds, connections that break or are not accepted, two connections each
// way (a step that needs a third is counted as `beyond` and not followed), and states.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "bgp/session/config.hpp"

namespace bgp::test {

struct World {
  std::string name;
  std::array<PeerConfig, 2> configs;  ///< of A, and of B, whose connections win
  unsigned timers = 0;                ///< how many may expire, of both sides together
  unsigned losses = 0;                ///< how many connections may break
  /// Whether, as long as no timer expired and nothing broke, one of both sides' connections has to survive.
  bool never_loses_both = true;
};

struct WalkReport {
  std::uint64_t states = 0;
  std::uint64_t edges = 0;
  std::uint64_t beyond = 0;
  std::uint64_t quiet = 0;  ///< states with nothing in flight
  unsigned depth = 0;
  bool complete = false;                     ///< within its bounds
  std::array<std::size_t, 2> supervisors{};  ///< how many different ones each side went through
  std::string violation;                     ///< the first one, with the shortest path to it; empty: all holds
};

/// Stops after `most_states`, or after `most_seconds`.
[[nodiscard]] WalkReport walk(const World& world, std::uint64_t most_states, unsigned most_seconds);

}  // namespace bgp::test
