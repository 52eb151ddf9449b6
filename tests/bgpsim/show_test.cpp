// What a step shows, as JSON, is what the step may expect.
#include "tools/bgpsim/show.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "support/data.hpp"
#include "tools/bgpsim/compare.hpp"

namespace bgp::sim {
namespace {

std::vector<ScenarioLine> own_lines() {
  const std::string path = tree_file("tests/data/fsm/scenarios-own.jsonl");
  std::ifstream file(path);
  return read_lines(file, path);
}

const Scenario& first_worked() {
  static const Scenario scenario = read_scenarios(tree_file("tests/data/fsm/scenarios.jsonl")).front();
  return scenario;
}

TEST(ShownSteps, AsExpectations_AreMetByTheSameSession) {
  for (ScenarioLine& line : own_lines()) {
    boost::json::array& steps = line.object.at("steps").as_array();
    play(scenario_of(line), [&](std::size_t step, const ShownStep& shown) {
      steps[step].at("expect") = to_json(first_worked(), step, shown);
      return true;
    });

    EXPECT_EQ(compare(scenario_of(line)), std::vector<std::string>{}) << line.where;
  }
}

TEST(ShownSteps, HaveWhatTheTransportAndTheOwnerOfRoutesSaw) {
  std::vector<boost::json::object> steps;
  play(first_worked(), [&](std::size_t step, const ShownStep& shown) {
    steps.push_back(to_json(first_worked(), step, shown));
    return true;
  });

  ASSERT_EQ(steps.size(), first_worked().steps.size());
  EXPECT_EQ(steps[0], boost::json::parse(R"({"id":"a01","step":1,"states":{"A":"Connect"},
      "out":[{"do":"dial","conn":"A"}],"timers":{"ConnectRetry":120,"Hold":null,"Keepalive":null,"DelayOpen":null,
      "SendHold":null,"IdleHold":null},"counter":0})"));
}

TEST(ShownSteps, Timeline_HasTheInputAndTheChangeItCaused) {
  std::ostringstream out;

  play(first_worked(), [&](std::size_t step, const ShownStep& shown) {
    print_timeline(first_worked(), step, shown, out);
    return false;
  });

  EXPECT_NE(out.str().find("      0.000 s  admin start\n                 A: Idle -> Connect (ManualStart)\n"),
            std::string::npos)
      << out.str();
}

TEST(Scenarios, TimesBelowAMillisecond_AreExact) {
  ScenarioLine line = own_lines().front();
  line.object.at("steps").at(0).at("expect").at("timers").as_object()["ConnectRetry"] = 0.123456789;

  const Scenario scenario = scenario_of(line);

  EXPECT_EQ(scenario.steps[0].expect.timers[0].second, Duration{123456789});
}

TEST(Scenarios, LineThatIsNone_IsNamed) {
  std::istringstream in("\n[]\n");

  try {
    (void)read_lines(in, "file");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "file:2: no JSON object");
  }
}

}  // namespace
}  // namespace bgp::sim
