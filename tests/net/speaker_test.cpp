// The public face: listen, add, remove, stop, reset, close; over loopback with real sockets.
#include "bgp/net/speaker.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <system_error>

#include "bgp/wire/notification.hpp"
#include "net/node.hpp"
#include "net/raw_client.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

class SpeakerPair : public ::testing::Test {
 protected:
  // Peers that dial each other; `both` false: only a dials.
  void peer(bool both = true) {
    PeerOptions towards_a = b.towards(a);
    towards_a.session.attributes.passive = !both;
    b_id = b.add(towards_a);
    a_id = a.add(a.towards(b));
  }
  [[nodiscard]] bool come_up() {
    return loop.until([&] { return a.recorder.up() && b.recorder.up(); });
  }

  Loop loop;
  Node a{loop.executor(), "127.0.0.2", 65001};
  Node b{loop.executor(), "127.0.0.3", 65002};
  PeerId a_id{};  // of b, at a
  PeerId b_id{};
};

TEST_F(SpeakerPair, OneSideDials_BothAreEstablishedOverItsConnection) {
  peer(false);

  ASSERT_TRUE(come_up());

  EXPECT_EQ(a.recorder.direction, Direction::Outgoing);
  EXPECT_EQ(b.recorder.direction, Direction::Incoming);
  EXPECT_EQ(a.recorder.endpoints.local, a.address);
  EXPECT_EQ(a.recorder.endpoints.remote, b.address);
  EXPECT_EQ(a.recorder.endpoints.remote_port, b.port);
  EXPECT_EQ(b.recorder.endpoints.remote_port, a.recorder.endpoints.local_port);
  EXPECT_EQ(a.recorder.negotiated->peer_asn, 65002U);
}

TEST_F(SpeakerPair, RoutesTravelBothWays) {
  a.recorder.to_announce = {Nlri{prefix("192.0.2.0/24")}};
  b.recorder.to_announce = {Nlri{prefix("198.51.100.0/24")}, Nlri{prefix("203.0.113.0/24")}};
  peer();

  ASSERT_TRUE(loop.until([&] { return a.recorder.ends_of_rib == 1 && b.recorder.ends_of_rib == 1; }));

  ASSERT_EQ(a.recorder.routes.size(), 2U);
  ASSERT_EQ(b.recorder.routes.size(), 1U);
  EXPECT_EQ(b.recorder.routes.at(prefix("192.0.2.0/24")), a.recorder.attributes);
  EXPECT_EQ(a.recorder.routes.at(prefix("203.0.113.0/24")), b.recorder.attributes);
}

TEST_F(SpeakerPair, WantWrite_CallsTheHandlerAgain) {
  peer();
  ASSERT_TRUE(come_up());

  a.recorder.to_announce = {Nlri{prefix("192.0.2.0/24")}};
  a.speaker.want_write(a_id);

  EXPECT_TRUE(loop.until([&] { return b.recorder.routes.contains(prefix("192.0.2.0/24")); }));
}

TEST_F(SpeakerPair, RequestRefresh_MakesThePeerSayItsRoutesAgain) {
  a.recorder.to_announce = {Nlri{prefix("192.0.2.0/24")}};
  peer();
  ASSERT_TRUE(loop.until([&] { return b.recorder.ends_of_rib == 1; }));

  b.speaker.request_refresh(b_id, kIpv4Unicast);

  EXPECT_TRUE(loop.until([&] { return b.recorder.ends_of_rib == 2; }));
  EXPECT_EQ(a.recorder.refreshes, 1);
}

TEST_F(SpeakerPair, StopWithText_IsReceivedAsCease2WithTheText) {
  peer();
  ASSERT_TRUE(come_up());

  a.speaker.stop_peer(a_id, Stop::shutdown("maintenance"));

  ASSERT_TRUE(loop.until([&] { return b.recorder.downs == 1; }));
  ASSERT_TRUE(b.recorder.received.has_value());
  EXPECT_EQ(b.recorder.received->code, ErrorCode::Cease);
  EXPECT_EQ(b.recorder.received->subcode, cease::kAdministrativeShutdown);
  EXPECT_EQ(shutdown_communication(*b.recorder.received), "maintenance");
}

