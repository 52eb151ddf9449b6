// Every row of the effective transition table (tests/data/fsm/transitions.tsv) against the real Fsm: next state, every
// action, and every deadline. Guards that a row does not name are tried both ways.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "bgp/session/fsm.hpp"
#include "bgp/wire/notification.hpp"
#include "support/data.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;

const TimePoint kNow{seconds{1000}};
const Duration kHoldTime = seconds{90};

struct Row {
  int line = 0;
  std::string layer, state, guard, next_state;
  int event = 0;
  std::vector<std::string> actions;
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// The rows to implement: a cell's `rev` rows where it has any, else its `base` rows.
std::vector<Row> effective_table() {
  const char* other = std::getenv("FSM_TABLE");  // tests/mutate_table
  std::ifstream file(other == nullptr ? tree_file("tests/data/fsm/transitions.tsv") : other);
  std::map<std::pair<std::string, int>, std::map<std::string, std::vector<Row>>> cells;
  std::string text;
  std::getline(file, text);  // the column names
  for (int line = 2; std::getline(file, text); ++line) {
    const auto column = split(text, '\t');
    Row row{line, column[0], column[1], column[4], column[6], std::stoi(column[2]), split(column[5], ';')};
    cells[{row.state, row.event}][row.layer].push_back(row);
  }
  std::vector<Row> rows;
  for (auto& [cell, layers] : cells) {
    auto& chosen = layers.contains("rev") ? layers["rev"] : layers["base"];
    rows.insert(rows.end(), chosen.begin(), chosen.end());
  }
  return rows;
}

State state_named(const std::string& name) {
  for (const State state :
       {State::Idle, State::Connect, State::Active, State::OpenSent, State::OpenConfirm, State::Established}) {
    if (to_string(state) == name) return state;
  }
  throw std::runtime_error("no state " + name);
}

// --- Guards

using Guards = std::map<std::string, bool>;

const std::vector<std::string> kGuards{"DelayOpen",
                                       "DelayOpenTimerRunning",
                                       "DampPeerOscillations",
                                       "IdleHoldTimerRunning",
                                       "Passive",
                                       "SendNotificationWithoutOpen",
                                       "CollisionDetectEstablishedState",
                                       "CollisionLost",
                                       "HoldTimeZero",
                                       "GrRetain",
                                       "NBit",
                                       "HardReset",
                                       "GracefulStop"};

/// A guard that only some events carry is tried with those alone.
bool concerns(const std::string& guard, int event) {
  if (guard == "IdleHoldTimerRunning") return event == 6 || event == 7;
  if (guard == "CollisionLost") return event == 19 || event == 20;
  if (guard == "HardReset") return event == 24 || event == 25;
  if (guard == "GracefulStop") return event == 2 || event == 8;
  return true;
}

/// Every assignment of the guards under which the row holds.
std::vector<Guards> assignments(const Row& row) {
  Guards fixed;
  if (row.guard != "-") {
    for (const std::string& literal : split(row.guard, '&')) {
      const bool value = literal[0] != '!';
      fixed[value ? literal : literal.substr(1)] = value;
    }
  }
  for (const auto& [name, value] : fixed) {
    if (std::ranges::find(kGuards, name) == kGuards.end()) throw std::runtime_error("no guard " + name);
  }
  std::vector<Guards> all{fixed};
  for (const std::string& name : kGuards) {
    if (fixed.contains(name)) continue;
    if (!concerns(name, row.event)) {
      for (Guards& g : all) g[name] = false;
      continue;
    }
    const std::size_t count = all.size();
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(all[i]);
      all[i][name] = false;
      all.back()[name] = true;
    }
  }
  return all;
}

/// Assignments that no FSM can be in: timers that do not run in the state, facts that exclude each other.
bool possible(const Row& row, const Guards& g) {
  const State state = state_named(row.state);
  const bool before_open = state == State::Connect || state == State::Active;
  if (g.at("DelayOpenTimerRunning") && !before_open) return false;
  if (row.event == 16 && g.at("DelayOpenTimerRunning") && !g.at("DelayOpen")) return false;
  // with a transport open no ConnectRetryTimer runs
  if (row.event == 9 && state == State::Active && g.at("DelayOpenTimerRunning")) return false;
  return true;
}

SessionAttributes attributes(const Guards& g) {
  SessionAttributes a;
  a.delay_open = g.at("DelayOpen");
  a.damp_peer_oscillations = g.at("DampPeerOscillations");
  a.passive = g.at("Passive");
  a.send_notification_without_open = g.at("SendNotificationWithoutOpen");
  a.collision_detect_established = g.at("CollisionDetectEstablishedState");
  return a;
}

SessionTerms terms(const Guards& g) {
  return {.hold_time = g.at("HoldTimeZero") ? Duration::zero() : kHoldTime,
          .internal = false,
          .graceful_restart = g.at("GrRetain"),
          .notification_graceful = g.at("NBit")};
}

