#include "tools/bgpsim/life.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value_to.hpp>
#include <stdexcept>

namespace bgp::sim {

namespace {

namespace json = boost::json;
using test::Disturbance;
using test::LinkConditions;

json::object to_json(const LinkConditions& conditions) {
  return {{"least", conditions.least.count()}, {"most", conditions.most.count()},
          {"window", conditions.window},       {"chunked", conditions.chunked},
          {"edges", conditions.edges},         {"lateness", conditions.lateness.count()}};
}

json::object to_json(const Disturbance& disturbance) {
  return {{"at", disturbance.at.count()},
          {"kind", to_string(disturbance.kind)},
          {"end", disturbance.end},
          {"amount", disturbance.amount}};
}

Duration duration(const json::value& value) { return Duration(json::value_to<std::int64_t>(value)); }

LinkConditions conditions_of(const json::object& from) {
  LinkConditions conditions;
  conditions.least = duration(from.at("least"));
  conditions.most = duration(from.at("most"));
  conditions.window = json::value_to<std::size_t>(from.at("window"));
  conditions.chunked = from.at("chunked").as_bool();
  conditions.edges = json::value_to<std::uint64_t>(from.at("edges"));
  conditions.lateness = duration(from.at("lateness"));
  return conditions;
}

Disturbance::Kind kind_of(std::string_view name) {
  for (std::uint8_t number = 0; number <= static_cast<std::uint8_t>(Disturbance::Kind::Intrude); ++number) {
    const auto kind = static_cast<Disturbance::Kind>(number);
    if (to_string(kind) == name) return kind;
  }
  throw std::runtime_error("there is no disturbance " + std::string(name));
}

Disturbance disturbance_of(const json::object& from, std::size_t ends) {
  Disturbance disturbance;
  disturbance.at = duration(from.at("at"));
  disturbance.kind = kind_of(from.at("kind").as_string());
  disturbance.end = json::value_to<std::size_t>(from.at("end"));
  disturbance.amount = json::value_to<std::uint64_t>(from.at("amount"));
  if (disturbance.end >= ends) throw std::runtime_error("there is no end " + std::to_string(disturbance.end));
  return disturbance;
}

test::Plan plan_of(const json::object& from) {
  test::Plan plan = test::random_plan(json::value_to<std::uint64_t>(from.at("seed")));
  const auto peerings = json::value_to<std::size_t>(from.at("peerings"));
  if (peerings == 0 || peerings > plan.peerings.size()) {
    throw std::runtime_error("the seed has " + std::to_string(plan.peerings.size()) + " peerings");
  }
  plan.peerings.resize(peerings);
  plan.jitter = from.at("jitter").as_bool();
  plan.conditions = conditions_of(from.at("conditions").as_object());
  plan.disturbances.clear();
  for (const json::value& one : from.at("disturbances").as_array()) {
    plan.disturbances.push_back(disturbance_of(one.as_object(), peerings * 2));
  }
  plan.busy = duration(from.at("busy"));
  return plan;
}

}  // namespace

json::object to_json(const test::Plan& plan, const std::string& title) {
  json::array disturbances;
  for (const Disturbance& disturbance : plan.disturbances) disturbances.push_back(to_json(disturbance));
  return {{"id", "life-" + std::to_string(plan.seed)},
          {"title", title},
          {"life",
           {{"seed", plan.seed},
            {"peerings", plan.peerings.size()},
            {"jitter", plan.jitter},
            {"conditions", to_json(plan.conditions)},
            {"disturbances", std::move(disturbances)},
            {"busy", plan.busy.count()}}}};
}

bool is_life(const json::object& scenario) { return scenario.contains("life"); }

Life life_of(const ScenarioLine& line) {
  try {
    return {.id = json::value_to<std::string>(line.object.at("id")),
            .title = json::value_to<std::string>(line.object.at("title")),
            .plan = plan_of(line.object.at("life").as_object())};
  } catch (const std::exception& error) {
    throw std::runtime_error(line.where + ": this life cannot be read: " + error.what());
  }
}

}  // namespace bgp::sim
