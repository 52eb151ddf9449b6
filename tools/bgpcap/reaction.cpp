#include "tools/bgpcap/reaction.hpp"

#include <chrono>

#include "bgp/session/fsm.hpp"
#include "bgp/session/negotiation.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/route_refresh.hpp"

namespace bgp::cap {
namespace {

/// Gives the event to an FSM in the context's state, or in `otherwise`.
Reaction ask(const Event& event, const Context& context, State otherwise) {
  Fsm::Setup setup;
  setup.state = context.state.value_or(otherwise);
  setup.terms.hold_time = std::chrono::seconds{90};
  Fsm fsm(SessionAttributes{}, setup);
  const Actions actions = fsm.handle(event, TimePoint{});
  return {notification_of(actions), fsm.state() == State::Idle};
}

/// What is known of us and the peer; nothing to check against where it is not.
std::optional<PeerConfig> config_of(const DecodeContext& context) {
  if (context.local_asn == 0 || context.local_identifier.value == 0) return std::nullopt;
  PeerConfig config;
  config.local_asn = context.local_asn;
  config.local_identifier = context.local_identifier;
  config.remote_asn = context.peer_asn;
  return config;
}

Event open_event(BytesView body, const DecodeContext& context) {
  const auto open = decode_open(body);
  if (!open) return event::BgpOpenMsgErr{open.error()};
  const auto config = config_of(context);
  if (!config) return event::BgpOpen{};
  const auto negotiated = negotiate(make_open(*config), *open, *config);
  if (!negotiated) return event::BgpOpenMsgErr{negotiated.error()};
  return event::BgpOpen{negotiated->terms()};
}

Event update_event(BytesView body, const DecodeContext& context) {
  const auto update = decode_update(body, context);
  if (!update) return event::UpdateMsgErr{update.error()};
  return event::UpdateMsg{};
}

Event refresh_event(const RawMessage& message, bool enhanced) {
  const auto refresh = decode_route_refresh(message.octets, enhanced);
  if (!refresh) return event::RouteRefreshMsgErr{refresh.error()};
  return event::RouteRefreshMsg{};
}

}  // namespace

Reaction reaction_to(const RawMessage& message, const Context& context) {
  switch (message.type) {
    case MessageType::Open: return ask(open_event(message.body(), context.decode), context, State::OpenSent);
    case MessageType::Update: return ask(update_event(message.body(), context.decode), context, State::Established);
    case MessageType::Notification:
      return ask(event::NotifMsg{decode_notification(message.body())}, context, State::Established);
    case MessageType::Keepalive: return ask(event::KeepAliveMsg{}, context, State::Established);
    case MessageType::RouteRefresh:
      return ask(refresh_event(message, context.enhanced_refresh), context, State::Established);
  }
  return {};
}

Reaction reaction_to_header_error(const Notification& error, const Context& context) {
  return ask(event::BgpHeaderErr{error}, context, State::Established);
}

bool malformed(const Capability& capability) {
  const auto* unknown = std::get_if<capability::Unknown>(&capability);
  if (unknown == nullptr) return false;
  // what was sent before its code was registered has no form that it could lack
  const std::string name = capability_name(unknown->code);
  return name != "unknown" && !name.ends_with("-old");
}

std::uint8_t attribute_flags_of(AttributeCode code) {
  switch (code) {
    case AttributeCode::Origin:
    case AttributeCode::AsPath:
    case AttributeCode::NextHop:
    case AttributeCode::LocalPref:
    case AttributeCode::AtomicAggregate: return attribute_flags::kTransitive;
    case AttributeCode::MultiExitDisc:
    case AttributeCode::OriginatorId:
    case AttributeCode::ClusterList:
    case AttributeCode::MpReachNlri:
    case AttributeCode::MpUnreachNlri:
    case AttributeCode::Aigp: return attribute_flags::kOptional;
    default: return attribute_flags::kOptional | attribute_flags::kTransitive;
  }
}

}  // namespace bgp::cap
