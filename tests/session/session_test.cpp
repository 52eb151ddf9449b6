// What the handler of a Session sees, in which order, and how sessions end.
#include "bgp/session/session.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::kKeepalive;
using test::kUpdate;
using test::peer_open;
using test::Probe;
using test::session_config;
using Types = std::vector<MessageType>;
using enum MessageType;

Bytes notification(std::uint8_t code, std::uint8_t subcode) { return framed(Notification, Bytes{code, subcode}); }

// --- Order

// Rules 4271-03
TEST(SessionOrder, AMessageIsSeenBeforeWhatItCauses) {
  Probe probe;
  probe.establish();
  probe.receive(kUpdate);

  EXPECT_EQ(probe.log, (std::vector<std::string>{"state Idle Connect", "state Connect OpenSent", "sent 1", "received 1",
                                                 "open", "state OpenSent OpenConfirm", "sent 4", "received 4",
                                                 "state OpenConfirm Established", "established", "received 2",
                                                 "update +192.0.2.0/24"}));
}

TEST(SessionOrder, ACallback_SeesTheStateThatTheRfcSays) {
  Probe probe;
  std::vector<State> seen;
  probe.inside = [&](Session& session, const std::string& what) {
    if (what == "open" || what == "established" || what.starts_with("update") || what == "down") {
      seen.push_back(session.state());
      EXPECT_EQ(session.negotiated() != nullptr, session.state() == State::Established);
    }
  };
  probe.establish();
  probe.receive(kUpdate + notification(6, 2));

  EXPECT_EQ(seen, (std::vector{State::OpenSent, State::Established, State::Established, State::Idle}));
}

TEST(SessionOrder, DownComesOnceForEachUp) {
  Probe probe;
  probe.establish();
  probe.receive(notification(6, 2));
  probe.advance(seconds{5});
  probe.connect();
  probe.receive(encode_open(peer_open()));
  probe.receive(notification(6, 2));  // never up this time

  EXPECT_EQ(probe.ups, 1);
  EXPECT_EQ(probe.downs, 1);
}

// --- Endings

TEST(SessionEnd, ARefusalByTheHandler_IsTheNotification) {
  Probe probe;
  probe.refuse_open = bgp::Notification{ErrorCode::Cease, 5, {}};
  probe.start();
  probe.connect();
  probe.receive(encode_open(peer_open()) + kKeepalive);

  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Notification}));
  EXPECT_EQ(probe.ups, 0);
  EXPECT_EQ(probe.session.state(), State::Idle);
  EXPECT_EQ(probe.session.deadline(Timer::IdleHold), probe.now + seconds{5});
}

// Rules 4271-11
TEST(SessionEnd, OneNotification_AndNothingBehindIt) {
  Probe probe;
  probe.establish();
  const ConnectionId connection = probe.dialed;

  probe.session.stop(Stop::shutdown("one"), probe.now);
  probe.session.stop(Stop::shutdown("two"), probe.now);
  probe.session.stop_automatically(Stop{}, probe.now);
  probe.attend();
  probe.advance(seconds{1000});

  EXPECT_EQ(probe.sent_types(connection), (Types{Open, Keepalive, Notification}));
  EXPECT_TRUE(probe.wires[connection].closed);
  EXPECT_EQ(probe.down_sent, Stop::shutdown("one").notification());
  EXPECT_EQ(probe.dials, 1);
}

// RFC 4271 6.4: and none in answer to one
// Rules 4271-30
TEST(SessionEnd, AReceivedNotification_IsReportedAndNotAnswered) {
  Probe probe;
  probe.establish();

  probe.receive(framed(Notification, "06 02 02 6869"_hex));

  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Keepalive}));
  EXPECT_EQ(probe.wires[probe.dialed].farewell, 0U);
  EXPECT_TRUE(probe.wires[probe.dialed].closed);
  EXPECT_EQ(probe.down_received, (bgp::Notification{ErrorCode::Cease, 2, "02 6869"_hex}));
  EXPECT_EQ(probe.down_sent, std::nullopt);
}

