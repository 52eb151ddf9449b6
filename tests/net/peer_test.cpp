// How a peer drives its Session: load, collisions, callbacks that end things, and clients that behave badly.
#include "bgp/net/speaker.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "net/node.hpp"
#include "net/raw_client.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

// An OPEN as 127.0.0.9, AS 65009, would send it.
Bytes open_of_client(std::uint16_t hold_time = 90) {
  OpenMessage open;
  open.my_as = 65009;
  open.hold_time = hold_time;
  open.identifier = BgpIdentifier{9};
  return encode_open(open);
}

TEST(Peer, LargeTransfer_ArrivesWholeAndTheSessionStaysUp) {
  constexpr std::size_t kPrefixes = 200'000;
  Loop loop;
  Node a(loop.executor(), "127.0.0.2", 65001);
  Node b(loop.executor(), "127.0.0.3", 65002);
  a.recorder.to_announce = many_prefixes(kPrefixes);
  PeerOptions towards_b = a.towards(b);
  PeerOptions towards_a = b.towards(a);
  towards_b.session.attributes.hold_time = 3;
  towards_a.session.attributes.hold_time = 3;
  a.add(towards_b);
  b.add(towards_a);

  ASSERT_TRUE(loop.until([&] { return b.recorder.ends_of_rib == 1; }));

  EXPECT_EQ(b.recorder.routes.size(), kPrefixes);
  EXPECT_EQ(a.recorder.downs + b.recorder.downs, 0);
}

// Rules 4271-38
TEST(Peer, BothDialAtOnce_EndsWithOneSessionEachTime) {
  Loop loop;
  for (int round = 0; round < 50; ++round) {
    Node a(loop.executor(), "127.0.0.2", 65001);
    Node b(loop.executor(), "127.0.0.3", 65002);
    a.add(a.towards(b));
    b.add(b.towards(a));

    ASSERT_TRUE(loop.until([&] { return a.recorder.up() && b.recorder.up(); })) << "round " << round;

    // The same connection seen from both ends, and the loser gone without a session of its own.
    const Endpoints& at_a = a.recorder.endpoints;
    const Endpoints& at_b = b.recorder.endpoints;
    EXPECT_EQ(at_a, (Endpoints{at_b.remote, at_b.remote_port, at_b.local, at_b.local_port})) << "round " << round;
    EXPECT_EQ(a.recorder.ups + b.recorder.ups, 2) << "round " << round;
  }
}

// --- Ending from inside a callback.

enum class Callback { Open, Established, Update, RouteRefresh, Writable, Down, StateChange, Message };

// Does something in one callback, once.
class Trigger : public Recorder {
 public:
  Trigger(Callback at, std::function<void(Session&)> act) : at_(at), act_(std::move(act)) {}

  std::optional<Notification> on_open(Session& session, const OpenReceived& open) override {
    reach(Callback::Open, session);
    return Recorder::on_open(session, open);
  }
  void on_established(Session& session, const SessionUp& up) override {
    Recorder::on_established(session, up);
    reach(Callback::Established, session);
  }
  void on_update(Session& session, const UpdateView& update) override {
    Recorder::on_update(session, update);
    reach(Callback::Update, session);
  }
  void on_route_refresh(Session& session, const RouteRefresh& refresh) override {
    Recorder::on_route_refresh(session, refresh);
    reach(Callback::RouteRefresh, session);
  }
  void on_writable(Session& session, UpdateWriter& out) override {
    Recorder::on_writable(session, out);
    reach(Callback::Writable, session);
  }
  void on_down(Session& session, const SessionDown& down) override {
    Recorder::on_down(session, down);
    reach(Callback::Down, session);
  }
  void on_state_change(Session& session, const StateChange& change) override {
    Recorder::on_state_change(session, change);
    if (change.to == State::OpenConfirm) reach(Callback::StateChange, session);
  }
  void on_message(Session& session, Travel travel, ConnectionId, const RawMessage& message) override {
    if (travel == Travel::Received && message.type == MessageType::Keepalive) reach(Callback::Message, session);
  }
  [[nodiscard]] bool triggered() const { return triggered_; }

