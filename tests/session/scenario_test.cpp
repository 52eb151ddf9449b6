// Every scenario of tests/data/fsm against the real Session.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "support/data.hpp"
#include "tools/bgpsim/compare.hpp"

namespace bgp::sim {

void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.id << ": " << scenario.title; }

namespace {

/// The worked scenarios first, then our own.
const std::vector<Scenario>& all_scenarios() {
  static const std::vector<Scenario> scenarios = [] {
    std::vector<Scenario> all = read_scenarios(tree_file("tests/data/fsm/scenarios.jsonl"));
    const std::vector<Scenario> own = read_scenarios(tree_file("tests/data/fsm/scenarios-own.jsonl"));
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

// Rules of a01: 4271-03
// Rules of o-hold-smaller-of-both: 4271-04
// Rules of o-hold-zero: 4271-10 4271-55 4271-56 9687-02
// Rules of o-notification-Connect: 4271-30
// Rules of o-notification-OpenSent: 4271-30
// Rules of o-notification-OpenConfirm: 4271-30
// Rules of o-notification-Established: 4271-30 4724-07
// Rules of o-notification-nonsense: 4271-30
// Rules of o-hold-Established: 4271-32
// Rules of o-hold-OpenConfirm: 4271-32
// Rules of f01: 4271-32
// Rules of d1-OpenSent-marker: 4271-34
// Rules of o-OpenSent-bad-type: 4271-34
// Rules of o-OpenSent-keepalive: 4271-33 6608-01
// Rules of o-OpenSent-update: 6608-01
// Rules of o-OpenConfirm-update: 6608-01
// Rules of o-OpenConfirm-second-open: 6608-01
// Rules of o-Established-second-open: 6608-01
// Rules of o-delay-keepalive: 4271-33 6608-02
// Rules of i01-peer-higher: 4271-37 4271-41 4486-04
// Rules of o-letter-peer-lower-A-first: 4271-37 4271-38 4271-41 4486-01 4486-04
// Rules of o-letter-peer-higher-B-first: 4271-37 4271-38 4271-41
// Rules of o-identifier-is-unsigned: 4271-39
// Rules of o-established-attribute-off: 4271-40 4271-54
// Rules of o-established-attribute-on: 4271-40
// Rules of o-equal-identifiers-larger-as: 6286-03
// Rules of o-same-direction-newest: 4271-48
// Rules of o-refused-in-Idle: 4271-51 4486-01 4486-03
// Rules of o-refused-in-Idle-silently: 4271-51
// Rules of o-hold-update-restarts: 4271-56
// Rules of o-send-update: 4271-55
// Rules of o-required-family: 5492-05 5492-07
// Rules of o-gr-takeover-letter: 4724-08
// Rules of o-gr-takeover-open: 4724-08
// Rules of o-gr-no-capability: 4724-06
// Rules of k01: 4724-06 4724-16
// Rules of o-gr-hold-expiry-plain: 4724-07
// Rules of o-gr-hold-expiry-nbit: 8538-04
// Rules of o-gr-notification-nbit: 8538-03
// Rules of o-gr-notification-nbit-not-ours: 8538-02
// Rules of o-gr-hard-reset-received: 8538-03 8538-06
// Rules of o-gr-hard-reset-not-sent: 8538-07
// Rules of o-gr-hard-reset-sent: 8538-08
// Rules of o-gr-graceful-auto-stop: 4486-01 8538-03 8538-08
// Rules of o-stop-Established: 4486-01
// Rules of l05: 8654-05
// Rules of f10: 9687-01 9687-03
// Rules of e2-as4-big: 6793-03
TEST_P(SessionScenario, ShowsWhatIsExpected) {
  for (const std::string& difference : compare(GetParam())) ADD_FAILURE() << difference;
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
  return compare(changed);
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
  EXPECT_EQ(compare(changed).size(), 1U);

  changed = scenario("a01");
  changed.steps[6].expect.out.clear();  // the delivered UPDATE
  EXPECT_EQ(compare(changed).size(), 1U);
}

TEST(ScenarioPlayer, FindsAnotherNotification) {
  Scenario changed = scenario("f01");
  changed.steps[3].expect.out[0].subcode = 1;
  EXPECT_EQ(compare(changed).size(), 1U);

  changed = scenario("f01");
  changed.steps[3].expect.out[0].data = Bytes{1};
  EXPECT_EQ(compare(changed).size(), 1U);
}

TEST(ScenarioPlayer, FindsAnotherCause) {
  Scenario changed = scenario("f01");
  changed.steps[3].event = 18;
  EXPECT_EQ(compare(changed).size(), 1U);
}

TEST(ScenarioPlayer, FindsATimerThatIsNotDue) {
  Scenario changed = scenario("f01");
  changed.steps[3].at -= Duration{1};
  EXPECT_FALSE(compare(changed).empty());
}

TEST(ScenarioPlayer, FindsARestartThatDidNotHappen) {
  Scenario changed = scenario("f01");
  changed.steps[2].input.kind = ScenarioInput::Kind::AutoStart;
  EXPECT_EQ(compare(changed).size(), 1U);
}

TEST(ScenarioPlayer, FindsAnInputOnAConnectionThatIsNotThere) {
  EXPECT_EQ(played_with([](ScenarioStep& step) { step.input.connection = "B"; }).size(), 1U);
}

}  // namespace
}  // namespace bgp::sim
