// One scripted session, from the first dial to the stop, again and again: each time something else goes wrong at
// another of its steps. Whatever it is, the invariants hold, and the two meet again.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "bgp/testing/simulation.hpp"

namespace bgp::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Kind = Disturbance::Kind;

/// Counts the steps of a run, and when each was made.
class Times final : public NetworkObserver {
 public:
  void on_input(std::size_t, const NetworkInput& input) override { latest_ = input.time; }
  void on_step(std::size_t) override { steps.push_back(latest_); }

  std::vector<TimePoint> steps;

 private:
  TimePoint latest_{};
};

/// Both dial at once, a table is sent, the routes are asked for again, one side is reset, and all comes up once more.
Plan script() {
  Plan plan;
  plan.seed = 1;
  plan.jitter = false;
  plan.conditions.window = 300;
  auto& [a, b] = plan.peerings.emplace_back(brisk_speaker(65001, 65002), brisk_speaker(65002, 65001));
  a.attributes.send_hold_time = b.attributes.send_hold_time = seconds{20};
  plan.disturbances = {{Kind::Write, 0, seconds{4}, 200},
                       {Kind::Refresh, 1, seconds{6}, 0},
                       {Kind::Reset, 1, seconds{9}, 0},
                       {Kind::Write, 1, seconds{15}, 50}};
  plan.busy = seconds{18};
  return plan;
}

Plan with(Plan plan, const std::vector<Disturbance>& failures) {
  for (const Disturbance& failure : failures) {
    const auto place = std::ranges::upper_bound(plan.disturbances, failure.at, {}, &Disturbance::at);
    plan.disturbances.insert(place, failure);
  }
  plan.busy = std::max(plan.busy, plan.disturbances.back().at);
  return plan;
}

/// Runs a script once for each moment in which one of its steps was made, with what `fail` makes of that moment.
template <class Fail>
void inject_everywhere(Fail&& fail, const Plan& base = script()) {
  Times times;
  const Outcome undisturbed = simulate(base, &times);
  ASSERT_FALSE(undisturbed.violation) << to_string(*undisturbed.violation);
  std::size_t runs = 0;
  TimePoint latest = TimePoint::min();

  for (const TimePoint step : times.steps) {
    if (step == latest || step > TimePoint{base.busy}) continue;
    latest = step;
    for (std::size_t end = 0; end < 2; ++end, ++runs) {
      const Plan plan = with(base, fail(end, step.time_since_epoch()));
      const Outcome outcome = simulate(plan);
      ASSERT_FALSE(outcome.violation) << to_string(*outcome.violation) << "\n" << to_string(plan);
    }
  }

  std::cout << runs << " runs\n";
  EXPECT_GE(runs, 80U);
}

// Rules 4724-06 4271-50
TEST(FailureInjection, DisconnectAtEveryStep_EndsInACommonConnection) {
  inject_everywhere([](std::size_t end, Duration at) { return std::vector<Disturbance>{{Kind::Break, end, at, 0}}; });
}

TEST(FailureInjection, SilenceFromEveryStepOn_EndsByATimerAndThenInACommonConnection) {
  inject_everywhere([](std::size_t end, Duration at) {
    return std::vector<Disturbance>{{Kind::Cut, end, at, 0}, {Kind::Mend, end, at + seconds{40}, 0}};
  });
}

// Rules 4271-37
TEST(FailureInjection, SilenceWhileOneSideDelaysItsOpen_EndsInACommonConnection) {
  for (const Duration delay : {milliseconds{20}, milliseconds{500}, milliseconds{2900}}) {
    for (const bool dominant : {false, true}) {
      Plan plan = script();
      auto& [a, b] = plan.peerings.front();
      a.attributes.delay_open = true;
      a.attributes.delay_open_time = delay;
      a.attributes.hold_time = 3;
      if (dominant) std::swap(a.local_identifier, b.local_identifier);
      inject_everywhere(
          [](std::size_t end, Duration at) {
            return std::vector<Disturbance>{{Kind::Cut, end, at, 0}, {Kind::Mend, end, at + seconds{12}, 0}};
          },
          plan);
    }
  }
}

TEST(FailureInjection, ProcessThatDiesAtEveryStep_IsMissedAndComesBack) {
  inject_everywhere([](std::size_t end, Duration at) {
    return std::vector<Disturbance>{{Kind::Crash, end, at, 0}, {Kind::Recover, end, at + seconds{1}, 0}};
  });
}

// Rules 4271-33 4271-34 6608-01
TEST(FailureInjection, GarbageAtEveryStep_IsToldOnceAndThenForgotten) {
  for (std::uint64_t which = 0; which < 12; ++which) {
    inject_everywhere(
        [which](std::size_t end, Duration at) { return std::vector<Disturbance>{{Kind::Garbage, end, at, which}}; });
  }
}

TEST(FailureInjection, SendQueueFullAtEveryStep_DelaysNoKeepaliveAndEndsByTheTimers) {
  inject_everywhere([](std::size_t end, Duration at) {
    return std::vector<Disturbance>{{Kind::StopReading, 1 - end, at, 0},
                                    {Kind::Write, end, at + milliseconds{1}, 5000},
                                    {Kind::ResumeReading, 1 - end, at + seconds{30}, 0}};
  });
}

// Rules 9687-01
TEST(FailureInjection, PeerThatTakesNothingFromEveryStepOn_IsEndedByTheSendHoldTimer) {
  inject_everywhere([](std::size_t end, Duration at) {
    return std::vector<Disturbance>{{Kind::Deafen, end, at, 0}, {Kind::Mend, end, at + seconds{60}, 0}};
  });
}

}  // namespace
}  // namespace bgp::test
