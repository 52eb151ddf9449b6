// Peers that nobody configured one by one: whoever connects from a range is one, for as long as it has a session.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "net/node.hpp"
#include "net/raw_client.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

class Dynamic : public Recorder {
 public:
  explicit Dynamic(int& alive) : alive_(alive) { ++alive_; }
  ~Dynamic() override { --alive_; }

 private:
  int& alive_;
};

class AcceptFrom : public ::testing::Test {
 protected:
  PeerRange range(std::string_view of) {
    PeerRange range;
    range.prefix = prefix(of);
    range.peer = node.towards(node.address, 0);  // any AS
    range.linger = 300ms;
    return range;
  }
  void accept(PeerRange range) {
    node.speaker.accept_from(std::move(range), [this](PeerId id, const PeerOptions& options) {
      auto handler = std::make_unique<Dynamic>(alive);
      if (refuse) handler.reset();
      made[options.remote_address] = {id, handler.get()};
      return AcceptedPeer{std::move(handler), loop.executor()};
    });
  }
  /// A speaker of its own at an address, that dials the node.
  std::unique_ptr<Node> dialer(std::string_view at, std::uint32_t as) {
    auto other = std::make_unique<Node>(loop.executor(), at, as);
    other->add(other->towards(node));
    return other;
  }

  /// So many of the peers that were made are up, at our end too.
  [[nodiscard]] bool up(std::size_t count) const {
    return static_cast<std::size_t>(std::ranges::count_if(
               made, [](const auto& peer) { return peer.second.second && peer.second.second->up(); })) == count;
  }

  Loop loop;
  int alive = 0;
  bool refuse = false;
  std::map<IpAddress, std::pair<PeerId, Recorder*>> made;
  Node node{loop.executor(), "127.0.0.2", 65001};
};

TEST_F(AcceptFrom, WhoConnectsFromTheRange_IsAPeer) {
  accept(range("127.0.5.0/24"));

  const auto a = dialer("127.0.5.1", 65005);
  const auto b = dialer("127.0.5.2", 65006);

  ASSERT_TRUE(loop.until([&] { return a->recorder.up() && b->recorder.up() && up(2); }));
  EXPECT_EQ(made.size(), 2U);
  EXPECT_EQ(made[ip("127.0.5.1")].second->negotiated->peer_asn, 65005U);
  EXPECT_EQ(made[ip("127.0.5.2")].second->negotiated->peer_asn, 65006U);
}

TEST_F(AcceptFrom, Outside_IsRefusedAndCounted) {
  accept(range("127.0.5.0/24"));

  RawClient stranger("127.0.6.1", node.address, node.port);

  ASSERT_TRUE(loop.until([&] { return (stranger.receive(), stranger.closed()); }));
  EXPECT_EQ(node.speaker.refused_connections(), 1U);
  EXPECT_TRUE(made.empty());
}

TEST_F(AcceptFrom, AConfiguredPeer_ComesFirst_AndTheLongestPrefixNext) {
  PeerRange wide = range("127.0.0.0/8");
  wide.peer.session.local_asn = 65100;
  accept(wide);
  PeerRange narrow = range("127.0.5.0/24");
  narrow.peer.session.local_asn = 65200;
  accept(narrow);
  node.add(node.passive_towards(ip("127.0.5.9"), 65009));

  const auto far = dialer("127.0.6.1", 65005);
  RawClient inside("127.0.5.1", node.address, node.port);
  const auto configured = dialer("127.0.5.9", 65009);
  ASSERT_TRUE(loop.until([&] { return configured->recorder.up() && made.size() == 2; }));

  EXPECT_TRUE(made.contains(ip("127.0.6.1")));
  EXPECT_TRUE(made.contains(ip("127.0.5.1")));
  EXPECT_TRUE(node.recorder.up());
}

