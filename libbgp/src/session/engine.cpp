#include "engine.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "bgp/session/prefetch.hpp"
#include "bgp/session/update_writer.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp {

namespace {

constexpr std::size_t kMaxHeldOctets = std::size_t{64} * 1024;  // behind a held OPEN

class Busy {
 public:
  explicit Busy(bool& flag) : flag_(flag) { flag_ = true; }
  ~Busy() { flag_ = false; }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  bool& flag_;
};

/// RFC 5291 4: every filter is of a type that the peer takes.
bool may_send(const Negotiated& terms, Family family, const OrfRefresh& filters) {
  return std::ranges::all_of(filters.groups, [&](const OrfGroup& group) {
    return std::ranges::find(terms.orf_send, OrfAgreement{family, group.type}) != terms.orf_send.end();
  });
}

}  // namespace

const Session::Engine::Cause Session::Engine::kNothing;

Session::Engine::Engine(Session& session, std::shared_ptr<const PeerConfig> config, PeerHandler& handler, Jitter jitter)
    : config_(std::move(config)),
      latest_config_(config_),
      recorder_(config_),
      session_(session),
      handler_(handler),
      supervisor_(config_, jitter) {}

// --- Entering and leaving

void Session::Engine::ask(TimePoint now, std::function<void()> operation) {
  if (busy_) {
    pending_.push_back(std::move(operation));
  } else {
    drive(now, operation);
  }
}

template <class Operation>
void Session::Engine::drive(TimePoint now, Operation&& operation) {
  assert(!busy_ && "a driver's call from inside a callback");
  now_ = std::max(now_, now);
  const Busy busy(busy_);
  operation();
  settle();
  if (effects_.capacity() > 0) effects_ = Effects();  // a quiet session keeps no memory for them
}

// Carries out effects in order, then what the callbacks among them asked for, until nothing is left.
void Session::Engine::settle() {
  for (;;) {
    for (std::size_t i = 0; i < effects_.size(); ++i) {
      // the usual one, without the move that keeps the others from what a callback adds to `effects_`
      if (const auto* update = std::get_if<effect::DeliverUpdate>(&effects_[i])) {
        apply(*update);
        continue;
      }
      const Effect effect = std::move(effects_[i]);
      std::visit([this](const auto& one) { apply(one); }, effect);
    }
    effects_.clear();
    // the message that caused them has had its say
    cause_ = &kNothing;
    if (pending_.empty()) break;
    const auto operation = std::move(pending_.front());
    pending_.pop_front();
    operation();
  }
  fill();
}

// Lets the handler write while it has something to say and there is room.
void Session::Engine::fill() {
  if (!want_write_) return;
  Connection* connection = established();
  while (connection != nullptr && want_write_ && connection->out.has_room()) {
    want_write_ = false;
    const std::size_t before = connection->out.size();
    {
      UpdateWriter writer(connection->out, connection->encode);
      handler_.on_writable(session_, writer);
      writer.flush();
      want_write_ = want_write_ || writer.found_no_room();
      for (const SharedOctets& messages : writer.written()) tap_sent(connection->id, *messages);
    }
    const bool wrote = connection->out.size() > before;
    if (!pending_.empty() || !effects_.empty()) {
      settle();
      return;
    }
    if (!wrote) return;
  }
}

// --- The operator's side

void Session::Engine::start(TimePoint now) {
  ask(now, [this] {
    next_is_plain_ = false;
    recorder_.started(supervisor_, now_);
    supervisor_.start(now_, effects_);
  });
}

void Session::Engine::stop(const Stop& stop, TimePoint now) {
  ask(now, [this, stop] {
    recorder_.stopped(supervisor_, now_, stop, false);
    supervisor_.stop(stop, now_, effects_);
  });
}

void Session::Engine::reset(const Stop& stop, TimePoint now) {
  ask(now, [this, stop] {
    recorder_.stopped(supervisor_, now_, stop, false);
    supervisor_.stop(stop, now_, effects_);
    next_is_plain_ = false;
    recorder_.started(supervisor_, now_);
    supervisor_.start(now_, effects_);
  });
}

void Session::Engine::stop_automatically(const Stop& stop, TimePoint now) {
  ask(now, [this, stop] {
    recorder_.stopped(supervisor_, now_, stop, true);
    supervisor_.stop_automatically(stop, now_, effects_);
  });
}

ConfigChange Session::Engine::configure(PeerConfig config, TimePoint now) {
  const ConfigChange change = classify(*latest_config_, config);
  if (change == ConfigChange::Unchanged) return change;
  latest_config_ = std::make_shared<const PeerConfig>(std::move(config));
  ask(now, [this, change, config = latest_config_] { adopt(config, change); });
  return change;
}

