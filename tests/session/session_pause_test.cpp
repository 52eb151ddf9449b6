// set_reading(): our own pause is not the peer's silence, and nothing is lost or passes something else.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::kKeepalive;
using test::peer_open;
using test::Probe;
using test::session_config;

constexpr seconds kHold{90};
constexpr std::size_t kOverflow = std::size_t{64} * 1024;

/// 10.0.n.0/24 from AS 65002.
Bytes update(std::uint8_t n) {
  Bytes body = "0000 0014 40010100 40020602010000fdea 4003040a000009 180a00"_hex;
  body.push_back(n);
  return framed(MessageType::Update, body);
}
std::string update_line(int n) { return "update +10.0." + std::to_string(n) + ".0/24"; }

/// A Probe whose driver has a socket: what the Session does not want to read waits there.
class PausedSession : public testing::Test {
 protected:
  explicit PausedSession(const PeerConfig& config = session_config()) : probe(config) {}

  void SetUp() override {
    probe.establish();
    ASSERT_EQ(probe.ups, 1);
    probe.log.clear();
  }

  void set_reading(bool on) {
    probe.session.set_reading(on, probe.now);
    attend();
  }
  /// The peer sends.
  void arrive(const Bytes& octets) {
    socket = socket + octets;
    attend();
  }
  void attend() {
    read();
    probe.attend();
  }
  void read() {
    while (!socket.empty()) {
      const std::size_t octets = std::min(socket.size(), probe.session.read_room(probe.dialed, probe.now));
      if (octets == 0) return;
      const Bytes some(socket.begin(), socket.begin() + static_cast<std::ptrdiff_t>(octets));
      socket.erase(socket.begin(), socket.begin() + static_cast<std::ptrdiff_t>(octets));
      probe.session.received(probe.dialed, some, probe.now);
    }
  }
  /// Lets time pass; before each timeout the driver does what Session::poll_timeout() says.
  void advance(Duration time) {
    const TimePoint to = probe.now + time;
    for (auto due = probe.session.poll_timeout(); due && *due <= to; due = probe.session.poll_timeout()) {
      probe.now = std::max(probe.now, *due);
      read();
      if (!socket.empty()) probe.session.input_waits(probe.dialed, probe.now);
      probe.session.handle_timeout(probe.now);
      attend();
    }
    probe.now = to;
  }
  /// The handler takes one UPDATE and then no more, whenever it is called.
  void pause_within_each_update() {
    probe.inside = [](Session& session, const std::string& line) {
      if (line.starts_with("update")) session.set_reading(false, session.now());
    };
  }
  [[nodiscard]] std::vector<std::string> updates() const {
    std::vector<std::string> lines;
    std::ranges::copy_if(probe.log, std::back_inserter(lines),
                         [](const std::string& line) { return line.starts_with("update"); });
    return lines;
  }
  [[nodiscard]] static std::vector<std::string> lines(int first, int last) {
    std::vector<std::string> all;
    for (int n = first; n <= last; ++n) all.push_back(update_line(n));
    return all;
  }
  [[nodiscard]] Duration hold_left() const { return *probe.session.deadline(Timer::Hold) - probe.now; }

  Probe probe;
  Bytes socket;  // what the peer has sent and we have not read
};

// --- What is delivered

TEST_F(PausedSession, OffWithinACallback_NothingMoreOfTheSameReadIsDelivered) {
  pause_within_each_update();

  probe.receive(update(1) + update(2) + kKeepalive + update(3));

  EXPECT_EQ(probe.log, (std::vector<std::string>{"received 2", update_line(1)}));
  EXPECT_FALSE(probe.session.reading());
}

TEST_F(PausedSession, OnAgain_DeliversTheRestInOrder) {
  pause_within_each_update();
  probe.receive(update(1) + update(2) + kKeepalive + update(3));
  probe.inside = nullptr;

  set_reading(true);

  EXPECT_EQ(probe.log, (std::vector<std::string>{"received 2", update_line(1), "received 2", update_line(2),
                                                 "received 4", "received 2", update_line(3)}));
}

TEST_F(PausedSession, OnAgain_AndOffWithinTheNextUpdate_DeliversOneEachTime) {
  pause_within_each_update();
  probe.receive(update(1) + update(2) + update(3));

  for (int n = 1; n <= 3; ++n) {
    EXPECT_EQ(updates(), lines(1, n));
    set_reading(true);
  }
  EXPECT_EQ(updates(), lines(1, 3));
}