 private:
  void reach(Callback callback, Session& session) {
    if (callback != at_ || std::exchange(triggered_, true)) return;
    act_(session);
  }

  Callback at_;
  std::function<void(Session&)> act_;
  bool triggered_ = false;
};

class PeerEndedInCallback : public ::testing::TestWithParam<Callback> {
 protected:
  // Peers b, an ordinary speaker with a route, with a trigger at a; b asks for a refresh and resets when that helps.
  void run(std::function<void(Session&)> act) {
    trigger = std::make_unique<Trigger>(GetParam(), std::move(act));
    trigger->to_announce = {Nlri{prefix("192.0.2.0/24")}};
    trigger->attributes = a->recorder.attributes;
    b.recorder.to_announce = {Nlri{prefix("198.51.100.0/24")}};
    b_id = b.add(b.towards(*a));
    a_id = a->add(a->towards(b), *trigger);
    const bool refresh = GetParam() == Callback::RouteRefresh;
    const bool reset = GetParam() == Callback::Down;
    ASSERT_TRUE(loop.until([&] {
      if (b.recorder.ends_of_rib > 0 && refresh) b.speaker.request_refresh(b_id, kIpv4Unicast);
      if (b.recorder.ends_of_rib > 0 && reset) b.speaker.reset_peer(b_id);
      return trigger->triggered();
    }));
  }

  Loop loop;
  std::unique_ptr<Trigger> trigger;  // outlives the speakers
  std::unique_ptr<Node> a = std::make_unique<Node>(loop.executor(), "127.0.0.2", 65001);
  Node b{loop.executor(), "127.0.0.3", 65002};
  PeerId a_id{};
  PeerId b_id{};
};

TEST_P(PeerEndedInCallback, SessionStop_EndsTheSessionAndTellsThePeer) {
  run([](Session& session) { session.stop(Stop::shutdown("enough"), session.now()); });

  std::optional<PeerSnapshot> seen;
  ASSERT_TRUE(loop.until([&] {
    a->speaker.snapshot(a_id, [&](std::optional<PeerSnapshot> snapshot) { seen = std::move(snapshot); });
    const bool told = GetParam() == Callback::Down || !b.recorder.all_received.empty();
    return seen && !seen->started && seen->state == State::Idle && told;
  }));
  EXPECT_EQ(trigger->ups, trigger->downs);
  if (GetParam() != Callback::Down) {
    EXPECT_EQ(shutdown_communication(b.recorder.all_received.back()), "enough");
  }
}

TEST_P(PeerEndedInCallback, RemovePeer_CallsNobodyAfterDone) {
  bool done = false;
  run([&](Session&) { a->speaker.remove_peer(a_id, Stop::deconfigured(), [&] { done = true; }); });
  ASSERT_TRUE(loop.until([&] { return done; }));
  EXPECT_EQ(trigger->ups, trigger->downs);

  trigger.reset();  // a callback from here on would be a use after free

  Recorder again;  // and the peer isn't in the way of a new one
  a->add(a->towards(b), again);
  EXPECT_TRUE(loop.until([&] { return again.up() && b.recorder.up(); }));
}

TEST_P(PeerEndedInCallback, CloseAndDestroyInItsDone_CallsNobodyAfterwards) {
  bool destroyed = false;
  run([&](Session&) {
    a->speaker.close(Stop::shutdown(), [&] {
      EXPECT_EQ(trigger->ups, trigger->downs);
      trigger.reset();
      a.reset();
      destroyed = true;
    });
  });

  EXPECT_TRUE(loop.until([&] { return destroyed; }));
}

TEST_P(PeerEndedInCallback, DestroyTheSpeaker_CallsNobodyAfterwards) {
  int callbacks_after = 0;
  run([&](Session&) {
    a.reset();
    callbacks_after = -trigger->ups - trigger->downs;
  });
  callbacks_after += trigger->ups + trigger->downs;

  loop.poll();

  EXPECT_EQ(callbacks_after, 0);
}

