// The API from several threads, with peers on executors of their own. What these tests prove they prove under
// ThreadSanitizer; without it they still find deadlocks and callbacks after the end.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "net/node.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

// An io_context with threads of its own, which run until it is destroyed.
class Threads {
 public:
  explicit Threads(int count) {
    for (int i = 0; i < count; ++i) threads_.emplace_back([this] { io_.run(); });
  }
  ~Threads() {
    io_.stop();
    for (std::thread& thread : threads_) thread.join();
  }
  [[nodiscard]] asio::any_io_executor executor() { return io_.get_executor(); }
  [[nodiscard]] asio::any_io_executor strand() { return asio::make_strand(io_); }

 private:
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  std::vector<std::thread> threads_;
};

// Its callbacks come one at a time, and none after its end.
class Exclusive : public PeerHandler {
 public:
  ~Exclusive() override { EXPECT_FALSE(busy_.exchange(true)); }
  void on_established(Session& session, const SessionUp&) override {
    const Callback callback(busy_);
    ++ups;
    session.want_write();
  }
  void on_writable(Session&, UpdateWriter& out) override {
    const Callback callback(busy_);
    const Nlri nlri{prefix("192.0.2.0/24")};
    out.reach(kIpv4Unicast, attributes, std::span(&nlri, 1));
  }
  void on_update(Session&, const UpdateView&) override {
    const Callback callback(busy_);
    ++updates;
  }
  void on_down(Session&, const SessionDown&) override { const Callback callback(busy_); }
  void on_message(Session&, Travel, ConnectionId, const RawMessage&) override { const Callback callback(busy_); }

  std::atomic<int> ups = 0;
  std::atomic<int> updates = 0;
  PathAttributes attributes;

 private:
  class Callback {
   public:
    explicit Callback(std::atomic<bool>& busy) : busy_(busy), nested_(busy.exchange(true)) { EXPECT_FALSE(nested_); }
    ~Callback() { busy_ = nested_; }

   private:
    std::atomic<bool>& busy_;
    bool nested_;
  };

  std::atomic<bool> busy_ = false;
};