/// The timers that run in a state before the event.
Deadlines running(State state, const Guards& g) {
  Deadlines d;
  if (g.at("DelayOpenTimerRunning")) {
    d.start(Timer::DelayOpen, kNow + seconds{2});
  } else if (state == State::Connect || (state == State::Active && !g.at("Passive"))) {
    d.start(Timer::ConnectRetry, kNow + seconds{50});
  }
  if (state == State::OpenSent) d.start(Timer::Hold, kNow + seconds{100});
  if (state >= State::OpenConfirm && !g.at("HoldTimeZero")) {
    d.start(Timer::Hold, kNow + seconds{40});
    d.start(Timer::Keepalive, kNow + seconds{10});
    if (state == State::Established) d.start(Timer::SendHold, kNow + seconds{300});
  }
  return d;
}

// --- Events

const Notification kError{ErrorCode::MessageHeader, 2, {0x10, 0x01}};
const Notification kUpdateError{ErrorCode::UpdateMessage, 10, {}};
const Notification kRefreshError{ErrorCode::RouteRefreshMessage, 1, {0xab}};

Stop stop_for(const Guards& g) {
  return g.at("GracefulStop") ? Stop{cease::kOtherConfigurationChange, {}, false} : Stop::shutdown("bye");
}

Event event_for(const Row& row, const Guards& g) {
  switch (static_cast<EventId>(row.event)) {
    case EventId::ManualStart: return event::ManualStart{};
    case EventId::ManualStop: return event::ManualStop{stop_for(g)};
    case EventId::AutomaticStart: return event::AutomaticStart{};
    case EventId::ManualStartPassive: return event::ManualStartPassive{};
    case EventId::AutomaticStartPassive: return event::AutomaticStartPassive{};
    case EventId::AutomaticStartDamp: return event::AutomaticStartDamp{g.at("IdleHoldTimerRunning")};
    case EventId::AutomaticStartDampPassive: return event::AutomaticStartDampPassive{g.at("IdleHoldTimerRunning")};
    case EventId::AutomaticStop: return event::AutomaticStop{stop_for(g)};
    case EventId::ConnectRetryTimerExpires: return event::ConnectRetryTimerExpires{};
    case EventId::HoldTimerExpires: return event::HoldTimerExpires{};
    case EventId::KeepaliveTimerExpires: return event::KeepaliveTimerExpires{};
    case EventId::DelayOpenTimerExpires: return event::DelayOpenTimerExpires{};
    case EventId::IdleHoldTimerExpires: return event::IdleHoldTimerExpires{};
    case EventId::TcpConnectionValid: return event::TcpConnectionValid{};
    case EventId::TcpCrInvalid: return event::TcpCrInvalid{};
    case EventId::TcpCrAcked: return event::TcpCrAcked{};
    case EventId::TcpConnectionConfirmed: return event::TcpConnectionConfirmed{};
    case EventId::TcpConnectionFails: return event::TcpConnectionFails{};
    case EventId::BgpOpen: return event::BgpOpen{terms(g), g.at("CollisionLost")};
    case EventId::BgpOpenDelayOpenTimerRunning:
      return event::BgpOpenDelayOpenTimerRunning{terms(g), g.at("CollisionLost")};
    case EventId::BgpHeaderErr: return event::BgpHeaderErr{kError};
    case EventId::BgpOpenMsgErr: return event::BgpOpenMsgErr{kError};
    case EventId::OpenCollisionDump: return event::OpenCollisionDump{};
    case EventId::NotifMsgVerErr: return event::NotifMsgVerErr{g.at("HardReset")};
    case EventId::NotifMsg: return event::NotifMsg{{ErrorCode::Cease, 4, {}}, g.at("HardReset")};
    case EventId::KeepAliveMsg: return event::KeepAliveMsg{};
    case EventId::UpdateMsg: return event::UpdateMsg{};
    case EventId::UpdateMsgErr: return event::UpdateMsgErr{kUpdateError};
    case EventId::SendHoldTimerExpires: return event::SendHoldTimerExpires{};
    case EventId::RouteRefreshMsg: return event::RouteRefreshMsg{};
    case EventId::RouteRefreshMsgErr: return event::RouteRefreshMsgErr{kRefreshError};
  }
  throw std::runtime_error("no event " + std::to_string(row.event));
}

// --- What the row asks for

/// The data octets that RFC 6608 wants with an FSM error: the type of the unexpected message, none for a timer.
Bytes fsm_error_data(int event) {
  switch (event) {
    case 19:
    case 20:
    case 22: return {1};
    case 26: return {4};
    case 27:
    case 28: return {2};
    case 101:
    case 102: return {5};
    default: return {};
  }
}

/// "6/stop", "err", "5/2", "6/9[6/stop]", ... as the NOTIFICATION that it stands for.
Notification notification_named(const std::string& name, const Row& row, const Guards& g) {
  if (name == "err") return row.event == 28 ? kUpdateError : kError;
  if (name == "3/x") return kUpdateError;
  if (name == "7/1") return kRefreshError;
  if (name == "6/stop") return stop_for(g).notification();
  if (name == "6/9[6/stop]") return hard_reset(stop_for(g).notification());
  const auto numbers = split(name, '/');
  const auto code = static_cast<ErrorCode>(std::stoi(numbers.at(0)));
  const auto subcode = static_cast<std::uint8_t>(std::stoi(numbers.at(1)));
  const bool unexpected_message = code == ErrorCode::FiniteStateMachine && subcode != 0;
  return {code, subcode, unexpected_message ? fsm_error_data(row.event) : Bytes{}};
}

