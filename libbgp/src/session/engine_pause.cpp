// Our own pause is not the peer's silence. While the handler takes nothing (set_reading) what was read waits here as
// whole messages, in order, and the driver reads no more. When the HoldTimer is due it reads once: messages that come
// to light count as heard, and wait too. When there is no room for more and the socket still has some, the peer is
// alive as far as anybody can tell, and the HoldTimer restarts: for a bounded time.
#include <algorithm>
#include <limits>
#include <utility>

#include "engine.hpp"

namespace bgp {

namespace {

constexpr std::size_t kOverflowOctets = std::size_t{64} * 1024;

bool counts_as_life(MessageType type) { return type == MessageType::Keepalive || type == MessageType::Update; }

}  // namespace

void Session::Engine::set_reading(bool reading, TimePoint now) {
  ask(now, [this, reading] {
    if (std::exchange(reading_, reading) == reading) return;
    paused_since_ = now_;
    pause_end_.reset();
    const Connection* connection = established();
    if (reading && connection != nullptr) deliver_kept(connection->id);
  });
}

bool Session::Engine::paused(const Connection& connection) const {
  return !reading_ && !connection.ending && supervisor_.find(connection.id)->fsm.state() == State::Established;
}

std::size_t Session::Engine::read_room(ConnectionId id, TimePoint now) const {
  const Connection* connection = find(id);
  if (connection == nullptr) return 0;
  if (!paused(*connection)) return std::numeric_limits<std::size_t>::max();
  const auto hold = supervisor_.find(id)->fsm.deadline(Timer::Hold);
  if (!hold || *hold > now) return 0;
  const std::size_t used = connection->kept != nullptr ? connection->kept->overflow : 0;
  return kOverflowOctets - std::min(kOverflowOctets, used);
}

void Session::Engine::extend_hold(ConnectionId id) {
  const Connection* connection = find(id);
  if (connection == nullptr || !paused(*connection)) return;
  const Fsm& fsm = supervisor_.find(id)->fsm;
  const auto hold = fsm.deadline(Timer::Hold);
  if (!hold || *hold > now_ || read_room(id, now_) > 0) return;
  pause_end_ = paused_since_ + config_->max_input_pause;
  end_long_pause();
  if (!pause_end_) return;
  heard(id);
  hold_extended_by_ += *fsm.deadline(Timer::Hold) - *hold;
}

// RFC 4486 4: out of resources, for nobody takes what the peer says.
void Session::Engine::end_long_pause() {
  if (!pause_end_ || *pause_end_ > now_) return;
  pause_end_.reset();
  const Connection* connection = established();
  if (connection != nullptr) event(connection->id, event::AutomaticStop{{cease::kOutOfResources, {}, false}});
}

void Session::Engine::heard(ConnectionId id) {
  recorder_.heard(supervisor_, now_, id);
  supervisor_.heard(id, now_);
}

std::optional<TimePoint> Session::Engine::poll_timeout() const {
  const std::optional<TimePoint> timers = supervisor_.poll_timeout();
  return pause_end_ && (!timers || *pause_end_ < *timers) ? pause_end_ : timers;
}

// `framer` is the connection's, or that of messages that were held back and seen before.
void Session::Engine::keep(Connection& connection, Framer& framer, BytesView octets) {
  if (connection.kept == nullptr) connection.kept = std::make_unique<Kept>();
  Kept& kept = *connection.kept;
  const bool arrives = &framer == &connection.framer;
  if (arrives) kept.overflow += octets.size();
  bool ends = false;
  while (!ends) {
    const Result<std::optional<RawMessage>> next = framer.next(octets);
    if (next && !*next) return;
    if (next) {
      const RawMessage& message = **next;
      kept.messages.insert(kept.messages.end(), message.octets.begin(), message.octets.end());
      if (!arrives) kept.seen = kept.messages.size();
      if (counts_as_life(message.type)) heard(connection.id);
      ends = message.type == MessageType::Notification;
    } else {
      kept.error = next.error();
      ends = true;
    }
  }
  // RFC 4271 6: nothing that follows is looked at, and what ended the connection does not wait
  connection.ending = true;
  deliver_kept(connection.id);
}

// Message by message, each settled before the next one, until there is none or reading is turned off again.
void Session::Engine::deliver_kept(ConnectionId id) {
  if (delivering_kept_) return;  // asked for from inside: it goes on anyway
  Connection* connection = find(id);
  if (connection == nullptr || connection->kept == nullptr) return;
  if (connection->kept->size() == 0 && !connection->kept->error) return;
  delivering_kept_ = true;
  Kept kept = std::move(*connection->kept);
  connection->kept.reset();
  Framer whole_messages;
  whole_messages.set_max_message_size(kMaxExtendedMessageSize);
  for (; connection != nullptr && !paused(*connection) && kept.size() > 0; connection = find(id)) {
    BytesView rest = BytesView(kept.messages).subspan(kept.delivered);
    const auto next = whole_messages.next(rest);
    const RawMessage& message = **next;
    const bool seen = kept.delivered < kept.seen;
    kept.delivered = kept.messages.size() - rest.size();
    if (!seen) handler_.on_message(session_, Travel::Received, id, message);
    dispatch(*connection, message, Heard::Yes);
  }
  delivering_kept_ = false;
  if (connection == nullptr) return;
  if (kept.size() == 0 && kept.error && !paused(*connection)) {
    refuse_header(id, connection->framer, *kept.error, {});
  } else if (kept.size() > 0) {
    kept.overflow = std::min(kept.overflow, kept.size());
    connection->kept = std::make_unique<Kept>(std::move(kept));
  }
}

// The transport is gone. Whatever the last messages make of the session, there is nothing left to be closed.
void Session::Engine::deliver_at_end(ConnectionId id) {
  Connection* connection = find(id);
  if (connection == nullptr || connection->kept == nullptr || connection->kept->size() == 0) return;
  connection->ending = true;
  deliver_kept(id);
  settle();
  commands_.erase_if([id](const Command& command) {
    const auto* close = std::get_if<command::Close>(&command);
    return close != nullptr && close->connection == id;
  });
}

}  // namespace bgp
