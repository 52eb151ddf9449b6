// When a Session sends: KEEPALIVEs beside a backlog, timers that count from what the socket took, back-off, jitter.
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

/// Announces 10.0.0.0/24, 10.0.1.0/24 ... from where the last call stopped, up to `count`.
std::function<void(UpdateWriter&)> announce(std::uint32_t count) {
  return [count, next = std::uint32_t{0}](UpdateWriter& writer) mutable {
    PathAttributes attributes;
    attributes.next_hop = {IpAddress::v4(0xc0000201), std::nullopt};
    std::vector<Nlri> left;
    for (std::uint32_t i = next; i < count; ++i) left.push_back({Prefix(IpAddress::v4(0x0a000000 + (i << 8)), 24), 0});
    next += static_cast<std::uint32_t>(writer.reach(kIpv4Unicast, attributes, left));
  };
}

std::size_t count_of(const Types& types, MessageType type) {
  return static_cast<std::size_t>(std::ranges::count(types, type));
}

// --- Lanes

TEST(SessionSend, AKeepalive_LeavesOnTimeBesideAFullDataLane) {
  PeerConfig config = session_config();
  config.send_queue_octets = 20000;
  for (const std::size_t stopped_at :
       {std::size_t{0}, std::size_t{1}, std::size_t{18}, std::size_t{19}, std::size_t{4000}, std::size_t{5000}}) {
    Probe probe(config);
    probe.write = announce(50000);
    probe.establish();
    const ConnectionId connection = probe.dialed;
    const std::size_t before = probe.wires[connection].sent.size();
    probe.wires[connection].window = stopped_at;
    probe.want_write();
    probe.advance(seconds{29});
    ASSERT_EQ(probe.wires[connection].sent.size(), before + stopped_at);

    probe.advance(seconds{1});
    const Types at_stop = probe.sent_types(connection);
    probe.open_window(connection, 5000);

    // the message that was cut is finished, and the KEEPALIVE comes before the rest of the backlog
    const Types after = probe.sent_types(connection);
    const bool cut =
        Probe::types_of(BytesView(probe.wires[connection].sent).first(before + stopped_at)).size() == at_stop.size();
    ASSERT_TRUE(cut);
    const auto first = std::find(after.begin() + static_cast<std::ptrdiff_t>(at_stop.size()), after.end(), Keepalive);
    ASSERT_NE(first, after.end()) << stopped_at;
    EXPECT_LE(first - after.begin() - static_cast<std::ptrdiff_t>(at_stop.size()), 1) << stopped_at;
  }
}

// RFC 7313 4, RFC 4724 2: BoRR, EoRR and End-of-RIB stand where they were written, however small the queue and wherever
// the socket stops, while KEEPALIVEs pass.
// Rules 7313-02
TEST(SessionSend, RefreshBordersAndEndOfRib_KeepTheirPlace_ThroughAFullQueue) {
  PeerConfig config = session_config();
  config.send_queue_octets = 3000;
  Probe probe(config);
  const auto routes = announce(5000);
  std::size_t step = 0;
  probe.write = [&](UpdateWriter& writer) {
    if (step == 0 && writer.refresh_border(kIpv4Unicast, RefreshSubtype::BeginningOfRefresh)) ++step;
    if (step == 1) {
      routes(writer);
      if (!writer.found_no_room()) ++step;
    }
    if (step == 2 && writer.refresh_border(kIpv4Unicast, RefreshSubtype::EndOfRefresh)) ++step;
    if (step == 3 && writer.end_of_rib(kIpv4Unicast)) ++step;
  };
  probe.establish();
  const ConnectionId connection = probe.dialed;
  const std::size_t before = probe.wires[connection].sent.size();
  probe.wires[connection].window = 100;
  probe.want_write();

  for (int i = 0; i < 10000 && step < 4; ++i) {
    if (i % 20 == 0) {
      probe.receive(connection, kKeepalive);
      probe.advance(seconds{30});
    }
    probe.open_window(connection, 777);
  }
  probe.open_window(connection, std::size_t{1} << 20);

  ASSERT_EQ(step, 4U);
  std::vector<std::string> order;
  std::size_t prefixes = 0;
  Framer framer;
  BytesView octets = BytesView(probe.wires[connection].sent).subspan(before);
  while (const auto message = *framer.next(octets)) {
    if (message->type == Keepalive) continue;
    std::string what;
    if (message->type == RouteRefresh) {
      what = to_string(*decode_route_refresh(message->octets, true));
    } else {
      const DecodeContext context = probe.session.negotiated()->decode_context();
      const auto update = decode_update(message->body(), context);
      ASSERT_TRUE(update);
      what = update->end_of_rib() ? "end of rib" : "updates";
      for (const auto& group : update->reachable()) {
        prefixes += static_cast<std::size_t>(std::distance(group.nlri.begin(), group.nlri.end()));
      }
    }
    if (order.empty() || order.back() != what) order.push_back(what);
  }
  EXPECT_EQ(order, (std::vector<std::string>{"ipv4-unicast BoRR", "updates", "ipv4-unicast EoRR", "end of rib"}));
  EXPECT_EQ(prefixes, 5000U);
  EXPECT_GT(count_of(probe.sent_types(connection), Keepalive), 1U);
}

