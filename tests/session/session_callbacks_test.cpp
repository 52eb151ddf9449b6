// What a callback asks of its Session is carried out when it has returned, whichever callback it is.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;
using test::kKeepalive;
using test::kRefresh;
using test::kUpdate;
using test::peer_open;
using test::Probe;
using enum MessageType;

enum class Ask { Start, Stop, Reset, StopAutomatically, WantWrite, RequestRefresh, Pause, Soft, Hard };

/// The callbacks, by the beginning of their line in the log.
constexpr const char* kCallbacks[] = {"open",       "established", "update",   "refresh",   "writable",
                                      "down",       "state Id",    "state Co", "state Est", "received 1",
                                      "received 3", "received 4",  "sent 1",   "sent 2",    "sent 4"};

void ask(Session& session, Ask what) {
  switch (what) {
    case Ask::Start: session.start(session.now()); break;
    case Ask::Stop: session.stop(Stop::shutdown("from inside"), session.now()); break;
    case Ask::Reset: session.reset(Stop::reset("from inside"), session.now()); break;
    case Ask::StopAutomatically: session.stop_automatically({cease::kOutOfResources, {}, false}, session.now()); break;
    case Ask::WantWrite: session.want_write(); break;
    case Ask::RequestRefresh: (void)session.request_refresh(kIpv4Unicast); break;
    case Ask::Pause: session.set_reading(false, session.now()); break;
    case Ask::Soft: {
      PeerConfig config = session.config();
      config.max_input_pause = seconds{1};
      EXPECT_EQ(session.configure(config, session.now()), ConfigChange::Soft);
      break;
    }
    case Ask::Hard: {
      PeerConfig config = session.config();
      config.fqdn = capability::Fqdn{"host", ""};
      EXPECT_EQ(session.configure(config, session.now()), ConfigChange::Reset);
      break;
    }
  }
}

/// A session's life: up, traffic both ways, and down by a NOTIFICATION of the peer.
void live(Probe& probe) {
  probe.write = [done = false](UpdateWriter& writer) mutable {
    if (std::exchange(done, true)) return;
    EXPECT_TRUE(writer.end_of_rib(kIpv4Unicast));
  };
  probe.start();
  const ConnectionId connection = probe.dialed;
  probe.connect();
  probe.receive(connection, encode_open(peer_open()) + kKeepalive);
  probe.want_write();
  probe.receive(connection, kUpdate + kRefresh + kKeepalive);
  probe.advance(seconds{30});
  probe.receive(connection, framed(Notification, "06 02"_hex));
}

void expect_order_on_the_wire(Probe& probe) {
  for (const auto& [id, wire] : probe.wires) {
    const auto types = probe.sent_types(id);
    const auto notifications = std::ranges::count(types, Notification);
    ASSERT_LE(notifications, 1);
    if (notifications == 1) {
      EXPECT_EQ(types.back(), Notification);
      EXPECT_TRUE(wire.closed);
    }
    EXPECT_LE(wire.sent.size(), probe.tapped[id].size());  // what was queued last may not have left
  }
}

class SessionCallback : public testing::TestWithParam<std::tuple<const char*, Ask>> {};

TEST_P(SessionCallback, CanAskForAnything) {
  const auto [callback, what] = GetParam();
  Probe probe;
  bool asked = false;
  std::size_t depth = 0;
  probe.inside = [&](Session& session, const std::string& line) {
    EXPECT_EQ(depth, 0U) << line << " within another callback";
    ++depth;
    if (line.starts_with(callback) && !std::exchange(asked, true)) ask(session, what);
    --depth;
  };

  live(probe);

  ASSERT_TRUE(asked);
  expect_order_on_the_wire(probe);
  EXPECT_EQ(probe.ups, probe.downs);
  switch (what) {
    case Ask::Stop:
      EXPECT_EQ(probe.session.state(), State::Idle);
      EXPECT_FALSE(probe.session.started());
      EXPECT_EQ(probe.session.poll_timeout(), std::nullopt);
      break;
    case Ask::Reset:
    case Ask::Hard:
      EXPECT_TRUE(probe.session.started());
      EXPECT_GE(probe.dials, 2);
      break;
    case Ask::Start:
    case Ask::Soft: EXPECT_TRUE(probe.session.started()); break;
    case Ask::Pause:
    case Ask::StopAutomatically:
      EXPECT_TRUE(probe.session.started());
      EXPECT_TRUE(probe.session.poll_timeout());
      break;
    case Ask::WantWrite:
    case Ask::RequestRefresh:
      EXPECT_EQ(probe.session.reading(), what != Ask::Pause);
      EXPECT_EQ(probe.down_received, (bgp::Notification{ErrorCode::Cease, 2, {}}));
      EXPECT_TRUE(probe.session.deadline(Timer::IdleHold));
      break;
  }
}

