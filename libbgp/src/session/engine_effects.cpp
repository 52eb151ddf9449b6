// What the supervisor asks for becomes octets, commands and callbacks.
#include <algorithm>
#include <utility>

#include "bgp/wire/notification.hpp"
#include "engine.hpp"

namespace bgp {

void Session::Engine::apply(const effect::Dial& effect) {
  add(effect.connection);
  recorder_.decided(now_, effect.connection, Direction::Outgoing, record::Dialed{});
  commands_.push_back(command::Dial{effect.connection});
}

void Session::Engine::apply(const effect::SendOpen& effect) {
  Connection* connection = find(effect.connection);
  if (connection == nullptr) return;
  // RFC 8654 4: what we accept depends on what we advertised
  const OpenMessage open = sent_on(*connection);
  if (open.find<capability::ExtendedMessage>() != nullptr) {
    connection->framer.set_max_message_size(kMaxExtendedMessageSize);
  }
  send_control(*connection, encode_open(open));
}

void Session::Engine::apply(const effect::SendKeepalive& effect) {
  if (Connection* connection = find(effect.connection)) send_control(*connection, encode_keepalive());
}

void Session::Engine::apply(const effect::Close& effect) {
  Connection* connection = find(effect.connection);
  if (connection == nullptr) return;
  recorder_.decided(now_, effect.connection, effect.direction, record::Closed{effect.notification});
  command::Close close{effect.connection, {}, effect.one_attempt};
  // RFC 9687 4.3: nothing can be said behind a half-written message that the peer does not take
  const bool cannot_say = effect.one_attempt && connection->out.mid_message();
  if (effect.notification && !cannot_say) {
    const Bytes message = encode_notification(*effect.notification, connection->encode.max_message_size);
    tap_sent(effect.connection, message);
    close.farewell = effect.one_attempt ? message : connection->out.farewell(message);
  }
  erase(effect.connection);
  commands_.push_back(std::move(close));
}

void Session::Engine::apply(const effect::DeliverUpdate&) {
  if (cause_->update != nullptr) handler_.on_update(session_, *cause_->update);
}

// RFC 2918 4, RFC 7313 3.2: a family that was not negotiated and an unknown subtype are ignored
void Session::Engine::apply(const effect::DeliverRouteRefresh& effect) {
  const Supervisor::Link* link = supervisor_.find(effect.connection);
  const RouteRefresh* refresh = cause_->route_refresh;
  if (refresh == nullptr || link == nullptr || !config_->route_refresh) return;
  const Negotiated& terms = *link->negotiated;
  if (std::ranges::find(terms.families, refresh->family) == terms.families.end()) return;
  if (refresh->subtype > RefreshSubtype::EndOfRefresh) return;
  const bool filters =
      std::ranges::find(terms.orf_receive, refresh->family, &OrfAgreement::family) != terms.orf_receive.end();
  if (filters || refresh->orf.empty()) {
    handler_.on_route_refresh(session_, *refresh);
  } else {
    // RFC 5291 4: filters that were not agreed mean nothing; the request does
    handler_.on_route_refresh(session_, {refresh->family, refresh->subtype, {}});
  }
}

void Session::Engine::apply(const effect::Resume& effect) {
  pending_.push_back([this, id = effect.connection] {
    Connection* connection = find(id);
    if (connection == nullptr) return;
    const Bytes held = std::exchange(connection->held, {});
    Framer whole_messages;
    whole_messages.set_max_message_size(kMaxExtendedMessageSize);
    feed(id, whole_messages, held);
  });
}

void Session::Engine::apply(const effect::Up& effect) {
  recorder_.up(now_, effect.direction);
  const Supervisor::Link* link = supervisor_.find(effect.connection);
  Connection* connection = find(effect.connection);
  if (link == nullptr || connection == nullptr) return;
  paused_since_ = now_;
  hold_extended_by_ = {};
  const OpenMessage sent = sent_on(*connection);
  const OpenMessage received = link->open.unpack();
  handler_.on_established(session_, {.connection = effect.connection,
                                     .direction = effect.direction,
                                     .endpoints = connection->endpoints,
                                     .negotiated = *link->negotiated,
                                     .sent = sent,
                                     .received = received,
                                     .time = now_});
  has_been_up_ = true;
}

// The NOTIFICATION that is being handled, for the connection that it ended; others may follow from its end.
const Notification* Session::Engine::received_by(EventId event) const {
  return event == EventId::NotifMsg || event == EventId::NotifMsgVerErr ? cause_->received : nullptr;
}

void Session::Engine::apply(const effect::Down& effect) {
  want_write_ = false;
  pause_end_.reset();
  std::vector<Family> retained;
  for (const Retention& retention : effect.retention) retained.push_back(retention.family);
  recorder_.down(now_, effect, received_by(effect.event), cause_->detail);
  handler_.on_down(session_, {.event = effect.event,
                              .sent = effect.sent ? &*effect.sent : nullptr,
                              .received = received_by(effect.event),
                              .retained = std::move(retained),
                              .retention = effect.retention,
                              .time = now_});
}

void Session::Engine::apply(const effect::StateChanged& effect) {
  recorder_.decided(now_, effect.connection, effect.direction, record::Changed{effect.from, effect.to, effect.event});
  handler_.on_state_change(session_,
                           {.connection = effect.connection,
                            .direction = effect.direction,
                            .from = effect.from,
                            .to = effect.to,
                            .event = effect.event,
                            .sent = effect.sent ? &*effect.sent : nullptr,
                            .received = received_by(effect.event),
                            .detail = effect.event == EventId::TcpConnectionFails ? cause_->detail : std::string_view{},
                            .time = now_});
}

void Session::Engine::send_control(Connection& connection, Bytes message) {
  tap_sent(connection.id, message);
  connection.out.push_control(std::move(message));
}

void Session::Engine::tap_sent(ConnectionId id, BytesView messages) {
  Framer whole_messages;
  whole_messages.set_max_message_size(kMaxExtendedMessageSize);
  while (true) {
    const auto next = whole_messages.next(messages);
    if (!next || !*next) return;
    handler_.on_message(session_, Travel::Sent, id, **next);
  }
}

}  // namespace bgp
