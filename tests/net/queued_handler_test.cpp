// QueuedHandler: what a session says, carried to another executor. Here that is one which runs when the test says so.
#include "bgp/net/queued_handler.hpp"

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "net/node.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

/// Writes down what it is called for.
class Listener : public QueuedConsumer {
 public:
  void on_established(const SessionUp& up) override {
    asn = up.received.asn();
    note("up");
  }
  void on_update(const UpdateView& update) override {
    for (const auto& group : update.reachable()) {
      for (const Nlri& nlri : group.nlri) prefixes.push_back(nlri.prefix);
      last = update.path_attributes(group);
    }
    note(update.end_of_rib() ? "end of rib" : "update");
  }
  void on_route_refresh(const RouteRefresh& refresh) override { note("refresh " + to_string(refresh.family)); }
  void on_down(const SessionDown& down) override {
    received = down.received != nullptr ? std::optional(*down.received) : std::nullopt;
    note("down");
  }

  std::uint32_t asn = 0;
  std::vector<Prefix> prefixes;
  PathAttributes last;
  std::optional<Notification> received;
  std::vector<std::string> log;  // without repeats of an update
  std::function<void()> inside;

 private:
  void note(const std::string& what) {
    if (log.empty() || log.back() != what) log.push_back(what);
    if (inside) inside();
  }
};

class QueuedHandlerTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kLimit = std::size_t{64} * 1024;

  void connect(std::size_t routes) {
    b.recorder.to_announce = many_prefixes(routes);
    b_id = b.add(b.towards(*a));
    a_id = handler->add_to(a->speaker, a->passive_towards(b.address, b.asn), loop.executor());
    ASSERT_TRUE(loop.until([&] { return b.recorder.up(); }));
  }
  bool reading() {
    std::optional<bool> seen;
    a->speaker.snapshot(a_id, [&](const std::optional<PeerSnapshot>& peer) { seen = peer && peer->reading; });
    EXPECT_TRUE(loop.until([&] { return seen.has_value(); }));
    return seen.value_or(true);
  }
  /// The sessions run, and the consumer takes what there is.
  [[nodiscard]] bool until(const std::function<bool()>& so) {
    return loop.until([&] {
      consumer_io.restart();
      consumer_io.poll();
      return so();
    });
  }

  Loop loop;
  asio::io_context consumer_io;
  Listener consumer;
  std::unique_ptr<QueuedHandler> handler =
      std::make_unique<QueuedHandler>(consumer, consumer_io.get_executor(), kLimit);
  std::unique_ptr<Node> a = std::make_unique<Node>(loop.executor(), "127.0.0.2", 65001);
  Node b{loop.executor(), "127.0.0.3", 65002};
  PeerId a_id{};
  PeerId b_id{};
};

TEST_F(QueuedHandlerTest, EverythingArrives_InOrder) {
  connect(1000);

  ASSERT_TRUE(until([&] { return !consumer.log.empty() && consumer.log.back() == "end of rib"; }));
  b.speaker.request_refresh(b_id, kIpv4Unicast);
  b.speaker.stop_peer(b_id, Stop::shutdown("bye"));
  ASSERT_TRUE(until([&] { return consumer.log.back() == "down"; }));

  EXPECT_EQ(consumer.log, (std::vector<std::string>{"up", "update", "end of rib", "refresh ipv4-unicast", "down"}));
  EXPECT_EQ(consumer.asn, b.asn);
  ASSERT_EQ(consumer.prefixes.size(), 1000U);
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(consumer.prefixes[i], b.recorder.to_announce[i].prefix);
  EXPECT_EQ(consumer.last, b.recorder.attributes);
  ASSERT_TRUE(consumer.received);
  EXPECT_EQ(shutdown_communication(*consumer.received), "bye");
}

TEST_F(QueuedHandlerTest, NothingRunsOnTheSessionsThread) {
  connect(10);
  ASSERT_TRUE(loop.until([&] { return handler->waiting() > 0; }));

  EXPECT_TRUE(consumer.log.empty());
}