// What else a callback may call, on its Session and on the Speaker. Whatever it was: it comes to an end, nobody is
// called after the peer is gone, and with a start where it was stopped both are up again.
enum class Call {
  SessionReset,
  SessionWantWrite,
  SessionPause,
  StartPeer,
  StopPeer,
  ResetPeer,
  WantWrite,
  SetReading,
  RequestRefresh,
  UpdateSoft,
  UpdateHard,
  AddAndRemovePeer,
  Snapshot,
};
constexpr std::array kCallNames{"SessionReset", "SessionWantWrite", "SessionPause", "StartPeer",      "StopPeer",
                                "ResetPeer",    "WantWrite",        "SetReading",   "RequestRefresh", "UpdateSoft",
                                "UpdateHard",   "AddAndRemovePeer", "Snapshot"};

class PeerCalledInCallback : public ::testing::TestWithParam<std::tuple<Callback, Call>> {};

TEST_P(PeerCalledInCallback, ComesToAGoodEnd) {
  const auto [callback, call] = GetParam();
  Loop loop;
  Recorder other;
  std::unique_ptr<Trigger> trigger;
  Node a(loop.executor(), "127.0.0.2", 65001);
  Node b(loop.executor(), "127.0.0.3", 65002);
  const PeerOptions options = a.towards(b);
  PeerId id{};
  trigger = std::make_unique<Trigger>(callback, [&](Session& session) {
    Speaker& speaker = a.speaker;
    PeerOptions changed = options;
    switch (call) {
      case Call::SessionReset: session.reset(Stop::reset(), session.now()); break;
      case Call::SessionWantWrite: session.want_write(); break;
      case Call::SessionPause: session.set_reading(false, session.now()); break;
      case Call::StartPeer: speaker.start_peer(id); break;
      case Call::StopPeer: speaker.stop_peer(id); break;
      case Call::ResetPeer: speaker.reset_peer(id); break;
      case Call::WantWrite: speaker.want_write(id); break;
      case Call::SetReading: speaker.set_reading(id, false); break;
      case Call::RequestRefresh: speaker.request_refresh(id, kIpv4Unicast); break;
      case Call::UpdateSoft:
        changed.session.attributes.connect_retry_time = 200ms;
        EXPECT_EQ(speaker.update_peer(id, changed), ConfigChange::Soft);
        break;
      case Call::UpdateHard:
        changed.session.attributes.hold_time = 30;
        EXPECT_EQ(speaker.update_peer(id, changed), ConfigChange::Reset);
        break;
      case Call::AddAndRemovePeer: speaker.remove_peer(a.add(a.towards(ip("127.0.0.77"), 1), other)); break;
      case Call::Snapshot: speaker.snapshot(id, [](const auto& seen) { EXPECT_TRUE(seen); }); break;
    }
  });
  trigger->to_announce = {Nlri{prefix("192.0.2.0/24")}};
  trigger->attributes = a.recorder.attributes;
  b.recorder.to_announce = {Nlri{prefix("198.51.100.0/24")}};
  const PeerId b_id = b.add(b.towards(a));
  id = a.add(options, *trigger);
  ASSERT_TRUE(loop.until([&] {
    if (b.recorder.ends_of_rib > 0 && callback == Callback::RouteRefresh) b.speaker.request_refresh(b_id, kIpv4Unicast);
    if (b.recorder.ends_of_rib > 0 && callback == Callback::Down) b.speaker.reset_peer(b_id);
    return trigger->triggered();
  }));

  for (int i = 0; i < 20; ++i) loop.poll();
  a.speaker.set_reading(id, true);
  a.speaker.start_peer(id);
  b.recorder.ends_of_rib = 0;
  ASSERT_TRUE(loop.until([&] {
    if (b.recorder.up() && b.recorder.ends_of_rib == 0) b.speaker.request_refresh(b_id, kIpv4Unicast);
    return trigger->up() && b.recorder.up() && b.recorder.ends_of_rib > 0 && trigger->routes.size() == 1;
  }));

  bool done = false;
  a.speaker.remove_peer(id, Stop::deconfigured(), [&] { done = true; });
  ASSERT_TRUE(loop.until([&] { return done; }));
  EXPECT_EQ(trigger->ups, trigger->downs);
}

std::string name_of(const ::testing::TestParamInfo<Callback>& parameter) {
  constexpr std::array kNames{"Open",     "Established", "Update",      "RouteRefresh",
                              "Writable", "Down",        "StateChange", "Message"};
  return kNames.at(static_cast<std::size_t>(parameter.param));
}

