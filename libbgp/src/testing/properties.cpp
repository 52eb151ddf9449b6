#include "bgp/testing/properties.hpp"

#include <algorithm>
#include <utility>

namespace bgp::test {

namespace {

struct Named {
  std::string_view name;
  std::string_view section;
};

constexpr std::array<Named, kInvariantCount> kNames{{
    {"OneEstablished", "RFC 4271 6.8"},        {"Convergence", "RFC 4271 6.8, RFC 6286 2.3"},
    {"LiveDeadline", "RFC 4271 8.2.2"},        {"TimersStop", "RFC 4271 8.2.2"},
    {"Handshake", "RFC 4271 4.2, 8.2.2"},      {"WholeMessages", "RFC 4271 4.1, 4.2"},
    {"OneNotification", "RFC 4271 4.5, 6"},    {"NotificationUnanswered", "RFC 4271 6.4"},
    {"UpDownAlternate", "RFC 4271 8.2.2"},     {"HoldTimer", "RFC 4271 6.5, 10"},
    {"HoldTimeZero", "RFC 4271 4.2, 4.4"},     {"KeepaliveOnTime", "RFC 4271 4.4"},
    {"KeepaliveRate", "RFC 4271 4.4"},         {"KeepaliveFirst", "RFC 4271 4.4"},
    {"SendHoldTimer", "RFC 9687 4"},           {"BackOff", "RFC 4271 8.1.1"},
    {"DataInOrder", "RFC 7313 4, RFC 4724 4"}, {"Survivor", "RFC 4271 6.8, RFC 6286 2.3"},
    {"OpenAnswered", "RFC 4271 8.2.2"},        {"InputInOrder", "RFC 4271 4, 6"},
}};

}  // namespace

std::string_view to_string(Invariant invariant) { return kNames[static_cast<std::size_t>(invariant)].name; }
std::string_view section_of(Invariant invariant) { return kNames[static_cast<std::size_t>(invariant)].section; }

std::string to_string(const Violation& violation) {
  const auto seconds = std::chrono::duration<double>(violation.time.time_since_epoch()).count();
  return "t = " + std::to_string(seconds) + " s: " + std::string(to_string(violation.invariant)) + " (" +
         std::string(section_of(violation.invariant)) + "): " + violation.what;
}

SessionFacts facts_of(const Session& session) {
  SessionFacts facts;
  facts.started = session.started();
  facts.state = session.state();
  facts.next = session.poll_timeout();
  for (std::size_t i = 0; i < kTimerCount; ++i) facts.deadlines[i] = session.deadline(static_cast<Timer>(i));
  return facts;
}

Properties::Properties(const PeerConfig& config, Duration tick) : config_(config), tick_(tick) {}

void Properties::violate(Invariant invariant, std::string what, TimePoint now) {
  if (!violation_) violation_ = Violation{invariant, std::move(what), now};
}

Properties::Connection& Properties::of(ConnectionId id) {
  const auto found = std::ranges::find(connections_, id, &Connection::id);
  if (found != connections_.end()) return *found;
  // what is over and was said to the end is forgotten; in a large crowd also what was not
  constexpr std::size_t kMany = 8;
  constexpr std::size_t kCrowd = 64;
  if (connections_.size() >= kMany) {
    const bool crowd = connections_.size() >= kCrowd;
    const auto old = std::ranges::find_if(
        connections_, [crowd](const Connection& c) { return c.over && !c.lives && (crowd || !c.may_say_more()); });
    if (old != connections_.end()) connections_.erase(old);
  }
  return connections_.emplace_back(id);
}

bool Properties::another_lives(ConnectionId connection) const {
  return std::ranges::any_of(connections_, [&](const Connection& c) { return c.lives && c.id != connection; });
}

void Properties::opened(ConnectionId connection, Direction direction) { of(connection).direction = direction; }

void Properties::ended(ConnectionId connection) {
  of(connection).over = true;
  of(connection).lives = false;
}

void Properties::set_reading(bool reading, TimePoint now) {
  if (std::exchange(reading_, reading) != reading) reading_since_ = now;
}

void Properties::input_waits(ConnectionId connection, TimePoint now) { of(connection).waits_since = now; }

void Properties::state_changed(const StateChange& change) {
  back_off(change);
  if (change.connection == ConnectionId{}) return;
  Connection& connection = of(change.connection);
  check_expiry(connection, change.event, change.time);
  enter(connection, change);
  const auto established = std::ranges::count(connections_, State::Established, &Connection::state);
  if (established > 1) violate(Invariant::OneEstablished, "two connections are Established", change.time);
  if (change.to != State::Established) return;
  if (!connection.open_sent || !connection.open_received || !connection.keepalive_sent ||
      !connection.keepalive_received) {
    violate(Invariant::Handshake, "Established without an OPEN and a KEEPALIVE both ways", change.time);
  }
}

void Properties::up(TimePoint now) {
  if (established_) violate(Invariant::UpDownAlternate, "up, but it was up already", now);
  established_ = true;
}

void Properties::down(TimePoint now) {
  if (!established_) violate(Invariant::UpDownAlternate, "down, but it was not up", now);
  established_ = false;
}

void Properties::settled(const SessionFacts& facts, TimePoint now) {
  if (violation_) return;
  if (established_ != (facts.state == State::Established)) {
    violate(Invariant::UpDownAlternate,
            established_ ? "up, but in " + std::string(to_string(facts.state)) : "Established, but not up", now);
  }
  check_deadlines(facts, now);
  for (const Connection& connection : connections_) {
    if (!connection.lives) continue;
    check_timers(connection, now);
    if (reading_ && !connection.arrived.empty()) {
      violate(Invariant::InputInOrder,
              std::to_string(connection.arrived.size()) + " messages arrived and were not handed over", now);
    }
  }
}

}  // namespace bgp::test