void Session::Engine::adopt(const std::shared_ptr<const PeerConfig>& config, ConfigChange change) {
  const bool goes_on = change == ConfigChange::Soft && established() != nullptr;
  const bool starts_over = !goes_on && supervisor_.started();
  // RFC 4486 4: other configuration change
  const Stop stop{cease::kOtherConfigurationChange, {}, false};
  if (starts_over) {
    recorder_.stopped(supervisor_, now_, stop, false);
    supervisor_.stop(stop, now_, effects_);
  }
  config_ = config;
  recorder_.configured(config);
  supervisor_.set_config(config);
  if (goes_on) return;
  next_is_plain_ = false;
  has_been_up_ = false;
  if (!starts_over) return;
  recorder_.started(supervisor_, now_);
  supervisor_.start(now_, effects_);
}

void Session::Engine::want_write() {
  want_write_ = true;
  if (!busy_) drive(now_, [] {});
}

bool Session::Engine::request_refresh(Family family, const std::optional<OrfRefresh>& filters) {
  Connection* connection = established();
  if (connection == nullptr) return false;
  const Negotiated& terms = *supervisor_.find(connection->id)->negotiated;
  // RFC 2918 4: only to a peer that advertised it, for a family that it advertised
  if (!terms.route_refresh || std::ranges::find(terms.families, family) == terms.families.end()) return false;
  if (filters && !may_send(terms, family, *filters)) return false;
  Bytes message = encode_route_refresh({family, RefreshSubtype::Request, filters ? encode_orf(*filters) : Bytes{}});
  if (message.size() > connection->encode.max_message_size) return false;
  ask(now_, [this, id = connection->id, message = std::move(message)] {
    Connection* open = find(id);
    if (open != nullptr) send_control(*open, message);
  });
  return true;
}

// --- The driver's side

ConnectionId Session::Engine::accepted(const Endpoints& endpoints, TimePoint now) {
  ConnectionId id{};
  drive(now, [&] {
    recorder_.accepted(supervisor_, now_);
    id = supervisor_.accepted(now_, effects_);
    add(id).endpoints = endpoints;
  });
  return id;
}

void Session::Engine::connected(ConnectionId id, const Endpoints& endpoints, TimePoint now) {
  drive(now, [this, id, endpoints] {
    Connection* connection = find(id);
    if (connection == nullptr) return;
    connection->endpoints = endpoints;
    event(id, event::TcpCrAcked{});
  });
}

void Session::Engine::disconnected(ConnectionId id, std::string_view detail, TimePoint now) {
  drive(now, [&] {
    deliver_at_end(id);
    erase(id);  // the driver has no such socket any more: nothing is to be closed
    const Cause cause{.detail = detail};
    cause_ = &cause;
    event(id, event::TcpConnectionFails{}, detail);
    settle();  // while `cause` is there
  });
}

void Session::Engine::received(ConnectionId id, BytesView octets, TimePoint now) {
  drive(now, [&] {
    if (Connection* connection = find(id)) feed(id, connection->framer, octets);
  });
}

void Session::Engine::input_waits(ConnectionId id, TimePoint now) {
  drive(now, [this, id] { extend_hold(id); });
}

std::size_t Session::Engine::transmit_buffers(ConnectionId id, std::span<BytesView> buffers) const {
  const Connection* connection = find(id);
  return connection == nullptr ? 0 : connection->out.gather(buffers);
}

void Session::Engine::transmitted(ConnectionId id, std::size_t octets, TimePoint now) {
  drive(now, [this, id, octets] {
    Connection* connection = find(id);
    if (connection == nullptr) return;
    connection->out.sent(octets, [this, id](MessageType type) {
      recorder_.sent(now_, id, type);
      supervisor_.message_sent(id, type, now_);
    });
  });
}

std::optional<Command> Session::Engine::poll_command() {
  if (commands_.empty()) return std::nullopt;
  std::optional<Command> command(std::move(commands_.front()));
  commands_.pop_front();
  return command;
}

void Session::Engine::handle_timeout(TimePoint now) {
  drive(now, [this] {
    end_long_pause();
    recorder_.timeout(supervisor_, now_);
    supervisor_.handle_timeout(now_, effects_);
  });
}

