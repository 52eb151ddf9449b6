#include "bgp/net/speaker.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "asio.hpp"
#include "farewell.hpp"
#include "gate.hpp"
#include "listeners.hpp"
#include "peer.hpp"
#include "ranges.hpp"
#include "registry.hpp"

namespace bgp {

namespace asio = boost::asio;
using net::Descriptor;
using net::Gate;
using net::Listener;
using net::Peer;
using net::Registry;

namespace {

Prefix whole(const IpAddress& address) { return {address, address.bits()}; }

}  // namespace

// What a Speaker shares with what waits in Asio. The listeners and what runs on the Speaker's executor go through
// gate_; the registry has its own lock. Neither lock is held while a peer's gate is waited for.
class Speaker::Core : public std::enable_shared_from_this<Core> {
 public:
  explicit Core(Executor executor) : executor_(std::move(executor)), close_bound_(executor_) {}

  std::uint16_t listen(const IpAddress& address, std::uint16_t port, int backlog);
  PeerId add_peer(PeerOptions options, PeerHandler& handler, Executor executor);
  ConfigChange update_peer(PeerId id, PeerOptions options);
  void accept_from(PeerRange range, PeerFactory factory);
  void refuse_from(const Prefix& prefix) {
    for (const auto& local : ranges_.remove(prefix)) listeners_.forget(prefix, local);
  }
  void remove_peer(PeerId id, Stop stop, std::function<void()> done);
  void snapshot(PeerId id, std::function<void(std::optional<PeerSnapshot>)> done);
  void inspect(PeerId id, std::function<void(const Session*)> look);
  void close(Stop stop, std::function<void()> done);
  void shut();

  void tell(PeerId id, std::function<void(Session&)> what) {
    if (const auto peer = registry_.find(id)) peer->tell(std::move(what));
  }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
  // Runs `turn` on the Speaker's executor, unless the Speaker is gone by then.
  template <class Turn>
  void post(Turn turn) {
    asio::post(executor_, [weak = weak_from_this(), turn = std::move(turn)]() mutable {
      if (const auto self = weak.lock()) self->gate_->enter([&] { turn(*self); });
    });
  }
  void take(Descriptor socket, const Endpoints& endpoints);
  std::shared_ptr<Peer> make_peer(PeerId id, PeerOptions options, PeerHandler& handler, Executor executor,
                                  std::function<void()> finished = {});
  std::shared_ptr<Peer> peer_of_range(const Endpoints& endpoints);
  static void refuse_problems(const PeerOptions& options);
  void bound_closing();
  void finish_closing();