TEST_F(SpeakerPair, StoppedPeer_ComesBackWhenItIsStarted) {
  peer();
  ASSERT_TRUE(come_up());
  a.speaker.stop_peer(a_id);
  ASSERT_TRUE(loop.until([&] { return a.recorder.downs == 1 && b.recorder.downs == 1; }));

  a.speaker.start_peer(a_id);

  EXPECT_TRUE(come_up());
  EXPECT_EQ(a.recorder.ups, 2);
}

TEST_F(SpeakerPair, Reset_IsReceivedAsCease4AndTheSessionComesBack) {
  peer();
  ASSERT_TRUE(come_up());

  b.speaker.reset_peer(b_id, Stop::reset("new policy"));

  ASSERT_TRUE(loop.until([&] { return a.recorder.ups == 2 && come_up(); }));
  EXPECT_EQ(a.recorder.received->subcode, cease::kAdministrativeReset);
  EXPECT_EQ(a.recorder.downs, 1);
}

TEST_F(SpeakerPair, Close_DeliversItsCeaseAndThenIsDone) {
  peer();
  ASSERT_TRUE(come_up());
  bool done = false;

  a.speaker.close(Stop::shutdown("good night"), [&] { done = true; });

  ASSERT_TRUE(loop.until([&] { return done; }));
  EXPECT_EQ(a.recorder.downs, 1);
  ASSERT_TRUE(loop.until([&] { return b.recorder.downs == 1; }));
  EXPECT_EQ(shutdown_communication(b.recorder.received.value()), "good night");
  EXPECT_THROW(a.add(a.towards(b)), std::logic_error);
  EXPECT_THROW(a.speaker.listen(a.address, 0), std::logic_error);
}

TEST_F(SpeakerPair, CloseOfBothAtOnce_LeavesNothingToRun) {
  peer();
  ASSERT_TRUE(come_up());
  int done = 0;

  a.speaker.close(Stop::shutdown(), [&] { ++done; });
  b.speaker.close(Stop::shutdown(), [&] { ++done; });
  b.speaker.close(Stop::shutdown(), [&] { ++done; });
  ASSERT_TRUE(loop.until([&] { return done == 3; }));

  loop.io().restart();
  loop.io().run();  // returns only when nobody waits for anything
  EXPECT_EQ(done, 3);
}

// Rules 4486-01
TEST_F(SpeakerPair, RemovePeer_SaysCease3AndCallsNobodyAfterDone) {
  peer();
  ASSERT_TRUE(come_up());
  std::optional<int> downs_at_done;

  a.speaker.remove_peer(a_id, Stop::deconfigured(), [&] { downs_at_done = a.recorder.downs; });

  ASSERT_TRUE(loop.until([&] { return b.recorder.downs == 1; }));
  EXPECT_EQ(b.recorder.received->subcode, cease::kPeerDeconfigured);
  EXPECT_EQ(downs_at_done, 1);
  EXPECT_EQ(a.recorder.downs, 1);
}

TEST_F(SpeakerPair, RemovedPeer_MayBeAddedAnewAtOnce) {
  peer();
  ASSERT_TRUE(come_up());
  Recorder second;

  a.speaker.remove_peer(a_id);
  a.add(a.towards(b), second);

  EXPECT_TRUE(loop.until([&] { return second.up() && b.recorder.up() && b.recorder.ups >= 2; }));
}

