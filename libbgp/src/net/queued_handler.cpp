#include "bgp/net/queued_handler.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <deque>
#include <mutex>
#include <utility>
#include <variant>

#include "gate.hpp"

namespace bgp {
namespace {

// What one turn on the consumer's executor hands over before others get theirs.
constexpr int kCallsPerTurn = 256;

// The callbacks as values that own what they carry.

struct Up {
  SessionUp up;  // but for its references: these follow
  Negotiated negotiated;
  OpenMessage sent;
  OpenMessage received;
};
struct Update {
  Bytes body;
  std::shared_ptr<const DecodeContext> context;
};
struct Down {
  SessionDown down;  // but for its pointers: these follow
  std::optional<Notification> sent;
  std::optional<Notification> received;
};
struct Flush {
  std::function<void()> done;
};
using Call = std::variant<std::unique_ptr<Up>, Update, RouteRefresh, std::unique_ptr<Down>, Flush>;

std::unique_ptr<Up> owned(const SessionUp& up) {
  return std::make_unique<Up>(Up{up, up.negotiated, up.sent, up.received});
}

std::unique_ptr<Down> owned(const SessionDown& down) {
  const auto copy = [](const Notification* notification) {
    return notification != nullptr ? std::optional(*notification) : std::nullopt;
  };
  return std::make_unique<Down>(Down{down, copy(down.sent), copy(down.received)});
}

void hand_over(QueuedConsumer& consumer, const std::unique_ptr<Up>& call) {
  const SessionUp& up = call->up;
  consumer.on_established({.connection = up.connection,
                           .direction = up.direction,
                           .endpoints = up.endpoints,
                           .negotiated = call->negotiated,
                           .sent = call->sent,
                           .received = call->received,
                           .time = up.time});
}

void hand_over(QueuedConsumer& consumer, const Update& call) {
  // it was decoded before, with the same result
  if (const auto update = decode_update(call.body, *call.context)) consumer.on_update(*update);
}

void hand_over(QueuedConsumer& consumer, const RouteRefresh& refresh) { consumer.on_route_refresh(refresh); }

void hand_over(QueuedConsumer& consumer, const std::unique_ptr<Down>& call) {
  SessionDown down = call->down;
  down.sent = call->sent ? &*call->sent : nullptr;
  down.received = call->received ? &*call->received : nullptr;
  consumer.on_down(down);
}

void hand_over(QueuedConsumer&, const Flush& call) { call.done(); }

}  // namespace

// Shared with what waits in Asio. The lock is held for moments only; calls are made under the gate.
class QueuedHandler::Queue : public std::enable_shared_from_this<Queue> {
 public:
  Queue(QueuedConsumer& consumer, Executor executor, std::size_t limit)
      : consumer_(consumer), executor_(std::move(executor)), limit_(limit) {}

  /// True when reading is to be turned off.
  bool push(Call call, std::size_t octets) {
    const std::lock_guard lock(mutex_);
    calls_.emplace_back(std::move(call), octets);
    waiting_ += octets;
    most_waited_ = std::max(most_waited_, waiting_);
    if (!std::exchange(draining_, true)) post_drain();
    return waiting_ >= limit_ && !std::exchange(reading_off_, true);
  }

  void attach(std::function<void(bool)> set_reading) {
    const std::lock_guard lock(mutex_);
    set_reading_ = std::move(set_reading);
    turn_on_when_drained();
  }

  void shut() {
    gate_.shut([this] {
      const std::lock_guard lock(mutex_);
      calls_.clear();
      set_reading_ = nullptr;
    });
  }

  [[nodiscard]] bool full() const {
    const std::lock_guard lock(mutex_);
    return waiting_ >= limit_;
  }
  [[nodiscard]] std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }
  [[nodiscard]] std::size_t most_waited() const {
    const std::lock_guard lock(mutex_);
    return most_waited_;
  }

 private:
  void post_drain() {
    boost::asio::post(executor_, [self = shared_from_this()] { self->gate_.enter([&] { self->drain(); }); });
  }

  void drain() {
    for (int i = 0; i < kCallsPerTurn; ++i) {
      std::optional<Call> call = take();
      if (!call) return;
      std::visit([this](const auto& what) { hand_over(consumer_, what); }, *call);
      if (!gate_.open()) return;
    }
    post_drain();
  }

  std::optional<Call> take() {
    const std::lock_guard lock(mutex_);
    if (calls_.empty()) {
      draining_ = false;
      return std::nullopt;
    }
    std::optional<Call> call(std::move(calls_.front().first));
    waiting_ -= calls_.front().second;
    calls_.pop_front();
    turn_on_when_drained();
    return call;
  }

  // It only posts, so it may be called under the lock. The off that it follows was asked for within a turn of the
  // session's executor; this comes behind that turn.
  void turn_on_when_drained() {
    if (!reading_off_ || waiting_ > limit_ / 2 || !set_reading_) return;
    reading_off_ = false;
    set_reading_(true);
  }

  QueuedConsumer& consumer_;
  const Executor executor_;
  const std::size_t limit_;
  net::Gate gate_;

  mutable std::mutex mutex_;
  std::deque<std::pair<Call, std::size_t>> calls_;
  std::size_t waiting_ = 0;
  std::size_t most_waited_ = 0;
  bool draining_ = false;  // a turn is posted or under way
  bool reading_off_ = false;
  std::function<void(bool)> set_reading_;
};

QueuedHandler::QueuedHandler(QueuedConsumer& consumer, Executor executor, std::size_t octets)
    : queue_(std::make_shared<Queue>(consumer, std::move(executor), octets)) {}
QueuedHandler::~QueuedHandler() { queue_->shut(); }

PeerId QueuedHandler::add_to(Speaker& speaker, PeerOptions options, Executor session_executor) {
  const PeerId peer = speaker.add_peer(std::move(options), *this, std::move(session_executor));
  attach(speaker, peer);
  return peer;
}

void QueuedHandler::attach(Speaker& speaker, PeerId peer) { queue_->attach(speaker.reading_switch(peer)); }

void QueuedHandler::flush(std::function<void()> done) { queue_->push(Flush{std::move(done)}, 0); }

std::size_t QueuedHandler::waiting() const { return queue_->waiting(); }
std::size_t QueuedHandler::most_waited() const { return queue_->most_waited(); }

std::optional<Notification> QueuedHandler::on_open(Session&, const OpenReceived&) {
  if (!queue_->full()) return std::nullopt;
  return Notification{ErrorCode::Cease, cease::kOutOfResources, {}};
}

void QueuedHandler::on_established(Session& session, const SessionUp& up) {
  context_.reset();
  const std::size_t octets = sizeof(Up) + encode_open(up.sent).size() + encode_open(up.received).size();
  if (queue_->push(owned(up), octets)) session.set_reading(false, session.now());
}

void QueuedHandler::on_update(Session& session, const UpdateView& update) {
  if (!context_) context_ = std::make_shared<const DecodeContext>(update.context());
  const BytesView body = update.raw();
  const bool full = queue_->push(Update{Bytes(body.begin(), body.end()), context_}, body.size() + kHeaderSize);
  if (full) session.set_reading(false, session.now());
}

void QueuedHandler::on_route_refresh(Session& session, const RouteRefresh& refresh) {
  if (queue_->push(refresh, sizeof refresh + refresh.orf.size())) session.set_reading(false, session.now());
}

void QueuedHandler::on_down(Session& session, const SessionDown& down) {
  if (queue_->push(owned(down), sizeof(Down))) session.set_reading(false, session.now());
}

}  // namespace bgp
