// Reading turned off over TCP: the peer's octets stay in its socket, nothing is lost, and a peer that is alive is kept.
#include <gtest/gtest.h>

#include "net/node.hpp"
#include "net/raw_client.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

/// Turns reading off within each UPDATE when `one_at_a_time`.
class Reluctant : public Recorder {
 public:
  void on_update(Session& session, const UpdateView& update) override {
    for (const auto& group : update.reachable()) {
      for (const Nlri& nlri : group.nlri) order.push_back(nlri.prefix);
    }
    if (one_at_a_time) session.set_reading(false, session.now());
  }
  void on_down(Session& session, const SessionDown& down) override {
    Recorder::on_down(session, down);
    event = down.event;
  }

  bool one_at_a_time = false;
  std::vector<Prefix> order;
  EventId event{};
};

class PausedPeer : public ::testing::Test {
 protected:
  void SetUp() override {
    PeerOptions options = node.passive_towards(ip("127.0.0.9"), 65009);
    options.session.attributes.hold_time = 3;
    id = node.add(options, handler);
    client = std::make_unique<RawClient>("127.0.0.9", node.address, node.port);
    OpenMessage open;
    open.my_as = 65009;
    open.hold_time = 90;
    open.identifier = BgpIdentifier{9};
    open.capabilities = {capability::Multiprotocol{kIpv4Unicast}, capability::FourOctetAs{65009}};
    client->send(encode_open(open) + encode_keepalive());
    ASSERT_TRUE(loop.until([&] { return handler.up(); }));
  }
  void pause() {
    node.speaker.set_reading(id, false);
    ASSERT_TRUE(loop.until([&] { return !look().reading; }));
  }
  PeerSnapshot look() {
    std::optional<PeerSnapshot> seen;
    node.speaker.snapshot(id, [&](std::optional<PeerSnapshot> snapshot) { seen = std::move(snapshot); });
    EXPECT_TRUE(loop.until([&] { return seen.has_value(); }));
    return *seen;
  }
  /// UPDATEs of 10.x.y.0/24 from `first` on, one prefix each.
  static Bytes updates(std::size_t first, std::size_t count) {
    Bytes octets;
    const auto prefixes = many_prefixes(first + count);
    for (std::size_t i = first; i < first + count; ++i) {
      Bytes body = "0000 0014 40010100 40020602010000fdf1 4003047f000009 18"_hex;
      const auto address = prefixes[i].prefix.address().octets();
      body.insert(body.end(), address.begin(), address.begin() + 3);
      const Bytes message = framed(MessageType::Update, body);
      octets.insert(octets.end(), message.begin(), message.end());
    }
    return octets;
  }
  void expect_in_order(std::size_t count) {
    const auto prefixes = many_prefixes(count);
    ASSERT_EQ(handler.order.size(), count);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(handler.order[i], prefixes[i].prefix) << i;
  }

  Loop loop;
  Reluctant handler;
  Node node{loop.executor(), "127.0.0.2", 65001};
  PeerId id{};
  std::unique_ptr<RawClient> client;
};

TEST_F(PausedPeer, OffWithinAnUpdate_ExactlyOneOfTheReadIsDelivered) {
  handler.one_at_a_time = true;
  client->send(updates(0, 50));

  for (std::size_t n = 1; n <= 50; ++n) {
    ASSERT_TRUE(loop.until([&] { return handler.order.size() >= n; }));
    for (int i = 0; i < 3; ++i) ASSERT_FALSE(look().reading);
    ASSERT_EQ(handler.order.size(), n);
    node.speaker.set_reading(id, true);
  }
  expect_in_order(50);
}

TEST_F(PausedPeer, MoreThanTheSocketsTake_IsAllThereInTheEnd) {
  constexpr std::size_t kCount = 200'000;
  const Bytes all = updates(0, kCount);
  pause();

  std::size_t sent = 0;
  for (std::size_t before = 1; before > 0; sent += before) before = client->send_some(BytesView(all).subspan(sent));
  ASSERT_LT(sent, all.size()) << "the sockets take everything: a larger flood is needed";
  EXPECT_TRUE(handler.order.empty());
  node.speaker.set_reading(id, true);

  ASSERT_TRUE(loop.until([&] {
    sent += client->send_some(BytesView(all).subspan(sent));
    return handler.order.size() == kCount;
  }));
  expect_in_order(kCount);
}

TEST_F(PausedPeer, AFloodThatWaits_ExtendsTheHoldTimer) {
  pause();
  const Bytes some = updates(0, 10'000);
  ASSERT_EQ(client->send_some(some), some.size());

  ASSERT_TRUE(loop.until([&] { return look().hold_extended_by > Duration::zero(); }));

  EXPECT_TRUE(handler.up());
  EXPECT_TRUE(handler.order.empty());
  node.speaker.set_reading(id, true);
  ASSERT_TRUE(loop.until([&] { return handler.order.size() == 10'000; }));
  expect_in_order(10'000);
}

TEST_F(PausedPeer, APeerThatIsSilent_IsDownByTheHoldTimer) {
  pause();
  client->send(updates(0, 1));

  ASSERT_TRUE(loop.until([&] { return handler.downs == 1; }));

  EXPECT_EQ(handler.event, EventId::HoldTimerExpires);
  EXPECT_TRUE(handler.order.empty());
}

TEST_F(PausedPeer, APeerThatHasGone_IsNoticedWithItsLastWords) {
  pause();
  client->send(updates(0, 3) + encode_notification({ErrorCode::Cease, 2, {}}));
  client->close();

  ASSERT_TRUE(loop.until([&] { return handler.downs == 1; }));

  EXPECT_EQ(handler.event, EventId::NotifMsg);
  expect_in_order(3);
}

TEST_F(PausedPeer, RemovedWhilePaused_IsGone) {
  pause();
  client->send(updates(0, 3));
  bool done = false;

  node.speaker.remove_peer(id, Stop::deconfigured(), [&] { done = true; });

  ASSERT_TRUE(loop.until([&] { return (client->receive(), done && client->closed()); }));
  EXPECT_EQ(client->notification(), (Notification{ErrorCode::Cease, cease::kPeerDeconfigured, {}}));
  EXPECT_TRUE(handler.order.empty());
}

}  // namespace
}  // namespace bgp::test