TEST(SessionSend, AllThatIsAnnounced_LeavesInTheEnd_ThroughASmallQueue) {
  PeerConfig config = session_config();
  config.send_queue_octets = 5000;
  Probe probe(config);
  probe.write = announce(20000);
  probe.establish();

  probe.want_write();

  // 1,000 prefixes and more fit one UPDATE
  const Bytes& sent = probe.wires[probe.dialed].sent;
  EXPECT_GT(sent.size(), 20000U * 4);
  EXPECT_GE(count_of(probe.sent_types(probe.dialed), Update), 19U);
  EXPECT_EQ(probe.tapped[probe.dialed], sent);
}

TEST(SessionSend, TheQueue_IsBoundedWhileTheSocketTakesNothing) {
  PeerConfig config = session_config();
  config.send_queue_octets = 20000;
  Probe probe(config);
  probe.write = announce(1000000);
  probe.establish();
  probe.wires[probe.dialed].window = 0;
  const std::size_t before = probe.tapped[probe.dialed].size();

  probe.want_write();
  probe.want_write();

  EXPECT_LT(probe.tapped[probe.dialed].size() - before, 20000U + 32 * 1024);
}

TEST(SessionSend, WantWriteBeforeEstablished_WaitsForIt) {
  Probe probe;
  probe.write = announce(1);
  probe.want_write();
  probe.start();
  probe.connect();
  EXPECT_EQ(std::ranges::count(probe.log, "writable"), 0);

  probe.receive(encode_open(peer_open()) + kKeepalive);

  EXPECT_EQ(std::ranges::count(probe.log, "writable"), 1);
  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Keepalive, Update}));
}

TEST(SessionSend, AWishOfTheLastSession_EndsWithIt) {
  PeerConfig config = session_config();
  config.send_queue_octets = 5000;
  Probe probe(config);
  probe.write = announce(100000);
  probe.establish();
  probe.wires[probe.dialed].window = 0;
  probe.want_write();
  probe.lose(probe.dialed);
  probe.log.clear();

  probe.advance(seconds{5});
  probe.connect();
  probe.receive(encode_open(peer_open()) + kKeepalive);

  ASSERT_EQ(probe.session.state(), State::Established);
  EXPECT_EQ(std::ranges::count(probe.log, "writable"), 0);
}

TEST(SessionSend, WithoutWantWrite_TheHandlerIsNotAsked) {
  Probe probe;
  probe.write = announce(1);
  probe.establish();
  probe.advance(seconds{60});

  EXPECT_EQ(std::ranges::count(probe.log, "writable"), 0);
}

// --- KeepaliveTimer, SendHoldTimer

// RFC 4271 8.2.2 Established: each KEEPALIVE or UPDATE sent restarts the KeepaliveTimer
// Rules 4271-55
TEST(SessionKeepalive, AnUpdateThatWasSent_RestartsTheTimer) {
  Probe probe;
  probe.write = announce(1);
  probe.establish();
  probe.advance(seconds{20});
  probe.want_write();
  ASSERT_EQ(probe.sent_types(probe.dialed), (Types{Open, Keepalive, Update}));
  EXPECT_EQ(probe.session.deadline(Timer::Keepalive), probe.now + seconds{30});

  probe.advance(milliseconds{29999});
  EXPECT_EQ(probe.sent_types(probe.dialed).back(), Update);
  probe.advance(milliseconds{1});
  EXPECT_EQ(probe.sent_types(probe.dialed).back(), Keepalive);
}

TEST(SessionKeepalive, AnUpdateThatOnlyWaits_RestartsNothing) {
  Probe probe;
  probe.write = announce(1);
  probe.establish();
  probe.wires[probe.dialed].window = 30;
  probe.advance(seconds{20});
  probe.want_write();

  EXPECT_EQ(probe.session.deadline(Timer::Keepalive), probe.now + seconds{10});
  EXPECT_EQ(probe.session.deadline(Timer::SendHold), probe.now + seconds{460});
}

