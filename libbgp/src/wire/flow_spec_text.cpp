// wire/flow_spec_text.cpp
//
// Flow specifications for people.
#include <charconv>

#include "bgp/wire/flow_spec.hpp"

namespace bgp {
namespace {

const char* name(FlowSpecType type) {
  switch (type) {
    case FlowSpecType::DestinationPrefix: return "destination";
    case FlowSpecType::SourcePrefix: return "source";
    case FlowSpecType::Protocol: return "protocol";
    case FlowSpecType::Port: return "port";
    case FlowSpecType::DestinationPort: return "destination-port";
    case FlowSpecType::SourcePort: return "source-port";
    case FlowSpecType::IcmpType: return "icmp-type";
    case FlowSpecType::IcmpCode: return "icmp-code";
    case FlowSpecType::TcpFlags: return "tcp-flags";
    case FlowSpecType::PacketLength: return "packet-length";
    case FlowSpecType::Dscp: return "dscp";
    case FlowSpecType::Fragment: return "fragment";
    case FlowSpecType::FlowLabel: return "flow-label";
  }
  return "component";
}

/// RFC 8955 4.2.1.1, Table 1.
const char* numeric_operator(std::uint8_t comparison) {
  constexpr const char* kNames[] = {"false", "= ", "> ", ">= ", "< ", "<= ", "!= ", "true"};
  return kNames[comparison & 7];
}

std::string hex_number(std::uint64_t value) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, 16).ptr;
  return "0x" + std::string(digits, end);
}

/// RFC 8955 4.2.1.2.
std::string bitmask_text(const FlowSpecTerm& term) {
  const bool negated = (term.comparison & flow_spec_operator::kNot) != 0;
  const bool all = (term.comparison & flow_spec_operator::kMatch) != 0;
  return std::string(negated ? "not " : "") + (all ? "all " : "any ") + hex_number(term.value);
}

std::string numeric_text(const FlowSpecTerm& term) {
  const std::string text = numeric_operator(term.comparison);
  return text.ends_with(' ') ? text + std::to_string(term.value) : text;
}

std::string match_text(const FlowSpecComponent& component) {
  if (const auto* match = std::get_if<FlowSpecPrefix>(&component.match)) {
    if (match->offset == 0) return to_string(match->prefix);
    return to_string(match->prefix.address()) + '/' + std::to_string(match->offset) + '-' +
           std::to_string(match->prefix.length());
  }
  std::string text;
  for (const FlowSpecTerm& term : std::get<std::vector<FlowSpecTerm>>(component.match)) {
    if (!text.empty()) text += term.conjunction ? " and " : " or ";
    text += has_bitmask_operators(component.type) ? bitmask_text(term) : numeric_text(term);
  }
  return text;
}

}  // namespace

std::string to_string(const FlowSpecNlri& nlri) {
  std::string text;
  for (const FlowSpecComponent& component : nlri.components) {
    if (!text.empty()) text += " & ";
    text += std::string(name(component.type)) + ' ' + match_text(component);
  }
  if (nlri.path_id != 0) text += '#' + std::to_string(nlri.path_id);
  return nlri.rd ? "rd " + to_string(*nlri.rd) + ' ' + text : text;
}

}  // namespace bgp
