// From a recording to the tree of causes: what is waited for now, because of the latest end, which followed on the end
// of the latest session.
#include "bgp/session/explain.hpp"

#include <algorithm>

#include "explain_end.hpp"

namespace bgp {

namespace {

/// A connection or attempt that ended, as the ring has it.
struct PastEnd {
  End end;
  TimePoint time;
};

bool is_end(const record::Changed& change) {
  if (change.from == State::Idle || change.event == EventId::IdleHoldTimerExpires) return false;
  if (change.to == State::Idle) return true;
  // an attempt that failed, or was too slow, and is followed by waiting or by the next one
  return change.from > change.to ||
         (change.from == State::Connect && change.to == State::Active && change.event == EventId::TcpConnectionFails);
}

class Story {
 public:
  explicit Story(const Recording& recording) : recording_(recording) {}

  Explanation tell();

 private:
  [[nodiscard]] const Supervisor::Link& foremost() const { return recording_.present->foremost(); }
  [[nodiscard]] Duration left(std::optional<TimePoint> deadline) const {
    return deadline ? std::max(*deadline - recording_.time, Duration::zero()) : Duration::zero();
  }
  [[nodiscard]] std::string left_text(Timer timer) const {
    return std::string(to_string(timer)) + ": " + duration_text(left(foremost().fsm.deadline(timer))) + " left";
  }
  [[nodiscard]] std::string ago(TimePoint time) const { return duration_text(recording_.time - time) + " ago"; }

  [[nodiscard]] Reason present() const;
  [[nodiscard]] Reason idle() const;
  [[nodiscard]] Reason waiting(State state) const;
  [[nodiscard]] std::optional<Duration> next_attempt() const;
  [[nodiscard]] std::optional<PastEnd> latest_end() const;
  [[nodiscard]] PastEnd end_at(std::size_t index) const;
  [[nodiscard]] bool is_redial(std::size_t index) const;
  void add_attempts(Explanation& explanation) const;
  void add_session(Explanation& explanation) const;

