// A dump read back.
#include <algorithm>
#include <boost/json/value.hpp>
#include <stdexcept>

#include "bgp/json/recording.hpp"
#include "dump.hpp"

namespace bgp {

namespace {

namespace json = boost::json;

TimePoint time_of(const json::value& value) { return TimePoint{Duration{value.to_number<std::int64_t>()}}; }
std::optional<TimePoint> optional_time_of(const json::value& value) {
  return value.is_null() ? std::nullopt : std::optional(time_of(value));
}
Duration seconds_of(const json::value& value) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(value.to_number<double>()));
}
Jitter jitter_of(const json::value& value) {
  return value.is_null() ? Jitter{} : Jitter(value.to_number<std::uint64_t>());
}
std::string_view text_of(const json::value& value) { return value.as_string(); }
ConnectionId connection_of(const json::value& value) { return ConnectionId{value.to_number<std::uint64_t>()}; }
Direction direction_of(const json::value& value) {
  return text_of(value) == to_string(Direction::Incoming) ? Direction::Incoming : Direction::Outgoing;
}

State state_of(const json::value& value) {
  for (auto state = State::Idle; state <= State::Established;
       state = static_cast<State>(std::to_underlying(state) + 1)) {
    if (text_of(value) == to_string(state)) return state;
  }
  throw std::runtime_error("no such state: " + std::string(text_of(value)));
}

std::uint8_t nibble_of(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
  throw std::runtime_error("not lower-case hexadecimal");
}

Bytes octets_of(const json::value& value) {
  const std::string_view digits = text_of(value);
  if (digits.size() % 2 != 0) throw std::runtime_error("an odd number of hexadecimal digits");
  Bytes octets;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    octets.push_back(static_cast<std::uint8_t>(nibble_of(digits[i]) << 4 | nibble_of(digits[i + 1])));
  }
  return octets;
}

PackedOpen open_of(const json::value& value) {
  const Bytes octets = octets_of(value);
  if (octets.size() < kHeaderSize) throw std::runtime_error("an OPEN is too short");
  if (!decode_open(BytesView(octets).subspan(kHeaderSize))) throw std::runtime_error("an OPEN is malformed");
  return PackedOpen(octets);
}

Notification notification_of(const json::value& value) {
  return {static_cast<ErrorCode>(value.at("code").to_number<std::uint8_t>()), value.at("sub").to_number<std::uint8_t>(),
          octets_of(value.at("data"))};
}

// --- The configuration

SessionAttributes attributes_of(const json::object& from) {
  SessionAttributes attributes;
  attributes.connect_retry_time = seconds_of(from.at("connect_retry_time"));
  attributes.hold_time = from.at("hold_time").to_number<std::uint16_t>();
  attributes.large_hold_time = seconds_of(from.at("hold_time_large"));
  if (!from.at("send_hold_time").is_null()) attributes.send_hold_time = seconds_of(from.at("send_hold_time"));
  attributes.delay_open = from.at("delay_open").as_bool();
  attributes.delay_open_time = seconds_of(from.at("delay_open_time"));
  attributes.passive = from.at("passive").as_bool();
  attributes.damp_peer_oscillations = from.at("damp").as_bool();
  attributes.send_notification_without_open = from.at("send_notification_without_open").as_bool();
  attributes.collision_detect_established = from.at("collision_detect_established").as_bool();
  return attributes;
}

// What a supervisor reads. What was offered and required has had its say: the OPENs of the dump were accepted.
PeerConfig config_of(const json::object& from, const OpenMessage& our_open) {
  PeerConfig config;
  config.local_asn = from.at("local_as").to_number<std::uint32_t>();
  config.local_identifier = BgpIdentifier::parse(text_of(from.at("local_id"))).value();
  config.remote_asn = from.at("peer_as").to_number<std::uint32_t>();
  config.attributes = attributes_of(from);
  const json::object& damping = from.at("damping").as_object();
  config.idle_hold = {seconds_of(damping.at("first")), seconds_of(damping.at("max")), seconds_of(damping.at("forget"))};
  config.most_automatic_starts = from.at("most_automatic_starts").to_number<std::uint32_t>();
  config.families = our_open.families();
  if (const auto* restart = our_open.find<capability::GracefulRestart>()) config.graceful_restart = *restart;
  const auto is = [&from](const char* key, std::string_view name) { return text_of(from.at(key)) == name; };
  config.collision = is("collision", "hold_loser") ? CollisionPolicy::HoldLoser : CollisionPolicy::Rfc4271;
  config.same_direction = is("same_direction", "newest") ? SameDirection::Newest : SameDirection::Refuse;
  config.graceful_takeover = is("gr_takeover", "open") ? GracefulTakeover::ValidOpen : GracefulTakeover::Rfc4724;
  config.idle_refusal =
      is("idle_refusal", "silent_while_damped") ? IdleRefusal::SilentWhileDamped : IdleRefusal::Rfc4486;
  config.graceful_restart_pause = seconds_of(from.at("gr_restart_pause"));
  return config;
}

