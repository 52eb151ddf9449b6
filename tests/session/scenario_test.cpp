// Every scenario of tests/data/fsm against the real Session.
#include <gtest/gtest.h>

#include <algorithm>
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

// --- The player is no yes-man

const Scenario& scenario(const std::string& id) { return *std::ranges::find(all_scenarios(), id, &Scenario::id); }

/// What the player says of the first worked scenario with the last but one step changed.
template <class Change>
std::vector<std::string> played_with(Change&& change) {
  Scenario changed = scenario("a01");
  change(changed.steps[5]);
  return play(changed);
}

TEST(ScenarioPlayer, FindsAnotherState) {
  EXPECT_EQ(played_with([](ScenarioStep& step) { step.expect.states[0].second = State::Idle; }).size(), 1U);
}

TEST(ScenarioPlayer, FindsAnotherTimeOrCounter) {
  EXPECT_EQ(played_with([](ScenarioStep& step) { *step.expect.timers[0].second += Duration{1}; }).size(), 1U);
  EXPECT_EQ(played_with([](ScenarioStep& step) { step.expect.timers[0].second.reset(); }).size(), 1U);
  EXPECT_EQ(played_with([](ScenarioStep& step) { step.expect.counter = 7; }).size(), 1U);
}

TEST(ScenarioPlayer, FindsAnOutputThatIsMissing) {
  for (const auto kind : {ScenarioOutput::Kind::Close, ScenarioOutput::Kind::Down}) {
    EXPECT_EQ(
        played_with([&](ScenarioStep& step) { step.expect.out.push_back({.kind = kind, .connection = "A"}); }).size(),
        1U);
  }
}

TEST(ScenarioPlayer, FindsAnOutputThatIsTooMuch) {
  Scenario changed = scenario("a01");
  changed.steps[2].expect.out.clear();  // the KEEPALIVE that answers the OPEN
  EXPECT_EQ(play(changed).size(), 1U);

  changed = scenario("a01");
  changed.steps[6].expect.out.clear();  // the delivered UPDATE
  EXPECT_EQ(play(changed).size(), 1U);
}

TEST(ScenarioPlayer, FindsAnotherNotification) {
  Scenario changed = scenario("f01");
  changed.steps[3].expect.out[0].subcode = 1;
  EXPECT_EQ(play(changed).size(), 1U);

  changed = scenario("f01");
  changed.steps[3].expect.out[0].data = Bytes{1};
  EXPECT_EQ(play(changed).size(), 1U);
}

TEST(ScenarioPlayer, FindsAnotherCause) {
  Scenario changed = scenario("f01");
  changed.steps[3].event = 18;
  EXPECT_EQ(play(changed).size(), 1U);
}

TEST(ScenarioPlayer, FindsATimerThatIsNotDue) {
  Scenario changed = scenario("f01");
  changed.steps[3].at -= Duration{1};
  EXPECT_FALSE(play(changed).empty());
}

TEST(ScenarioPlayer, FindsARestartThatDidNotHappen) {
  Scenario changed = scenario("f01");
  changed.steps[2].input.kind = ScenarioInput::Kind::AutoStart;
  EXPECT_EQ(play(changed).size(), 1U);
}

TEST(ScenarioPlayer, FindsAnInputOnAConnectionThatIsNotThere) {
  EXPECT_EQ(played_with([](ScenarioStep& step) { step.input.connection = "B"; }).size(), 1U);
}

}  // namespace
}  // namespace bgp