TEST_F(PausedSession, OffAndOnWithinOneCallback_ChangesNothing) {
  probe.inside = [](Session& session, const std::string& line) {
    if (!line.starts_with("update")) return;
    session.set_reading(false, session.now());
    session.set_reading(true, session.now());
  };

  probe.receive(update(1) + update(2) + update(3));
  EXPECT_EQ(updates(), lines(1, 3));

  set_reading(false);
  probe.receive(update(4) + update(5) + update(6));
  set_reading(true);
  EXPECT_EQ(updates(), lines(1, 6));
}

TEST_F(PausedSession, AMessageCutByThePause_IsDeliveredWhole) {
  const Bytes message = update(1);
  for (std::ptrdiff_t cut = 1; cut < std::ssize(message); ++cut) {
    set_reading(false);
    probe.receive(Bytes(message.begin(), message.begin() + cut));
    set_reading(true);
    probe.receive(Bytes(message.begin() + cut, message.end()));
  }

  EXPECT_EQ(updates(), std::vector<std::string>(message.size() - 1, update_line(1)));
}

TEST_F(PausedSession, WhatIsReadDuringThePause_ComesInOrderBehindTheRest) {
  pause_within_each_update();
  probe.receive(update(1) + update(2));
  probe.inside = nullptr;
  arrive(update(3) + update(4));
  advance(kHold);  // the one read that the HoldTimer makes
  ASSERT_TRUE(socket.empty());
  arrive(update(5));

  set_reading(true);

  EXPECT_EQ(updates(), lines(1, 5));
}

TEST_F(PausedSession, OffFromTheStart_TheUpdatesBehindTheKeepaliveWait) {
  Probe other;
  other.inside = [](Session& session, const std::string& line) {
    if (line == "established") session.set_reading(false, session.now());
  };
  other.start();
  other.connect();

  other.receive(encode_open(peer_open()) + kKeepalive + update(1));
  EXPECT_EQ(std::ranges::count(other.log, update_line(1)), 0);

  other.session.set_reading(true, other.now);
  EXPECT_EQ(std::ranges::count(other.log, update_line(1)), 1);
}

// --- What the driver may read

TEST_F(PausedSession, ReadRoom_IsAllOrNothing_AndTheOverflowWhenTheHoldTimerIsDue) {
  const auto room = [&](TimePoint at) { return probe.session.read_room(probe.dialed, at); };
  EXPECT_GT(room(probe.now), std::size_t{1} << 30);
  EXPECT_EQ(probe.session.read_room(ConnectionId{999}, probe.now), 0U);

  set_reading(false);
  EXPECT_EQ(room(probe.now), 0U);
  EXPECT_EQ(room(probe.now + kHold - Duration{1}), 0U);
  EXPECT_EQ(room(probe.now + kHold), kOverflow);

  probe.receive(kKeepalive);
  EXPECT_EQ(room(probe.now + kHold), kOverflow - kKeepalive.size());

  set_reading(true);
  EXPECT_GT(room(probe.now), std::size_t{1} << 30);
}

TEST_F(PausedSession, InputWaits_DoesNothingUntilAllElseHasFailed) {
  const auto deadline = probe.session.deadline(Timer::Hold);
  probe.session.input_waits(probe.dialed, probe.now);
  EXPECT_EQ(probe.session.deadline(Timer::Hold), deadline);  // reading is on

  set_reading(false);
  probe.session.input_waits(probe.dialed, probe.now);
  EXPECT_EQ(probe.session.deadline(Timer::Hold), deadline);  // the HoldTimer is not due
  probe.session.input_waits(probe.dialed, probe.now + kHold);
  EXPECT_EQ(probe.session.deadline(Timer::Hold), deadline);  // there is room to read

  EXPECT_EQ(probe.session.hold_extended_by(), Duration::zero());
}

// --- The HoldTimer

TEST_F(PausedSession, FiveHoldTimesWithTheSenderAlive_DoNotFlap) {
  set_reading(false);
  for (int i = 0; i < 15; ++i) {
    arrive(kKeepalive + update(static_cast<std::uint8_t>(i)));
    advance(kHold / 3);
  }
  EXPECT_EQ(probe.session.state(), State::Established);
  EXPECT_TRUE(probe.log.empty() || updates().empty());

  set_reading(true);

  EXPECT_EQ(updates(), lines(0, 14));
  EXPECT_EQ(probe.downs, 0);
  EXPECT_EQ(probe.session.hold_extended_by(), Duration::zero());  // the overflow sufficed
}