void Session::Engine::prefetch(Prefetch what) const noexcept {
  // octets of what each KEEPALIVE needs: at the end of the recorder and of the connection, and at the beginning of the
  // supervisor and of its link
  constexpr std::size_t kRecorder = 48, kConnection = 184, kSupervisor = 40, kLink = 160;
  const auto end_of = [](const auto& value) { return reinterpret_cast<const std::byte*>(&value + 1); };
  if (what == Prefetch::Session) {
    bgp::prefetch(end_of(recorder_) - kRecorder, end_of(recorder_));
    bgp::prefetch(end_of(first_) - kConnection, reinterpret_cast<const std::byte*>(&supervisor_) + kSupervisor);
  } else {
    bgp::prefetch(supervisor_.links().front(), kLink);
    const std::span<const QuietRun> runs = recorder_.open_runs();
    bgp::prefetch(runs.data(), runs.data() + runs.size());
  }
}

// --- Octets become events

// RFC 4271 6: nothing that follows a fatal error is looked at, so each message is settled before the next one. The
// connection, and its Framer with it, may end on the way.
void Session::Engine::feed(ConnectionId id, Framer& framer, BytesView octets) {
  while (Connection* connection = find(id)) {
    if (paused(*connection)) return keep(*connection, framer, octets);
    const BytesView rest = octets;
    const Result<std::optional<RawMessage>> next = framer.next(octets);
    if (!next) {
      refuse_header(id, framer, next.error(), rest);
      return;
    }
    if (!*next) return;
    // what was held back has been seen when it arrived
    const bool arrives = &framer == &connection->framer;
    if (arrives) handler_.on_message(session_, Travel::Received, id, **next);
    dispatch(*connection, **next, Heard::No);
  }
}

// RFC 4271 6.4: an error in a NOTIFICATION is not answered with one. It ends the session like any other; what it said
// is not known.
void Session::Engine::refuse_header(ConnectionId id, const Framer& framer, const Notification& error,
                                    BytesView offending) {
  if (!framer.refused_notification()) {
    refuse(id, event::BgpHeaderErr{error}, offending);
    return;
  }
  const Notification unreadable;
  const Cause cause{.received = &unreadable};
  cause_ = &cause;
  event(id, event::NotifMsg{unreadable, false});
  settle();
}

void Session::Engine::dispatch(Connection& connection, const RawMessage& message, Heard heard) {
  const ConnectionId id = connection.id;
  if (supervisor_.find(id)->held_until && message.type != MessageType::Notification) {
    hold_back(connection, message);
  } else {
    switch (message.type) {
      case MessageType::Open: receive_open(connection, message); break;
      case MessageType::Update: receive_update(connection, message, heard); return;
      case MessageType::Notification: receive_notification(id, message); return;
      case MessageType::Keepalive: event(id, event::KeepAliveMsg{heard == Heard::Yes}); break;
      case MessageType::RouteRefresh: receive_route_refresh(id, message); return;
    }
  }
  settle();
}

void Session::Engine::hold_back(Connection& connection, const RawMessage& message) {
  if (connection.held.size() + message.octets.size() > kMaxHeldOctets) {
    event(connection.id, event::OpenCollisionDump{});
    return;
  }
  connection.held.insert(connection.held.end(), message.octets.begin(), message.octets.end());
}

void Session::Engine::receive_open(Connection& connection, const RawMessage& message) {
  const ConnectionId id = connection.id;
  if (supervisor_.open_expected(id) == OpenExpected::No) {
    event(id, event::BgpOpen{});
    return;
  }
  Result<OpenMessage> open = read_open(message.body());
  if (!open) {
    refuse(id, event::BgpOpenMsgErr{open.error()}, message.octets);
    return;
  }
  const OpenMessage sent = sent_on(connection);
  Result<Negotiated> terms = negotiate(sent, *open, *config_);
  if (!terms) {
    refuse(id, event::BgpOpenMsgErr{terms.error()}, message.octets);
    return;
  }
  const OpenReceived about{id, supervisor_.find(id)->direction, *open, *terms};
  if (std::optional<Notification> refused = handler_.on_open(session_, about)) {
    refuse(id, event::BgpOpenMsgErr{*std::move(refused)}, message.octets);
    return;
  }
  connection.decode = terms->decode_context();
  connection.encode = terms->encode_context();
  const Opens opens{PackedOpen(sent), PackedOpen(message.octets)};
  recorder_.opened(supervisor_, now_, id, opens);
  supervisor_.open(id, opens.received, *std::move(terms), now_, effects_);
}

