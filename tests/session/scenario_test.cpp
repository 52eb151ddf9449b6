// Every scenario of tests/data/fsm against the real Session.
#include <gtest/gtest.h>

#include <cctype>
#include <set>

#include "session/scenario_player.hpp"

namespace bgp {

void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.id << ": " << scenario.title; }

namespace {

/// The worked scenarios first, then our own.
const std::vector<Scenario>& all_scenarios() {
  static const std::vector<Scenario> scenarios = [] {
    std::vector<Scenario> all = read_scenarios(BGP_TEST_DATA "/fsm/scenarios.jsonl");
    const std::vector<Scenario> own = read_scenarios(BGP_TEST_DATA "/fsm/scenarios-own.jsonl");
    all.insert(all.end(), own.begin(), own.end());
    return all;
  }();
  return scenarios;
}

std::string test_name(const testing::TestParamInfo<Scenario>& info) {
  std::string name;
  for (const char c : info.param.id) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

class SessionScenario : public testing::TestWithParam<Scenario> {};

TEST_P(SessionScenario, ShowsWhatIsExpected) {
  for (const std::string& difference : play(GetParam())) ADD_FAILURE() << difference;
}

INSTANTIATE_TEST_SUITE_P(Fsm, SessionScenario, testing::ValuesIn(all_scenarios()), test_name);

TEST(SessionScenarios, AreAllThereUnderNamesOfTheirOwn) {
  std::set<std::string> ids;
  for (const Scenario& scenario : all_scenarios()) ids.insert(scenario.id);

  EXPECT_EQ(ids.size(), all_scenarios().size());
  EXPECT_GE(ids.size(), 14U + 25U);
}

}  // namespace
}  // namespace bgp