  Executor executor_;
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  Registry registry_;
  net::Ranges ranges_;
  std::mutex update_mutex_;  // so that updates of a peer come to it in their order
  std::atomic<std::uint64_t> refused_ = 0;
  net::Listeners listeners_;
  asio::steady_timer close_bound_;
  std::vector<std::function<void()>> closed_;  // to run when all is closed
};

std::uint16_t Speaker::Core::listen(const IpAddress& address, std::uint16_t port, int backlog) {
  const auto listener = std::make_shared<Listener>(
      executor_, net::to_asio(address, port), backlog, gate_,
      [this](Descriptor socket, const Endpoints& endpoints) { take(std::move(socket), endpoints); });
  if (registry_.closed()) throw std::logic_error("listen() after close()");
  listeners_.add(listener);
  return listener->port();
}

void Speaker::Core::take(Descriptor socket, const Endpoints& endpoints) {
  auto peer = registry_.match(endpoints.remote, endpoints.local);
  if (!peer) peer = peer_of_range(endpoints);
  if (peer) {
    peer->accept(std::move(socket), endpoints);
  } else {
    ++refused_;
  }
}

void Speaker::Core::refuse_problems(const PeerOptions& options) {
  std::string wrong;
  for (const std::string& problem : problems(options)) wrong += (wrong.empty() ? "" : "; ") + problem;
  if (!wrong.empty()) throw std::invalid_argument("peer " + to_string(options.remote_address) + ": " + wrong);
}

std::shared_ptr<Peer> Speaker::Core::make_peer(PeerId id, PeerOptions options, PeerHandler& handler, Executor executor,
                                               std::function<void()> finished) {
  const auto over = [weak = weak_from_this(), id, finished = std::move(finished)] {
    if (finished) finished();
    const auto core = weak.lock();
    if (!core) return;
    core->registry_.erase(id);
    if (core->registry_.closed()) core->post([](Core& self) { self.finish_closing(); });
  };
  return std::make_shared<Peer>(id, std::move(options), handler, std::move(executor), over);
}

PeerId Speaker::Core::add_peer(PeerOptions options, PeerHandler& handler, Executor executor) {
  refuse_problems(options);
  net::Listeners::check(options.security);
  const PeerId id = registry_.next_id();
  const TransportSecurity security = options.security;
  const auto peer = make_peer(id, std::move(options), handler, std::move(executor));
  registry_.add(peer);
  listeners_.protect(whole(peer->remote_address()), peer->local_address(), security);
  peer->tell([](Session& session) { session.start(now()); });
  return id;
}

ConfigChange Speaker::Core::update_peer(PeerId id, PeerOptions options) {
  refuse_problems(options);
  net::Listeners::check(options.security);
  const std::lock_guard lock(update_mutex_);
  const auto peer = registry_.find(id);
  if (!peer) return ConfigChange::Unchanged;
  if (options.remote_address != peer->remote_address()) {
    throw std::invalid_argument("peer " + to_string(peer->remote_address()) + " is not peer " +
                                to_string(options.remote_address));
  }
  const PeerOptions before = registry_.update(peer, options);
  const ConfigChange change = classify(before, options);
  if (before.local_address != options.local_address) {
    listeners_.forget(whole(options.remote_address), before.local_address);
  }
  listeners_.protect(whole(options.remote_address), options.local_address, options.security);
  if (change != ConfigChange::Unchanged) peer->adopt(std::move(options), change);
  return change;
}

void Speaker::Core::accept_from(PeerRange range, PeerFactory factory) {
  PeerOptions one = range.peer;
  one.remote_address = range.prefix.address().is_v4() ? IpAddress::v4(1) : IpAddress::v6(0, 1);  // any of the family
  one.session.attributes.passive = true;
  refuse_problems(one);
  range.peer.session.attributes.passive = true;
  net::Listeners::check(range.peer.security);
  const auto [prefix, local, security] = std::tuple(range.prefix, range.peer.local_address, range.peer.security);
  ranges_.add(std::move(range), std::move(factory));
  listeners_.protect(prefix, local, security);
}

// Runs on the Speaker's executor, and so for one connection at a time.
std::shared_ptr<Peer> Speaker::Core::peer_of_range(const Endpoints& endpoints) {
  const auto range = ranges_.match(endpoints);
  if (!range || range->peers >= range->options.limit || registry_.closed()) return nullptr;
  PeerOptions options = range->options.peer;
  options.remote_address = endpoints.remote;
  const PeerId id = registry_.next_id();
  AcceptedPeer accepted = range->factory(id, options);
  if (!accepted.handler || !gate_->open()) return nullptr;
  auto peer =
      make_peer(id, std::move(options), *accepted.handler, std::move(accepted.executor), [range] { --range->peers; });
  const auto over = [weak = weak_from_this(), id] {
    if (const auto core = weak.lock()) core->remove_peer(id, Stop::deconfigured(), {});
  };
  peer->make_transient({std::move(accepted.handler), range->options.linger, over});
  try {
    registry_.add(peer);
  } catch (const std::exception&) {  // closed or taken in this moment
    return nullptr;
  }
  ++range->peers;
  peer->tell([](Session& session) { session.start(now()); });
  return peer;
}

void Speaker::Core::remove_peer(PeerId id, Stop stop, std::function<void()> done) {
  if (const auto peer = registry_.unlist(id)) {
    listeners_.forget(whole(peer->remote_address()), peer->local_address());
    peer->retire(std::move(stop), std::move(done));
  } else if (done) {
    post([done = std::move(done)](Core&) { done(); });
  }
}

void Speaker::Core::snapshot(PeerId id, std::function<void(std::optional<PeerSnapshot>)> done) {
  if (const auto peer = registry_.find(id)) {
    peer->snapshot(std::move(done));
  } else {
    post([done = std::move(done)](Core&) { done(std::nullopt); });
  }
}

void Speaker::Core::inspect(PeerId id, std::function<void(const Session*)> look) {
  if (const auto peer = registry_.find(id)) {
    peer->inspect(std::move(look));
  } else {
    post([look = std::move(look)](Core&) { look(nullptr); });
  }
}

void Speaker::Core::close(Stop stop, std::function<void()> done) {
  const auto peers = registry_.close();
  post([done = std::move(done)](Core& self) mutable {
    self.listeners_.close();
    if (done) self.closed_.push_back(std::move(done));
    self.bound_closing();
    self.finish_closing();
  });
  for (const auto& peer : peers) peer->retire(stop, {});
}

// Farewells are bounded, so this comes to act only when a peer's executor doesn't run any more, or is stuck.
void Speaker::Core::bound_closing() {
  close_bound_.expires_after(net::kFarewellTime + std::chrono::seconds(1));
  close_bound_.async_wait([weak = weak_from_this()](const net::error_code& error) {
    const auto self = weak.lock();
    if (!self || error) return;
    for (const auto& peer : self->registry_.clear()) peer->shut();
    self->gate_->enter([&] { self->finish_closing(); });
  });
}

void Speaker::Core::finish_closing() {
  if (!registry_.empty()) return;
  close_bound_.cancel();
  for (const auto& done : std::exchange(closed_, {})) {
    if (gate_->open()) done();
  }
}

void Speaker::Core::shut() {
  const auto peers = registry_.clear();
  gate_->shut([this] {
    listeners_.close();
    close_bound_.cancel();
  });
  for (const auto& peer : peers) peer->shut();
}

// Open until the Speaker is destroyed, which waits for those who are on it.
struct Speaker::Way {
  std::mutex mutex;
  Core* core = nullptr;
};

Speaker::Speaker(Executor executor)
    : core_(std::make_shared<Core>(std::move(executor))), way_(std::make_shared<Way>()) {
  way_->core = core_.get();
}

Speaker::~Speaker() {
  {
    const std::lock_guard lock(way_->mutex);
    way_->core = nullptr;
  }
  core_->shut();
}

std::uint16_t Speaker::listen(const IpAddress& address, std::uint16_t port, int backlog) {
  return core_->listen(address, port, backlog);
}

PeerId Speaker::add_peer(PeerOptions options, PeerHandler& handler, Executor executor) {
  return core_->add_peer(std::move(options), handler, std::move(executor));
}

void Speaker::remove_peer(PeerId peer, Stop stop, std::function<void()> done) {
  core_->remove_peer(peer, std::move(stop), std::move(done));
}

ConfigChange Speaker::update_peer(PeerId peer, PeerOptions options) {
  return core_->update_peer(peer, std::move(options));
}

void Speaker::accept_from(PeerRange range, PeerFactory factory) {
  core_->accept_from(std::move(range), std::move(factory));
}

void Speaker::refuse_from(const Prefix& prefix) { core_->refuse_from(prefix); }

void Speaker::start_peer(PeerId peer) {
  core_->tell(peer, [](Session& session) { session.start(now()); });
}

void Speaker::stop_peer(PeerId peer, Stop stop) {
  core_->tell(peer, [stop = std::move(stop)](Session& session) { session.stop(stop, now()); });
}

void Speaker::reset_peer(PeerId peer, Stop stop) {
  core_->tell(peer, [stop = std::move(stop)](Session& session) { session.reset(stop, now()); });
}

void Speaker::want_write(PeerId peer) {
  core_->tell(peer, [](Session& session) { session.want_write(); });
}

void Speaker::set_reading(PeerId peer, bool reading) {
  core_->tell(peer, [reading](Session& session) { session.set_reading(reading, now()); });
}

std::function<void(bool)> Speaker::reading_switch(PeerId peer) {
  return [way = way_, peer](bool reading) {
    const std::lock_guard lock(way->mutex);
    if (way->core == nullptr) return;
    way->core->tell(peer, [reading](Session& session) { session.set_reading(reading, now()); });
  };
}

void Speaker::request_refresh(PeerId peer, Family family) {
  core_->tell(peer, [family](Session& session) { static_cast<void>(session.request_refresh(family)); });
}

void Speaker::snapshot(PeerId peer, std::function<void(std::optional<PeerSnapshot>)> done) {
  core_->snapshot(peer, std::move(done));
}

void Speaker::inspect(PeerId peer, std::function<void(const Session*)> look) { core_->inspect(peer, std::move(look)); }

void Speaker::close(Stop stop, std::function<void()> done) { core_->close(std::move(stop), std::move(done)); }

std::uint64_t Speaker::refused_connections() const { return core_->refused(); }

TimePoint Speaker::now() {
  return TimePoint(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

}  // namespace bgp