TEST_F(SpeakerPair, RemoveTwice_RunsTheSecondDoneAfterTheFirst) {
  peer();
  ASSERT_TRUE(come_up());
  std::vector<int> order;

  a.speaker.remove_peer(a_id, Stop::deconfigured(), [&] { order.push_back(1); });
  a.speaker.remove_peer(a_id, Stop::deconfigured(), [&] { order.push_back(2); });

  ASSERT_TRUE(loop.until([&] { return order.size() == 2; }));
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST_F(SpeakerPair, Snapshot_ShowsTheSession) {
  a.recorder.to_announce = {Nlri{prefix("192.0.2.0/24")}};
  const TimePoint before = Speaker::now();
  peer();
  ASSERT_TRUE(loop.until([&] { return b.recorder.ends_of_rib == 1 && a.recorder.up(); }));
  std::optional<PeerSnapshot> seen;

  a.speaker.snapshot(a_id, [&](std::optional<PeerSnapshot> snapshot) { seen = std::move(snapshot); });

  ASSERT_TRUE(loop.until([&] { return seen.has_value(); }));
  EXPECT_EQ(seen->state, State::Established);
  EXPECT_TRUE(seen->started);
  EXPECT_GE(seen->state_since, before);
  EXPECT_LE(seen->state_since, Speaker::now());
  EXPECT_EQ(seen->negotiated, a.recorder.negotiated);
  EXPECT_EQ(seen->endpoints, a.recorder.endpoints);
  EXPECT_GE(seen->messages_sent, 4U);      // OPEN, KEEPALIVE, UPDATE, End-of-RIB
  EXPECT_GE(seen->messages_received, 2U);  // OPEN, KEEPALIVE
}

TEST_F(SpeakerPair, Inspect_ShowsTheSessionOnItsExecutor) {
  peer();
  ASSERT_TRUE(come_up());
  State state{};
  std::size_t records = 0;
  bool nobody = false;

  a.speaker.inspect(a_id, [&](const Session* session) {
    ASSERT_NE(session, nullptr);
    state = session->state();
    records = session->recording(Speaker::now()).records.size();
  });
  a.speaker.inspect(PeerId{4711}, [&](const Session* session) { nobody = session == nullptr; });

  ASSERT_TRUE(loop.until([&] { return nobody && records > 0; }));
  EXPECT_EQ(state, State::Established);
}

TEST_F(SpeakerPair, SnapshotOfNobody_IsEmpty) {
  peer();
  ASSERT_TRUE(come_up());
  int empty = 0;
  const auto count = [&](const std::optional<PeerSnapshot>& snapshot) { empty += snapshot ? 100 : 1; };

  a.speaker.snapshot(PeerId{4711}, count);
  a.speaker.remove_peer(a_id);
  a.speaker.snapshot(a_id, count);

  EXPECT_TRUE(loop.until([&] { return empty == 2; })) << empty;
}

TEST_F(SpeakerPair, NothingRunsBeforeTheCallReturns) {
  bool inside = false;
  bool ran_inside = false;
  const auto note = [&] { ran_inside |= inside; };

  inside = true;
  peer();
  a.speaker.snapshot(a_id, [&](const auto&) { note(); });
  a.speaker.remove_peer(PeerId{4711}, Stop::deconfigured(), note);
  inside = false;

  ASSERT_TRUE(come_up());
  inside = true;
  a.speaker.stop_peer(a_id);
  EXPECT_EQ(a.recorder.downs, 0);
  a.speaker.close(Stop::shutdown(), note);
  inside = false;
  ASSERT_TRUE(loop.until([&] { return b.recorder.downs == 1; }));
  EXPECT_FALSE(ran_inside);
}

TEST_F(SpeakerPair, DialFrom_UsesTheChosenPort) {
  const std::uint16_t port = [&] {  // one that is free
    Speaker other(loop.executor());
    return other.listen(a.address, 0);
  }();
  PeerOptions options = a.towards(b);
  options.local_port = port;
  b.add(b.passive_towards(a.address, a.asn));
  a.add(options);

  ASSERT_TRUE(come_up());

  EXPECT_EQ(b.recorder.endpoints.remote_port, port);
}

TEST_F(SpeakerPair, DestroyedSpeaker_SaysNothingAndIsLost) {
  auto c = std::make_unique<Node>(loop.executor(), "127.0.0.4", 65003);
  Recorder at_b;
  b.add(b.towards(*c), at_b);
  c->add(c->towards(b));
  ASSERT_TRUE(loop.until([&] { return at_b.up() && c->recorder.up(); }));

  c.reset();

  ASSERT_TRUE(loop.until([&] { return at_b.downs == 1; }));
  EXPECT_FALSE(at_b.received.has_value());
}

TEST_F(SpeakerPair, DestroyedWhileItsExecutorDoesNotRun_ReturnsAndCallsNobody) {
  Loop other;  // runs for a while, then never again
  auto c = std::make_unique<Speaker>(other.executor());
  Recorder recorder;
  b.add(b.passive_towards(ip("127.0.0.4"), 65003));
  PeerOptions options = b.towards(b.address, b.asn, b.port);
  options.local_address = ip("127.0.0.4");
  options.session.local_asn = 65003;
  options.session.local_identifier = BgpIdentifier{65003};
  const PeerId id = c->add_peer(options, recorder, other.executor());
  ASSERT_TRUE(loop.until([&] { return (other.poll(), recorder.up()); }));
  bool done = false;
  c->remove_peer(id, Stop::deconfigured(), [&] { done = true; });
  c->close(Stop::shutdown(), [&] { done = true; });

  c.reset();

  other.poll();
  EXPECT_FALSE(done);
  EXPECT_EQ(recorder.downs, 0);
}

TEST(Speaker, Ipv6_IsEstablishedAndCarriesRoutes) {
  Loop loop;
  Node a(loop.executor(), "::1", 65001);
  Node b(loop.executor(), "::1", 65002);
  a.recorder.to_announce = {Nlri{prefix("192.0.2.0/24")}};
  a.add(a.towards(b));
  b.add(b.towards(a));

  ASSERT_TRUE(loop.until([&] { return b.recorder.ends_of_rib == 1; }));

  EXPECT_EQ(b.recorder.endpoints.remote, ip("::1"));
  EXPECT_TRUE(b.recorder.routes.contains(prefix("192.0.2.0/24")));
}

TEST(Speaker, ListensAtSeveralAddresses_AndTheSamePortOfBothFamilies) {
  Loop loop;
  Node a(loop.executor(), "127.0.0.2", 65001);
  Speaker b(loop.executor());
  const std::uint16_t port = b.listen(ip("127.0.0.3"), 0);
  EXPECT_EQ(b.listen(ip("127.0.0.4"), port), port);
  EXPECT_EQ(b.listen(ip("::1"), port), port);
  Recorder at_3;
  Recorder at_4;
  for (auto [address, recorder] : {std::pair("127.0.0.3", &at_3), std::pair("127.0.0.4", &at_4)}) {
    PeerOptions options = a.passive_towards(a.address, a.asn);
    options.local_address = ip(address);
    options.session.local_asn = 65002;
    options.session.local_identifier = BgpIdentifier{65002};
    b.add_peer(options, *recorder, loop.executor());
  }
  Recorder towards_4;

  a.add(a.towards(ip("127.0.0.3"), 65002, port));
  a.add(a.towards(ip("127.0.0.4"), 65002, port), towards_4);

  ASSERT_TRUE(loop.until([&] { return at_3.up() && at_4.up() && a.recorder.up() && towards_4.up(); }));
  EXPECT_EQ(at_3.endpoints.local, ip("127.0.0.3"));
  EXPECT_EQ(at_4.endpoints.local, ip("127.0.0.4"));
}

TEST(Speaker, Ipv6Listener_TakesNoIpv4) {
  Loop loop;
  Speaker speaker(loop.executor());
  const std::uint16_t port = speaker.listen(ip("::"), 0);

  EXPECT_THROW(RawClient("127.0.0.1", ip("127.0.0.1"), port), boost::system::system_error);
}

TEST(Speaker, ListenWhereSomebodyListens_ThrowsAndNamesThePlace) {
  Loop loop;
  Speaker speaker(loop.executor());
  const std::uint16_t port = speaker.listen(ip("127.0.0.2"), 0);

  try {
    speaker.listen(ip("127.0.0.2"), port);
    FAIL() << "no exception";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::address_in_use);
    EXPECT_NE(std::string(error.what()).find("127.0.0.2:" + std::to_string(port)), std::string::npos) << error.what();
  }
}