Action action_named(const std::string& name) {
  for (std::size_t i = 0; i < kActionCount; ++i) {
    if (to_string(static_cast<Action>(i)) == name) return static_cast<Action>(i);
  }
  throw std::runtime_error("no action " + name);
}

struct Expected {
  Actions actions;
  Deadlines deadlines;
};

/// Applies a timer symbol to the reference table; false when the symbol is no timer's.
bool apply_timer(const std::string& symbol, Deadlines& d) {
  if (symbol == "StartConnectRetryTimer") {
    d.start(Timer::ConnectRetry, kNow + seconds{120});
  } else if (symbol == "StopConnectRetryTimer") {
    d.stop(Timer::ConnectRetry);
  } else if (symbol == "StartDelayOpenTimer") {
    d.start(Timer::DelayOpen, kNow + seconds{5});
  } else if (symbol == "StopDelayOpenTimer") {
    d.stop(Timer::DelayOpen);
  } else if (symbol == "SetHoldTimerLarge") {
    d.start(Timer::Hold, kNow + seconds{240});
  } else if (symbol == "StartHoldTimerNegotiated" || symbol == "RestartHoldTimer") {
    d.start(Timer::Hold, kNow + kHoldTime);
  } else if (symbol == "StopHoldTimer") {
    d.stop(Timer::Hold);
  } else if (symbol == "StartKeepaliveTimer") {
    d.start(Timer::Keepalive, kNow + kHoldTime / 3);
  } else if (symbol == "StopKeepaliveTimer") {
    d.stop(Timer::Keepalive);
  } else if (symbol == "StartSendHoldTimer") {
    d.start(Timer::SendHold, kNow + seconds{480});
  } else {
    return false;
  }
  return true;
}

Expected expected(const Row& row, const Guards& g, Deadlines deadlines) {
  Expected result{{}, deadlines};
  for (const std::string& symbol : row.actions) {
    if (symbol == "Ignore" || apply_timer(symbol, result.deadlines)) continue;
    std::string name = symbol;
    if (name.back() == '?') name.pop_back();
    if (const auto bracket = name.find('('); bracket != std::string::npos) {
      const std::string argument = name.substr(bracket + 1, name.size() - bracket - 2);
      result.actions.add(action_named(name.substr(0, bracket)), notification_named(argument, row, g));
      continue;
    }
    result.actions.add(action_named(name));
    // tests/data/fsm/vocabulary.tsv: ReleaseResources stops these too
    if (name == "ReleaseResources") {
      for (const Timer timer : {Timer::Hold, Timer::Keepalive, Timer::DelayOpen, Timer::SendHold}) {
        result.deadlines.stop(timer);
      }
    }
  }
  return result;
}

std::string describe(const Row& row, const Guards& g) {
  std::string text =
      "transitions.tsv:" + std::to_string(row.line) + " " + row.state + " x " + std::to_string(row.event) + " under";
  for (const auto& [name, value] : g) {
    if (value) text += " " + name;
  }
  return text;
}

// Rules 4271-44 4271-45 4271-46 4271-53 4724-16
TEST(FsmTable, EveryRowHolds_UnderEveryAssignmentOfItsGuards) {
  const char* only = std::getenv("FSM_TABLE_LINE");  // tests/mutate_table: the changed row, and no other
  std::size_t rows = 0;
  std::size_t compared = 0;
  for (const Row& row : effective_table()) {
    ++rows;
    if (only != nullptr && row.line != std::atoi(only)) continue;
    std::size_t of_row = 0;
    for (const Guards& g : assignments(row)) {
      if (!possible(row, g)) continue;
      ++of_row;
      const State state = state_named(row.state);
      const Deadlines before = running(state, g);
      Fsm fsm(attributes(g), {state, terms(g), before});

      const Actions actions = fsm.handle(event_for(row, g), kNow);

      const Expected want = expected(row, g, before);
      const bool same_actions = actions == want.actions;
      ASSERT_TRUE(same_actions) << describe(row, g) << "\n  got  " << to_string(actions) << "\n  want "
                                << to_string(want.actions);
      ASSERT_EQ(to_string(fsm.state()), row.next_state) << describe(row, g);
      for (std::size_t i = 0; i < kTimerCount; ++i) {
        const auto timer = static_cast<Timer>(i);
        ASSERT_EQ(fsm.deadline(timer), want.deadlines.deadline(timer)) << describe(row, g) << ": " << to_string(timer);
      }
    }
    EXPECT_GT(of_row, 0U) << "no possible assignment for transitions.tsv:" << row.line;
    compared += of_row;
  }
  EXPECT_EQ(rows, 284U);
  RecordProperty("rows", static_cast<int>(rows));
  std::cout << "compared " << rows << " rows under " << compared << " assignments\n";
}

}  // namespace
}  // namespace bgp