std::string name_of(const testing::TestParamInfo<SessionCallback::ParamType>& info) {
  constexpr const char* kAsks[] = {"Start", "Stop", "Reset", "StopAutomatically", "WantWrite", "RequestRefresh",
                                   "Pause", "Soft", "Hard"};
  std::string name = std::string(kAsks[static_cast<std::size_t>(std::get<1>(info.param))]) + "_from_";
  for (const char c : std::string(std::get<0>(info.param))) name += c == ' ' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Each, SessionCallback,
                         testing::Combine(testing::ValuesIn(kCallbacks),
                                          testing::Values(Ask::Start, Ask::Stop, Ask::Reset, Ask::StopAutomatically,
                                                          Ask::WantWrite, Ask::RequestRefresh, Ask::Pause, Ask::Soft,
                                                          Ask::Hard)),
                         name_of);

// The rest of the octets of the same read is not handled any more.
TEST(SessionCallbacks, AStopWithinAnUpdate_EndsTheInputThere) {
  Probe probe;
  probe.establish();
  probe.inside = [&](Session& session, const std::string& line) {
    if (line.starts_with("update")) session.stop(Stop{}, session.now());
  };

  probe.receive(kUpdate + kUpdate + kUpdate);

  EXPECT_EQ(std::ranges::count(probe.log, "update +192.0.2.0/24"), 1);
  EXPECT_EQ(probe.sent_types(probe.dialed).back(), Notification);
}

TEST(SessionCallbacks, AStop_IsCarriedOutAfterTheCallback) {
  Probe probe;
  probe.establish();
  State within{};
  probe.inside = [&](Session& session, const std::string& line) {
    if (!line.starts_with("update")) return;
    session.stop(Stop{}, session.now());
    within = session.state();
  };

  probe.receive(kUpdate);

  EXPECT_EQ(within, State::Established);
  EXPECT_EQ(probe.session.state(), State::Idle);
}

TEST(SessionCallbacks, AStopWithinOnOpen_NeverComesUp) {
  Probe probe;
  probe.inside = [&](Session& session, const std::string& line) {
    if (line == "open") session.stop(Stop{}, session.now());
  };

  probe.establish();

  EXPECT_EQ(probe.ups, 0);
  EXPECT_EQ(probe.session.state(), State::Idle);
  EXPECT_EQ(probe.sent_types(probe.dialed).back(), Notification);
}

TEST(SessionCallbacks, AResetWithinOnDown_DialsAtOnce) {
  Probe probe;
  probe.establish();
  probe.inside = [&](Session& session, const std::string& line) {
    if (line == "down") session.reset(Stop{}, session.now());
  };

  probe.lose(probe.dialed);

  EXPECT_EQ(probe.session.state(), State::Connect);
  EXPECT_EQ(probe.dials, 2);
  EXPECT_EQ(probe.session.deadline(Timer::IdleHold), std::nullopt);
}

TEST(SessionCallbacks, WantWriteWithinOnWritable_ComesAgainOnlyAfterSomethingWasWritten) {
  Probe probe;
  int calls = 0;
  probe.write = [&](UpdateWriter& writer) {
    if (++calls > 3) return;
    EXPECT_TRUE(writer.end_of_rib(kIpv4Unicast));
  };
  probe.inside = [](Session& session, const std::string& line) {
    if (line == "writable") session.want_write();
  };
  probe.establish();

  probe.want_write();

  EXPECT_GE(calls, 3);
  EXPECT_LT(calls, 10);
  EXPECT_EQ(std::ranges::count(probe.sent_types(probe.dialed), Update), 3);
}

// A stop that a callback asks for has a cause of its own.
TEST(SessionCallbacks, AStopWithinANotificationElsewhere_IsNotBlamedOnIt) {
  PeerConfig config = test::session_config();
  config.attributes.passive = true;
  Probe probe(config);
  probe.start();
  const ConnectionId live = probe.accept();
  probe.receive(live, encode_open(peer_open()) + kKeepalive);
  ASSERT_EQ(probe.ups, 1);
  const ConnectionId other = probe.accept();
  probe.inside = [&](Session& session, const std::string& line) {
    if (line == "state OpenSent Idle") session.stop(Stop{}, session.now());
  };

  probe.receive(other, framed(Notification, "06 07"_hex));

  EXPECT_EQ(probe.downs, 1);
  EXPECT_EQ(probe.down_event, EventId::ManualStop);
  EXPECT_EQ(probe.down_received, std::nullopt);
}

}  // namespace
}  // namespace bgp
