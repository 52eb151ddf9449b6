// Scenarios out of their JSON (tests/data/fsm/scenarios.md).
#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <fstream>
#include <istream>
#include <map>
#include <stdexcept>

#include "bgp/testing/hex.hpp"
#include "tools/bgpsim/scenario.hpp"

namespace bgp::sim {

namespace {

namespace json = boost::json;
using test::octets_of_hex;
using Kind = ScenarioInput::Kind;

std::string text_of(const json::object& object, const char* key, const char* otherwise = "") {
  const json::value* value = object.if_contains(key);
  return value == nullptr || value->is_null() ? otherwise : std::string(value->as_string());
}

bool flag_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && !value->is_null() && value->as_bool();
}

template <class Number>
std::optional<Number> number_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return value->to_number<Number>();
}

Duration seconds_of(const json::value& value) { return Duration{std::llround(value.to_number<double>() * 1e9)}; }

template <class Value>
Value named(const std::map<std::string_view, Value>& names, const std::string& name) {
  const auto found = names.find(name);
  if (found == names.end()) throw std::runtime_error("\"" + name + "\" is not known");
  return found->second;
}

constexpr std::array<std::pair<std::string_view, Timer>, kTimerCount> kTimers{{{"ConnectRetry", Timer::ConnectRetry},
                                                                               {"Hold", Timer::Hold},
                                                                               {"Keepalive", Timer::Keepalive},
                                                                               {"DelayOpen", Timer::DelayOpen},
                                                                               {"SendHold", Timer::SendHold},
                                                                               {"IdleHold", Timer::IdleHold}}};

Timer timer_of(const std::string& name) { return named<Timer>({kTimers.begin(), kTimers.end()}, name); }