TEST(Speaker, ConnectionOfAStranger_IsClosedAndCounted) {
  Loop loop;
  Node a(loop.executor(), "127.0.0.2", 65001);
  a.add(a.passive_towards(ip("127.0.0.3"), 65002));

  RawClient stranger("127.0.0.9", a.address, a.port);

  ASSERT_TRUE(loop.until([&] { return (stranger.receive(), stranger.closed()); }));
  EXPECT_TRUE(stranger.types().empty());
  EXPECT_EQ(a.speaker.refused_connections(), 1U);
}

TEST(Speaker, ConnectionToAnotherOfOurAddresses_IsRefused) {
  Loop loop;
  Node a(loop.executor(), "127.0.0.2", 65001);
  const std::uint16_t port = a.speaker.listen(ip("127.0.0.5"), 0);
  a.add(a.passive_towards(ip("127.0.0.3"), 65002));

  RawClient client("127.0.0.3", ip("127.0.0.5"), port);

  ASSERT_TRUE(loop.until([&] { return (client.receive(), client.closed()); }));
  EXPECT_EQ(a.speaker.refused_connections(), 1U);
}

TEST(Speaker, NobodyListensThere_SaysWhyAndRetriesUntilItSucceeds) {
  Loop loop;
  Node a(loop.executor(), "127.0.0.2", 65001);
  auto b = std::make_unique<Node>(loop.executor(), "127.0.0.3", 65002);
  const PeerOptions options = a.towards(*b);
  b.reset();
  a.add(options);
  ASSERT_TRUE(loop.until([&] { return !a.recorder.details.empty(); }));
  EXPECT_EQ(*a.recorder.details.begin(), "Connection refused");

  Speaker late(loop.executor());
  Recorder recorder;
  PeerOptions back = a.passive_towards(a.address, a.asn);
  back.local_address = ip("127.0.0.3");
  back.session.local_asn = 65002;
  back.session.local_identifier = BgpIdentifier{65002};
  late.add_peer(back, recorder, loop.executor());
  late.listen(ip("127.0.0.3"), options.remote_port);

  EXPECT_TRUE(loop.until([&] { return a.recorder.up() && recorder.up(); }));
}

