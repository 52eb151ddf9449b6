// bgpsim/player.hpp
//
// Plays a scenario against a real Session: a virtual clock, and a transport that takes every octet at once unless the
// scenario blocks it. It looks at no expectation: compare.hpp does.
//
// What the peer sees (messages, closes, dials) and what the owner of routes sees (up, down, delivered messages) are two
// streams of one connection, each in order; a Session does not say how the two interleave.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bgp/session/event.hpp"
#include "tools/bgpsim/scenario.hpp"

namespace bgp::sim {

/// A connection changed its state, and by which event.
struct ShownChange {
  std::string connection;
  State from{};
  State to{};
  EventId event{};
};

/// What a session showed in a step.
struct ShownStep {
  std::vector<std::pair<std::string, State>> states;  ///< of "A", and of the other connections that there are
  std::vector<ScenarioOutput> out;
  /// Time left of each timer of the step's connection; empty = not running. Without those that a Session does not show,
  /// because another connection is closer to Established.
  std::vector<std::pair<Timer, std::optional<Duration>>> timers;
  std::uint32_t counter = 0;  ///< ConnectRetryCounter
  std::vector<ShownChange> changes;
  std::vector<std::string> problems;  ///< what the step asks for and the session cannot do, in words
  bool broken = false;                ///< the step could not be played to its end; the last of the scenario
};

/// Told after each step, with its index; false: that is enough.
using StepObserver = std::function<bool(std::size_t step, const ShownStep& shown)>;

void play(const Scenario& scenario, const StepObserver& observer);

}  // namespace bgp::sim
