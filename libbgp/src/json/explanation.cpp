#include "bgp/json/messages.hpp"
#include "bgp/json/recording.hpp"
#include "bgp/json/state.hpp"
#include "fields.hpp"

namespace bgp {

namespace {

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

boost::json::object to_json(const Reason& reason) {
  boost::json::object json{{"what", reason.what}};
  if (!reason.rfc.empty()) json["rfc"] = reason.rfc;
  if (reason.because.empty()) return json;
  boost::json::array because;
  for (const Reason& cause : reason.because) because.emplace_back(to_json(cause));
  json["because"] = std::move(because);
  return json;
}

boost::json::object to_json(const SessionEnd& end) {
  boost::json::object json{{"lasted", seconds(end.ended_at - end.established_at)},
                           {"direction", to_string(end.direction)},
                           {"event", static_cast<unsigned>(end.event)},
                           {"event_name", to_string(end.event)},
                           {"since_heard", seconds(end.since_heard)},
                           {"retained", families(end.retained)}};
  if (end.sent) json["sent"] = to_json(*end.sent);
  if (end.received) json["received"] = to_json(*end.received);
  if (!end.detail.empty()) json["detail"] = end.detail;
  return json;
}

}  // namespace

boost::json::object to_json(const Explanation& explanation) {
  boost::json::array remedies;
  for (const std::string& remedy : explanation.remedies) remedies.emplace_back(remedy);
  boost::json::object json{{"state", to_json(explanation.state)},
                           {"ended_by", to_string(explanation.ended_by)},
                           {"why", to_json(explanation.why)},
                           {"remedies", std::move(remedies)}};
  if (explanation.next_attempt) json["next_attempt"] = seconds(*explanation.next_attempt);
  if (!explanation.offending.empty()) json["refused"] = hex(explanation.offending);
  if (explanation.opens != nullptr) {
    json["opens"] = boost::json::object{{"sent", to_json(explanation.opens->sent.unpack())},
                                        {"received", to_json(explanation.opens->received.unpack())}};
  }
  if (explanation.last_session) json["last_session"] = to_json(*explanation.last_session);
  return json;
}

}  // namespace bgp
