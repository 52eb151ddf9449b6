// Carries out a plan and checks the invariants after every step.
#include "bgp/testing/simulation.hpp"

#include <algorithm>
#include <memory>

#include "bgp/testing/hex.hpp"
#include "talker.hpp"

namespace bgp::test {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Kind = Disturbance::Kind;

/// What no speaker sends.
Bytes garbage(std::uint64_t which) {
  switch (which % 12) {
    case 0: return Bytes(19, 0);                                               // not synchronized
    case 1: return octets_of_hex("ffff... 0012 04");                           // too short
    case 2: return octets_of_hex("ffff... ffff 04");                           // too long
    case 3: return octets_of_hex("ffff... 0013 63");                           // no such type
    case 4: return octets_of_hex("ffff... 001d 01 03 fde9 005a 0a000001 00");  // version 3
    case 5: return octets_of_hex("ffff... 001d 01 04 fde9 0001 0a000001 00");  // hold time 1
    case 6: return octets_of_hex("ffff... 0017 02 ffff 0000");                 // an UPDATE that exceeds itself
    case 7: return octets_of_hex("ffff... 0015 03 06 04");                     // Cease/4
    case 8: return octets_of_hex("ffff... 0015 03 06 07");                     // Cease/7
    case 9: return octets_of_hex("ffff... 0015 03 02 01 0004");                // 2/1, and more octets than it says
    case 10: return octets_of_hex("ffff... 0013 04");                          // one KEEPALIVE more
    default: return octets_of_hex("ffff... 0017 05 0001 00 01");               // a refresh request
  }
}

class Simulation final : private NetworkObserver {
 public:
  Simulation(const Plan& plan, NetworkObserver* observer)
      : plan_(plan), listener_(observer), network_(plan.seed, plan.jitter, this) {
    for (const auto& [a, b] : plan.peerings) {
      for (const PeerConfig* config : {&a, &b}) {
        ends_.push_back(std::make_unique<End>(*config, plan.conditions.lateness));
      }
      End& one = *ends_[ends_.size() - 2];
      network_.add_peering(a, one.talker, b, ends_.back()->talker, plan.conditions);
    }
  }

  Outcome run() {
    for (std::size_t end = 0; end < ends_.size(); ++end) network_.start(end);
    for (const Disturbance& disturbance : plan_.disturbances) {
      if (!advance(TimePoint{disturbance.at})) return finish();
      carry_out(disturbance);
    }
    if (!advance(TimePoint{plan_.busy})) return finish();
    mend();
    converge();
    return finish();
  }

 private:
  struct End {
    End(const PeerConfig& peer_config, Duration tick)
        : config(peer_config), properties(peer_config, tick), talker(properties) {}

    PeerConfig config;
    Properties properties;
    Talker talker;
    bool stopped = false;
  };

  /// False when an invariant was violated on the way.
  bool advance(TimePoint time) {
    while (!outcome_.violation && network_.clock().step(time)) {
    }
    return !outcome_.violation;
  }

  void carry_out(const Disturbance& d) {
    const std::size_t end = d.end % ends_.size();
    switch (d.kind) {
      case Kind::Start: network_.start(end); break;
      case Kind::Stop: network_.stop(end, Stop::shutdown("simulated")); break;
      case Kind::StopAutomatically: network_.stop_automatically(end, {cease::kOutOfResources, {}, false}); break;
      case Kind::Reset: network_.reset(end, Stop::reset()); break;
      case Kind::Crash: network_.crash(end); break;
      case Kind::Recover: network_.recover(end); break;
      case Kind::Break: network_.break_connections(end); break;
      case Kind::Cut: network_.cut(end); break;
      case Kind::Deafen:
        network_.cut(end);
        keep_alive(end, TimePoint{d.at});
        break;
      case Kind::Mend: network_.mend(end); break;
      case Kind::StopReading: network_.stop_reading(end); break;
      case Kind::ResumeReading: network_.resume_reading(end); break;
      case Kind::Pause: network_.set_reading(end, false); break;
      case Kind::Resume: network_.set_reading(end, true); break;
      case Kind::Write:
        ends_[end]->talker.say(d.amount);
        network_.want_write(end);
        break;
      case Kind::Refresh:
        if (Session* session = network_.session(end)) (void)session->request_refresh(kIpv4Unicast);
        network_.want_write(end);  // so that the driver looks at it
        break;
      case Kind::Garbage: network_.inject(end, d.amount / 12, garbage(d.amount)); break;
      case Kind::Intrude: network_.intrude(end, milliseconds{d.amount}); break;
    }
  }

  /// As long as nothing passes, a KEEPALIVE a second arrives all the same.
  void keep_alive(std::size_t end, TimePoint from) {
    network_.clock().at(from + seconds{1}, [this, end, at = from + seconds{1}] {
      if (!network_.is_cut(end)) return;
      const Session* session = network_.session(end);
      const bool confirmed = session != nullptr && session->state() >= State::OpenConfirm;
      if (confirmed) network_.inject(end, 0, octets_of_hex("ffff... 0013 04"));
      keep_alive(end, at);
    });
  }