TEST(Speaker, AddPeer_RefusesOptionsThatCannotBeUsed) {
  Loop loop;
  Node a(loop.executor(), "127.0.0.2", 65001);
  const PeerOptions good = a.towards(ip("127.0.0.3"), 65002);
  const auto refused = [&](auto change) {
    PeerOptions options = good;
    change(options);
    EXPECT_FALSE(problems(options).empty());
    EXPECT_THROW(a.add(options), std::invalid_argument);
  };

  refused([](PeerOptions& options) { options.session.local_asn = 0; });
  refused([](PeerOptions& options) { options.remote_address = ip("0.0.0.0"); });
  refused([](PeerOptions& options) { options.local_address = ip("::1"); });
  refused([](PeerOptions& options) { options.remote_port = 0; });
  EXPECT_TRUE(problems(good).empty());
}

TEST(Speaker, AddPeer_RefusesTheSameAddressesTwice) {
  Loop loop;
  Node a(loop.executor(), "127.0.0.2", 65001);
  PeerOptions options = a.passive_towards(ip("127.0.0.3"), 65002);
  a.add(options);

  EXPECT_THROW(a.add(options), std::invalid_argument);
  options.local_address.reset();
  EXPECT_THROW(a.add(options), std::invalid_argument) << "any local address overlaps with 127.0.0.2";
  options.local_address = ip("127.0.0.5");
  EXPECT_NO_THROW(a.add(options)) << "another local address is another peer";
}

}  // namespace
}  // namespace bgp::test