TEST(SessionEnd, AnOpenThatWaits_LeavesBeforeTheNotification) {
  Probe probe;
  probe.start();
  probe.wires[probe.dialed].window = 10;
  probe.connect();

  probe.session.stop(Stop{}, probe.now);
  probe.attend();

  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Notification}));
  EXPECT_EQ(probe.wires[probe.dialed].sent.size(), 10 + probe.wires[probe.dialed].farewell);
}

TEST(SessionEnd, ALostTransport_IsNotClosedAndSaysWhy) {
  Probe probe;
  probe.establish();

  probe.lose(probe.dialed);

  EXPECT_FALSE(probe.wires[probe.dialed].closed);
  EXPECT_EQ(probe.detail, "reset by peer");
  EXPECT_EQ(probe.down_event, EventId::TcpConnectionFails);
  EXPECT_EQ(probe.session.state(), State::Idle);
}

// Rules 4724-06 4724-07
TEST(SessionEnd, GracefulFamilies_AreRetained_OthersAreNot) {
  PeerConfig config = session_config();
  config.families = {kIpv4Unicast, kIpv6Unicast};
  config.graceful_restart =
      capability::GracefulRestart{false, false, 120, {{kIpv4Unicast, false}, {kIpv6Unicast, false}}};
  OpenMessage open = peer_open();
  open.capabilities.emplace_back(capability::Multiprotocol{kIpv6Unicast});
  open.capabilities.emplace_back(capability::GracefulRestart{false, false, 60, {{kIpv6Unicast, true}}});
  Probe lost(config);
  Probe told(config);

  lost.establish(open);
  lost.lose(lost.dialed);
  told.establish(open);
  told.receive(notification(6, 2));

  EXPECT_EQ(lost.retained, std::vector{kIpv6Unicast});
  EXPECT_TRUE(told.retained.empty());
}

// RFC 7911 4: nothing is carried over
// Rules 7911-05
TEST(SessionEnd, TheNextSession_NegotiatesAnew) {
  PeerConfig config = session_config();
  config.add_path = {{kIpv4Unicast, capability::AddPath::Mode::Receive}};
  OpenMessage open = peer_open();
  open.capabilities.emplace_back(capability::AddPath{{{kIpv4Unicast, capability::AddPath::Mode::Send}}});
  Probe probe(config);
  probe.establish(open);
  ASSERT_EQ(probe.session.negotiated()->add_path_receive, std::vector{kIpv4Unicast});

  probe.receive(notification(6, 4));
  probe.advance(seconds{5});
  probe.connect();
  probe.receive(encode_open(peer_open()) + kKeepalive + kUpdate);

  EXPECT_TRUE(probe.session.negotiated()->add_path_receive.empty());
  EXPECT_EQ(probe.log.back(), "update +192.0.2.0/24");
}

// --- The same input gives the same output

TEST(SessionDeterminism, TwoSessionsFedAlike_SendTheSameOctetsAtTheSameTimes) {
  const auto run = [](std::uint64_t seed) {
    Probe probe(session_config(), Jitter(seed));
    std::vector<TimePoint> times;
    probe.inside = [&](Session& session, const std::string&) { times.push_back(session.now()); };
    probe.establish();
    for (int i = 0; i < 20; ++i) {
      probe.advance(seconds{40});
      probe.receive(i % 2 == 0 ? kKeepalive : kUpdate);
    }
    probe.receive(notification(6, 4));
    probe.advance(seconds{400});
    return std::tuple(probe.log, times, probe.dials, probe.wires.begin()->second.sent);
  };

  EXPECT_EQ(run(1), run(1));
  EXPECT_NE(std::get<1>(run(1)), std::get<1>(run(2)));
}

