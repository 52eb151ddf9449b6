// The ring, the quiet runs beside it, and the copies of the supervisor from which both can be played again.
#include "bgp/session/recorder.hpp"

#include <algorithm>
#include <array>

namespace bgp {

namespace {

constexpr std::size_t kMinEntries = 32;
constexpr std::size_t kMaxDetail = 128;
constexpr std::size_t kGrowth = 9;     // in small steps: a session that came up once and stays has nine records
constexpr std::size_t kUsualRuns = 6;  // and six runs

/// What an event of an Established connection is counted as; none when it may change more than deadlines.
std::optional<QuietRun::Kind> quiet_kind(const Supervisor::Link& link, EventId event) {
  if (link.fsm.state() != State::Established) return std::nullopt;
  switch (event) {
    case EventId::KeepAliveMsg: return QuietRun::Kind::KeepaliveReceived;
    case EventId::UpdateMsg: return QuietRun::Kind::UpdateReceived;
    case EventId::RouteRefreshMsg: return QuietRun::Kind::RefreshReceived;
    default: return std::nullopt;
  }
}

/// It was recorded as heard when it arrived.
bool was_heard(const Event& event) {
  if (const auto* keepalive = std::get_if<event::KeepAliveMsg>(&event)) return keepalive->heard;
  const auto* update = std::get_if<event::UpdateMsg>(&event);
  return update != nullptr && update->heard;
}

bool is_due(std::optional<TimePoint> deadline, TimePoint now) { return deadline && *deadline <= now; }

/// A timer other than the KeepaliveTimer.
bool decides(const Supervisor::Link& link, TimePoint now) {
  constexpr std::array kDeciding{Timer::ConnectRetry, Timer::Hold, Timer::DelayOpen, Timer::SendHold};
  return is_due(link.held_until, now) ||
         std::ranges::any_of(kDeciding, [&](Timer timer) { return is_due(link.fsm.deadline(timer), now); });
}

}  // namespace

FlightRecorder::FlightRecorder(std::shared_ptr<const PeerConfig> config, std::size_t entries)
    : config_(std::move(config)), entries_(std::max(entries, kMinEntries)) {
  quiet_.reserve(kUsualRuns);  // now: beside the rest of a new session, see Session::prefetch()
}

// --- The ring

void FlightRecorder::push(TimePoint now, ConnectionId connection, Direction direction, Record::What what) {
  if (records_.size() == entries_) records_.erase(records_.begin());
  if (records_.size() == records_.capacity()) records_.reserve(std::min(entries_, records_.size() + kGrowth));
  records_.push_back({++last_number_, now, connection, direction, std::move(what)});
  std::erase_if(quiet_, [this](const QuietRun& run) { return run.after + 1 < oldest(); });
  if (older_.number < oldest()) older_ = {};
}

void FlightRecorder::snapshot(const Supervisor& supervisor) {
  const std::uint64_t next = last_number_ + 1;
  if (newer_.number != 0 && next - newer_.number < entries_ / 2) return;
  Snapshot snapshot{next, nullptr, supervisor.values().jitter};
  if (supervisor != Supervisor(config_, snapshot.jitter)) {
    snapshot.value = std::make_shared<const Supervisor>(supervisor);
  }
  older_ = std::exchange(newer_, std::move(snapshot));
}

void FlightRecorder::input(const Supervisor& supervisor, TimePoint now, ConnectionId connection, Record::What what) {
  snapshot(supervisor);
  const Supervisor::Link* link = supervisor.find(connection);
  push(now, connection, link != nullptr ? link->direction : Direction::Outgoing, std::move(what));
}

void FlightRecorder::quiet(TimePoint now, ConnectionId connection, QuietRun::Kind kind, MessageType sent) {
  // Only the runs behind the latest record are still open, and they are the last ones. What happens again and again
  // stays at the very end: a quiet session never looks at the others
  for (auto run = quiet_.rbegin(); run != quiet_.rend() && run->after == last_number_; ++run) {
    if (run->connection != connection || run->kind != kind || run->sent != sent) continue;
    ++run->count;
    run->last = now;
    run->order = ++last_order_;
    std::rotate(quiet_.rbegin(), run, run + 1);
    return;
  }
  if (quiet_.size() == quiet_.capacity()) quiet_.reserve(quiet_.size() + kUsualRuns / 2);
  quiet_.push_back({last_number_, connection, kind, sent, 1, now, now, ++last_order_});
}

// --- Before the supervisor is told

void FlightRecorder::started(const Supervisor& supervisor, TimePoint now) {
  input(supervisor, now, {}, record::Started{});
}

void FlightRecorder::stopped(const Supervisor& supervisor, TimePoint now, const Stop& stop, bool automatic) {
  input(supervisor, now, {}, record::Stopped{stop, automatic});
}

void FlightRecorder::accepted(const Supervisor& supervisor, TimePoint now) {
  input(supervisor, now, {}, record::Accepted{});
}

void FlightRecorder::opened(const Supervisor& supervisor, TimePoint now, ConnectionId connection, Opens opens) {
  opens_ = std::make_shared<const Opens>(std::move(opens));
  input(supervisor, now, connection, record::OpenReceived{opens_});
}

void FlightRecorder::event(const Supervisor& supervisor, TimePoint now, ConnectionId connection, const Event& event,
                           std::string_view detail) {
  const Supervisor::Link* link = supervisor.find(connection);
  if (link == nullptr) return;
  const bool established = link->fsm.state() == State::Established;
  if (const auto kind = quiet_kind(*link, id(event))) {
    if (was_heard(event)) return;
    heard_ = now;
    quiet(now, connection, *kind);
    return;
  }
  if (established && id(event) != EventId::TcpConnectionFails) heard_ = now;
  if (id(event) == EventId::TcpConnectionFails) {
    input(supervisor, now, connection, record::Failed{std::string(detail.substr(0, kMaxDetail))});
  } else {
    input(supervisor, now, connection, record::Happened{event});
  }
}

void FlightRecorder::timeout(const Supervisor& supervisor, TimePoint now) {
  if (!is_due(supervisor.poll_timeout(), now)) return;
  const auto& links = supervisor.links();
  if (is_due(supervisor.idle_hold_deadline(), now) ||
      std::ranges::any_of(links, [now](const Supervisor::Link& link) { return decides(link, now); })) {
    input(supervisor, now, {}, record::TimedOut{});
    return;
  }
  for (const Supervisor::Link& link : links) {
    if (is_due(link.fsm.deadline(Timer::Keepalive), now)) quiet(now, link.id, QuietRun::Kind::KeepaliveDue);
  }
}

void FlightRecorder::heard(const Supervisor& supervisor, TimePoint now, ConnectionId connection) {
  if (supervisor.find(connection) == nullptr) return;
  heard_ = now;
  quiet(now, connection, QuietRun::Kind::Heard);
}

void FlightRecorder::configured(std::shared_ptr<const PeerConfig> config) {
  config_ = std::move(config);
  older_ = newer_ = {};
}

void FlightRecorder::sent(TimePoint now, ConnectionId connection, MessageType type) {
  quiet(now, connection, QuietRun::Kind::MessageSent, type);
}

void FlightRecorder::offends(BytesView octets) {
  const BytesView kept = octets.first(std::min(octets.size(), kMaxOffending));
  offending_.assign(kept.begin(), kept.end());
  offending_number_ = last_number_ + 1;
}

// --- What the supervisor decided

void FlightRecorder::decided(TimePoint now, ConnectionId connection, Direction direction, Record::What what) {
  push(now, connection, direction, std::move(what));
}

void FlightRecorder::up(TimePoint now, Direction direction) {
  established_at_ = now;
  established_direction_ = direction;
  heard_ = now;
}

void FlightRecorder::down(TimePoint now, const effect::Down& down, const Notification* received,
                          std::string_view detail) {
  std::vector<Family> retained;
  for (const Retention& retention : down.retention) retained.push_back(retention.family);
  last_session_ = SessionEnd{.established_at = established_at_,
                             .ended_at = now,
                             .direction = established_direction_,
                             .event = down.event,
                             .sent = down.sent,
                             .received = received != nullptr ? std::optional(*received) : std::nullopt,
                             .detail = std::string(detail.substr(0, kMaxDetail)),
                             .retained = std::move(retained),
                             .since_heard = now - heard_};
}

Recording FlightRecorder::recording(const Supervisor& present, TimePoint now) const {
  const Snapshot& tail = older_.number != 0 ? older_ : newer_;
  const bool as_made = tail.number != 0 && tail.value == nullptr;
  std::vector<QuietRun> quiet = quiet_;
  std::ranges::sort(quiet, {}, &QuietRun::order);
  return {.config = config_,
          .time = now,
          .records = records_,
          .quiet = std::move(quiet),
          .tail = as_made ? std::make_shared<const Supervisor>(config_, tail.jitter) : tail.value,
          .tail_number = tail.number,
          .present = std::make_shared<const Supervisor>(present),
          .opens = opens_,
          .offending = offending_,
          .offending_number = offending_number_,
          .last_session = last_session_};
}

}  // namespace bgp