INSTANTIATE_TEST_SUITE_P(EachCallback, PeerEndedInCallback,
                         ::testing::Values(Callback::Open, Callback::Established, Callback::Update,
                                           Callback::RouteRefresh, Callback::Writable, Callback::Down,
                                           Callback::StateChange, Callback::Message),
                         name_of);

std::string name_of_call(const ::testing::TestParamInfo<PeerCalledInCallback::ParamType>& parameter) {
  const auto [callback, call] = parameter.param;
  return name_of({callback, 0}) + "_" + kCallNames.at(static_cast<std::size_t>(call));
}

INSTANTIATE_TEST_SUITE_P(EachCallbackAndCall, PeerCalledInCallback,
                         ::testing::Combine(::testing::Values(Callback::Open, Callback::Established, Callback::Update,
                                                              Callback::RouteRefresh, Callback::Writable,
                                                              Callback::Down, Callback::StateChange, Callback::Message),
                                            ::testing::Values(Call::SessionReset, Call::SessionWantWrite,
                                                              Call::SessionPause, Call::StartPeer, Call::StopPeer,
                                                              Call::ResetPeer, Call::WantWrite, Call::SetReading,
                                                              Call::RequestRefresh, Call::UpdateSoft, Call::UpdateHard,
                                                              Call::AddAndRemovePeer, Call::Snapshot)),
                         name_of_call);

// --- Clients that behave badly, beside a pair that must not notice.

// Always has something to say.
class Flood : public Recorder {
 public:
  void on_established(Session& session, const SessionUp& up) override {
    Recorder::on_established(session, up);
    session.want_write();
  }
  void on_writable(Session&, UpdateWriter& out) override {
    while (!out.found_no_room()) said += out.reach(kIpv4Unicast, attributes, prefixes);
  }

  std::vector<Nlri> prefixes = many_prefixes(1000);
  std::size_t said = 0;
};

class BadClient : public ::testing::Test {
 protected:
  void SetUp() override {
    a.recorder.to_announce = many_prefixes(100);
    b_id = b.add(b.towards(a));
    a.add(a.towards(b));
    ASSERT_TRUE(loop.until([&] { return b.recorder.ends_of_rib == 1; }));
  }
  void TearDown() override {
    b.recorder.ends_of_rib = 0;
    b.speaker.request_refresh(b_id, kIpv4Unicast);
    EXPECT_TRUE(loop.until([&] { return b.recorder.ends_of_rib == 1; })) << "the other session is stuck";
    EXPECT_EQ(a.recorder.downs + b.recorder.downs, 0) << "the other session went down";
  }
  // What a expects of the client.
  [[nodiscard]] PeerOptions client_options() const { return a.passive_towards(ip("127.0.0.9"), 65009); }

  Loop loop;
  Recorder at_client;  // what a hears of the client; outlives the speaker
  Flood flood;         // likewise, of one that is to be flooded
  Node a{loop.executor(), "127.0.0.2", 65001};
  Node b{loop.executor(), "127.0.0.3", 65002};
  PeerId b_id{};
};

// Rules 4271-11
TEST_F(BadClient, Garbage_IsAnsweredWithHeaderErrorAndAHalfClose) {
  a.add(client_options(), at_client);
  RawClient client("127.0.0.9", a.address, a.port);

  client.send(Bytes(100, 0x42));

  ASSERT_TRUE(loop.until([&] { return (client.receive(), client.closed()); }));
  EXPECT_EQ(client.notification(),
            (Notification{ErrorCode::MessageHeader, header_error::kConnectionNotSynchronized, {}}));
  EXPECT_FALSE(client.reset());
}

TEST_F(BadClient, GarbageWithoutEnd_StillGetsTheNotification) {
  a.add(client_options(), at_client);
  RawClient client("127.0.0.9", a.address, a.port);

  // What arrives behind the error is read and discarded: left unread it would turn the close into a reset, and that
  // would throw away the NOTIFICATION.
  ASSERT_TRUE(loop.until([&] {
    client.send(Bytes(1000, 0x42));
    client.receive();
    return client.closed();
  }));

  EXPECT_TRUE(client.notification().has_value());
  EXPECT_FALSE(client.reset());
}

