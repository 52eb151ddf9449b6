// Scenarios in words.
#include "tools/bgpsim/scenario.hpp"

#include "bgp/testing/hex.hpp"

namespace bgp::sim {

namespace {

using test::hex_of;

template <class Value>
bool any_or_equal(const std::optional<Value>& wanted, const std::optional<Value>& shown) {
  return !wanted || wanted == shown;
}

}  // namespace

bool ScenarioOutput::matches(const ScenarioOutput& shown) const {
  return kind == shown.kind && connection == shown.connection && message == shown.message &&
         any_or_equal(code, shown.code) && any_or_equal(subcode, shown.subcode) && any_or_equal(data, shown.data) &&
         any_or_equal(retained, shown.retained);
}

std::string to_string(const ScenarioOutput& output) {
  using enum ScenarioOutput::Kind;
  std::string text = output.connection + ": ";
  switch (output.kind) {
    case Transmit: text += "tx " + output.message; break;
    case Close: text += "close"; break;
    case Abandon: text += "abandon"; break;
    case Dial: text += "dial"; break;
    case Up: text += "up"; break;
    case Down: text += "down"; break;
    case Deliver: text += "deliver " + output.message; break;
  }
  if (output.code) text += " " + std::to_string(*output.code) + "/";
  if (output.subcode) text += std::to_string(*output.subcode);
  if (output.data) text += " [" + hex_of(*output.data) + "]";
  if (output.retained) text += *output.retained ? " (routes kept)" : " (routes dropped)";
  return text;
}

std::string to_string(const ScenarioInput& input) {
  using enum ScenarioInput::Kind;
  const std::string octets = std::to_string(input.octets.size()) + " octets";
  const std::string code = input.subcode ? " (Cease/" + std::to_string(*input.subcode) + ")" : "";
  switch (input.kind) {
    case Start: return "admin start";
    case Stop: return "admin stop" + code;
    case AutoStart: return "starts again by itself";
    case AutoStop: return "automatic stop" + code;
    case Timer:
      return std::string(to_string(input.timer.value())) + (input.spurious ? " fires although not due" : " fires");
    case Connected: return input.connection + ": connected";
    case Accepted: return input.connection + ": accepted";
    case Lost: return input.connection + ": lost";
    case Receive: return input.connection + ": rx " + octets + (input.then_closed ? ", then closed" : "");
    case Race: return input.connection + ": rx " + octets + " as a timer fires";
    case Advance: return "time passes";
    case TransmitBlocked: return input.connection + ": the peer stops reading";
    case SendUpdate: return "the owner sends " + octets;
  }
  return "unknown";
}

}  // namespace bgp::sim
