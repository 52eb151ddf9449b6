// Steps as they were and as they should have been.
#include "tools/bgpsim/compare.hpp"

#include <algorithm>
#include <iterator>

namespace bgp::sim {

namespace {

using Output = ScenarioOutput;
using Words = std::vector<std::string>;

std::string seconds_text(std::optional<Duration> left) {
  return left ? std::to_string(std::chrono::duration<double>(*left).count()) + " s" : "not running";
}

State state_of(const ShownStep& shown, const std::string& label) {
  const auto found = std::ranges::find(shown.states, label, [](const auto& pair) { return pair.first; });
  return found == shown.states.end() ? State::Idle : found->second;
}

void compare_states(const ScenarioStep& step, const ShownStep& shown, Words& words) {
  for (const auto& [label, state] : step.expect.states) {
    const State is = state_of(shown, label);
    if (is != state) {
      words.push_back(label + " is in " + std::string(to_string(is)) + ", expected " + std::string(to_string(state)));
    }
  }
}

std::vector<Output> stream(const std::vector<Output>& all, const std::string& label, bool by_handler) {
  std::vector<Output> some;
  std::ranges::copy_if(all, std::back_inserter(some), [&](const Output& output) {
    return output.connection == label && output.seen_by_handler() == by_handler;
  });
  return some;
}

std::string list(const std::vector<Output>& outputs) {
  std::string text;
  for (const Output& output : outputs) text += "\n    " + to_string(output);
  return text.empty() ? "\n    nothing" : text;
}

void compare_outputs(const ScenarioStep& step, const ShownStep& shown, Words& words) {
  for (const std::string label : {"A", "B", "C"}) {
    for (const bool by_handler : {false, true}) {
      const auto wanted = stream(step.expect.out, label, by_handler);
      const auto is = stream(shown.out, label, by_handler);
      if (!std::ranges::equal(wanted, is, [](const Output& w, const Output& s) { return w.matches(s); })) {
        words.push_back("shown:" + list(is) + "\n  expected:" + list(wanted));
      }
    }
  }
}

// A state change of the step's connection has the cause that the step says.
void compare_event(const ScenarioStep& step, const ShownStep& shown, Words& words) {
  if (!step.event) return;
  std::string causes;
  for (const ShownChange& change : shown.changes) {
    if (change.connection != step.fsm) continue;
    if (static_cast<int>(change.event) == *step.event) return;
    causes += " " + std::to_string(static_cast<int>(change.event));
  }
  if (!causes.empty()) {
    words.push_back("changed its state by event" + causes + ", expected " + std::to_string(*step.event));
  }
}

void compare_timers(const ScenarioStep& step, const ShownStep& shown, Words& words) {
  for (const auto& [timer, left] : step.expect.timers) {
    const auto found = std::ranges::find(shown.timers, timer, [](const auto& pair) { return pair.first; });
    if (found == shown.timers.end()) {
      words.push_back(step.fsm + ": its timers cannot be seen");
    } else if (found->second != left) {
      words.push_back(std::string(to_string(timer)) + ": " + seconds_text(found->second) + ", expected " +
                      seconds_text(left));
    }
  }
}

}  // namespace

std::vector<std::string> differences(const ScenarioStep& step, const ShownStep& shown) {
  Words words = shown.problems;
  if (shown.broken) return words;
  compare_states(step, shown, words);
  compare_outputs(step, shown, words);
  compare_event(step, shown, words);
  compare_timers(step, shown, words);
  if (step.expect.counter && *step.expect.counter != shown.counter) {
    words.push_back("ConnectRetryCounter is " + std::to_string(shown.counter) + ", expected " +
                    std::to_string(*step.expect.counter));
  }
  return words;
}

std::string place_of(const Scenario& scenario, std::size_t step) {
  const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(scenario.steps[step].at);
  return scenario.id + ", step " + std::to_string(step + 1) + " (t = " + std::to_string(at.count()) + " ms)";
}

std::vector<std::string> compare(const Scenario& scenario, const StepObserver& observer) {
  Words words;
  play(scenario, [&](std::size_t index, const ShownStep& shown) {
    if (observer) (void)observer(index, shown);
    for (const std::string& word : differences(scenario.steps[index], shown)) {
      words.push_back(place_of(scenario, index) + ": " + word);
    }
    return words.empty();
  });
  return words;
}

}  // namespace bgp::sim
