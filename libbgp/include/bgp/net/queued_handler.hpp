// bgp/net/queued_handler.hpp
//
// Carries what a session says to another thread: a consumer with an executor of its own (a RIB, a database, a log that
// may block) gets the callbacks there, in order, none lost, and never slows the session's KEEPALIVEs. What waits is
// bounded: when it is full, reading is turned off, so that TCP makes the peer wait, and on again when half is drained.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <functional>
#include <memory>

#include "bgp/export.hpp"
#include "bgp/net/speaker.hpp"
#include "bgp/session/handler.hpp"

namespace bgp BGP_EXPORT {

/// What a QueuedHandler calls on the consumer's executor, one call at a time. The references and views are valid during
/// the call. There is no Session here, for it lives on another thread: ask the Speaker, by number.
class QueuedConsumer {
 public:
  virtual ~QueuedConsumer() = default;

  virtual void on_established(const SessionUp&) {}
  virtual void on_update(const UpdateView&) {}
  virtual void on_route_refresh(const RouteRefresh&) {}
  virtual void on_down(const SessionDown&) {}

 protected:
  QueuedConsumer() = default;
  QueuedConsumer(const QueuedConsumer&) = default;
  QueuedConsumer& operator=(const QueuedConsumer&) = default;
};

/// The handler of one peer. on_established, on_update, on_route_refresh and on_down go to the consumer. The others stay
/// on the session's thread, for their answer is wanted there (on_open is a veto, on_writable fills the send queue) or
/// they are about the session alone (on_state_change, on_message): derive from this class to implement them.
class QueuedHandler : public PeerHandler {
 public:
  using Executor = boost::asio::any_io_executor;

  static constexpr std::size_t kOctets = std::size_t{4} * 1024 * 1024;

  /// `consumer` must outlive this; `executor` must run one thing at a time. `octets`: reading is turned off while so
  /// many wait, so less than that and one message ever do; a connection that ends may leave what its Session had read,
  /// another 192 KiB at most.
  QueuedHandler(QueuedConsumer& consumer, Executor executor, std::size_t octets = kOctets);
  /// No callback of the consumer runs after it returns, but for one that called it; what still waits is dropped. The
  /// Speaker must be done with this handler (remove_peer() or close() completed, or it is gone). When a callback runs
  /// on another thread it waits for that one: hold no lock that a callback takes.
  ~QueuedHandler() override;
  QueuedHandler(const QueuedHandler&) = delete;
  QueuedHandler& operator=(const QueuedHandler&) = delete;

  /// Speaker::add_peer() with this handler, and attach().
  PeerId add_to(Speaker& speaker, PeerOptions options, Executor session_executor);
  /// Names the peer whose reading is turned on again. Until then it stays off once it was turned off. The Speaker need
  /// not outlive this.
  void attach(Speaker& speaker, PeerId peer);

  /// Runs `done` on the consumer's executor behind all that waits: after remove_peer() has completed, say, to know when
  /// the consumer has had everything.
  void flush(std::function<void()> done);

  /// Octets that wait for the consumer: messages, and what the other callbacks carry.
  [[nodiscard]] std::size_t waiting() const;
  /// The most that ever waited.
  [[nodiscard]] std::size_t most_waited() const;

  /// A new session is refused with Cease/8 while the last one's messages still fill the queue: so a peer that comes and
  /// goes cannot make it grow. A derived class that decides about OPENs asks this one too.
  std::optional<Notification> on_open(Session& session, const OpenReceived& open) override;
  void on_established(Session& session, const SessionUp& up) final;
  void on_update(Session& session, const UpdateView& update) final;
  void on_route_refresh(Session& session, const RouteRefresh& refresh) final;
  void on_down(Session& session, const SessionDown& down) final;

 private:
  class Queue;
  std::shared_ptr<Queue> queue_;
  std::shared_ptr<const DecodeContext> context_;  // of the present session; its thread's alone
};

}  // namespace bgp BGP_EXPORT
