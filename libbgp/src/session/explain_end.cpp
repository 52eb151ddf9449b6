// One end in words: by what it was caused, who is behind it, which rule, and what may help.
#include "explain_end.hpp"

#include "bgp/wire/notification.hpp"

namespace bgp {

namespace {

constexpr std::string_view kReachable =
    "is the peer's address right, is it reachable, and is TCP port 179 open on the way?";
constexpr std::string_view kConfigured =
    "does the peer have this speaker configured, with the address that we dial from, and is it started there?";

std::string quoted(std::string_view detail) { return detail.empty() ? "" : ": " + std::string(detail); }

std::string on_connection(Direction direction) {
  return direction == Direction::Incoming ? " on the connection that the peer opened" : "";
}

EndInWords hold_expired(const End& end, const PeerConfig& config) {
  if (end.from == State::OpenSent) {
    return {
        EndedBy::Peer,
        {"no OPEN came within " + duration_text(config.attributes.large_hold_time) + " of a connection that is open",
         "RFC 4271 8.2.2 OpenSent, Event 10",
         {}},
        {std::string(kConfigured), "does anything between the two accept TCP connections in the peer's place?"}};
  }
  if (end.from == State::OpenConfirm) {
    return {EndedBy::Peer,
            {"the HoldTimer expired: no KEEPALIVE answered our OPEN", "RFC 4271 8.2.2 OpenConfirm, Event 10", {}},
            {"does the peer accept our OPEN? Its log says"}};
  }
  return {
      EndedBy::Peer,
      {"the HoldTimer expired: nothing came from the peer for " + duration_text(end.since_heard), "RFC 4271 6.5", {}},
      {"is the peer alive and the path whole?", "are long packets lost on the way (MTU), or is the peer overloaded?"}};
}

EndInWords transport_failed(const End& end) {
  switch (end.from) {
    case State::Connect:
    case State::Active:
      return {EndedBy::Network,
              {"the TCP connection could not be opened" + quoted(end.detail), "RFC 4271 8.2.2 Connect, Event 18", {}},
              {std::string(kReachable), "does the peer listen there? An MD5 key that differs looks like silence"}};
    case State::OpenSent:
      return {EndedBy::Peer,
              {"the peer closed the connection without answering our OPEN" + quoted(end.detail),
               "RFC 4271 8.2.2 OpenSent, Event 18",
               {}},
              {std::string(kConfigured)}};
    default:
      return {EndedBy::Network,
              {"the TCP connection was lost" + quoted(end.detail), "RFC 4271 8.2.2, Event 18", {}},
              {"did the peer restart, or does a device on the path drop connections?"}};
  }
}

EndInWords notification_received(const End& end, const PeerConfig& config) {
  const Notification received = end.received.value_or(Notification{});
  NotificationInWords words = received_in_words(received, config);
  EndInWords result{EndedBy::Peer,
                    {"the peer sent NOTIFICATION " + to_string(received) + on_connection(end.direction), words.rfc, {}},
                    {}};
  if (!words.meaning.empty()) result.reason.because.push_back({std::move(words.meaning), "", {}});
  if (!words.remedy.empty()) result.remedies.push_back(std::move(words.remedy));
  return result;
}

EndInWords message_refused(const End& end, const PeerConfig& config) {
  const Notification sent = end.sent.value_or(Notification{});
  NotificationInWords words = sent_in_words(sent, end.offending, config);
  EndInWords result{
      EndedBy::Us, {"we sent NOTIFICATION " + to_string(sent) + on_connection(end.direction), words.rfc, {}}, {}};
  if (!words.meaning.empty()) result.reason.because.push_back({std::move(words.meaning), "", {}});
  if (!words.remedy.empty()) result.remedies.push_back(std::move(words.remedy));
  return result;
}

EndInWords stopped(const End& end, EndedBy who) {
  std::string what = who == EndedBy::Operator ? "it was stopped here" : "a limit here was reached";
  if (end.sent) what += ", with NOTIFICATION " + to_string(*end.sent);
  return {
      who, {std::move(what), who == EndedBy::Operator ? "RFC 4271 8.1.2, Event 2" : "RFC 4271 8.1.2, Event 8", {}}, {}};
}

}  // namespace

EndInWords in_words(const End& end, const PeerConfig& config) {
  switch (end.event) {
    case EventId::ManualStop: return stopped(end, EndedBy::Operator);
    case EventId::AutomaticStop: return stopped(end, EndedBy::Us);
    case EventId::HoldTimerExpires: return hold_expired(end, config);
    case EventId::ConnectRetryTimerExpires:
      return {EndedBy::Network,
              {"the TCP connection was not open within " + duration_text(config.attributes.connect_retry_time),
               "RFC 4271 8.2.2 Connect, Event 9",
               {}},
              {std::string(kReachable)}};
    case EventId::SendHoldTimerExpires:
      return {EndedBy::Us,
              {"the SendHoldTimer expired: the peer took nothing of what we had to send", "RFC 9687 4.3", {}},
              {"does the peer still read? It may be overloaded, or stuck"}};
    case EventId::TcpConnectionFails: return transport_failed(end);
    case EventId::TcpConnectionConfirmed:
    case EventId::TcpCrAcked:
      return {EndedBy::Peer,
              {"the peer, which has graceful restart, opened a new connection in its place", "RFC 4724 4.2", {}},
              {}};
    case EventId::OpenCollisionDump:
      return {EndedBy::Us, {"of two connections with the peer the other one was kept", "RFC 4271 6.8", {}}, {}};
    case EventId::NotifMsg:
    case EventId::NotifMsgVerErr: return notification_received(end, config);
    default: return message_refused(end, config);
  }
}

std::string duration_text(Duration duration) {
  using std::chrono::milliseconds;
  const std::int64_t total = std::chrono::duration_cast<milliseconds>(duration).count();
  if (total < 1000) return std::to_string(total) + " ms";
  const std::int64_t tenths = (total + 50) / 100;
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text + " s";
}

}  // namespace bgp
