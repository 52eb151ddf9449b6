// A driver for one Session that writes down what it shows.
#include "tools/bgpsim/player.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "bgp/session/session.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp::sim {

namespace {

using Output = ScenarioOutput;
using Kind = ScenarioInput::Kind;

std::string name_of(MessageType type) {
  switch (type) {
    case MessageType::Open: return "OPEN";
    case MessageType::Update: return "UPDATE";
    case MessageType::Notification: return "NOTIFICATION";
    case MessageType::Keepalive: return "KEEPALIVE";
    case MessageType::RouteRefresh: return "ROUTE-REFRESH";
  }
  return "unknown type";
}

/// A start that nobody asked for: Events 3, 5, 6 and 7.
bool is_automatic_start(EventId event) {
  return event == EventId::AutomaticStart || event == EventId::AutomaticStartPassive ||
         event == EventId::AutomaticStartDamp || event == EventId::AutomaticStartDampPassive;
}

class Player final : private PeerHandler {
 public:
  explicit Player(const PeerConfig& config) : session_(config, *this) {}

  /// Does one step and gives what came of it.
  ShownStep play(const ScenarioStep& step);

 private:
  struct Link {
    ConnectionId id{};
    bool open = false;
    bool blocked = false;
    Framer sent{};  // what we sent, cut into messages
  };

  // the clock and the driver
  void advance(const ScenarioStep& step);
  void fire(bool strict_keepalives);
  template <class Call>
  void call(Call&& call);
  void drain();
  bool drain(const std::string& label);
  void carry_out(const Command& command);
  void show_sent(const std::string& label, Link& link, BytesView octets);
  void apply(const ScenarioInput& input);
  void receive(const ScenarioInput& input);
  void lose(const std::string& label);
  void take_restart(bool asked_for);

  // what is there afterwards
  void look(const ScenarioStep& step);
  void problem(const std::string& what) { shown_.problems.push_back(what); }
  [[nodiscard]] State state_of(const std::string& label) const;
  [[nodiscard]] bool can_see_timers(const std::string& label, Timer timer) const;

  [[nodiscard]] Link& link_of(const std::string& label);
  [[nodiscard]] std::string label_of(ConnectionId id) const;
  [[nodiscard]] ShownStep& shown() { return restarting_ ? *restart_ : shown_; }

  // PeerHandler
  void on_established(Session&, const SessionUp& up) override;
  void on_update(Session&, const UpdateView&) override { deliver("UPDATE"); }
  void on_route_refresh(Session&, const RouteRefresh&) override { deliver("ROUTE-REFRESH"); }
  void on_writable(Session&, UpdateWriter& writer) override;
  void on_down(Session&, const SessionDown& down) override;
  void on_state_change(Session&, const StateChange& change) override;
  void deliver(const std::string& what);

  Session session_;
  TimePoint now_{};
  bool timer_fired_ = false;  // a timer was due in the very instant of the step
  std::map<std::string, Link> links_;
  std::string accepting_;    // the label of the connection that is just being accepted
  std::string established_;  // the label of the Established connection
  SharedOctets update_;