TEST(SessionDeterminism, Prefetching_ChangesNothing) {
  Probe plain, fetched;
  const auto both = [&](auto&& step) {
    for (const Prefetch what : {Prefetch::Parts, Prefetch::Session, Prefetch::Parts}) fetched.session.prefetch(what);
    step(plain);
    step(fetched);
    ASSERT_EQ(fetched.log, plain.log);
    const auto print = [](const Probe& probe) {
      return probe.session.recording(probe.now).present->fingerprint(probe.now);
    };
    ASSERT_EQ(print(fetched), print(plain));
  };

  both([](Probe& probe) { probe.start(); });
  both([](Probe& probe) { probe.establish(); });
  both([](Probe& probe) { probe.receive(kUpdate + kKeepalive); });
  both([](Probe& probe) { probe.advance(seconds{30}); });
  both([](Probe& probe) { probe.receive(notification(6, 2)); });
  both([](Probe& probe) { probe.advance(seconds{10}); });
}

TEST(SessionDeterminism, EarlyLateAndRepeatedTimeouts_DoNoHarm) {
  Probe probe;
  probe.establish();
  const auto log = probe.log;
  for (int i = 0; i < 100; ++i) probe.session.handle_timeout(probe.now + milliseconds{100 * i});
  EXPECT_EQ(probe.log, log);

  probe.now += seconds{31};  // a second late
  for (int i = 0; i < 3; ++i) probe.session.handle_timeout(probe.now);
  probe.attend();
  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Keepalive, Keepalive}));

  probe.session.handle_timeout(probe.now - seconds{20});  // a clock that goes back is not believed
  EXPECT_EQ(probe.session.now(), probe.now);
}

// --- The tap

TEST(SessionTap, WhatWasSent_IsWhatWasOnTheWire) {
  Probe probe;
  probe.write = [](UpdateWriter& writer) { EXPECT_TRUE(writer.end_of_rib(kIpv4Unicast)); };
  probe.establish();
  probe.want_write();
  ASSERT_TRUE(probe.session.request_refresh(kIpv4Unicast));
  probe.advance(seconds{60});
  probe.receive(kUpdate);
  probe.session.stop(Stop::shutdown("bye"), probe.now);
  probe.attend();

  EXPECT_EQ(probe.sent_types(probe.dialed),
            (Types{Open, Keepalive, Update, RouteRefresh, Keepalive, Keepalive, Notification}));
  EXPECT_EQ(probe.tapped[probe.dialed], probe.wires[probe.dialed].sent);
}

TEST(SessionTap, AMessageBehindAHeldOpen_IsSeenOnce) {
  Probe probe;
  probe.start();
  probe.connect();
  const ConnectionId theirs = probe.accept();
  probe.log.clear();
  probe.receive(probe.dialed, encode_open(peer_open()) + kKeepalive);  // would lose: is held
  ASSERT_EQ(probe.session.state(), State::OpenSent);

  probe.lose(theirs);

  EXPECT_EQ(probe.session.state(), State::Established);
  EXPECT_EQ(std::ranges::count(probe.log, "received 1"), 1);
  EXPECT_EQ(std::ranges::count(probe.log, "received 4"), 1);
}

// A peer that goes on talking behind an OPEN that is held cannot fill our memory.
TEST(SessionHeldOpen, MoreThan64KiBBehindIt_EndTheConnection) {
  Probe probe;
  probe.start();
  probe.connect();
  const ConnectionId theirs = probe.accept();
  probe.receive(probe.dialed, encode_open(peer_open()));
  for (int i = 0; i < 3400; ++i) probe.receive(probe.dialed, kKeepalive);
  ASSERT_FALSE(probe.wires[probe.dialed].closed);

  for (int i = 0; i < 100; ++i) probe.receive(probe.dialed, kKeepalive);

  EXPECT_TRUE(probe.wires[probe.dialed].closed);
  EXPECT_EQ(probe.session.state(theirs), State::OpenSent);
}

}  // namespace
}  // namespace bgp