  const Recording& recording_;
};

Explanation Story::tell() {
  Explanation explanation;
  explanation.state = foremost().fsm.state();
  explanation.why = present();
  explanation.next_attempt = next_attempt();
  explanation.opens = recording_.opens;
  explanation.last_session = recording_.last_session;
  if (explanation.state != State::Established) add_attempts(explanation);
  add_session(explanation);
  if (explanation.state == State::Established && foremost().negotiated->families.empty()) {
    explanation.remedies.emplace_back("no address family is common to both: no route can be exchanged");
  }
  return explanation;
}

// --- What is waited for

Reason Story::present() const {
  const State state = foremost().fsm.state();
  if (state == State::Idle) return idle();
  if (state != State::Established) return waiting(state);
  return {"Established for " + duration_text(recording_.time - *foremost().established_at), "", {}};
}

Reason Story::idle() const {
  const auto deadline = recording_.present->idle_hold_deadline();
  if (!recording_.present->started()) {
    const bool ever = std::ranges::any_of(
        recording_.records, [](const Record& record) { return std::holds_alternative<record::Stopped>(record.what); });
    return {ever ? "Idle: stopped here" : "Idle: not started", "RFC 4271 8.2.2 Idle", {}};
  }
  if (!deadline) return {"Idle", "RFC 4271 8.2.2 Idle", {}};
  return {"Idle: waits " + duration_text(left(deadline)) + " before the next attempt, number " +
              std::to_string(recording_.present->connect_retry_counter() + 1) + " since it last went well",
          "RFC 4271 8.1.1, DampPeerOscillations",
          {}};
}

Reason Story::waiting(State state) const {
  const Supervisor::Link& link = foremost();
  switch (state) {
    case State::Connect:
      if (link.fsm.deadline(Timer::DelayOpen)) {
        return {"Connect: delays its OPEN (" + left_text(Timer::DelayOpen) + ")", "RFC 4271 8.2.2 Connect", {}};
      }
      return {"Connect: waits for the TCP connection (" + left_text(Timer::ConnectRetry) + ")",
              "RFC 4271 8.2.2 Connect",
              {}};
    case State::Active:
      if (recording_.config->attributes.passive) {
        return {"Active: waits for the peer to open a connection, for we never do (passive)", "RFC 4271 8.1.1", {}};
      }
      return {"Active: dials again (" + left_text(Timer::ConnectRetry) + "), or takes a connection of the peer",
              "RFC 4271 8.2.2 Active",
              {}};
    case State::OpenSent:
      if (link.held_until) {
        return {"OpenSent: the peer's OPEN is held until it is clear which of two connections survives",
                "RFC 4271 6.8",
                {}};
      }
      return {"OpenSent: waits for the peer's OPEN (" + left_text(Timer::Hold) + ")", "RFC 4271 8.2.2 OpenSent", {}};
    default:
      return {"OpenConfirm: waits for the peer's KEEPALIVE (" + left_text(Timer::Hold) + ")",
              "RFC 4271 8.2.2 OpenConfirm",
              {}};
  }
}

std::optional<Duration> Story::next_attempt() const {
  const State state = foremost().fsm.state();
  std::optional<TimePoint> deadline;
  if (state == State::Idle) deadline = recording_.present->idle_hold_deadline();
  if (state == State::Active) deadline = foremost().fsm.deadline(Timer::ConnectRetry);
  return deadline ? std::optional(left(deadline)) : std::nullopt;
}

// --- What was before

PastEnd Story::end_at(std::size_t index) const {
  const std::vector<Record>& records = recording_.records;
  const Record& record = records[index];
  const auto& change = std::get<record::Changed>(record.what);
  PastEnd past{{.from = change.from,
                .event = change.event,
                .direction = record.direction,
                .sent = {},
                .received = {},
                .detail = {},
                .since_heard = {},
                .offending = {}},
               record.time};
  // the input that caused it stands before, the NOTIFICATION of its connection behind
  for (std::size_t i = index; i-- > 0;) {
    if (!records[i].is_input()) continue;
    if (const auto* failed = std::get_if<record::Failed>(&records[i].what)) past.end.detail = failed->detail;
    if (const auto* happened = std::get_if<record::Happened>(&records[i].what)) {
      if (const auto* message = std::get_if<event::NotifMsg>(&happened->event)) past.end.received = message->received;
      if (id(happened->event) == EventId::NotifMsgVerErr) {
        past.end.received = Notification{ErrorCode::OpenMessage, open_error::kUnsupportedVersionNumber, {}};
      }
      if (records[i].number == recording_.offending_number) past.end.offending = recording_.offending;
    }
    break;
  }
  for (std::size_t i = index + 1; i < records.size() && !records[i].is_input(); ++i) {
    const auto* closed = std::get_if<record::Closed>(&records[i].what);
    if (closed == nullptr || records[i].connection != record.connection) continue;
    past.end.sent = closed->notification;
    break;
  }
  return past;
}

/// An attempt was given up for the next one without a change of state (8.2.2 Connect, Event 9).
bool Story::is_redial(std::size_t index) const {
  const std::vector<Record>& records = recording_.records;
  return index >= 2 && std::holds_alternative<record::Dialed>(records[index].what) &&
         std::holds_alternative<record::Closed>(records[index - 1].what) &&
         std::holds_alternative<record::TimedOut>(records[index - 2].what);
}

std::optional<PastEnd> Story::latest_end() const {
  for (std::size_t i = recording_.records.size(); i-- > 0;) {
    const auto* change = std::get_if<record::Changed>(&recording_.records[i].what);
    // a lost collision is no failure
    if (change != nullptr && is_end(*change) && change->event != EventId::OpenCollisionDump) return end_at(i);
    if (is_redial(i)) {
      return PastEnd{{.from = State::Connect,
                      .event = EventId::ConnectRetryTimerExpires,
                      .direction = Direction::Outgoing,
                      .sent = {},
                      .received = {},
                      .detail = {},
                      .since_heard = {},
                      .offending = {}},
                     recording_.records[i].time};
    }
  }
  return std::nullopt;
}

void Story::add_attempts(Explanation& explanation) const {
  const std::optional<PastEnd> past = latest_end();
  if (!past || past->end.from == State::Established) return;
  EndInWords words = in_words(past->end, *recording_.config);
  words.reason.what = "the latest attempt ended " + ago(past->time) + ": " + words.reason.what;
  explanation.ended_by = words.by;
  explanation.why.because.push_back(std::move(words.reason));
  explanation.offending.assign(past->end.offending.begin(), past->end.offending.end());
  std::ranges::move(words.remedies, std::back_inserter(explanation.remedies));
}

void Story::add_session(Explanation& explanation) const {
  if (!recording_.last_session) return;
  const SessionEnd& session = *recording_.last_session;
  const bool refused = recording_.offending_number != 0 && session.sent &&
                       (session.event == EventId::UpdateMsgErr || session.event == EventId::BgpHeaderErr ||
                        session.event == EventId::RouteRefreshMsgErr);
  EndInWords words = in_words({.from = State::Established,
                               .event = session.event,
                               .direction = session.direction,
                               .sent = session.sent,
                               .received = session.received,
                               .detail = session.detail,
                               .since_heard = session.since_heard,
                               .offending = refused ? BytesView(recording_.offending) : BytesView{}},
                              *recording_.config);
  const bool up = explanation.state == State::Established;
  words.reason.what = std::string(up ? "the session before" : "the session") + " ended " + ago(session.ended_at) +
                      ", after " + duration_text(session.ended_at - session.established_at) + ": " + words.reason.what;
  if (!session.retained.empty()) {
    std::string families;
    for (const Family family : session.retained) families.append(" ").append(to_string(family));
    words.reason.because.push_back({"its routes are retained for" + families, "RFC 4724 4.2", {}});
  }
  const bool attempts_failed = !explanation.why.because.empty();
  Reason& parent = attempts_failed ? explanation.why.because.front() : explanation.why;
  parent.because.push_back(std::move(words.reason));
  if (up) return;
  if (!attempts_failed) explanation.ended_by = words.by;
  if (refused) explanation.offending = recording_.offending;
  std::ranges::move(words.remedies, std::back_inserter(explanation.remedies));
}

void append_hex(std::string& text, BytesView octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const std::uint8_t octet : octets) text.append({kDigits[octet >> 4], kDigits[octet & 15]});
}

void append(std::string& text, const Reason& reason, std::size_t depth) {
  text.append(2 * depth, ' ').append(depth == 0 ? "" : "because ").append(reason.what);
  if (!reason.rfc.empty()) text.append(" (").append(reason.rfc).append(")");
  text += '\n';
  for (const Reason& cause : reason.because) append(text, cause, depth + 1);
}

}  // namespace

std::string_view to_string(EndedBy who) {
  switch (who) {
    case EndedBy::Nobody: return "nobody";
    case EndedBy::Operator: return "operator";
    case EndedBy::Us: return "us";
    case EndedBy::Peer: return "peer";
    case EndedBy::Network: return "network";
  }
  return "nobody";
}

Explanation explain(const Recording& recording) { return Story(recording).tell(); }

std::string to_string(const Explanation& explanation) {
  std::string text;
  append(text, explanation.why, 0);
  for (const std::string& remedy : explanation.remedies) text.append("try: ").append(remedy).append("\n");
  if (!explanation.offending.empty()) {
    text += "refused: ";
    append_hex(text, explanation.offending);
    text += '\n';
  }
  if (explanation.opens != nullptr) {
    text.append("our OPEN:  ").append(to_string(explanation.opens->sent.unpack())).append("\n");
    text.append("its OPEN:  ").append(to_string(explanation.opens->received.unpack())).append("\n");
  }
  return text;
}

}  // namespace bgp