// --- The snapshot

Supervisor::Link link_of(const json::object& from, const PeerConfig& config, const OpenMessage& our_open) {
  Fsm::Setup setup;
  setup.state = state_of(from.at("state"));
  setup.jitter = jitter_of(from.at("jitter"));
  for (const auto& [timer, name] : dump_names::kTimers) {
    if (const json::value* deadline = from.at("deadlines").as_object().if_contains(name)) {
      setup.deadlines.start(timer, time_of(*deadline));
    }
  }
  const json::object& terms = from.at("terms").as_object();
  setup.terms = {.hold_time = Duration{terms.at("hold_time").to_number<std::int64_t>()},
                 .internal = terms.at("internal").as_bool(),
                 .graceful_restart = terms.at("graceful_restart").as_bool(),
                 .notification_graceful = terms.at("notification_graceful").as_bool()};
  Supervisor::Link link(connection_of(from.at("connection")), direction_of(from.at("direction")),
                        Fsm(config.attributes, setup));
  link.held_until = optional_time_of(from.at("held_until"));
  link.established_at = optional_time_of(from.at("established_at"));
  link.established_mark = from.at("established_mark").to_number<std::uint64_t>();
  if (const json::value* open = from.if_contains("open")) {
    link.open = open_of(*open);
    if (auto terms_agreed = negotiate(our_open, link.open.unpack(), config)) link.negotiated = *std::move(terms_agreed);
  }
  return link;
}

Supervisor supervisor_of(const json::object& from, std::shared_ptr<const PeerConfig> config,
                         const OpenMessage& our_open) {
  Supervisor::Values values;
  values.jitter = jitter_of(from.at("jitter"));
  for (const json::value& link : from.at("links").as_array()) {
    values.links.push_back(link_of(link.as_object(), *config, our_open));
  }
  if (values.links.empty()) throw std::runtime_error("a snapshot without the FSM of the configured peering");
  values.last_id = from.at("last_id").to_number<std::uint64_t>();
  values.started = from.at("started").as_bool();
  values.connect_retry_counter = from.at("counter").to_number<std::uint32_t>();
  values.idle_hold_time = Duration{from.at("idle_hold_time").to_number<std::int64_t>()};
  values.automatic_starts = from.at("automatic_starts").to_number<std::uint32_t>();
  values.idle_hold_deadline = optional_time_of(from.at("idle_hold_deadline"));
  values.last_immediate_restart = optional_time_of(from.at("last_immediate_restart"));
  values.accepts_in_idle = from.at("accepts_in_idle").as_bool();
  values.last_refusal = optional_time_of(from.at("last_refusal"));
  return Supervisor(std::move(config), std::move(values));
}

// --- The steps

Event event_of(const json::object& input) {
  const auto error = [&input] { return notification_of(input.at("notification")); };
  switch (static_cast<EventId>(input.at("event").to_number<std::uint8_t>())) {
    case EventId::TcpCrAcked: return event::TcpCrAcked{};
    case EventId::TcpConnectionConfirmed: return event::TcpConnectionConfirmed{};
    case EventId::BgpOpen: return event::BgpOpen{};
    case EventId::BgpHeaderErr: return event::BgpHeaderErr{error()};
    case EventId::BgpOpenMsgErr: return event::BgpOpenMsgErr{error()};
    case EventId::OpenCollisionDump: return event::OpenCollisionDump{};
    case EventId::NotifMsgVerErr: return event::NotifMsgVerErr{input.at("hard_reset").as_bool()};
    case EventId::NotifMsg: return event::NotifMsg{error(), input.at("hard_reset").as_bool()};
    case EventId::KeepAliveMsg: return event::KeepAliveMsg{};
    case EventId::UpdateMsg: return event::UpdateMsg{};
    case EventId::UpdateMsgErr: return event::UpdateMsgErr{error()};
    case EventId::RouteRefreshMsg: return event::RouteRefreshMsg{};
    case EventId::RouteRefreshMsgErr: return event::RouteRefreshMsgErr{error()};
    default: throw std::runtime_error("an event that no connection is told of");
  }
}

