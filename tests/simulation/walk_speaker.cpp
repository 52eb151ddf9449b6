#include "simulation/walk_speaker.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "bgp/wire/constants.hpp"

namespace bgp::test {

namespace {

using std::chrono::seconds;

constexpr TimePoint kNow{};
constexpr Duration kSecond = seconds{1};  // that of the supervisor's own bounds (collision_step.cpp)

SmallId small(ConnectionId id) {
  const auto value = std::to_underlying(id);
  if (value >= kMaxIds) throw std::logic_error("the walk knows too few ids");
  return static_cast<SmallId>(value);
}

Input said_by(const std::optional<Notification>& notification) {
  if (!notification) return Input::None;
  const bool collision = notification->code == ErrorCode::Cease && notification->subcode == cease::kCollisionResolution;
  return collision ? Input::CollisionCease : Input::Notification;
}

std::vector<Told> what_counts(const Effects& effects) {
  using Kind = Told::Kind;
  std::vector<Told> told;
  for (const Effect& effect : effects) {
    if (const auto* dial = std::get_if<effect::Dial>(&effect)) told.push_back({Kind::Dial, small(dial->connection)});
    if (const auto* open = std::get_if<effect::SendOpen>(&effect)) {
      told.push_back({Kind::SendOpen, small(open->connection)});
    }
    if (const auto* alive = std::get_if<effect::SendKeepalive>(&effect)) {
      told.push_back({Kind::SendKeepalive, small(alive->connection)});
    }
    if (const auto* close = std::get_if<effect::Close>(&effect)) {
      told.push_back({Kind::Close, small(close->connection), said_by(close->notification)});
    }
    if (const auto* resume = std::get_if<effect::Resume>(&effect)) {
      told.push_back({Kind::Resume, small(resume->connection)});
    }
    if (const auto* up = std::get_if<effect::Up>(&effect)) told.push_back({Kind::Up, small(up->connection)});
    if (std::holds_alternative<effect::Down>(effect)) told.push_back({Kind::Down});
  }
  return told;
}

/// `time` counted from kNow; none once it is older than `memory`, for then it has no say any more.
std::optional<TimePoint> remembered(std::optional<TimePoint> time, TimePoint now, Duration memory) {
  if (!time || now - *time >= memory) return std::nullopt;
  return kNow + (*time - now);
}

Fsm shifted(const Fsm& fsm, TimePoint now) {
  Fsm::Setup setup = fsm.setup();
  if (setup.state < State::OpenConfirm) setup.terms = {};  // read from OpenConfirm on
  for (std::size_t i = 0; i < kTimerCount; ++i) {
    const auto timer = static_cast<Timer>(i);
    if (const auto deadline = setup.deadlines.deadline(timer)) setup.deadlines.start(timer, kNow + (*deadline - now));
  }
  return {fsm.attributes(), setup};
}

}  // namespace

std::string_view to_string(Input input) {
  switch (input) {
    case Input::None: return "nothing";
    case Input::Acked: return "the connection's acknowledgment";
    case Input::Open: return "OPEN";
    case Input::Keepalive: return "KEEPALIVE";
    case Input::CollisionCease: return "NOTIFICATION 6/7";
    case Input::Notification: return "NOTIFICATION";
    case Input::Fails: return "the end";
    case Input::Accepted: return "a connection";
    case Input::Timer: return "a timer";
    case Input::Wait: return "a second";
  }
  return "unknown input";
}

Speakers::Speakers(const PeerConfig& ours, const PeerConfig& theirs)
    : config_(std::make_shared<const PeerConfig>(ours)), their_open_(make_open(theirs)) {
  const Result<Negotiated> terms = negotiate(make_open(ours), make_open(theirs), ours);
  if (!terms || !problems(ours).empty()) throw std::logic_error("the two speakers of the walk do not agree");
  terms_ = *terms;
}

Step Speakers::start() {
  Supervisor supervisor(config_);
  Effects effects;
  supervisor.start(kNow, effects);
  return result(supervisor, kNow, effects);
}

const Step& Speakers::take(std::uint32_t speaker, Input input, SmallId id) {
  const std::uint64_t key = (std::uint64_t{speaker} << 16) | (std::uint64_t{std::to_underlying(input)} << 8) | id;
  const auto known = steps_.find(key);
  if (known != steps_.end()) return known->second;
  return steps_.emplace(key, step(speakers_[speaker], input, id)).first->second;
}

Step Speakers::step(Supervisor supervisor, Input input, SmallId id) {
  const ConnectionId connection{id};
  TimePoint now = kNow;
  Effects effects;
  ConnectionId accepted{};
  switch (input) {
    case Input::Acked: supervisor.handle(connection, event::TcpCrAcked{}, now, effects); break;
    case Input::Open:
      if (supervisor.open_expected(connection) == OpenExpected::Yes) {
        supervisor.open(connection, their_open_, terms_, now, effects);
      } else {
        supervisor.handle(connection, event::BgpOpen{}, now, effects);
      }
      break;
    case Input::Keepalive: supervisor.handle(connection, event::KeepAliveMsg{}, now, effects); break;
    case Input::CollisionCease:
      supervisor.handle(connection, event::NotifMsg{{ErrorCode::Cease, cease::kCollisionResolution, {}}, false}, now,
                        effects);
      break;
    case Input::Notification:
      supervisor.handle(connection, event::NotifMsg{{ErrorCode::Cease, cease::kConnectionRejected, {}}, false}, now,
                        effects);
      break;
    case Input::Fails: supervisor.handle(connection, event::TcpConnectionFails{}, now, effects); break;
    case Input::Accepted: accepted = supervisor.accepted(now, effects); break;
    case Input::Timer:
      now = *supervisor.poll_timeout();
      supervisor.handle_timeout(now, effects);
      break;
    case Input::Wait: now += kSecond; break;
    case Input::None: break;
  }
  Step done = result(supervisor, now, effects);
  done.accepted = small(accepted);
  return done;
}

Step Speakers::result(const Supervisor& supervisor, TimePoint now, const Effects& effects) {
  Step done;
  done.told = what_counts(effects);
  done.speaker = number_of(canonical(supervisor, now, done.ids));
  return done;
}

std::uint32_t Speakers::later(std::uint32_t speaker, Duration time) {
  std::array<SmallId, kMaxIds> ids{};
  return number_of(canonical(speakers_[speaker], kNow + time, ids));
}

Supervisor Speakers::canonical(const Supervisor& supervisor, TimePoint now, std::array<SmallId, kMaxIds>& ids) const {
  Supervisor::Values values = supervisor.values();
  values.connect_retry_counter = 0;
  if (values.idle_hold_deadline) values.idle_hold_deadline = kNow + (*values.idle_hold_deadline - now);
  values.last_refusal = remembered(values.last_refusal, now, kSecond);
  values.last_immediate_restart = remembered(values.last_immediate_restart, now, config_->graceful_restart_pause);
  std::set<std::uint64_t> known;
  for (Supervisor::Link& link : values.links) {
    link.fsm = shifted(link.fsm, now);
    if (link.held_until) link.held_until = kNow + (*link.held_until - now);
    if (link.established_at) {
      link.established_at = kNow - std::min(now - *link.established_at, config_->idle_hold.forget);
      known.insert(link.established_mark);
    } else {
      link.established_mark = 0;
    }
    if (link.id != ConnectionId{}) known.insert(std::to_underlying(link.id));
  }
  const auto place = [&known](std::uint64_t id) {
    return id == 0 ? 0 : static_cast<std::uint64_t>(std::distance(known.begin(), known.find(id))) + 1;
  };
  for (Supervisor::Link& link : values.links) {
    const SmallId before = small(link.id);
    link.id = ConnectionId{place(before)};
    link.established_mark = place(link.established_mark);
    if (before != 0) ids[before] = small(link.id);
  }
  values.last_id = known.size();
  return {config_, std::move(values)};
}

std::uint32_t Speakers::number_of(Supervisor supervisor) {
  const std::uint64_t print = supervisor.fingerprint(kNow);
  const auto [first, last] = numbers_.equal_range(print);
  for (auto known = first; known != last; ++known) {
    if (speakers_[known->second] == supervisor) return known->second;
  }
  const auto number = static_cast<std::uint32_t>(speakers_.size());
  faults_.push_back(judge(supervisor));
  speakers_.push_back(std::move(supervisor));
  numbers_.emplace(print, number);
  return number;
}

std::optional<Duration> Speakers::until_timer(std::uint32_t speaker) const {
  const auto deadline = speakers_[speaker].poll_timeout();
  return deadline ? std::optional(*deadline - kNow) : std::nullopt;
}

bool Speakers::minds_a_second(std::uint32_t speaker) const {
  const Supervisor& supervisor = speakers_[speaker];
  const auto until = until_timer(speaker);
  if (until && *until <= kSecond) return false;
  const auto just_up = [](const Supervisor::Link& link) {
    return link.established_at && kNow - *link.established_at < kSecond;
  };
  return std::ranges::any_of(supervisor.links(), just_up) || supervisor.values().last_refusal.has_value();
}

std::string Speakers::judge(const Supervisor& supervisor) const {
  const auto established = [](const Supervisor::Link& link) { return link.fsm.state() == State::Established; };
  if (std::ranges::count_if(supervisor.links(), established) > 1) {
    return "OneEstablished (RFC 4271 6.8): two connections are Established";
  }
  for (const Supervisor::Link& link : supervisor.links()) {
    const bool runs = link.fsm.poll_timeout().has_value();
    const bool idle = link.fsm.state() == State::Idle;
    if (idle && runs) return "TimersStop (RFC 4271 8.2.2): a timer runs in Idle";
    const bool waits_for_peer = link.fsm.state() == State::Active && config_->attributes.passive;
    const bool lives = idle ? supervisor.idle_hold_deadline().has_value() : runs || waits_for_peer;
    if (!lives) return "LiveDeadline (RFC 4271 8.2.2): nothing ends " + std::string(to_string(link.fsm.state()));
  }
  return {};
}

std::string Speakers::describe(std::uint32_t speaker) const {
  std::string text;
  for (const Supervisor::Link& link : speakers_[speaker].links()) {
    if (!text.empty()) text += ' ';
    text += to_string(link.fsm.state());
    if (link.id != ConnectionId{}) text += link.direction == Direction::Outgoing ? ">" : "<";
    if (link.held_until) text += "(held)";
  }
  return text;
}

}  // namespace bgp::test