TEST_F(BadClient, Silence_EndsByTheHoldTimer) {
  PeerOptions options = client_options();
  options.session.attributes.large_hold_time = 200ms;
  a.add(options, at_client);
  RawClient client("127.0.0.9", a.address, a.port);

  ASSERT_TRUE(loop.until([&] { return (client.receive(), client.closed()); }));

  EXPECT_EQ(client.notification(), (Notification{ErrorCode::HoldTimerExpired, 0, {}}));
}

TEST_F(BadClient, OurOwnPause_IsNotThePeersSilence) {
  PeerOptions options = client_options();
  options.session.attributes.large_hold_time = 300ms;
  a.add(options, at_client);
  RawClient client("127.0.0.9", a.address, a.port);
  ASSERT_TRUE(loop.until([&] { return (client.receive(), client.has(MessageType::Open)); }));

  // Both timers are due before the loop runs again, and this one comes first: when the HoldTimer's turn comes the OPEN
  // waits in the socket, and nobody has been told so.
  asio::steady_timer before_hold(loop.io(), std::chrono::steady_clock::now());
  before_hold.async_wait([&](const auto&) { client.send(open_of_client() + encode_keepalive()); });
  for (const auto due = std::chrono::steady_clock::now() + 300ms; std::chrono::steady_clock::now() < due;) {
  }

  EXPECT_TRUE(loop.until([&] { return at_client.up() || !at_client.all_sent.empty(); }));
  EXPECT_TRUE(at_client.all_sent.empty()) << at_client.all_sent.back();
}

TEST_F(BadClient, ThatNeverCloses_HoldsTwoFarewellsAtMost) {
  a.add(client_options(), at_client);
  std::vector<std::unique_ptr<RawClient>> clients;
  while (clients.size() < 3) {
    auto client = std::make_unique<RawClient>("127.0.0.9", a.address, a.port);
    ASSERT_TRUE(loop.until([&] { return (client->receive(), client->closed() || client->has(MessageType::Open)); }));
    if (!client->has(MessageType::Open)) continue;  // too early after the last failure
    client->send(Bytes(19, 0x42));
    ASSERT_TRUE(loop.until([&] { return (client->receive(), client->notification().has_value()); }));
    clients.push_back(std::move(client));
  }

  // The oldest is closed, so that what it sends is answered with a reset; the others are read still.
  EXPECT_TRUE(loop.until([&] { return !clients[0]->send(Bytes(1, 0)); }, 5s));
  EXPECT_TRUE(clients[1]->send(Bytes(1, 0)) && clients[1]->send(Bytes(1, 0)));
  EXPECT_TRUE(clients[2]->send(Bytes(1, 0)) && clients[2]->send(Bytes(1, 0)));
}

TEST_F(BadClient, ManyConnectionsOfOnePeer_AreBounded) {
  a.add(client_options(), at_client);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 50; ++i) clients.push_back(std::make_unique<RawClient>("127.0.0.9", a.address, a.port));

  // All but a few are closed without anybody sending anything.
  EXPECT_TRUE(loop.until([&] {
    std::size_t open = 0;
    for (const auto& client : clients) {
      client->receive();
      if (!client->closed()) ++open;
    }
    return open <= 4;
  }));
}

// The client came up, and is sent more than the socket takes: it reads only when the test does.
class StuckClient : public BadClient {
 protected:
  void come_up(PeerOptions options, std::uint16_t hold_time) {
    flood.attributes = a.recorder.attributes;
    client_id = a.add(std::move(options), flood);
    client = std::make_unique<RawClient>("127.0.0.9", a.address, a.port);
    client->send(open_of_client(hold_time) + encode_keepalive());
    ASSERT_TRUE(loop.until([&] { return flood.up(); }));
  }
  // Until neither the kernel nor the send queue takes more.
  void fill_up() {
    std::size_t before = 0;
    do {
      before = flood.said;
      for (int i = 0; i < 100; ++i) loop.poll();
    } while (flood.said != before);
  }

  PeerId client_id{};
  std::unique_ptr<RawClient> client;
};

