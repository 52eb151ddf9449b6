// docs/fsm-table.md is printed from the real Fsm and compared as golden, so that a change of behaviour shows as a diff
// of the matrix. WRITE_GOLDEN=1 in the environment writes it instead.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "bgp/session/fsm.hpp"
#include "support/data.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;

const std::string kPath = tree_file("docs/fsm-table.md");
const TimePoint kNow{seconds{1000}};

/// A state with the circumstances that its answers depend on.
struct Column {
  std::string title;
  State state;
  bool delaying = false;  // the DelayOpenTimer runs
  SessionTerms terms{
      .hold_time = seconds{90}, .internal = false, .graceful_restart = false, .notification_graceful = false};
};

std::vector<Column> columns() {
  const SessionTerms graceful{seconds{90}, false, true, false};
  const SessionTerms notification{seconds{90}, false, true, true};
  return {{"Idle", State::Idle},
          {"Connect", State::Connect},
          {"Connect, DelayOpenTimer running", State::Connect, true},
          {"Active", State::Active},
          {"Active, DelayOpenTimer running", State::Active, true},
          {"OpenSent", State::OpenSent},
          {"OpenConfirm", State::OpenConfirm},
          {"Established", State::Established},
          {"Established, graceful restart (RFC 4724)", State::Established, false, graceful},
          {"Established, graceful restart with the N bit (RFC 8538)", State::Established, false, notification}};
}

std::vector<Event> events(const SessionTerms& terms) {
  const Notification header{ErrorCode::MessageHeader, header_error::kBadMessageLength, {}};
  const Notification open{ErrorCode::OpenMessage, open_error::kBadPeerAs, {}};
  const Notification update{ErrorCode::UpdateMessage, update_error::kMalformedAttributeList, {}};
  const Notification refresh{ErrorCode::RouteRefreshMessage, route_refresh_error::kInvalidMessageLength, {}};
  return {event::ManualStart{},
          event::ManualStop{},
          event::AutomaticStart{},
          event::ManualStartPassive{},
          event::AutomaticStartPassive{},
          event::AutomaticStartDamp{},
          event::AutomaticStartDampPassive{},
          event::AutomaticStop{Stop::maximum_prefixes(kIpv4Unicast, 10)},
          event::ConnectRetryTimerExpires{},
          event::HoldTimerExpires{},
          event::KeepaliveTimerExpires{},
          event::DelayOpenTimerExpires{},
          event::IdleHoldTimerExpires{},
          event::TcpConnectionValid{},
          event::TcpCrInvalid{},
          event::TcpCrAcked{},
          event::TcpConnectionConfirmed{},
          event::TcpConnectionFails{},
          event::BgpOpen{terms},
          event::BgpOpenDelayOpenTimerRunning{terms},
          event::BgpHeaderErr{header},
          event::BgpOpenMsgErr{open},
          event::OpenCollisionDump{},
          event::NotifMsgVerErr{},
          event::NotifMsg{},
          event::KeepAliveMsg{},
          event::UpdateMsg{},
          event::UpdateMsgErr{update},
          event::SendHoldTimerExpires{},
          event::RouteRefreshMsg{},
          event::RouteRefreshMsgErr{refresh}};
}

Deadlines running(const Column& column) {
  Deadlines d;
  if (column.delaying) d.start(Timer::DelayOpen, kNow + seconds{2});
  if (!column.delaying && (column.state == State::Connect || column.state == State::Active)) {
    d.start(Timer::ConnectRetry, kNow + seconds{2});
  }
  if (column.state >= State::OpenSent) d.start(Timer::Hold, kNow + seconds{2});
  if (column.state >= State::OpenConfirm) d.start(Timer::Keepalive, kNow + seconds{1});
  if (column.state == State::Established) d.start(Timer::SendHold, kNow + seconds{3});
  return d;
}

std::string timer_changes(const Deadlines& before, const Fsm& fsm) {
  std::string text;
  for (std::size_t i = 0; i < kTimerCount; ++i) {
    const auto timer = static_cast<Timer>(i);
    const auto after = fsm.deadline(timer);
    if (after == before.deadline(timer)) continue;
    if (!text.empty()) text += ", ";
    text += std::string(to_string(timer)) + " ";
    text += after ? std::to_string(std::chrono::duration_cast<seconds>(*after - kNow).count()) + " s" : "off";
  }
  return text;
}

void print(std::ostream& out, const Column& column) {
  out << "\n## " << column.title << "\n\n| event | next state | actions | timers |\n| --- | --- | --- | --- |\n";
  const SessionAttributes attributes;
  for (const Event& event : events(column.terms)) {
    const Deadlines before = running(column);
    Fsm fsm(attributes, {column.state, column.terms, before});
    const Actions actions = fsm.handle(event, kNow);
    const bool ignored = actions.empty() && fsm.state() == column.state && timer_changes(before, fsm).empty();
    out << "| " << static_cast<int>(id(event)) << " " << to_string(id(event)) << " | "
        << (fsm.state() == column.state ? "" : to_string(fsm.state())) << " | "
        << (ignored           ? "ignored"
            : actions.empty() ? ""
                              : to_string(actions))
        << " | " << timer_changes(before, fsm) << " |\n";
  }
}

std::string matrix() {
  std::ostringstream out;
  out << "# The connection FSM, printed from the code\n\n"
         "What `bgp::Fsm` does for every event in every state (RFC 4271 8.2.2 with RFC 4724, 6608, 8538 and 9687), with the\n"
         "default session attributes and a hold time of 90 s. An empty next state means the same one. Printed by\n"
         "`tests/session/fsm_matrix_test.cpp` and compared with it by every test run; `WRITE_GOLDEN=1` before the test\n"
         "writes it anew. Where each cell comes from: `tests/data/fsm/transitions.tsv`.\n";
  for (const Column& column : columns()) print(out, column);
  return out.str();
}

TEST(FsmMatrix, IsWhatTheDocumentShows) {
  const std::string printed = matrix();
  if (std::getenv("WRITE_GOLDEN") != nullptr) {
    std::ofstream(kPath) << printed;
    GTEST_SKIP() << "wrote docs/fsm-table.md";
  }
  std::ifstream file(kPath);
  std::stringstream document;
  document << file.rdbuf();

  ASSERT_EQ(printed, document.str()) << "the FSM changed: run with WRITE_GOLDEN=1 and read the diff";
}

// Rules 4271-45
TEST(FsmMatrix, EveryEventIsInItsRow) {
  int number = 0;
  for (const Event& event : events({})) {
    ++number;
    const int expected = number <= 29 ? number : 71 + number;  // 101 and 102 are ROUTE-REFRESH's
    EXPECT_EQ(static_cast<int>(id(event)), expected);
  }
  EXPECT_EQ(number, 31);
}

}  // namespace
}  // namespace bgp