  void mend() {
    LinkConditions calm;
    calm.lateness = plan_.conditions.lateness;
    for (std::size_t end = 0; end < ends_.size(); ++end) {
      if (end % 2 == 0) network_.set_conditions(end, calm);
      network_.mend(end);
      network_.resume_reading(end);
      network_.set_reading(end, true);
      network_.recover(end);
      if (network_.session(end) != nullptr && !network_.session(end)->started()) network_.start(end);
    }
  }

  void converge() {
    if (!plan_.converges) return;
    const TimePoint by = network_.now() + convergence_bound(plan_);
    const auto all_agree = [&] {
      for (std::size_t end = 0; end < ends_.size(); end += 2) {
        if (!network_.agree(end)) return false;
      }
      return true;
    };
    // to have met once is not enough: the connection may be one whose end has not been noticed yet
    constexpr Duration kSteady = seconds{100};
    TimePoint since = network_.now();
    while (network_.now() < since + kSteady) {
      if (!advance(network_.now() + milliseconds{500})) return;
      if (all_agree()) continue;
      since = network_.now();
      if (since <= by) continue;
      outcome_.violation = Violation{Invariant::Convergence,
                                     "no common connection " + std::to_string(convergence_bound(plan_) / seconds{1}) +
                                         " s after everything was mended",
                                     network_.now()};
      return;
    }
  }

  Outcome finish() {
    outcome_.digest = network_.digest();
    for (const auto& end : ends_) outcome_.ups += end->talker.ups();
    return outcome_;
  }

  // NetworkObserver
  void on_input(std::size_t end, const NetworkInput& input) override {
    if (listener_ != nullptr) listener_->on_input(end, input);
    Properties& properties = ends_[end]->properties;
    if (input.kind == NetworkInput::Kind::Received) properties.read(input.connection, input.octets, input.time);
    if (input.kind == NetworkInput::Kind::SetReading) properties.set_reading(input.reading, input.time);
    if (input.kind == NetworkInput::Kind::InputWaits) properties.input_waits(input.connection, input.time);
  }
  void on_dial(std::size_t end, ConnectionId connection) override {
    if (listener_ != nullptr) listener_->on_dial(end, connection);
    ends_[end]->properties.dialed(connection, network_.now());
  }
  void on_transport(std::size_t end, ConnectionId connection, Direction direction) override {
    if (listener_ != nullptr) listener_->on_transport(end, connection, direction);
    ends_[end]->properties.opened(connection, direction);
  }
  void on_octets(std::size_t end, ConnectionId connection, BytesView octets) override {
    if (listener_ != nullptr) listener_->on_octets(end, connection, octets);
    ends_[end]->properties.socket_took(connection, octets, network_.now());
  }
  void on_close(std::size_t end, ConnectionId connection) override {
    if (listener_ != nullptr) listener_->on_close(end, connection);
    ends_[end]->properties.ended(connection);
  }
  void on_room(std::size_t end, TimePoint time) override {
    if (listener_ != nullptr) listener_->on_room(end, time);
  }
  void on_fin(std::size_t end, ConnectionId connection) override {
    if (listener_ != nullptr) listener_->on_fin(end, connection);
  }
  void on_loss(std::size_t end, ConnectionId connection) override {
    if (listener_ != nullptr) listener_->on_loss(end, connection);
    ends_[end]->properties.ended(connection);
  }
  void on_crash(std::size_t end) override {
    if (listener_ != nullptr) listener_->on_crash(end);
    ends_[end]->properties = Properties(ends_[end]->config, plan_.conditions.lateness);
  }
  void on_step(std::size_t end) override {
    if (listener_ != nullptr) listener_->on_step(end);
    ++outcome_.steps;
    check_progress(end);
    Properties& properties = ends_[end]->properties;
    properties.settled(*network_.session(end), network_.now());
    if (properties.violation() && !outcome_.violation) {
      outcome_.violation = properties.violation();
      outcome_.end = end;
    }
  }

  /// Time passes: a Session that wakes itself up again and again in one instant never rests.
  void check_progress(std::size_t end) {
    constexpr int kMostAtOnce = 100000;
    at_once_ = network_.now() == latest_ ? at_once_ + 1 : 0;
    latest_ = network_.now();
    if (at_once_ < kMostAtOnce || outcome_.violation) return;
    outcome_.violation = Violation{Invariant::LiveDeadline, "the same instant goes on for ever", latest_};
    outcome_.end = end;
  }

  const Plan& plan_;
  NetworkObserver* listener_;
  TimePoint latest_{};
  int at_once_ = 0;
  std::vector<std::unique_ptr<End>> ends_;
  Network network_;
  Outcome outcome_;
};

}  // namespace

Outcome simulate(const Plan& plan, NetworkObserver* observer) { return Simulation(plan, observer).run(); }

}  // namespace bgp::test