record::Stopped stopped_of(const json::object& input, bool automatic) {
  return {{input.at("sub").to_number<std::uint8_t>(), octets_of(input.at("data")), input.at("graceful").as_bool()},
          automatic};
}

Record::What what_of(const json::object& input) {
  const std::string_view kind = text_of(input.at("kind"));
  if (kind == "admin" && text_of(input.at("op")) == "start") return record::Started{};
  if (kind == "admin" || kind == "auto_stop") return stopped_of(input, kind == "auto_stop");
  if (kind == "tcp") return record::Accepted{};
  if (kind == "timer") return record::TimedOut{};
  if (kind == "inject") {
    if (input.at("event").to_number<std::uint8_t>() != std::to_underlying(EventId::TcpConnectionFails)) {
      return record::Happened{event_of(input)};
    }
    const json::value* detail = input.if_contains("detail");
    return record::Failed{detail == nullptr ? "" : std::string(text_of(*detail))};
  }
  if (kind == "rx") {
    return record::OpenReceived{
        std::make_shared<const Opens>(Opens{open_of(input.at("sent")), open_of(input.at("hex"))})};
  }
  throw std::runtime_error("no such input: " + std::string(kind));
}

QuietRun quiet_of(const json::object& input, TimePoint last) {
  const std::string_view what = text_of(input.at("what"));
  const auto kind = std::ranges::find(dump_names::kQuiet, what, [](const auto& pair) { return pair.second; });
  if (kind == dump_names::kQuiet.end()) throw std::runtime_error("no such quiet run: " + std::string(what));
  QuietRun run;
  run.connection = connection_of(input.at("connection"));
  run.kind = kind->first;
  if (const json::value* type = input.if_contains("type")) {
    run.sent = static_cast<MessageType>(type->to_number<std::uint8_t>());
  }
  run.count = input.at("count").to_number<std::uint64_t>();
  run.first = time_of(input.at("first"));
  run.last = last;
  return run;
}

void read_step(const json::object& step, Recording& recording) {
  const TimePoint time = time_of(step.at("t"));
  const json::object& input = step.at("input").as_object();
  const std::uint64_t last = recording.records.empty() ? 0 : recording.records.back().number;
  if (text_of(input.at("kind")) == "quiet") {
    QuietRun run = quiet_of(input, time);
    run.after = last;
    run.order = recording.quiet.size() + 1;
    recording.quiet.push_back(run);
    return;
  }
  std::uint64_t number = last + 1;
  recording.records.push_back({number, time, connection_of(input.at("connection")), {}, what_of(input)});
  for (const json::value& change : step.at("expect").at("changes").as_array()) {
    const record::Changed changed{state_of(change.at("from")), state_of(change.at("to")),
                                  static_cast<EventId>(change.at("event").to_number<std::uint8_t>())};
    recording.records.push_back(
        {++number, time, connection_of(change.at("connection")), direction_of(change.at("direction")), changed});
  }
}

}  // namespace

bool is_dump(const boost::json::object& scenario) { return scenario.contains("snapshot"); }

Recording recording_of(const boost::json::object& dump) try {
  const OpenMessage our_open = open_of(dump.at("our_open")).unpack();
  Recording recording;
  recording.config = std::make_shared<const PeerConfig>(config_of(dump.at("config").as_object(), our_open));
  recording.time = time_of(dump.at("at"));
  recording.tail =
      std::make_shared<const Supervisor>(supervisor_of(dump.at("snapshot").as_object(), recording.config, our_open));
  recording.tail_number = 1;
  for (const json::value& step : dump.at("steps").as_array()) read_step(step.as_object(), recording);
  recording.present = std::make_shared<const Supervisor>(replay(recording).end);
  return recording;
} catch (const std::exception& error) {
  throw std::runtime_error(std::string("not a dump: ") + error.what());
}

}  // namespace bgp
