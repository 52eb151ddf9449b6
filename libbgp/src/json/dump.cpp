// A recording as a line of a scenario file.
#include "dump.hpp"

#include <algorithm>

#include "bgp/json/messages.hpp"
#include "bgp/json/recording.hpp"
#include "bgp/json/state.hpp"
#include "fields.hpp"

namespace bgp {

namespace {

namespace json = boost::json;

std::int64_t ns(TimePoint time) { return time.time_since_epoch().count(); }
json::value ns(std::optional<TimePoint> time) { return time ? json::value(ns(*time)) : json::value(nullptr); }
double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }
json::value seed_of(const Jitter& jitter) { return jitter.seed() ? json::value(*jitter.seed()) : json::value(nullptr); }

template <class Names, class Key>
json::string name_of(const Names& names, Key key) {
  return json::string(std::ranges::find(names, key, [](const auto& pair) { return pair.first; })->second);
}

json::object notification_of(const Notification& notification) {
  return {{"code", static_cast<unsigned>(notification.code)},
          {"sub", notification.subcode},
          {"data", hex(notification.data)}};
}

// --- The configuration, in the keys of every scenario

json::value graceful_restart_of(const PeerConfig& config) {
  if (!config.graceful_restart) return nullptr;
  return json::object{{"helper", true},
                      {"nbit", config.graceful_restart->notification},
                      {"restart_time", config.graceful_restart->restart_time}};
}

json::array required_of(const PeerConfig& config) {
  json::array required;
  for (const Family family : config.required_families) {
    required.push_back(json::array{static_cast<unsigned>(family.afi), static_cast<unsigned>(family.safi)});
  }
  return required;
}

json::object config_of(const PeerConfig& config) {
  const SessionAttributes& attributes = config.attributes;
  const bool jittered = true;  // the deadlines of the steps are those of the session
  return {{"local_as", config.local_asn},
          {"local_id", to_string(config.local_identifier)},
          {"peer_as", config.remote_asn},
          {"hold_time", attributes.hold_time},
          {"connect_retry_time", seconds(attributes.connect_retry_time)},
          {"hold_time_large", seconds(attributes.large_hold_time)},
          {"delay_open", attributes.delay_open},
          {"delay_open_time", seconds(attributes.delay_open_time)},
          {"passive", attributes.passive},
          {"damp", attributes.damp_peer_oscillations},
          {"damping", json::object{{"first", seconds(config.idle_hold.first)},
                                   {"factor", 2},
                                   {"max", seconds(config.idle_hold.longest)},
                                   {"forget", seconds(config.idle_hold.forget)}}},
          {"most_automatic_starts", config.most_automatic_starts},
          {"send_notification_without_open", attributes.send_notification_without_open},
          {"collision_detect_established", attributes.collision_detect_established},
          {"send_hold_time",
           attributes.send_hold_time ? json::value(seconds(*attributes.send_hold_time)) : json::value(nullptr)},
          {"jitter", jittered},
          {"role", nullptr},
          {"role_strict", false},
          {"gr", graceful_restart_of(config)},
          {"extended_messages", config.extended_message},
          {"required_families", required_of(config)},
          {"collision", config.collision == CollisionPolicy::HoldLoser ? "hold_loser" : "rfc4271"},
          {"same_direction", config.same_direction == SameDirection::Newest ? "newest" : "refuse"},
          {"gr_takeover", config.graceful_takeover == GracefulTakeover::ValidOpen ? "open" : "rfc4724"},
          {"gr_restart_pause", seconds(config.graceful_restart_pause)},
          {"idle_refusal", config.idle_refusal == IdleRefusal::SilentWhileDamped ? "silent_while_damped" : "rfc4486"}};
}

// --- The supervisor at the tail

json::object link_of(const Supervisor::Link& link) {
  const Fsm::Setup setup = link.fsm.setup();
  json::object deadlines;
  for (const auto& [timer, name] : dump_names::kTimers) {
    if (const auto deadline = setup.deadlines.deadline(timer)) deadlines[name] = ns(*deadline);
  }
  json::object object{{"connection", std::to_underlying(link.id)},
                      {"direction", to_string(link.direction)},
                      {"state", to_json(setup.state)},
                      {"jitter", seed_of(setup.jitter)},
                      {"deadlines", std::move(deadlines)},
                      {"terms", json::object{{"hold_time", setup.terms.hold_time.count()},
                                             {"internal", setup.terms.internal},
                                             {"graceful_restart", setup.terms.graceful_restart},
                                             {"notification_graceful", setup.terms.notification_graceful}}},
                      {"held_until", ns(link.held_until)},
                      {"established_at", ns(link.established_at)},
                      {"established_mark", link.established_mark}};
  if (link.open) object["open"] = hex(link.open.octets());
  return object;
}

json::object snapshot_of(const Supervisor& supervisor) {
  const Supervisor::Values values = supervisor.values();
  json::array links;
  for (const Supervisor::Link& link : values.links) links.push_back(link_of(link));
  return {{"jitter", seed_of(values.jitter)},
          {"links", std::move(links)},
          {"last_id", values.last_id},
          {"started", values.started},
          {"counter", values.connect_retry_counter},
          {"idle_hold_time", values.idle_hold_time.count()},
          {"automatic_starts", values.automatic_starts},
          {"idle_hold_deadline", ns(values.idle_hold_deadline)},
          {"last_immediate_restart", ns(values.last_immediate_restart)},
          {"accepts_in_idle", values.accepts_in_idle},
          {"last_refusal", ns(values.last_refusal)}};
}

// --- The steps

json::object input_of(const record::Started&) { return {{"kind", "admin"}, {"op", "start"}}; }
json::object input_of(const record::Stopped& what) {
  json::object input{{"kind", what.automatic ? "auto_stop" : "admin"},
                     {"sub", what.stop.subcode},
                     {"data", hex(what.stop.data)},
                     {"graceful", what.stop.graceful}};
  if (!what.automatic) input["op"] = "stop";
  return input;
}
json::object input_of(const record::Accepted&) { return {{"kind", "tcp"}, {"op", "accepted"}}; }
json::object input_of(const record::OpenReceived& what) {
  return {{"kind", "rx"}, {"sent", hex(what.opens->sent.octets())}, {"hex", hex(what.opens->received.octets())}};
}
json::object input_of(const record::TimedOut&) { return {{"kind", "timer"}}; }
json::object injected(EventId event) {
  return {{"kind", "inject"}, {"event", static_cast<unsigned>(event)}, {"name", to_string(event)}};
}
json::object input_of(const record::Failed& what) {
  json::object input = injected(EventId::TcpConnectionFails);
  if (!what.detail.empty()) input["detail"] = what.detail;
  return input;
}
json::object input_of(const record::Happened& what) {
  json::object input = injected(id(what.event));
  std::visit(
      [&input](const auto& event) {
        if constexpr (requires { event.error; }) input["notification"] = notification_of(event.error);
        if constexpr (requires { event.received; }) input["notification"] = notification_of(event.received);
        if constexpr (requires { event.hard_reset; }) input["hard_reset"] = event.hard_reset;
      },
      what.event);
  return input;
}
template <class Decision>
json::object input_of(const Decision&) {
  return {};
}

json::object step_of(const Record& record) {
  json::object input = std::visit([](const auto& what) { return input_of(what); }, record.what);
  input["connection"] = std::to_underlying(record.connection);
  return {{"t", ns(record.time)}, {"input", std::move(input)}, {"expect", json::object{{"changes", json::array{}}}}};
}

json::object change_of(const Record& record, const record::Changed& change) {
  return {{"connection", std::to_underlying(record.connection)},
          {"direction", to_string(record.direction)},
          {"from", to_json(change.from)},
          {"to", to_json(change.to)},
          {"event", static_cast<unsigned>(change.event)}};
}

json::object step_of(const QuietRun& run) {
  json::object input{{"kind", "quiet"},
                     {"connection", std::to_underlying(run.connection)},
                     {"what", name_of(dump_names::kQuiet, run.kind)},
                     {"count", run.count},
                     {"first", ns(run.first)}};
  if (run.kind == QuietRun::Kind::MessageSent) input["type"] = static_cast<unsigned>(run.sent);
  return {{"t", ns(run.last)}, {"input", std::move(input)}, {"expect", json::object{{"changes", json::array{}}}}};
}

json::array steps_of(const Recording& recording) {
  std::vector<QuietRun> quiet = recording.quiet;
  std::ranges::sort(quiet, {}, &QuietRun::order);
  json::array steps;
  for (const Record& record : recording.records) {
    if (record.number < recording.tail_number) continue;
    if (record.is_input()) steps.push_back(step_of(record));
    const auto* change = std::get_if<record::Changed>(&record.what);
    if (change != nullptr && !steps.empty()) {
      steps.back().at("expect").at("changes").as_array().push_back(change_of(record, *change));
    }
    for (const QuietRun& run : quiet) {
      if (run.after == record.number) steps.push_back(step_of(run));
    }
  }
  return steps;
}

}  // namespace

boost::json::object dump(const Recording& recording) {
  json::object scenario{{"id", "dump"},
                        {"title", "recorded by a session"},
                        {"tags", json::array{"dump"}},
                        {"config", config_of(*recording.config)},
                        {"our_open", hex(encode_open(make_open(*recording.config)))}};
  if (recording.tail != nullptr) scenario["snapshot"] = snapshot_of(*recording.tail);
  scenario["steps"] = steps_of(recording);
  scenario["at"] = ns(recording.time);
  scenario["present"] = to_json(recording.present->foremost().fsm.state());
  scenario["why"] = to_json(explain(recording));
  return scenario;
}

}  // namespace bgp
