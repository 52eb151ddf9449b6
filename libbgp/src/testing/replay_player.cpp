#include "replay_player.hpp"

#include <algorithm>

#include "bgp/session/update_writer.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/route_refresh.hpp"

namespace bgp::test {
namespace {

using Kind = CapturedItem::Kind;

Bytes copy_of(BytesView octets) { return {octets.begin(), octets.end()}; }

}  // namespace

ReplayPlayer::ReplayPlayer(const Capture& capture, const std::vector<Part>& parts, bool together, PeerHandler& handler,
                           const PeerConfig& config)
    : capture_(capture), together_(together), handler_(handler), session_(config, *this) {
  for (const Part& part : parts) lines_.push_back({part, false, std::nullopt, std::nullopt});
}

// --- What the Session says, passed on

std::optional<Notification> ReplayPlayer::on_open(Session& session, const OpenReceived& open) {
  return handler_.on_open(session, open);
}

void ReplayPlayer::on_established(Session& session, const SessionUp& up) {
  made_.established = true;
  made_.ended_at.reset();
  made_.ended_by.reset();
  handler_.on_established(session, up);
}

void ReplayPlayer::on_writable(Session& session, UpdateWriter& writer) {
  while (!routes_.empty()) {
    const auto* border = std::get_if<Border>(&routes_.front());
    const bool taken = border != nullptr ? writer.refresh_border(border->family, border->subtype)
                                         : writer.shared(std::get<SharedOctets>(routes_.front()));
    if (!taken) break;
    routes_.pop_front();
  }
  handler_.on_writable(session, writer);
}

void ReplayPlayer::on_state_change(Session& session, const StateChange& change) {
  const bool ended = change.to == State::Idle && change.from != State::Idle && !made_.ended_at;
  if (ended && line_of(change.connection) != nullptr) {
    made_.ended_at = change.time.time_since_epoch();
    made_.ended_by_us = change.sent != nullptr;
    if (change.sent != nullptr) made_.ended_by = *change.sent;
    if (change.received != nullptr) made_.ended_by = *change.received;
  }
  handler_.on_state_change(session, change);
}

void ReplayPlayer::on_message(Session& session, Travel travel, ConnectionId id, const RawMessage& message) {
  if (travel == Travel::Sent) {
    const Line* line = line_of(id);
    if (line == nullptr) line = opening_;
    const std::size_t connection = line == nullptr ? 0 : line->part.connection;
    made_.ours.push_back({session.now().time_since_epoch(), message.type, copy_of(message.octets), connection});
  }
  handler_.on_message(session, travel, id, message);
}

// --- What happens to it

ReplayPlayer::Line* ReplayPlayer::line_of(ConnectionId id) {
  const auto found = std::ranges::find(lines_, std::optional(id), &Line::known);
  return found == lines_.end() ? nullptr : &*found;
}

void ReplayPlayer::run_until(TimePoint time) {
  for (auto due = session_.poll_timeout(); due && *due < time; due = session_.poll_timeout()) {
    session_.handle_timeout(*due);
    attend(*due);
    if (session_.poll_timeout() == due) break;  // it does not go on by itself
  }
}

/// What the Session writes goes at once: the network took it in the capture, too.
void ReplayPlayer::attend(TimePoint now) {
  while (const auto command = session_.poll_command()) {
    if (const auto* dial = std::get_if<command::Dial>(&*command)) dials_.push_back(dial->connection);
    const auto* close = std::get_if<command::Close>(&*command);
    if (close == nullptr) continue;
    std::erase(dials_, close->connection);
    if (Line* line = line_of(close->connection)) line->id.reset();
  }
  for (Line& line : lines_) transmit(line, now);
}

void ReplayPlayer::transmit(Line& line, TimePoint now) {
  std::array<BytesView, 8> buffers;
  while (line.id) {
    const std::size_t used = session_.transmit_buffers(*line.id, buffers);
    std::size_t octets = 0;
    for (std::size_t i = 0; i < used; ++i) octets += buffers[i].size();
    if (octets == 0) return;
    session_.transmitted(*line.id, octets, now);
  }
}

void ReplayPlayer::start(TimePoint now) {
  session_.start(now);
  attend(now);
}

/// A SYN alone opens nothing: it may be refused, or sent again.
bool ReplayPlayer::opens(const CapturedItem& item) const {
  if (item.kind == Kind::Syn) return false;
  return !together_ || (item.kind != Kind::Reset && item.kind != Kind::Fin);
}

void ReplayPlayer::open(Line& line, TimePoint now) {
  const CapturedConnection& shown = capture_.connections()[line.part.connection];
  const std::size_t side = line.part.side;
  const Endpoints endpoints{shown.ends[side].address, shown.ends[side].port, shown.ends[1 - side].address,
                            shown.ends[1 - side].port};
  line.opened = true;
  if (!together_) start(now);
  if (side == 1) {
    opening_ = &line;
    line.known = line.id = session_.accepted(endpoints, now);
    opening_ = nullptr;
  } else if (dials_.empty()) {
    made_.differences.push_back("stream " + std::to_string(shown.stream) + ": not dialed by us");
  } else {
    line.known = line.id = dials_.back();
    dials_.clear();
    session_.connected(*line.id, endpoints, now);
  }
  attend(now);
}

void ReplayPlayer::take(Line& line, const CapturedItem& item) {
  const TimePoint now = at(item.time);
  if (!line.id) return;
  switch (item.kind) {
    case Kind::Message:
    case Kind::HeaderError:
    case Kind::Cut: session_.received(*line.id, item.octets, now); break;
    case Kind::Fin:
    case Kind::Reset:
      session_.disconnected(*line.id, item.kind == Kind::Fin ? "closed by the peer" : "reset by the peer", now);
      line.id.reset();
      break;
    default: break;
  }
  attend(now);
}

void ReplayPlayer::take_own(Line& line, const CapturedItem& item) {
  if (!item.is_message()) return;
  made_.theirs.push_back({item.time - first_, item.type, copy_of(item.octets), line.part.connection});
  if (item.type == MessageType::Update) {
    routes_.emplace_back(std::make_shared<const Bytes>(copy_of(item.octets)));
    session_.want_write();
  } else if (item.type == MessageType::RouteRefresh) {
    refresh(item);
  } else if (item.type == MessageType::Notification) {
    decide(decode_notification(item.message().body()), at(item.time));
  }
  attend(at(item.time));
}

/// A request is one of the operator; borders keep their place among the UPDATEs (RFC 7313 4).
void ReplayPlayer::refresh(const CapturedItem& item) {
  const auto read = decode_route_refresh(item.octets, true);
  if (!read) return;
  if (read->subtype == RefreshSubtype::Request) {
    (void)session_.request_refresh(read->family);
  } else {
    routes_.emplace_back(Border{read->family, read->subtype});
    session_.want_write();
  }
}

void ReplayPlayer::decide(const Notification& said, TimePoint now) {
  if (!is_decision(said) || !session_.started()) return;
  if (!together_) {
    if (!made_.ended_at) session_.stop({said.subcode, said.data, false}, now);
  } else if (said.subcode == cease::kAdministrativeReset || said.subcode == cease::kOtherConfigurationChange) {
    session_.reset({said.subcode, said.data, false}, now);
  } else if (said.subcode != cease::kCollisionResolution) {
    session_.stop({said.subcode, said.data, false}, now);
  }
}

void ReplayPlayer::follow(const CapturedItem& item, Line& line) {
  if (!line.opened && opens(item)) open(line, at(item.time));
  if (item.side == line.part.side) {
    take_own(line, item);
  } else {
    take(line, item);
  }
}

Replay ReplayPlayer::play() {
  bool begun = false;
  for (const CapturedItem& item : capture_.items()) {
    const auto line = std::ranges::find(lines_, item.connection, [](const Line& one) { return one.part.connection; });
    if (line == lines_.end()) continue;
    if (!begun) {
      begun = true;
      first_ = item.time;
      if (together_) start(at(item.time));
    }
    run_until(at(item.time));
    follow(item, *line);
  }
  const Line& only = lines_.front();
  made_.state = together_ ? session_.state() : only.id ? session_.state(*only.id) : State::Idle;
  return std::move(made_);
}

}  // namespace bgp::test
