// What a session showed, written down.
#include "tools/bgpsim/show.hpp"

#include <boost/json/array.hpp>
#include <iomanip>
#include <ostream>
#include <sstream>

#include "bgp/json/state.hpp"
#include "bgp/testing/hex.hpp"

namespace bgp::sim {

namespace {

namespace json = boost::json;

const char* word_of(ScenarioOutput::Kind kind) {
  using enum ScenarioOutput::Kind;
  switch (kind) {
    case Transmit: return "tx";
    case Close: return "close";
    case Abandon: return "abandon";
    case Dial: return "dial";
    case Up: return "up";
    case Down: return "down";
    case Deliver: return "deliver";
  }
  return "unknown";
}

json::object output_of(const ScenarioOutput& output) {
  json::object object{{"do", word_of(output.kind)}, {"conn", output.connection}};
  if (!output.message.empty()) {
    object[output.kind == ScenarioOutput::Kind::Deliver ? "what" : "type"] = output.message;
  }
  if (output.code) object["code"] = *output.code;
  if (output.subcode) object["sub"] = *output.subcode;
  if (output.data) object["data"] = test::hex_of(*output.data);
  if (output.retained) object["retain"] = *output.retained;
  return object;
}

/// Whole seconds are whole numbers.
json::value seconds_of(std::optional<Duration> time) {
  if (!time) return nullptr;
  constexpr Duration kSecond = std::chrono::seconds{1};
  if (*time % kSecond == Duration::zero()) return *time / kSecond;
  return std::chrono::duration<double>(*time).count();
}

}  // namespace

boost::json::object to_json(const Scenario& scenario, std::size_t step, const ShownStep& shown) {
  json::object states;
  for (const auto& [label, state] : shown.states) states[label] = bgp::to_json(state);
  json::array out;
  for (const ScenarioOutput& output : shown.out) out.push_back(output_of(output));
  json::object timers;
  for (const auto& [timer, left] : shown.timers) timers[name_of(timer)] = seconds_of(left);
  return {{"id", scenario.id},           {"step", step + 1},
          {"states", std::move(states)}, {"out", std::move(out)},
          {"timers", std::move(timers)}, {"counter", shown.counter}};
}

std::string time_text(Duration time) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(3) << std::setw(11) << std::chrono::duration<double>(time).count() << " s";
  return text.str();
}

void print_timeline(const Scenario& scenario, std::size_t step, const ShownStep& shown, std::ostream& out) {
  if (step == 0) out << scenario.id << ": " << scenario.title << '\n';
  const std::string indent(17, ' ');
  out << time_text(scenario.steps[step].at) << "  " << to_string(scenario.steps[step].input) << '\n';
  for (const ShownChange& change : shown.changes) {
    out << indent << change.connection << ": " << to_string(change.from) << " -> " << to_string(change.to) << " ("
        << to_string(change.event) << ")\n";
  }
  for (const ScenarioOutput& output : shown.out) out << indent << to_string(output) << '\n';
}

}  // namespace bgp::sim