TEST_F(StuckClient, ReadsNothing_DoesNotBlockTheOthers) {
  come_up(client_options(), 90);
  fill_up();

  for (int i = 0; i < 20; ++i) {
    b.recorder.ends_of_rib = 0;
    b.speaker.request_refresh(b_id, kIpv4Unicast);
    ASSERT_TRUE(loop.until([&] { return b.recorder.ends_of_rib == 1; }));
  }
  EXPECT_TRUE(flood.up());
}

TEST_F(StuckClient, ReadsAgain_GetsWholeMessagesAndTheLastWord) {
  come_up(client_options(), 90);
  fill_up();

  a.speaker.stop_peer(client_id, Stop::shutdown("done"));
  ASSERT_TRUE(loop.until([&] { return flood.downs == 1; }));
  ASSERT_TRUE(loop.until([&] { return (client->receive(), client->closed()); }));

  EXPECT_FALSE(client->reset());
  EXPECT_TRUE(client->whole());  // nothing was put into the middle of a half-written UPDATE
  EXPECT_EQ(shutdown_communication(client->notification().value()), "done");
}

TEST_F(StuckClient, ReadsSlowly_GetsEachMessageWholeAndOneNotification) {
  come_up(client_options(), 90);
  fill_up();

  a.speaker.stop_peer(client_id, Stop::shutdown("done"));
  a.speaker.reset_peer(client_id);  // a second end finds nothing to say
  ASSERT_TRUE(loop.until([&] { return flood.downs == 1; }));
  std::size_t portion = 1;
  ASSERT_TRUE(loop.until([&] {
    for (int i = 0; i < 50; ++i) client->receive_some(portion);
    portion = portion % 60'000 + 997;
    return client->closed();
  }));

  EXPECT_FALSE(client->reset());
  EXPECT_TRUE(client->whole());
  EXPECT_EQ(std::ranges::count(client->types(), MessageType::Notification), 1);
  EXPECT_EQ(client->types().back(), MessageType::Notification);
  EXPECT_EQ(shutdown_communication(client->notification().value()), "done");
}

// Rules 9687-03 9687-04
TEST_F(StuckClient, ReadsNothing_EndsBySendHoldTimer) {
  PeerOptions options = client_options();
  options.session.attributes.hold_time = 3;
  options.session.attributes.send_hold_time = 3001ms;  // the shortest there is

  come_up(options, 3);

  ASSERT_TRUE(loop.until([&] {
    client->send(encode_keepalive());  // so that it isn't the HoldTimer
    return flood.downs == 1;
  }));
  EXPECT_EQ(flood.sent.value().code, ErrorCode::SendHoldTimerExpired);
}

TEST_F(StuckClient, ClosesWithUnreadOctets_IsLostWithTheReason) {
  come_up(client_options(), 90);
  fill_up();

  client->close();

  ASSERT_TRUE(loop.until([&] { return flood.downs == 1; }));
  EXPECT_TRUE(flood.details.contains("Connection reset by peer") || flood.details.contains("Broken pipe"));
}

TEST_F(StuckClient, LastWordsBeforeAReset_AreHeard) {
  come_up(client_options(), 90);
  fill_up();

  client->send(encode_notification(Stop::shutdown("overload").notification()));
  client->close();  // with unread octets: a reset

  ASSERT_TRUE(loop.until([&] { return flood.downs == 1; }));
  EXPECT_EQ(shutdown_communication(flood.received.value()), "overload");
}

TEST_F(StuckClient, CloseOfTheSpeaker_IsBounded) {
  Flood stuck;
  Node other(loop.executor(), "127.0.0.4", 65004);
  stuck.attributes = other.recorder.attributes;
  other.add(other.passive_towards(ip("127.0.0.9"), 65009), stuck);
  RawClient reads_nothing("127.0.0.9", other.address, other.port);
  reads_nothing.send(open_of_client() + encode_keepalive());
  ASSERT_TRUE(loop.until([&] { return stuck.up(); }));
  bool done = false;

  other.speaker.close(Stop::shutdown(), [&] { done = true; });

  EXPECT_TRUE(loop.until([&] { return done; }));
}

}  // namespace
}  // namespace bgp::test
