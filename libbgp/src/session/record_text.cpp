// Records in words, for a timeline.
#include "bgp/session/recorder.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp {

namespace {

std::string text(const record::Started&) { return "started"; }
std::string text(const record::Stopped& what) {
  return (what.automatic ? "stopped by a limit: " : "stopped: ") + to_string(what.stop.notification());
}
std::string text(const record::Accepted&) { return "accepted a connection"; }
std::string text(const record::OpenReceived& what) { return "received " + to_string(what.opens->received.unpack()); }
std::string text(const record::Failed& what) {
  std::string text(to_string(EventId::TcpConnectionFails));
  if (!what.detail.empty()) text += ": " + what.detail;
  return text;
}
std::string text(const record::Happened& what) {
  std::string text(to_string(id(what.event)));
  if (const auto* message = std::get_if<event::NotifMsg>(&what.event)) text += " " + to_string(message->received);
  return text;
}
std::string text(const record::TimedOut&) { return "timers due"; }
std::string text(const record::Changed& what) {
  return "state " + std::string(to_string(what.from)) + " -> " + std::string(to_string(what.to)) + " (" +
         std::string(to_string(what.event)) + ")";
}
std::string text(const record::Dialed&) { return "dials"; }
std::string text(const record::Closed& what) {
  return what.notification ? "closes, with NOTIFICATION " + to_string(*what.notification) : "closes";
}

}  // namespace

std::string to_string(const Record& record) {
  return std::visit([](const auto& what) { return text(what); }, record.what);
}

}  // namespace bgp