void Session::Engine::receive_update(const Connection& connection, const RawMessage& message, Heard heard) {
  const ConnectionId id = connection.id;
  if (supervisor_.find(id)->fsm.state() != State::Established) {
    event(id, event::UpdateMsg{});
    settle();
    return;
  }
  const Result<UpdateView> update = decode_update(message.body(), connection.decode);
  Cause cause;
  cause_ = &cause;
  if (update) {
    event(id, event::UpdateMsg{heard == Heard::Yes});
    cause.update = &*update;
  } else {
    refuse(id, event::UpdateMsgErr{update.error()}, message.octets);
  }
  settle();
}

void Session::Engine::receive_notification(ConnectionId id, const RawMessage& message) {
  const Notification notification = decode_notification(message.body());
  const Cause cause{.received = &notification};
  cause_ = &cause;
  const bool version =
      notification.code == ErrorCode::OpenMessage && notification.subcode == open_error::kUnsupportedVersionNumber;
  const bool hard = notification.code == ErrorCode::Cease && notification.subcode == cease::kHardReset &&
                    supervisor_.find(id)->fsm.terms().notification_graceful;
  if (Connection* connection = find(id)) note_old_speaker(*connection, notification);
  if (version) {
    event(id, event::NotifMsgVerErr{hard});
  } else {
    event(id, event::NotifMsg{notification, hard});
  }
  settle();
}

void Session::Engine::receive_route_refresh(ConnectionId id, const RawMessage& message) {
  const Supervisor::Link& link = *supervisor_.find(id);
  const bool established = link.fsm.state() == State::Established;
  const bool enhanced = established && link.negotiated->enhanced_route_refresh;
  const Result<RouteRefresh> refresh = decode_route_refresh(message.octets, enhanced);
  Cause cause;
  cause_ = &cause;
  if (refresh) {
    event(id, event::RouteRefreshMsg{});
    cause.route_refresh = &*refresh;
  } else if (refresh.error().code == ErrorCode::MessageHeader) {
    refuse(id, event::BgpHeaderErr{refresh.error()}, message.octets);
  } else {
    refuse(id, event::RouteRefreshMsgErr{refresh.error()}, message.octets);
  }
  settle();
}

void Session::Engine::event(ConnectionId id, const Event& event, std::string_view detail) {
  recorder_.event(supervisor_, now_, id, event, detail);
  supervisor_.handle(id, event, now_, effects_);
}

void Session::Engine::refuse(ConnectionId id, const Event& error, BytesView offending) {
  recorder_.offends(offending);
  event(id, error);
}

// --- A speaker older than RFC 5492

// The OPEN of a connection is settled when it is first asked for, so that an attempt that comes to nothing does not use
// up the one without capabilities.
OpenMessage Session::Engine::sent_on(Connection& connection) {
  if (!connection.plain) connection.plain = std::exchange(next_is_plain_, false);
  OpenMessage open = make_open(*config_);
  if (*connection.plain) open.capabilities.clear();
  // RFC 4724 4.1: the R bit is for the first session after a restart
  for (Capability& capability : open.capabilities) {
    auto* graceful = std::get_if<capability::GracefulRestart>(&capability);
    if (graceful != nullptr && has_been_up_) graceful->restart_state = false;
  }
  return open;
}

// RFC 5492 3: after an Unsupported Optional Parameter we try without. Only once: when that fails too, or when the
// session that it gave has ended, the capabilities are offered again.
void Session::Engine::note_old_speaker(const Connection& connection, const Notification& notification) {
  const bool unsupported =
      notification.code == ErrorCode::OpenMessage && notification.subcode == open_error::kUnsupportedOptionalParameter;
  if (!unsupported || connection.plain != false || make_open(*config_).capabilities.empty()) return;
  next_is_plain_ = can_do_without_capabilities(*config_);
}

// --- Connections

Session::Engine::Connection& Session::Engine::add(ConnectionId id) {
  if (!first_) return first_.emplace(id, config_->send_queue_octets);
  return further_.emplace_front(id, config_->send_queue_octets);
}

Session::Engine::Connection* Session::Engine::find(ConnectionId id) {
  return const_cast<Connection*>(std::as_const(*this).find(id));
}

const Session::Engine::Connection* Session::Engine::find(ConnectionId id) const {
  if (first_ && first_->id == id) return &*first_;
  const auto found = std::ranges::find(further_, id, &Connection::id);
  return found == further_.end() ? nullptr : &*found;
}

void Session::Engine::erase(ConnectionId id) {
  if (first_ && first_->id == id) {
    first_.reset();
  } else {
    further_.remove_if([id](const Connection& connection) { return connection.id == id; });
  }
}

Session::Engine::Connection* Session::Engine::established() {
  const Supervisor::Link& link = supervisor_.foremost();
  return link.fsm.state() == State::Established ? find(link.id) : nullptr;
}

}  // namespace bgp
