// Recorded sessions, played again step by step.
#include "tools/bgpsim/recorded.hpp"

#include <boost/json/serialize.hpp>
#include <ostream>
#include <stdexcept>

#include "bgp/json/recording.hpp"
#include "bgp/json/state.hpp"
#include "tools/bgpsim/show.hpp"

namespace bgp::sim {

namespace {

namespace json = boost::json;

json::object change_of(const Record& record) {
  const auto& change = std::get<record::Changed>(record.what);
  return {{"connection", std::to_underlying(record.connection)},
          {"direction", to_string(record.direction)},
          {"from", bgp::to_json(change.from)},
          {"to", bgp::to_json(change.to)},
          {"event", static_cast<unsigned>(change.event)}};
}

std::string text_of(const json::value& value) { return value.is_string() ? std::string(value.as_string()) : ""; }

/// A dump that ends behind its first `steps` steps.
json::object beginning_of(const json::object& dump, std::size_t steps) {
  json::object beginning = dump;
  json::array& all = beginning.at("steps").as_array();
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(steps), all.end());
  return beginning;
}

std::string place_of(const Replayed& replayed, const json::object& step, std::size_t index) {
  return replayed.id + ", step " + std::to_string(index + 1) + " (t = " + json::serialize(step.at("t")) + " ns): ";
}

void compare(const json::object& dump, const bgp::Replay& replay, Replayed& replayed) {
  const json::array& steps = dump.at("steps").as_array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const json::value& recorded = steps[i].at("expect").at("changes");
    if (recorded == replayed.changes[i]) continue;
    replayed.differences.push_back(place_of(replayed, steps[i].as_object(), i) + "changes:\n    " +
                                   json::serialize(replayed.changes[i]) + "\n  recorded:\n    " +
                                   json::serialize(recorded));
  }
  const auto present = bgp::to_json(replay.end.foremost().fsm.state());
  const std::string recorded = text_of(dump.at("present"));
  if (present != recorded) {
    replayed.differences.push_back(replayed.id + ": ends in " + std::string(present) + ", recorded: " + recorded);
  }
}

}  // namespace

// A Replay does not say which input caused a change, so it is made once more for each step.
Replayed replay(const ScenarioLine& dump) try {
  Replayed replayed{text_of(dump.object.at("id")), {}, {}};
  const std::size_t steps = dump.object.at("steps").as_array().size();
  std::size_t known = 0;
  for (std::size_t i = 1; i <= steps; ++i) {
    const auto so_far = bgp::replay(recording_of(beginning_of(dump.object, i))).changes;
    json::array changes;
    for (; known < so_far.size(); ++known) changes.push_back(change_of(so_far[known]));
    replayed.changes.push_back(std::move(changes));
  }
  compare(dump.object, bgp::replay(recording_of(dump.object)), replayed);
  return replayed;
} catch (const std::exception& error) {
  throw std::runtime_error(dump.where + ": " + error.what());
}

void print_changes(const ScenarioLine& dump, const Replayed& replayed, std::ostream& out) {
  for (std::size_t i = 0; i < replayed.changes.size(); ++i) {
    for (const json::value& change : replayed.changes[i]) {
      json::object line{{"id", replayed.id}, {"step", i + 1}, {"t", dump.object.at("steps").at(i).at("t")}};
      for (const auto& [key, value] : change.as_object()) line[key] = value;
      out << json::serialize(line) << '\n';
    }
  }
}

void print_timeline(const ScenarioLine& dump, const Replayed& replayed, std::ostream& out) {
  out << replayed.id << ": " << text_of(dump.object.at("title")) << '\n';
  for (std::size_t i = 0; i < replayed.changes.size(); ++i) {
    const json::object& step = dump.object.at("steps").at(i).as_object();
    json::object input = step.at("input").as_object();
    const std::string kind = text_of(input.at("kind"));
    input.erase("kind");
    out << time_text(Duration{step.at("t").to_number<std::int64_t>()}) << "  " << kind << ' ' << json::serialize(input)
        << '\n';
    for (const json::value& change : replayed.changes[i]) {
      out << std::string(17, ' ') << json::serialize(change.at("connection")) << ": " << text_of(change.at("from"))
          << " -> " << text_of(change.at("to")) << " ("
          << to_string(static_cast<EventId>(change.at("event").to_number<std::uint8_t>())) << ")\n";
    }
  }
}

}  // namespace bgp::sim