State state_of(const std::string& name) {
  return named<State>({{"Idle", State::Idle},
                       {"Connect", State::Connect},
                       {"Active", State::Active},
                       {"OpenSent", State::OpenSent},
                       {"OpenConfirm", State::OpenConfirm},
                       {"Established", State::Established}},
                      name);
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

IdleHold idle_hold_of(const json::object& from) {
  if (from.at("factor").to_number<int>() != 2) throw std::runtime_error("the back-off always doubles");
  return {seconds_of(from.at("first")), seconds_of(from.at("max")), seconds_of(from.at("forget"))};
}

std::optional<capability::GracefulRestart> graceful_restart_of(const json::value& from) {
  if (from.is_null()) return std::nullopt;
  const json::object& gr = from.as_object();
  if (!flag_of(gr, "helper")) throw std::runtime_error("the capability 64 without being a helper is not supported");
  capability::GracefulRestart offer;
  offer.notification = flag_of(gr, "nbit");
  offer.restart_time = gr.at("restart_time").to_number<std::uint16_t>();
  offer.families = {{kIpv4Unicast, false}};
  return offer;
}

/// README section 8: a scenario without the key means the letter.
void set_choices(const json::object& from, PeerConfig& config) {
  config.collision =
      named<CollisionPolicy>({{"hold_loser", CollisionPolicy::HoldLoser}, {"rfc4271", CollisionPolicy::Rfc4271}},
                             text_of(from, "collision", "rfc4271"));
  config.same_direction = named<SameDirection>({{"newest", SameDirection::Newest}, {"refuse", SameDirection::Refuse}},
                                               text_of(from, "same_direction", "refuse"));
  config.graceful_takeover =
      named<GracefulTakeover>({{"open", GracefulTakeover::ValidOpen}, {"rfc4724", GracefulTakeover::Rfc4724}},
                              text_of(from, "gr_takeover", "rfc4724"));
  config.idle_refusal =
      named<IdleRefusal>({{"silent_while_damped", IdleRefusal::SilentWhileDamped}, {"rfc4486", IdleRefusal::Rfc4486}},
                         text_of(from, "idle_refusal", "rfc4486"));
  const json::value* pause = from.if_contains("gr_restart_pause");
  config.graceful_restart_pause = pause == nullptr ? Duration::zero() : seconds_of(*pause);
}

PeerConfig config_of(const json::object& from) {
  if (from.at("jitter").as_bool()) throw std::runtime_error("a scenario with jitter is not supported");
  if (!from.at("role").is_null() || from.at("role_strict").as_bool()) {
    throw std::runtime_error("a scenario with roles is not supported");
  }
  PeerConfig config;
  config.local_asn = from.at("local_as").to_number<std::uint32_t>();
  config.local_identifier = BgpIdentifier::parse(text_of(from, "local_id")).value();
  config.remote_asn = from.at("peer_as").to_number<std::uint32_t>();
  config.attributes = attributes_of(from);
  config.idle_hold = idle_hold_of(from.at("damping").as_object());
  config.graceful_restart = graceful_restart_of(from.at("gr"));
  config.extended_message = from.at("extended_messages").as_bool();
  for (const json::value& family : from.at("required_families").as_array()) {
    config.required_families.push_back({static_cast<Afi>(family.at(0).to_number<std::uint16_t>()),
                                        static_cast<Safi>(family.at(1).to_number<std::uint8_t>())});
  }
  set_choices(from, config);
  if (const auto wrong = problems(config); !wrong.empty()) throw std::runtime_error(wrong.front());
  return config;
}

// --- The steps

Kind input_kind_of(const json::object& from) {
  const std::string kind = text_of(from, "kind");
  if (kind == "admin") return named<Kind>({{"start", Kind::Start}, {"stop", Kind::Stop}}, text_of(from, "op"));
  if (kind == "tcp") {
    return named<Kind>({{"connected", Kind::Connected},
                        {"accepted", Kind::Accepted},
                        {"failed", Kind::Lost},
                        {"closed", Kind::Lost},
                        {"fin", Kind::Lost}},
                       text_of(from, "op"));
  }
  return named<Kind>({{"auto_start", Kind::AutoStart},
                      {"auto_stop", Kind::AutoStop},
                      {"timer", Kind::Timer},
                      {"rx", Kind::Receive},
                      {"race", Kind::Race},
                      {"advance", Kind::Advance},
                      {"tx_blocked", Kind::TransmitBlocked},
                      {"send_update", Kind::SendUpdate}},
                     kind);
}

ScenarioInput input_of(const json::object& from) {
  ScenarioInput input;
  input.kind = input_kind_of(from);
  input.connection = text_of(from, "conn", "A");
  input.text = text_of(from, "text");
  input.subcode = number_of<std::uint8_t>(from, "sub");
  if (from.contains("name")) input.timer = timer_of(text_of(from, "name"));
  input.spurious = flag_of(from, "spurious");
  input.octets = octets_of_hex(text_of(from, "hex"));
  input.then_closed = text_of(from, "then") == "closed";
  return input;
}

ScenarioOutput output_of(const json::object& from) {
  using Output = ScenarioOutput::Kind;
  ScenarioOutput output;
  output.kind = named<Output>({{"tx", Output::Transmit},
                               {"close", Output::Close},
                               {"abandon", Output::Abandon},
                               {"dial", Output::Dial},
                               {"up", Output::Up},
                               {"down", Output::Down},
                               {"deliver", Output::Deliver}},
                              text_of(from, "do"));
  output.connection = text_of(from, "conn", "A");
  output.message = text_of(from, output.kind == Output::Deliver ? "what" : "type");
  output.code = number_of<std::uint8_t>(from, "code");
  output.subcode = number_of<std::uint8_t>(from, "sub");
  const json::value* data = from.if_contains("data");
  if (data != nullptr && !data->is_null()) output.data = octets_of_hex(text_of(from, "data"));
  if (from.contains("retain")) output.retained = flag_of(from, "retain");
  return output;
}

ScenarioExpectation expectation_of(const json::object& from) {
  ScenarioExpectation expect;
  for (const auto& [connection, state] : from.at("states").as_object()) {
    expect.states.emplace_back(connection, state_of(std::string(state.as_string())));
  }
  for (const json::value& output : from.at("out").as_array()) expect.out.push_back(output_of(output.as_object()));
  if (const json::value* timers = from.if_contains("timers")) {
    for (const auto& [name, left] : timers->as_object()) {
      expect.timers.emplace_back(timer_of(std::string(name)),
                                 left.is_null() ? std::nullopt : std::optional(seconds_of(left)));
    }
  }
  expect.counter = number_of<std::uint32_t>(from, "counter");
  return expect;
}

ScenarioStep step_of(const json::object& from) {
  ScenarioStep step;
  step.at = std::chrono::milliseconds{from.at("t").to_number<std::int64_t>()};
  step.fsm = text_of(from, "fsm", "A");
  step.event = number_of<int>(from, "event");
  step.input = input_of(from.at("input").as_object());
  step.expect = expectation_of(from.at("expect").as_object());
  step.strict_keepalives = flag_of(from, "strict_keepalives");
  return step;
}

Scenario scenario_of(const json::object& from) {
  Scenario scenario{
      std::string(from.at("id").as_string()), text_of(from, "title"), config_of(from.at("config").as_object()), {}};
  for (const json::value& step : from.at("steps").as_array()) scenario.steps.push_back(step_of(step.as_object()));
  return scenario;
}

}  // namespace

std::string name_of(Timer timer) {
  const auto found = std::ranges::find(kTimers, timer, [](const auto& pair) { return pair.second; });
  return std::string(found->first);
}

std::vector<ScenarioLine> read_lines(std::istream& in, const std::string& name) {
  std::vector<ScenarioLine> lines;
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    if (text.empty()) continue;
    std::string where = name + ":" + std::to_string(number);
    boost::system::error_code wrong;
    json::value value = json::parse(text, wrong);
    if (wrong || !value.is_object()) throw std::runtime_error(where + ": no JSON object");
    lines.push_back({std::move(where), std::move(value).as_object()});
  }
  return lines;
}

Scenario scenario_of(const ScenarioLine& line) try {
  return scenario_of(line.object);
} catch (const std::exception& error) {
  throw std::runtime_error(line.where + ": " + error.what());
}

std::vector<Scenario> read_scenarios(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be opened");
  std::vector<Scenario> scenarios;
  for (const ScenarioLine& line : read_lines(file, path)) scenarios.push_back(scenario_of(line));
  return scenarios;
}

}  // namespace bgp::sim