  ShownStep shown_;
  // A restart at once is an input of its own in a scenario (auto_start), but happens within the call that caused it.
  std::optional<ShownStep> restart_;
  TimePoint restarted_at_{};
  bool restarting_ = false;
};

ShownStep Player::play(const ScenarioStep& step) {
  shown_ = {};
  if (restart_ && step.input.kind != Kind::AutoStart) take_restart(false);
  advance(step);
  apply(step.input);
  look(step);
  return std::move(shown_);
}

// --- The clock and the driver

// Fires what is due on the way, at its own time. In a race the octets are there before the timer acts.
void Player::advance(const ScenarioStep& step) {
  const TimePoint to = TimePoint{} + step.at;
  const bool race = step.input.kind == Kind::Race;
  timer_fired_ = false;
  for (auto due = session_.poll_timeout(); due && (race ? *due < to : *due <= to); due = session_.poll_timeout()) {
    if (*due <= now_ && timer_fired_) throw std::runtime_error("a timer that has fired is still due");
    now_ = std::max(now_, *due);
    timer_fired_ = *due == to;
    fire(step.strict_keepalives);
  }
  now_ = to;
  if (race) {
    receive(step.input);
    fire(step.strict_keepalives);
  }
  if (restart_ && restarted_at_ < to && step.input.kind != Kind::AutoStart) take_restart(false);
}

void Player::fire(bool strict_keepalives) {
  std::vector<std::string> periodic;  // where a KEEPALIVE can only be a periodic one
  for (const auto& [label, link] : links_) {
    if (session_.state(link.id) >= State::OpenConfirm) periodic.push_back(label);
  }
  const std::size_t before = shown_.out.size();
  call([&] { session_.handle_timeout(now_); });
  if (strict_keepalives) return;
  const auto left_out = [&](const Output& output) {
    return output.message == "KEEPALIVE" && std::ranges::find(periodic, output.connection) != periodic.end();
  };
  const auto fresh = shown_.out.begin() + static_cast<std::ptrdiff_t>(before);
  shown_.out.erase(std::remove_if(fresh, shown_.out.end(), left_out), shown_.out.end());
}

template <class Call>
void Player::call(Call&& call) {
  call();
  drain();
  restarting_ = false;
}

void Player::drain() {
  for (bool more = true; more;) {
    more = false;
    std::vector<std::string> labels;
    for (const auto& [label, link] : links_) labels.push_back(label);
    for (const std::string& label : labels) more = drain(label) || more;
    while (const auto command = session_.poll_command()) {
      carry_out(*command);
      more = true;
    }
  }
}

bool Player::drain(const std::string& label) {
  Link& link = links_.at(label);
  if (link.blocked) return false;
  std::array<BytesView, 8> buffers;
  const std::size_t used = session_.transmit_buffers(link.id, buffers);
  Bytes octets;
  for (std::size_t i = 0; i < used; ++i) octets.insert(octets.end(), buffers[i].begin(), buffers[i].end());
  if (octets.empty()) return false;
  session_.transmitted(link.id, octets.size(), now_);
  show_sent(label, link, octets);
  return true;
}

void Player::carry_out(const Command& command) {
  if (const auto* dial = std::get_if<command::Dial>(&command)) {
    shown().out.push_back({.kind = Output::Kind::Dial, .connection = "A"});
    links_["A"] = {.id = dial->connection};
    return;
  }
  const auto& close = std::get<command::Close>(command);
  const std::string label = label_of(close.connection);
  Link& link = link_of(label);
  if (!link.blocked) {
    show_sent(label, link, close.farewell);
    if (link.sent.pending() != 0) problem(label + ": the farewell ends within a message");
  }
  shown_.out.push_back({.kind = link.open ? Output::Kind::Close : Output::Kind::Abandon, .connection = label});
  links_.erase(label);
}

void Player::show_sent(const std::string& label, Link& link, BytesView octets) {
  for (;;) {
    const auto message = link.sent.next(octets);
    if (!message) throw std::runtime_error(label + ": sent octets that are no message");
    if (!*message) return;
    Output output{.kind = Output::Kind::Transmit, .connection = label, .message = name_of((*message)->type)};
    if ((*message)->type == MessageType::Notification) {
      const Notification notification = decode_notification((*message)->body());
      output.code = static_cast<std::uint8_t>(notification.code);
      output.subcode = notification.subcode;
      output.data = notification.data;
    }
    shown_.out.push_back(std::move(output));
  }
}

void Player::apply(const ScenarioInput& input) {
  const std::string& label = input.connection;
  switch (input.kind) {
    case Kind::Start: call([&] { session_.start(now_); }); break;
    case Kind::Stop: {
      Stop stop;
      stop.subcode = input.subcode.value_or(cease::kAdministrativeShutdown);
      if (!input.text.empty()) stop.data = encode_shutdown_communication(input.text);
      call([&] { session_.stop(stop, now_); });
      break;
    }
    case Kind::AutoStop: {
      Stop stop;
      stop.subcode = input.subcode.value();
      call([&] { session_.stop_automatically(stop, now_); });
      break;
    }
    case Kind::AutoStart: take_restart(true); break;
    case Kind::Timer:
      if (input.spurious) {
        call([&] { session_.handle_timeout(now_); });
      } else if (!timer_fired_) {
        problem(std::string(to_string(input.timer.value())) + " is not due");
      }
      break;
    case Kind::Connected:
      call([&] {
        session_.connected(link_of(label).id, {}, now_);
        link_of(label).open = true;
      });
      break;
    case Kind::Accepted:
      if (links_.contains(label)) throw std::runtime_error(label + " is there already");
      call([&] {
        accepting_ = label;
        links_[label] = {.id = session_.accepted({}, now_), .open = true};
        accepting_.clear();
      });
      break;
    case Kind::Lost: lose(label); break;
    case Kind::Receive: receive(input); break;
    case Kind::TransmitBlocked: link_of(label).blocked = true; break;
    case Kind::SendUpdate:
      update_ = std::make_shared<const Bytes>(input.octets);
      call([&] { session_.want_write(); });
      break;
    case Kind::Race:
    case Kind::Advance: break;  // seen to on the way
  }
}

void Player::receive(const ScenarioInput& input) {
  call([&] { session_.received(link_of(input.connection).id, input.octets, now_); });
  if (input.then_closed && links_.contains(input.connection)) lose(input.connection);
}

void Player::lose(const std::string& label) {
  call([&] {
    session_.disconnected(link_of(label).id, "lost", now_);
    links_.erase(label);
  });
}

void Player::take_restart(bool asked_for) {
  if (!restart_) {
    if (asked_for) problem("the session did not start by itself");
    return;
  }
  shown_.out.insert(shown_.out.end(), restart_->out.begin(), restart_->out.end());
  shown_.changes.insert(shown_.changes.end(), restart_->changes.begin(), restart_->changes.end());
  restart_.reset();
}

// --- What is there afterwards

void Player::look(const ScenarioStep& step) {
  shown_.states.emplace_back("A", state_of("A"));
  for (const auto& [label, link] : links_) {
    if (label != "A") shown_.states.emplace_back(label, state_of(label));
  }
  for (std::size_t i = 0; i < kTimerCount; ++i) {
    const auto timer = static_cast<Timer>(i);
    if (!can_see_timers(step.fsm, timer)) continue;
    const bool none = timer != Timer::IdleHold && state_of(step.fsm) == State::Idle;
    const auto deadline = none ? std::nullopt : session_.deadline(timer);
    shown_.timers.emplace_back(timer, deadline ? std::optional(*deadline - now_) : std::nullopt);
  }
  shown_.counter = session_.connect_retry_counter();
}

State Player::state_of(const std::string& label) const {
  if (restart_) return State::Idle;  // it rests there until the restart's own step
  const auto link = links_.find(label);
  if (link != links_.end()) return session_.state(link->second.id);
  return label == "A" && links_.empty() ? session_.state() : State::Idle;
}

// A Session shows the timers of the connection that is closest to Established.
bool Player::can_see_timers(const std::string& label, Timer timer) const {
  const State state = state_of(label);
  if (timer == Timer::IdleHold || state == State::Idle) return true;
  const bool tie = std::ranges::any_of(
      links_, [&](const auto& link) { return link.first < label && state_of(link.first) == state; });
  return state == session_.state() && !tie;
}

Player::Link& Player::link_of(const std::string& label) {
  const auto found = links_.find(label);
  if (found == links_.end()) throw std::runtime_error("there is no connection " + label);
  return found->second;
}

std::string Player::label_of(ConnectionId id) const {
  if (id == ConnectionId{}) return "A";
  for (const auto& [label, link] : links_) {
    if (link.id == id) return label;
  }
  if (!accepting_.empty()) return accepting_;
  throw std::runtime_error("an unknown connection");
}

// --- What the owner of routes sees

void Player::on_established(Session&, const SessionUp& up) {
  established_ = label_of(up.connection);
  shown().out.push_back({.kind = Output::Kind::Up, .connection = established_});
}

void Player::on_down(Session&, const SessionDown& down) {
  shown().out.push_back({.kind = Output::Kind::Down, .connection = established_, .retained = !down.retained.empty()});
}

void Player::deliver(const std::string& what) {
  shown().out.push_back({.kind = Output::Kind::Deliver, .connection = established_, .message = what});
}

void Player::on_writable(Session&, UpdateWriter& writer) {
  if (update_ == nullptr) return;
  if (writer.shared(update_)) update_ = nullptr;
}

void Player::on_state_change(Session&, const StateChange& change) {
  if (change.from == State::Idle && is_automatic_start(change.event) && accepting_.empty()) {
    restart_ = ShownStep{};
    restarted_at_ = now_;
    restarting_ = true;
  }
  shown().changes.push_back({label_of(change.connection), change.from, change.to, change.event});
}

}  // namespace

void play(const Scenario& scenario, const StepObserver& observer) {
  Player player(scenario.config);
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    ShownStep shown;
    try {
      shown = player.play(scenario.steps[i]);
    } catch (const std::runtime_error& error) {
      shown.problems = {error.what()};
      shown.broken = true;
    }
    if (!observer(i, shown) || shown.broken) return;
  }
}

}  // namespace bgp::sim