TEST_F(PausedSession, TheSenderDead_IsDownWithinTwoHoldTimes) {
  advance(seconds{1});
  const TimePoint last_word = probe.now;
  set_reading(false);
  arrive(update(1) + kKeepalive);

  advance(kHold - seconds{1});
  EXPECT_EQ(probe.downs, 0) << "it counts when it is read, by the HoldTimer at the latest";
  advance(last_word + 2 * kHold - probe.now);

  EXPECT_EQ(probe.downs, 1);
  EXPECT_EQ(probe.down_event, EventId::HoldTimerExpires);
  EXPECT_EQ(probe.down_sent, (Notification{ErrorCode::HoldTimerExpired, 0, {}}));
}

TEST_F(PausedSession, TheSenderSilentFromTheStart_IsDownAfterOneHoldTime) {
  set_reading(false);

  advance(kHold - Duration{1});
  EXPECT_EQ(probe.downs, 0);
  advance(Duration{1});

  EXPECT_EQ(probe.downs, 1);
}

TEST_F(PausedSession, HalfAMessage_IsNoSignOfLife) {
  set_reading(false);
  const Bytes message = update(1);
  arrive(Bytes(message.begin(), message.end() - 1));

  advance(kHold);

  EXPECT_EQ(probe.down_event, EventId::HoldTimerExpires);
}

TEST_F(PausedSession, AMessage_RestartsTheHoldTimerOnce_WhenItArrives) {
  set_reading(false);
  advance(seconds{10});
  probe.receive(kKeepalive + update(1));
  EXPECT_EQ(hold_left(), kHold);
  advance(seconds{20});

  set_reading(true);
  ASSERT_EQ(updates(), lines(1, 1));
  EXPECT_EQ(hold_left(), kHold - seconds{20});

  probe.receive(kKeepalive);
  EXPECT_EQ(hold_left(), kHold);
}

TEST_F(PausedSession, OurKeepalives_LeaveOnTime) {
  set_reading(false);
  const auto before = std::ranges::count(probe.sent_types(probe.dialed), MessageType::Keepalive);

  for (int i = 0; i < 10; ++i) {
    arrive(kKeepalive);
    advance(kHold / 3);
  }

  EXPECT_EQ(std::ranges::count(probe.sent_types(probe.dialed), MessageType::Keepalive), before + 10);
}

// --- More waits than there is room for

class FloodedSession : public PausedSession {
 protected:
  void SetUp() override {
    PausedSession::SetUp();
    paused_at = probe.now;
    set_reading(false);
    const Bytes message = update(7);
    for (int i = 0; i < 3000; ++i) socket.insert(socket.end(), message.begin(), message.end());
  }
  TimePoint paused_at;
};

TEST_F(FloodedSession, TheHoldTimerIsExtended_AndItIsCounted) {
  advance(kHold);  // the overflow is filled: that counts by itself
  EXPECT_EQ(probe.session.hold_extended_by(), Duration::zero());
  EXPECT_EQ(hold_left(), kHold);

  advance(kHold);
  EXPECT_EQ(probe.session.hold_extended_by(), kHold);
  EXPECT_EQ(hold_left(), kHold);

  advance(kHold);
  EXPECT_EQ(probe.session.hold_extended_by(), 2 * kHold);
  EXPECT_EQ(probe.downs, 0);
}

TEST_F(FloodedSession, ForTheLongestPause_AndThenItEndsWithCease8) {
  advance(paused_at + minutes{10} - probe.now - Duration{1});
  EXPECT_EQ(probe.downs, 0);

  advance(Duration{1});

  EXPECT_EQ(probe.downs, 1);
  EXPECT_EQ(probe.down_event, EventId::AutomaticStop);
  EXPECT_EQ(probe.down_sent, (Notification{ErrorCode::Cease, cease::kOutOfResources, {}}));
  EXPECT_TRUE(updates().empty());
  EXPECT_TRUE(probe.session.deadline(Timer::IdleHold)) << "it comes back";
}

TEST_F(FloodedSession, OnAgainInTime_DeliversAllAndForgetsThePause) {
  advance(minutes{9});
  set_reading(true);
  EXPECT_EQ(updates().size(), 3000U);

  advance(kHold - seconds{1});
  EXPECT_EQ(probe.downs, 0);
  EXPECT_EQ(hold_left(), seconds{1});
  arrive(kKeepalive);
  set_reading(false);
  arrive(kKeepalive);
  advance(minutes{2});
  EXPECT_EQ(probe.downs, 0) << "the longest pause counts anew";
}

TEST_F(FloodedSession, ThePeerGoesSilentBehindAFullOverflow_IsDown) {
  advance(kHold);
  socket.clear();  // nothing more waits: all that it said was counted

  advance(kHold);

  EXPECT_EQ(probe.down_event, EventId::HoldTimerExpires);
}