TEST_F(QueuedHandlerTest, AConsumerThatTakesNothing_StopsTheReading_AndNothingIsLost) {
  constexpr std::size_t kRoutes = 1'500'000;
  connect(kRoutes);
  ASSERT_TRUE(loop.until([&] { return !reading(); }));

  const std::size_t waiting = handler->waiting();
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(reading());  // the loop runs, and nothing more comes

  EXPECT_EQ(handler->waiting(), waiting);
  EXPECT_GE(waiting, kLimit);
  EXPECT_LT(handler->most_waited(), kLimit + kMaxExtendedMessageSize);
  EXPECT_LT(b.recorder.next_to_announce, kRoutes) << "the sockets took everything: more routes are needed";

  ASSERT_TRUE(until([&] { return consumer.prefixes.size() == kRoutes; }));
  EXPECT_LT(handler->most_waited(), kLimit + kMaxExtendedMessageSize);
  for (std::size_t i = 0; i < kRoutes; ++i) ASSERT_EQ(consumer.prefixes[i], b.recorder.to_announce[i].prefix) << i;
  EXPECT_TRUE(reading());
}

TEST_F(QueuedHandlerTest, AttachedLate_IsTurnedOnThen) {
  b.recorder.to_announce = many_prefixes(100'000);
  b.add(b.towards(*a));
  a_id = a->add(a->passive_towards(b.address, b.asn), *handler);
  ASSERT_TRUE(loop.until([&] { return !reading(); }));
  consumer_io.poll();
  EXPECT_FALSE(reading());

  handler->attach(a->speaker, a_id);

  ASSERT_TRUE(until([&] { return consumer.prefixes.size() == 100'000; }));
}

TEST_F(QueuedHandlerTest, ANewSession_IsRefusedWhileTheQueueIsFull) {
  Recorder nobody;
  Session session(a->towards(b).session, nobody);
  const OpenMessage open;
  const Negotiated terms;
  const OpenReceived about{ConnectionId{1}, Direction::Incoming, open, terms};
  EXPECT_EQ(handler->on_open(session, about), std::nullopt);
  connect(1'000'000);
  ASSERT_TRUE(loop.until([&] { return !reading(); }));

  EXPECT_EQ(handler->on_open(session, about), (Notification{ErrorCode::Cease, cease::kOutOfResources, {}}));

  ASSERT_TRUE(until([&] { return consumer.prefixes.size() == 1'000'000; }));
  EXPECT_EQ(handler->on_open(session, about), std::nullopt);
}

TEST_F(QueuedHandlerTest, FlushAfterRemove_RunsBehindAllThatWasSaid) {
  connect(1000);
  ASSERT_TRUE(loop.until([&] { return b.recorder.next_to_announce == 1000 && handler->waiting() > 2000; }));
  bool flushed = false;

  a->speaker.remove_peer(a_id, Stop::deconfigured(), [&] {
    handler->flush([&] {
      EXPECT_EQ(consumer.log.back(), "down");
      handler.reset();
      flushed = true;
    });
  });

  EXPECT_TRUE(until([&] { return flushed; }));
}

TEST_F(QueuedHandlerTest, DestroyedWhileCallsWait_MakesNone) {
  connect(1000);
  ASSERT_TRUE(loop.until([&] { return handler->waiting() > 0; }));

  a.reset();
  handler.reset();
  consumer_io.poll();

  EXPECT_TRUE(consumer.log.empty());
}

TEST_F(QueuedHandlerTest, DestroyedFromInsideACall_MakesNoMore) {
  connect(1000);
  ASSERT_TRUE(loop.until([&] { return handler->waiting() > 2000; }));
  a.reset();
  consumer.inside = [&] { handler.reset(); };

  consumer_io.poll();

  EXPECT_EQ(consumer.log, (std::vector<std::string>{"up"}));
}

TEST_F(QueuedHandlerTest, OutlivesItsSpeaker) {
  connect(1'000'000);
  ASSERT_TRUE(loop.until([&] { return !reading(); }));

  a.reset();
  consumer_io.poll();  // drained: there is nobody left to be told

  EXPECT_EQ(handler->waiting(), 0U);
  EXPECT_FALSE(consumer.prefixes.empty());
}

// --- Under ThreadSanitizer: four threads for the sessions, one for the consumer of them all.

class Workers {
 public:
  Workers(asio::io_context& io, int count) : io_(io), work_(io.get_executor()) {
    for (int i = 0; i < count; ++i) threads_.emplace_back([this] { io_.run(); });
  }
  ~Workers() { stop(); }
  void stop() {
    io_.stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  asio::io_context& io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::vector<std::thread> threads_;
};

/// Counts what comes, in order.
class Counter : public QueuedConsumer {
 public:
  void on_update(const UpdateView& update) override {
    for (const auto& group : update.reachable()) {
      for (const Nlri& nlri : group.nlri) {
        const std::size_t n = count++;
        if (nlri.prefix != Prefix(IpAddress::v4(static_cast<std::uint32_t>(0x0a000000 + (n << 8))), 24)) ++misplaced;
      }
    }
  }
  std::atomic<std::size_t> count = 0;
  std::atomic<std::size_t> misplaced = 0;
};

TEST(QueuedHandlerThreads, FourIoThreadsAndOneConsumer_LoseNothing) {
  constexpr std::size_t kPeers = 4;
  constexpr std::size_t kRoutes = 20'000;
  constexpr std::size_t kLimit = std::size_t{16} * 1024;
  asio::io_context io;
  asio::io_context consumer_io;
  std::array<Counter, kPeers> counters;
  std::vector<std::unique_ptr<QueuedHandler>> handlers;
  std::array<Recorder, kPeers> senders;
  Speaker receiving(io.get_executor());
  Speaker sending(io.get_executor());
  Workers io_threads(io, 4);
  Workers consumer_thread(consumer_io, 1);

  for (std::size_t i = 0; i < kPeers; ++i) {
    const IpAddress to = ip("127.0.3." + std::to_string(i + 1));
    const IpAddress from = ip("127.0.4." + std::to_string(i + 1));
    PeerOptions options;
    options.remote_address = from;
    options.local_address = to;
    options.remote_port = 1;
    options.session.local_asn = 65001;
    options.session.local_identifier = BgpIdentifier{1};
    options.session.attributes.passive = true;
    handlers.push_back(std::make_unique<QueuedHandler>(counters[i], consumer_io.get_executor(), kLimit));
    handlers.back()->add_to(receiving, options, asio::make_strand(io));

    senders[i].to_announce = many_prefixes(kRoutes);
    senders[i].attributes.as_path = AsPath::sequence({65002});
    senders[i].attributes.next_hop.address = from;
    std::swap(options.remote_address, *options.local_address);
    options.remote_port = receiving.listen(to, 0);
    options.session.local_asn = 65002;
    options.session.local_identifier = BgpIdentifier{2};
    options.session.attributes.passive = false;
    options.session.attributes.connect_retry_time = 100ms;
    options.session.extended_message = false;
    sending.add_peer(options, senders[i], asio::make_strand(io));
  }
  const auto end = std::chrono::steady_clock::now() + 60s;
  const auto done = [&] { return std::ranges::all_of(counters, [](const Counter& c) { return c.count == kRoutes; }); };
  while (!done() && std::chrono::steady_clock::now() < end) std::this_thread::yield();

  for (std::size_t i = 0; i < kPeers; ++i) {
    EXPECT_EQ(counters[i].count, kRoutes);
    EXPECT_EQ(counters[i].misplaced, 0U);
    EXPECT_LT(handlers[i]->most_waited(), kLimit + kMaxExtendedMessageSize);
  }
  io_threads.stop();  // before the handlers and what they call
  consumer_thread.stop();
}

}  // namespace
}  // namespace bgp::test