// RFC 4271 10: jitter by a fresh factor each time
// Rules 4271-57 4271-60
TEST(SessionKeepalive, Intervals_AreThreeQuartersToAllOfAThirdOfTheHoldTime) {
  Probe probe(session_config(), Jitter(3));
  std::vector<TimePoint> times;
  probe.inside = [&](Session& session, const std::string& what) {
    if (what == "sent 4") times.push_back(session.now());
  };
  probe.establish();
  for (int i = 0; i < 40; ++i) {
    probe.advance(seconds{25});
    probe.receive(kKeepalive);
  }

  std::vector<Duration> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back(times[i] - times[i - 1]);
  ASSERT_GE(gaps.size(), 33U);
  EXPECT_GE(std::ranges::min(gaps), milliseconds{22500});
  EXPECT_LE(std::ranges::max(gaps), seconds{30});
  EXPECT_GT(std::ranges::max(gaps) - std::ranges::min(gaps), seconds{4});
}

// RFC 4271 4.4: never more than one a second, jitter included
// Rules 4271-09
TEST(SessionKeepalive, WithTheSmallestHoldTime_ComesOnceASecond) {
  Probe probe(session_config(), Jitter(3));
  std::vector<TimePoint> times;
  probe.inside = [&](Session& session, const std::string& what) {
    if (what == "sent 4") times.push_back(session.now());
  };
  OpenMessage open = peer_open();
  open.hold_time = 3;
  probe.establish(open);
  for (int i = 0; i < 30; ++i) {
    probe.advance(seconds{2});
    probe.receive(kKeepalive);
  }

  ASSERT_EQ(times.size(), 61U);
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_EQ(times[i] - times[i - 1], seconds{1});
}

// Rules 4271-10
TEST(SessionKeepalive, WithHoldTimeZero_ThereIsTheOneThatAnswersTheOpen) {
  Probe probe;
  OpenMessage open = peer_open();
  open.hold_time = 0;
  probe.establish(open);

  EXPECT_EQ(probe.session.poll_timeout(), std::nullopt);
  probe.advance(std::chrono::hours{24});

  EXPECT_EQ(probe.session.state(), State::Established);
  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Keepalive}));
}

// RFC 9687 4.3
// Rules 9687-02 9687-03
TEST(SessionSendHold, APeerThatStopsReading_IsLeftAfterTheSendHoldTime) {
  for (const std::size_t window : {std::size_t{0}, std::size_t{19}, std::size_t{20}}) {
    Probe probe;
    probe.establish();
    const ConnectionId connection = probe.dialed;
    probe.wires[connection].window = window;
    for (int i = 0; i < 16 && !probe.wires[connection].closed; ++i) {
      probe.advance(seconds{30});
      probe.receive(kKeepalive);
    }
    // the KEEPALIVE at 30 s was taken, or not
    const bool taken = window >= 19;
    ASSERT_EQ(probe.wires[connection].closed, !taken) << window;
    if (taken) probe.advance(seconds{30});

    EXPECT_TRUE(probe.wires[connection].closed) << window;
    EXPECT_EQ(probe.down_event, EventId::SendHoldTimerExpires);
    EXPECT_TRUE(probe.wires[connection].one_attempt);
    EXPECT_EQ(probe.down_sent, (bgp::Notification{ErrorCode::SendHoldTimerExpired, 0, {}}));
    // one try of a NOTIFICATION at a border; nothing behind a half-written message
    EXPECT_EQ(probe.wires[connection].farewell, window == 20 ? 0U : 21U);
    EXPECT_EQ(probe.session.deadline(Timer::IdleHold), probe.now + seconds{5});
  }
}

// Rules 9687-02
TEST(SessionSendHold, ASlowReader_IsKept) {
  Probe probe;
  probe.establish();
  probe.wires[probe.dialed].window = 0;
  for (int i = 0; i < 60; ++i) {
    probe.advance(seconds{60});
    probe.receive(kKeepalive);
    if (i % 5 == 4) probe.open_window(probe.dialed, 19);  // one message in five minutes
  }

  EXPECT_EQ(probe.session.state(), State::Established);
}

// Rules 4271-59 9687-01 9687-06
TEST(SessionSendHold, TheConfiguredTime_IsUsed_AndZeroTurnsItOff) {
  PeerConfig config = session_config();
  config.attributes.send_hold_time = seconds{100};
  Probe probe(config);
  probe.establish();
  EXPECT_EQ(probe.session.deadline(Timer::SendHold), probe.now + seconds{100});

  config.attributes.send_hold_time = seconds{0};
  Probe off(config);
  off.establish();
  EXPECT_EQ(off.session.deadline(Timer::SendHold), std::nullopt);

  config.attributes.send_hold_time.reset();
  config.attributes.hold_time = 600;
  OpenMessage open = peer_open();
  open.hold_time = 600;
  Probe long_hold(config);
  long_hold.establish(open);
  EXPECT_EQ(long_hold.session.deadline(Timer::SendHold), long_hold.now + seconds{1200});
}