TEST_F(FloodedSession, TheNextSession_CountsFromZero) {
  advance(3 * kHold);
  ASSERT_GT(probe.session.hold_extended_by(), Duration::zero());
  socket.clear();
  probe.session.reset(Stop::reset(), probe.now);
  probe.attend();
  probe.connect();
  probe.receive(encode_open(peer_open()) + kKeepalive);

  ASSERT_EQ(probe.ups, 2);
  EXPECT_EQ(probe.session.hold_extended_by(), Duration::zero());
  EXPECT_FALSE(probe.session.reading()) << "what the handler asked for holds until it asks otherwise";
}

// --- The end of a connection

TEST_F(PausedSession, ANotificationBehindUpdates_EndsItAtOnce_BehindThem) {
  set_reading(false);

  probe.receive(update(1) + update(2) + framed(MessageType::Notification, "06 04"_hex) + update(3));

  EXPECT_EQ(updates(), lines(1, 2));
  EXPECT_EQ(probe.log.back(), "down");
  EXPECT_EQ(probe.down_received, (Notification{ErrorCode::Cease, 4, {}}));
  EXPECT_EQ(std::ranges::count(probe.sent_types(probe.dialed), MessageType::Notification), 0);
}

TEST_F(PausedSession, ABrokenHeaderBehindUpdates_EndsItAtOnce_BehindThem) {
  set_reading(false);

  probe.receive(update(1) + Bytes(19, 0x42));

  EXPECT_EQ(updates(), lines(1, 1));
  EXPECT_EQ(probe.down_sent, (Notification{ErrorCode::MessageHeader, 1, {}}));
}

TEST_F(PausedSession, ALostTransport_DeliversWhatWasComplete_AndIsDown) {
  set_reading(false);
  const Bytes message = update(3);
  probe.receive(update(1) + update(2) + Bytes(message.begin(), message.end() - 1));

  probe.lose(probe.dialed);

  EXPECT_EQ(updates(), lines(1, 2));
  EXPECT_EQ(probe.log.back(), "down");
  EXPECT_EQ(probe.down_event, EventId::TcpConnectionFails);
  EXPECT_EQ(probe.downs, 1);
}

TEST_F(PausedSession, ALostTransportBehindAFatalUpdate_ClosesNothing) {
  set_reading(false);
  probe.receive(update(1) + framed(MessageType::Update, "ffff 0000"_hex) + update(2));

  probe.session.disconnected(probe.dialed, "reset by peer", probe.now);

  EXPECT_EQ(probe.session.poll_command(), std::nullopt) << "the driver has no such connection any more";
  EXPECT_EQ(updates(), lines(1, 1));
  EXPECT_EQ(probe.downs, 1);
  EXPECT_EQ(probe.down_event, EventId::UpdateMsgErr);
}

TEST_F(PausedSession, AStop_DropsWhatWaits) {
  set_reading(false);
  probe.receive(update(1));

  probe.session.stop(Stop::shutdown(), probe.now);
  probe.attend();
  set_reading(true);

  EXPECT_TRUE(updates().empty());
  EXPECT_EQ(probe.downs, 1);
}

TEST_F(PausedSession, StillOffInTheNextSession_ItComesUpAndItsUpdatesWait) {
  set_reading(false);
  probe.session.reset(Stop::reset(), probe.now);
  probe.attend();
  probe.connect();

  probe.receive(encode_open(peer_open()) + kKeepalive + update(1));
  EXPECT_EQ(probe.ups, 2);
  EXPECT_TRUE(updates().empty());

  set_reading(true);
  EXPECT_EQ(updates(), lines(1, 1));
}

TEST_F(PausedSession, AStopWithinADelivery_EndsItThere) {
  set_reading(false);
  probe.receive(update(1) + update(2));
  probe.inside = [](Session& session, const std::string& line) {
    if (line.starts_with("update")) session.stop(Stop::shutdown(), session.now());
  };

  set_reading(true);

  EXPECT_EQ(updates(), lines(1, 1));
  EXPECT_EQ(probe.session.state(), State::Idle);
}

class PausedWithoutHoldTimer : public PausedSession {
 protected:
  PausedWithoutHoldTimer() : PausedSession(config()) {}
  static PeerConfig config() {
    PeerConfig config = session_config();
    config.attributes.hold_time = 0;
    return config;
  }
};

TEST_F(PausedWithoutHoldTimer, ThePauseHasNoEnd) {
  set_reading(false);
  arrive(update(1));

  advance(std::chrono::hours{24});

  EXPECT_EQ(probe.downs, 0);
  EXPECT_EQ(probe.session.read_room(probe.dialed, probe.now), 0U);
  set_reading(true);
  EXPECT_EQ(updates(), lines(1, 1));
}

}  // namespace
}  // namespace bgp