bool eventually(const std::function<bool()>& so) {
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (!so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

constexpr std::size_t kPeers = 4;

// Two speakers, at 127.0.1.x and 127.0.2.x, with kPeers sessions between them: peer i of one is peer i of the other.
class Side {
 public:
  Side(Threads& threads, int number) : threads_(&threads), number_(number) {
    for (Exclusive& handler : handlers) {
      handler.attributes.as_path = AsPath::sequence({asn()});
      handler.attributes.next_hop.address = ip("192.0.2.1");
    }
    speaker = std::make_unique<Speaker>(threads.executor());
    for (std::size_t i = 0; i < kPeers; ++i) ports[i] = speaker->listen(address(i), 0);
  }
  void peer(std::size_t i, const Side& other) {
    ids[i] = speaker->add_peer(towards(i, other), handlers[i], threads_->strand());
  }
  [[nodiscard]] PeerOptions towards(std::size_t i, const Side& other) const {
    PeerOptions options;
    options.remote_address = other.address(i);
    options.remote_port = other.ports[i];
    options.local_address = address(i);
    options.session.local_asn = asn();
    options.session.local_identifier = BgpIdentifier{asn()};
    options.session.attributes.connect_retry_time = 100ms;
    options.session.idle_hold.first = 5ms;
    options.session.idle_hold.longest = 20ms;
    return options;
  }
  [[nodiscard]] IpAddress address(std::size_t i) const {
    return IpAddress::v4(0x7f000001U + (static_cast<std::uint32_t>(number_) << 8) + static_cast<std::uint32_t>(i));
  }
  [[nodiscard]] std::uint32_t asn() const { return 65000U + static_cast<std::uint32_t>(number_); }
  [[nodiscard]] bool all_up_again(int times) const {
    return std::ranges::all_of(handlers, [times](const Exclusive& handler) { return handler.ups >= times; });
  }

  std::array<Exclusive, kPeers> handlers;  // outlive the speaker
  std::unique_ptr<Speaker> speaker;
  std::array<std::uint16_t, kPeers> ports{};
  std::array<PeerId, kPeers> ids{};

 private:
  Threads* threads_;
  int number_;
};

TEST(Threads, ApiFromSeveralThreads_RacesWithNothing) {
  Threads threads(3);
  Side a(threads, 1);
  Side b(threads, 2);
  for (std::size_t i = 0; i < kPeers; ++i) {
    a.peer(i, b);
    b.peer(i, a);
  }
  ASSERT_TRUE(eventually([&] { return a.all_up_again(1) && b.all_up_again(1); }));

  std::atomic<int> snapshots = 0;
  const auto use = [&](Side& side, std::size_t first) {
    for (std::size_t round = 0; round < 200; ++round) {
      const PeerId id = side.ids[(first + round) % kPeers];
      side.speaker->want_write(id);
      side.speaker->snapshot(id, [&](const auto& seen) { snapshots += seen ? 1 : 0; });
      side.speaker->request_refresh(id, kIpv4Unicast);
      if (round % 20 == 0) side.speaker->reset_peer(id);
      if (round % 50 == 7) side.speaker->stop_peer(id);
      side.speaker->start_peer(id);
    }
  };
  std::vector<std::thread> users;
  for (std::size_t i = 0; i < 2; ++i) {
    users.emplace_back(use, std::ref(a), i);
    users.emplace_back(use, std::ref(b), i);
  }
  for (std::thread& user : users) user.join();

  EXPECT_TRUE(eventually([&] { return snapshots == 800; })) << snapshots;
  EXPECT_TRUE(eventually([&] { return a.all_up_again(2) && b.all_up_again(2); }));
}

TEST(Threads, AddAndRemoveWhileTheOthersRun_CallsNobodyAfterDone) {
  Threads threads(3);
  Side a(threads, 1);
  Side b(threads, 2);
  for (std::size_t i = 0; i < kPeers; ++i) b.peer(i, a);

  std::vector<std::thread> users;
  for (std::size_t i = 0; i < kPeers; ++i) {
    users.emplace_back([&, i] {
      for (int round = 0; round < 10; ++round) {
        auto handler = std::make_unique<Exclusive>();
        const PeerId id = a.speaker->add_peer(a.towards(i, b), *handler, threads.strand());
        if (round % 2 == 0) {
          EXPECT_TRUE(eventually([&] { return handler->ups > 0; }));
        }
        std::promise<void> done;
        a.speaker->remove_peer(id, Stop::deconfigured(), [&] { done.set_value(); });
        done.get_future().wait();
        handler.reset();
      }
    });
  }
  for (std::thread& user : users) user.join();
}

TEST(Threads, DestroyedInFullRun_CallsNobodyAfterwards) {
  Threads threads(3);
  Side b(threads, 2);
  for (int round = 0; round < 20; ++round) {
    auto a = std::make_unique<Side>(threads, 1);
    std::array<PeerId, kPeers> at_b{};
    for (std::size_t i = 0; i < kPeers; ++i) {
      a->peer(i, b);
      b.peer(i, *a);
      at_b[i] = b.ids[i];
    }
    if (round % 2 == 0) {
      EXPECT_TRUE(eventually([&] { return a->all_up_again(1); }));
    }
    for (const PeerId id : a->ids) a->speaker->reset_peer(id);

    a.reset();  // the speaker, and then at once the handlers

    std::atomic<std::size_t> removed = 0;
    for (const PeerId id : at_b) b.speaker->remove_peer(id, Stop::deconfigured(), [&] { ++removed; });
    ASSERT_TRUE(eventually([&] { return removed == kPeers; }));
  }
}

TEST(Threads, CloseFromAnotherThread_IsDoneAfterTheLastCallback) {
  Threads threads(3);
  auto a = std::make_unique<Side>(threads, 1);
  auto b = std::make_unique<Side>(threads, 2);
  for (std::size_t i = 0; i < kPeers; ++i) {
    a->peer(i, *b);
    b->peer(i, *a);
  }
  ASSERT_TRUE(eventually([&] { return a->all_up_again(1) && b->all_up_again(1); }));

  for (auto* side : {&a, &b}) {
    std::promise<void> done;
    (*side)->speaker->close(Stop::shutdown("night"), [&] { done.set_value(); });
    done.get_future().wait();
    side->reset();
  }
}

}  // namespace
}  // namespace bgp::test