TEST_F(AcceptFrom, BeyondTheLimit_IsRefused) {
  PeerRange few = range("127.0.5.0/24");
  few.limit = 2;
  accept(few);
  const auto a = dialer("127.0.5.1", 65005);
  const auto b = dialer("127.0.5.2", 65006);
  ASSERT_TRUE(loop.until([&] { return a->recorder.up() && b->recorder.up() && up(2); }));

  RawClient third("127.0.5.3", node.address, node.port);

  ASSERT_TRUE(loop.until([&] { return (third.receive(), third.closed()); }));
  EXPECT_EQ(made.size(), 2U);
}

TEST_F(AcceptFrom, WithoutASession_ItIsForgottenInTime_AndItsPlaceIsFree) {
  PeerRange one = range("127.0.5.0/24");
  one.limit = 1;
  accept(one);
  {
    RawClient silent("127.0.5.1", node.address, node.port);
    ASSERT_TRUE(loop.until([&] { return made.size() == 1; }));
    EXPECT_EQ(alive, 1);
    ASSERT_TRUE(loop.until([&] { return (silent.receive(), silent.closed()); }));
    EXPECT_EQ(silent.notification(), (Notification{ErrorCode::Cease, cease::kPeerDeconfigured, {}}));
  }
  ASSERT_TRUE(loop.until([&] { return alive == 0; }));

  const auto a = dialer("127.0.5.2", 65005);

  EXPECT_TRUE(loop.until([&] { return a->recorder.up(); }));
}

TEST_F(AcceptFrom, APeerThatComesBackInTime_IsTheSame) {
  PeerRange patient = range("127.0.5.0/24");
  patient.linger = 60s;
  accept(patient);
  const auto a = dialer("127.0.5.1", 65005);
  ASSERT_TRUE(loop.until([&] { return a->recorder.up() && up(1); }));
  Recorder* const handler = made[ip("127.0.5.1")].second;

  node.speaker.reset_peer(made[ip("127.0.5.1")].first);

  ASSERT_TRUE(loop.until([&] { return handler->ups == 2; }));
  EXPECT_EQ(made[ip("127.0.5.1")].second, handler);
}

TEST_F(AcceptFrom, WithoutAHandler_TheConnectionIsRefused) {
  refuse = true;
  accept(range("127.0.5.0/24"));

  RawClient client("127.0.5.1", node.address, node.port);

  EXPECT_TRUE(loop.until([&] { return (client.receive(), client.closed()); }));
}

TEST_F(AcceptFrom, RefuseFrom_TakesNoNewOnes) {
  accept(range("127.0.5.0/24"));
  const auto a = dialer("127.0.5.1", 65005);
  ASSERT_TRUE(loop.until([&] { return a->recorder.up(); }));

  node.speaker.refuse_from(prefix("127.0.5.0/24"));
  RawClient client("127.0.5.2", node.address, node.port);

  EXPECT_TRUE(loop.until([&] { return (client.receive(), client.closed()); }));
  EXPECT_TRUE(a->recorder.up());
}

TEST_F(AcceptFrom, Remove_AndTheEndOfTheSpeaker_DestroyTheHandlers) {
  accept(range("127.0.5.0/24"));
  const auto a = dialer("127.0.5.1", 65005);
  const auto b = dialer("127.0.5.2", 65006);
  ASSERT_TRUE(loop.until([&] { return a->recorder.up() && b->recorder.up() && up(2); }));

  node.speaker.refuse_from(prefix("127.0.5.0/24"));
  node.speaker.remove_peer(made[ip("127.0.5.1")].first);
  ASSERT_TRUE(loop.until([&] { return alive == 1; }));

  bool closed = false;
  node.speaker.close(Stop::shutdown(), [&] { closed = true; });
  ASSERT_TRUE(loop.until([&] { return closed; }));
  EXPECT_EQ(alive, 0);
}

TEST_F(AcceptFrom, ARangeThatCannotBeUsed_IsRefused) {
  PeerRange bad = range("127.0.5.0/24");
  bad.peer.session.local_asn = 0;
  EXPECT_THROW(accept(bad), std::invalid_argument);

  accept(range("0.0.0.0/0"));
  EXPECT_THROW(accept(range("0.0.0.0/0")), std::invalid_argument);
}

}  // namespace
}  // namespace bgp::test