// --- HoldTimer

// Rules 4271-32
TEST(SessionHold, IsNeverJittered) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Probe probe(session_config(), Jitter(seed));
    probe.start();
    probe.connect();
    EXPECT_EQ(probe.session.deadline(Timer::Hold), probe.now + seconds{240});
    probe.receive(encode_open(peer_open()));
    EXPECT_EQ(probe.session.deadline(Timer::Hold), probe.now + seconds{90});
    probe.advance(seconds{1});
    probe.receive(kKeepalive);
    EXPECT_EQ(probe.session.deadline(Timer::Hold), probe.now + seconds{90});
    probe.advance(milliseconds{89999});
    EXPECT_EQ(probe.session.state(), State::Established);
    probe.advance(milliseconds{1});
    EXPECT_EQ(probe.down_event, EventId::HoldTimerExpires);
  }
}

TEST(SessionHold, TheLargeOne_IsConfigurable_AndRunsWithHoldTimeZeroToo) {
  PeerConfig config = session_config();
  config.attributes.large_hold_time = seconds{60};
  config.attributes.hold_time = 0;
  Probe probe(config);
  probe.start();
  probe.connect();

  probe.advance(seconds{60});

  EXPECT_EQ(probe.wires[probe.dialed].sent.back(), 0);
  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Notification}));
  EXPECT_EQ(probe.session.state(), State::Idle);
}

// --- Starting again

// Rules 4271-43
TEST(SessionBackOff, Doubles_From5To300Seconds_EachJittered) {
  for (const bool jittered : {false, true}) {
    Probe probe(session_config(), jittered ? Jitter(11) : Jitter());
    probe.start();
    for (const int full : {5, 10, 20, 40, 80, 160, 300, 300}) {
      probe.connect();
      probe.receive(kKeepalive);
      ASSERT_EQ(probe.session.state(), State::Idle);
      const Duration pause = *probe.session.deadline(Timer::IdleHold) - probe.now;
      if (jittered) {
        EXPECT_GE(pause, seconds{full} * 3 / 4);
        EXPECT_LT(pause, seconds{full});
      } else {
        EXPECT_EQ(pause, seconds{full});
      }
      probe.advance(pause);
      ASSERT_EQ(probe.session.state(), State::Connect);
    }
    EXPECT_EQ(probe.session.connect_retry_counter(), 8U);
  }
}

TEST(SessionBackOff, AReset_StartsOver) {
  Probe probe;
  probe.start();
  for (int i = 0; i < 3; ++i) {
    probe.connect();
    probe.receive(kKeepalive);
    probe.advance(seconds{20});
  }
  probe.connect();

  probe.session.reset(Stop::reset(), probe.now);
  probe.attend();

  EXPECT_EQ(probe.session.state(), State::Connect);
  EXPECT_EQ(probe.session.connect_retry_counter(), 0U);
  probe.connect();
  probe.receive(kKeepalive);
  EXPECT_EQ(probe.session.deadline(Timer::IdleHold), probe.now + seconds{5});
}

TEST(SessionBackOff, TheConfiguredTimes_AreUsed) {
  PeerConfig config = session_config();
  config.idle_hold = {seconds{1}, seconds{3}, seconds{10}};
  Probe probe(config);
  probe.start();
  for (const int full : {1, 2, 3, 3}) {
    probe.connect();
    probe.receive(kKeepalive);
    EXPECT_EQ(probe.session.deadline(Timer::IdleHold), probe.now + seconds{full});
    probe.advance(seconds{full});
  }
  probe.connect();
  probe.receive(encode_open(peer_open()) + kKeepalive);
  probe.advance(seconds{10});
  probe.receive(framed(Notification, "06 02"_hex));
  EXPECT_EQ(probe.session.deadline(Timer::IdleHold), probe.now + seconds{1});
}

// Rules 4271-60
TEST(SessionBackOff, TheConnectRetryTimer_IsJittered) {
  bool differs = false;
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    Probe probe(session_config(), Jitter(seed));
    probe.start();
    const Duration time = *probe.session.deadline(Timer::ConnectRetry) - probe.now;
    EXPECT_GE(time, seconds{90});
    EXPECT_LE(time, seconds{120});
    differs = differs || time < seconds{110};
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace bgp
