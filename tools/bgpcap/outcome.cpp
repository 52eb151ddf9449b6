#include "tools/bgpcap/outcome.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "bgp/json/attributes.hpp"
#include "bgp/json/messages.hpp"
#include "bgp/json/nlri.hpp"
#include "bgp/wire/nlri.hpp"
#include "bgp/wire/notification.hpp"
#include "tools/bgpcap/hex.hpp"
#include "tools/bgpcap/reaction.hpp"

namespace bgp::cap {
namespace {

using boost::json::array;
using boost::json::object;

std::string approach_name(ErrorApproach approach) {
  return std::string(to_json(UpdateError{approach, {}, 0, ""}).at("approach").as_string());
}

Outcome ended(const Reaction& reaction) {
  Outcome outcome;
  outcome.action = reaction.notification ? "session-reset" : "session-closed";
  outcome.notification = reaction.notification;
  return outcome;
}

void note_update(Outcome& outcome, const UpdateView& view) {
  std::optional<ErrorApproach> strongest;
  for (const UpdateError& error : view.errors()) {
    strongest = std::max(strongest.value_or(error.approach), error.approach);
    if (error.approach == ErrorApproach::AttributeDiscard && !view.attribute(error.attribute)) {
      outcome.discarded.push_back(static_cast<unsigned>(error.attribute));
    }
  }
  if (strongest) outcome.action = approach_name(*strongest);
  for (const ReachableGroup& group : view.reachable()) {
    for (const AnyNlri& nlri : group.nlri.any()) outcome.announced.push_back(to_string(nlri));
  }
  for (const UnreachableGroup& group : view.unreachable()) {
    for (const AnyNlri& nlri : group.nlri.any()) outcome.withdrawn.push_back(to_string(nlri));
  }
  outcome.decode = to_json(view);
}

Outcome of_update(BytesView body, const Context& context) {
  const auto view = decode_update(body, context.decode);
  if (!view) return ended({view.error(), true});
  Outcome outcome;
  note_update(outcome, *view);
  return outcome;
}

/// Facts of the messages that are no UPDATE, by the names that vectors use.
void note_facts(Outcome& outcome, const RawMessage& message, const Context& context) {
  if (message.type == MessageType::Open) {
    if (const auto open = decode_open(message.body())) outcome.facts["hold"] = open->hold_time;
  } else if (message.type == MessageType::Notification) {
    const Notification received = decode_notification(message.body());
    outcome.facts["code"] = static_cast<unsigned>(received.code);
    outcome.facts["subcode"] = received.subcode;
    if (const auto text = shutdown_communication(received)) outcome.facts["text"] = *text;
  } else if (message.type == MessageType::RouteRefresh) {
    const auto refresh = decode_route_refresh(message.octets, context.enhanced_refresh);
    if (!refresh) return;
    outcome.facts["refresh"] = std::to_string(static_cast<unsigned>(refresh->family.afi)) + '/' +
                               std::to_string(static_cast<unsigned>(refresh->family.safi));
    outcome.facts["subtype"] = static_cast<unsigned>(refresh->subtype);
  }
}

Outcome of_message(const Vector& vector) {
  const Context& context = vector.context;
  Framer framer;
  if (context.extended_message) framer.set_max_message_size(kMaxExtendedMessageSize);
  BytesView in = vector.octets;
  const auto message = framer.next(in);
  if (!message) return ended(reaction_to_header_error(message.error(), context));
  if (!*message) {
    Outcome outcome;
    outcome.action = "incomplete";
    return outcome;
  }
  const Reaction reaction = reaction_to(**message, context);
  Outcome outcome;
  if (reaction.ended && (*message)->type != MessageType::Notification) {
    outcome = ended(reaction);
  } else if ((*message)->type == MessageType::Update) {
    outcome = of_update((*message)->body(), context);
  }
  if (!reaction.ended || (*message)->type == MessageType::Notification) note_facts(outcome, **message, context);
  outcome.decode = to_json(**message, context.decode, context.enhanced_refresh);
  return outcome;
}

Outcome of_update_body(const Vector& vector) { return of_update(vector.octets, vector.context); }

/// The NLRI of a field of the context's first family.
Outcome of_nlri(const Vector& vector) {
  const DecodeContext& context = vector.context.decode;
  const Family family = *context.families.begin();
  const NlriView nlri(family, vector.octets, context.add_path.contains(family), context.multiple_labels.form(family));
  Outcome outcome;
  if (const auto error = check_nlri(nlri)) {
    if (error->approach == ErrorApproach::SessionReset) {
      return ended({Notification{ErrorCode::UpdateMessage, update_error::kOptionalAttributeError, {}}, true});
    }
    outcome.action = approach_name(error->approach);
    return outcome;
  }
  for (const AnyNlri& one : nlri.any()) outcome.announced.push_back(to_string(one));
  outcome.decode["nlri"] = to_json(nlri);
  return outcome;
}

/// The body of an UPDATE with these attributes, and the NLRI 192.0.2.0/24 if wanted.
Bytes update_with(const std::function<void(Writer&)>& attributes, bool nlri) {
  Bytes body;
  Writer out(body);
  out.u16(0);
  {
    const auto length = out.length_u16();
    attributes(out);
  }
  if (nlri) out.bytes(Bytes{24, 192, 0, 2});
  return body;
}

void put_attribute(Writer& out, std::uint8_t flags, AttributeCode code, BytesView value) {
  out.u8(flags | attribute_flags::kExtendedLength);
  out.u8(static_cast<std::uint8_t>(code));
  const auto length = out.length_u16();
  out.bytes(value);
}

constexpr std::uint8_t kWellKnown = attribute_flags::kTransitive;

/// A good UPDATE around one attribute. The family of MP_REACH_NLRI and MP_UNREACH_NLRI stands in their octets.
Outcome of_attribute(const Vector& vector) {
  Context context = vector.context;
  const auto code = static_cast<AttributeCode>(vector.attribute);
  const bool mp = code == AttributeCode::MpReachNlri || code == AttributeCode::MpUnreachNlri;
  if (mp) {
    Reader reader(vector.octets);
    const auto afi = static_cast<Afi>(reader.u16());
    context.decode.families.insert({afi, static_cast<Safi>(reader.u8())});
  }
  const Bytes body = update_with(
      [&](Writer& out) {
        const Bytes as_path{2, 1, 0, 0, 0xfd, 0xea};
        const bool four = context.decode.four_octet_as;
        if (code != AttributeCode::Origin) put_attribute(out, kWellKnown, AttributeCode::Origin, Bytes{0});
        if (code != AttributeCode::AsPath) {
          put_attribute(out, kWellKnown, AttributeCode::AsPath, four ? as_path : Bytes{2, 1, 0xfd, 0xea});
        }
        if (!mp && code != AttributeCode::NextHop) {
          put_attribute(out, kWellKnown, AttributeCode::NextHop, Bytes{192, 0, 2, 2});
        }
        const std::uint8_t flags = mp ? attribute_flags::kOptional : attribute_flags_of(code);
        put_attribute(out, flags, code, vector.octets);
      },
      !mp);
  Outcome outcome = of_update(body, context);
  return outcome;
}

/// Member ASes in a path; a set counts one.
std::size_t confederation_hops(const AsPath& path) {
  std::size_t hops = 0;
  for (const AsPathSegment& segment : path.segments()) {
    if (segment.type == SegmentType::AsConfedSequence) hops += segment.asns.size();
    if (segment.type == SegmentType::AsConfedSet) ++hops;
  }
  return hops;
}

/// An UPDATE of an internal peer around an AS_PATH, so that every kind of segment may stand in it.
Outcome of_as_path(const Vector& vector) {
  Context context = vector.context;
  context.decode.internal = true;
  const Bytes body = update_with(
      [&](Writer& out) {
        put_attribute(out, kWellKnown, AttributeCode::Origin, Bytes{0});
        put_attribute(out, kWellKnown, AttributeCode::AsPath, vector.octets);
        put_attribute(out, kWellKnown, AttributeCode::NextHop, Bytes{192, 0, 2, 2});
      },
      true);
  const auto view = decode_update(body, context.decode);
  if (!view) return ended({view.error(), true});
  Outcome outcome;
  note_update(outcome, *view);
  outcome.announced.clear();  // the prefix is ours, not the vector's
  outcome.withdrawn.clear();
  outcome.decode = {};
  if (view->reachable().empty()) return outcome;
  const AsPath path = view->path_attributes(view->reachable().front()).as_path;
  outcome.facts["text"] = to_string(path);
  outcome.facts["hops"] = path.length();
  outcome.facts["confed_hops"] = confederation_hops(path);
  outcome.decode["as_path"] = to_json(path);
  return outcome;
}

/// Decodes capabilities as they stand in their parameter of an OPEN.
Outcome of_parameters(BytesView parameters) {
  Bytes body;
  Writer out(body);
  out.u8(kBgpVersion);
  out.u16(65002);
  out.u16(90);
  out.u32(0xc0000202);
  out.u8(static_cast<std::uint8_t>(parameters.size()));
  out.bytes(parameters);
  const auto open = decode_open(body);
  if (!open) return ended({open.error(), true});
  Outcome outcome;
  array capabilities;
  for (const Capability& capability : open->capabilities) {
    if (malformed(capability)) outcome.action = "capability-ignored";
    capabilities.push_back(to_json(capability));
    if (const auto* multiprotocol = std::get_if<capability::Multiprotocol>(&capability)) {
      outcome.facts["afi"] = static_cast<unsigned>(multiprotocol->family.afi);
      outcome.facts["safi"] = static_cast<unsigned>(multiprotocol->family.safi);
    }
  }
  outcome.decode["capabilities"] = std::move(capabilities);
  return outcome;
}

Outcome of_open_parameters(const Vector& vector) { return of_parameters(vector.octets); }

Outcome of_capability(const Vector& vector) {
  Bytes parameter{2, static_cast<std::uint8_t>(vector.octets.size())};
  parameter.insert(parameter.end(), vector.octets.begin(), vector.octets.end());
  return of_parameters(parameter);
}

/// The message type 6 of a draft that never became an RFC: unknown to us, RFC 4271 6.1.
Outcome of_dynamic_capability(const Vector& vector) {
  return ended(reaction_to_header_error(Notification{ErrorCode::MessageHeader, header_error::kBadMessageType, Bytes{6}},
                                        vector.context));
}

}  // namespace

Outcome outcome_of(const Vector& vector) {
  static const std::map<std::string, Outcome (*)(const Vector&)> kinds{
      {"message", of_message},
      {"update-body", of_update_body},
      {"nlri", of_nlri},
      {"attribute-value", of_attribute},
      {"as-path-value", of_as_path},
      {"capability", of_capability},
      {"open-optional-parameters", of_open_parameters},
      {"dynamic-capability-body", of_dynamic_capability},
  };
  return kinds.at(vector.kind)(vector);
}

object outcome_json(const Vector& vector, const Outcome& outcome) {
  object json{{"name", vector.name}, {"verdict", outcome.verdict()}, {"action", outcome.action}};
  if (outcome.notification) {
    json["code"] = static_cast<unsigned>(outcome.notification->code);
    json["subcode"] = outcome.notification->subcode;
    json["data"] = hex(outcome.notification->data);
  }
  json["discarded"] = array(outcome.discarded.begin(), outcome.discarded.end());
  json["announced"] = array(outcome.announced.begin(), outcome.announced.end());
  json["withdrawn"] = array(outcome.withdrawn.begin(), outcome.withdrawn.end());
  json["decode"] = outcome.decode;
  return json;
}

}  // namespace bgp::cap
