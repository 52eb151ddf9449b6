#include "peer.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "secure_socket.hpp"
#include "socket_options.hpp"

namespace bgp::net {
namespace {

// How much one connection sends before others get their turn.
constexpr std::size_t kSendOctets = std::size_t{64} * 1024;
constexpr int kSendOperations = 16;
// How many reads a connection that can't be written any more gets, for what the peer said last.
constexpr int kLastReads = 16;

Jitter fresh_jitter() {
  std::random_device chance;
  const std::uint64_t high = chance();
  return Jitter(high << 32 | chance());
}

std::optional<tcp::endpoint> dial_from(const PeerOptions& options) {
  if (!options.local_address && options.local_port == 0) return std::nullopt;
  if (options.local_address) return to_asio(*options.local_address, options.local_port);
  return tcp::endpoint(options.remote_address.is_v4() ? tcp::v4() : tcp::v6(), options.local_port);
}

}  // namespace

Peer::Peer(PeerId id, PeerOptions options, PeerHandler& handler, Executor executor, std::function<void()> finished)
    : id_(id),
      remote_address_(options.remote_address),
      options_(std::move(options)),
      executor_(std::move(executor)),
      finished_(std::move(finished)),
      handler_(handler, Speaker::now()),
      session_(options_.session, handler_, fresh_jitter()),
      timer_(executor_),
      linger_(executor_) {}

// A completion handler that runs `turn(*this, ...)` under the gate and settles, if the peer still exists.
template <class Turn>
auto Peer::turn(Turn turn) {
  return [weak = weak_from_this(), turn = std::move(turn)](auto&&... arguments) mutable {
    const std::shared_ptr<Peer> self = weak.lock();
    if (!self) return;
    self->gate_->enter([&] {
      turn(*self, arguments...);
      self->settle();
    });
  };
}

// --- From any thread.

PeerOptions Peer::options() const {
  const std::lock_guard lock(options_mutex_);
  return options_;
}

std::optional<IpAddress> Peer::local_address() const {
  const std::lock_guard lock(options_mutex_);
  return options_.local_address;
}

PeerOptions Peer::exchange_options(PeerOptions options) {
  const std::lock_guard lock(options_mutex_);
  return std::exchange(options_, std::move(options));
}

void Peer::adopt(PeerOptions options, ConfigChange change) {
  if (const std::string& key = options.security.md5_key; !key.empty()) {
    asio::post(executor_, turn([key](Peer& self) {
                 for (auto& [id, connection] : self.connections_) connection.set_md5_key(self.remote_address_, key);
               }));
  }
  tell([config = std::move(options.session), change](Session& session) {
    const ConfigChange of_session = session.configure(config, Speaker::now());
    // a reset that the session has no reason for by itself
    const bool reset = change == ConfigChange::Reset && of_session != ConfigChange::Reset && session.started();
    if (reset) session.reset({cease::kOtherConfigurationChange, {}, false}, Speaker::now());
  });
}

void Peer::make_transient(Transience transience) { transience_ = std::move(transience); }

void Peer::tell(std::function<void(Session&)> what) {
  asio::post(executor_, turn([what = std::move(what)](Peer& self) {
               if (!self.retired_) what(self.session_);
             }));
}

void Peer::accept(Descriptor socket, const Endpoints& endpoints) {
  asio::post(executor_, turn([socket = std::move(socket), endpoints](Peer& self) mutable {
               self.accepted(std::move(socket), endpoints);
             }));
}

void Peer::retire(Stop stop, std::function<void()> done) {
  asio::post(executor_, turn([stop = std::move(stop), done = std::move(done)](Peer& self) {
               if (!std::exchange(self.retired_, true)) {
                 self.session_.stop(stop, Speaker::now());
                 self.handler_.cut();
                 self.settle();
               }
               if (done && self.gate_->open()) done();
             }));
}

void Peer::snapshot(std::function<void(std::optional<PeerSnapshot>)> done) {
  asio::post(executor_, turn([done = std::move(done)](Peer& self) {
               done(self.retired_ ? std::nullopt : std::optional(self.look()));
             }));
}

void Peer::inspect(std::function<void(const Session*)> look) {
  asio::post(executor_, turn([look = std::move(look)](Peer& self) { look(self.retired_ ? nullptr : &self.session_); }));
}

PeerSnapshot Peer::look() const {
  PeerSnapshot snapshot;
  snapshot.state = session_.state();
  snapshot.started = session_.started();
  snapshot.state_since = handler_.state_since();
  if (const Negotiated* negotiated = session_.negotiated()) {
    snapshot.negotiated = *negotiated;
    snapshot.endpoints = handler_.endpoints();
  }
  snapshot.messages_received = handler_.messages_received();
  snapshot.messages_sent = handler_.messages_sent();
  snapshot.connect_retry_counter = session_.connect_retry_counter();
  snapshot.reading = session_.reading();
  snapshot.hold_extended_by = session_.hold_extended_by();
  return snapshot;
}

void Peer::shut() {
  gate_->shut([this] {
    handler_.cut();
    timer_.cancel();
    linger_.cancel();
    // Closed but not destroyed: when a callback called this, the turn around it still has them in hand.
    for (auto& [id, connection] : connections_) connection.close();
    for (const auto& farewell : farewells_) farewell->close();
  });
}

// --- What wakes a peer.

void Peer::accepted(Descriptor descriptor, const Endpoints& endpoints) {
  if (retired_) return;
  const tcp protocol = endpoints.remote.is_v4() ? tcp::v4() : tcp::v6();
  tcp::socket socket(executor_);
  error_code error;
  if (socket.assign(protocol, descriptor.get(), error)) return;
  descriptor.release();
  prepare_connection(socket, protocol, error);
  if (!error) secure_accepted(socket.native_handle(), remote_address_, options().security, error);
  if (error) return;
  const ConnectionId id = session_.accepted(endpoints, Speaker::now());
  if (gate_->open()) connections_.try_emplace(id, id, std::move(socket));
}

void Peer::dialed(ConnectionId id, error_code error) {
  Connection* const connection = find(id);
  if (!connection) return;
  if (const std::optional<Endpoints> endpoints = connection->dialed(error)) {
    session_.connected(id, *endpoints, Speaker::now());
  } else {
    connections_.erase(id);
    session_.disconnected(id, describe(error), Speaker::now());
  }
}

void Peer::readable(ConnectionId id) {
  Connection* const connection = find(id);
  if (!connection) return;
  connection->woke_to_read();
  read(*connection);
}

void Peer::timer_fired() {
  armed_.reset();
  const std::optional<TimePoint> deadline = session_.poll_timeout();
  if (!deadline || *deadline > Speaker::now()) return;  // it moved; settle() arms the timer for it
  // A message that waits in the socket counts against the HoldTimer: it was our pause, not the peer's silence.
  for (auto& [id, connection] : connections_) {
    if (connection.open() && gate_->open()) read_before_timeout(connection);
  }
  if (gate_->open()) session_.handle_timeout(Speaker::now());
}

void Peer::farewell_over(const Farewell* farewell) {
  std::erase_if(farewells_, [farewell](const auto& other) { return other.get() == farewell; });
}

// --- What follows.

void Peer::settle() {
  do {
    while (gate_->open()) {
      std::optional<Command> command = session_.poll_command();
      if (!command) break;
      std::visit([this](auto& what) { carry_out(std::move(what)); }, *command);
    }
  } while (gate_->open() && send_all());
  if (!gate_->open()) return;
  std::erase_if(connections_, [](const auto& entry) { return entry.second.closed(); });
  wait_for_octets();
  arm_timer();
  watch_linger();
  finish_if_over();
}

void Peer::carry_out(command::Dial dial) {
  const ConnectionId id = dial.connection;
  const PeerOptions options = this->options();
  Connection& connection = connections_.try_emplace(id, id, executor_).first->second;
  connection.dial(to_asio(options.remote_address, options.remote_port), dial_from(options), options.security,
                  turn([id](Peer& self, const error_code& error) { self.dialed(id, error); }));
}

void Peer::carry_out(command::Close close) {
  Connection* const connection = find(close.connection);
  if (!connection) return;
  if (close.one_attempt) {
    const BytesView octets(close.farewell);
    if (!octets.empty()) static_cast<void>(connection->write(std::span(&octets, 1)));
  } else if (!close.farewell.empty()) {
    say_farewell(*connection, std::move(close.farewell));
  }
  connections_.erase(close.connection);
}

void Peer::say_farewell(Connection& connection, Bytes octets) {
  if (farewells_.size() == kFarewells) {
    farewells_.front()->close();
    farewells_.erase(farewells_.begin());
  }
  const auto over = [weak = weak_from_this()](const Farewell* farewell) {
    const auto self = weak.lock();
    if (!self) return;
    self->farewell_over(farewell);
    self->settle();
  };
  farewells_.push_back(std::make_shared<Farewell>(connection.take_socket(), std::move(octets), gate_, over));
  farewells_.back()->start();
}

// True when the Session was told something, so that there may be new commands.
bool Peer::send_all() {
  bool told = false;
  for (auto& [id, connection] : connections_) {
    if (connection.open() && !connection.waits_to_write()) told |= send(connection);
    if (!gate_->open()) return false;
  }
  return told;
}

bool Peer::send(Connection& connection) {
  const auto wake = [this, id = connection.id()] {
    return turn([id](Peer& self, const error_code&) {
      if (Connection* const found = self.find(id)) found->woke_to_write();
    });
  };
  std::size_t octets = 0;
  for (int i = 0; i < kSendOperations && octets < kSendOctets; ++i) {
    std::array<BytesView, kWriteSlices> slices;
    const std::size_t count = session_.transmit_buffers(connection.id(), slices);
    if (count == 0) return i > 0;
    const Transfer transfer = connection.write(std::span(slices).first(count));
    if (transfer.would_block()) {
      connection.wait_writable(wake());
      return i > 0;
    }
    if (transfer.error) {
      lose(connection, transfer.error);
      return true;
    }
    session_.transmitted(connection.id(), transfer.octets, Speaker::now());
    if (!gate_->open()) return false;
    octets += transfer.octets;
  }
  connection.yield_writing(wake());
  return true;
}

void Peer::wait_for_octets() {
  const TimePoint now = Speaker::now();
  for (auto& [id, connection] : connections_) {
    if (!connection.open() || session_.read_room(id, now) == 0) continue;
    connection.wait_readable(turn([wanted = id](Peer& self, const error_code&) { self.readable(wanted); }));
  }
}

void Peer::arm_timer() {
  const std::optional<TimePoint> deadline = session_.poll_timeout();
  // A deadline that moved away costs nothing: the timer fires early, once, and is armed anew.
  if (!deadline || (armed_ && *armed_ <= *deadline)) return;
  armed_ = deadline;
  using Steady = std::chrono::steady_clock;
  timer_.expires_at(Steady::time_point(std::chrono::ceil<Steady::duration>(deadline->time_since_epoch())));
  timer_.async_wait(turn([](Peer& self, const error_code& error) {
    if (!error) self.timer_fired();
  }));
}

// A peer of a range that has no session for too long is no peer any more.
void Peer::watch_linger() {
  if (!transience_ || retired_) return;
  if (session_.state() == State::Established) {
    lingers_ = false;
    return;
  }
  if (std::exchange(lingers_, true)) return;
  linger_.expires_after(std::chrono::ceil<std::chrono::steady_clock::duration>(transience_->linger));
  linger_.async_wait(turn([](Peer& self, const error_code& error) {
    // set anew meanwhile, when it fired together with another end
    const bool due = self.linger_.expiry() <= std::chrono::steady_clock::now();
    if (!error && self.lingers_ && due && !self.retired_) self.transience_->over();
  }));
}

void Peer::finish_if_over() {
  if (!retired_ || !connections_.empty() || !farewells_.empty() || !finished_) return;
  std::exchange(finished_, nullptr)();
}

void Peer::read(Connection& connection) {
  // reading may have been turned off since the wait began
  const std::size_t room = session_.read_room(connection.id(), Speaker::now());
  if (room == 0) return;
  const Transfer transfer = connection.read(room);
  if (transfer.would_block()) return;
  if (transfer.error) return end(connection, transfer.error);
  session_.received(connection.id(), read_buffer().first(transfer.octets), Speaker::now());
}

// While reading is off the Session wants to know what it does not see: that there is more, or the end.
void Peer::read_before_timeout(Connection& connection) {
  read(connection);
  if (!gate_->open() || session_.reading() || !connection.open()) return;
  const Transfer more = connection.peek();
  if (more.would_block()) return;
  if (more.error) return end(connection, more.error);
  session_.input_waits(connection.id(), Speaker::now());
}

// A connection that can't be written any more. What the peer said before is still to be read: a NOTIFICATION, say.
void Peer::lose(Connection& connection, const error_code& error) {
  // while reading is off, for what waits in its Session: that is delivered after all, and has to stay small
  const int reads = session_.reading() ? kLastReads : 1;
  for (int i = 0; i < reads && gate_->open(); ++i) {
    const Transfer transfer = connection.read();
    if (transfer.error) break;
    session_.received(connection.id(), read_buffer().first(transfer.octets), Speaker::now());
  }
  if (gate_->open()) end(connection, error);
}

void Peer::end(Connection& connection, const error_code& error) {
  connection.close();
  session_.disconnected(connection.id(), describe(error), Speaker::now());
}

Connection* Peer::find(ConnectionId id) {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : &found->second;
}

}  // namespace bgp::net
