// The flight recorder: bounded, nothing that matters is pushed out, and what it holds plays again.
#include "bgp/session/recorder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::kKeepalive;
using test::kUpdate;
using test::Probe;

std::vector<std::string> texts(const Recording& recording) {
  std::vector<std::string> texts;
  for (const Record& record : recording.records) texts.push_back(to_string(record));
  return texts;
}

const QuietRun* find_run(const Recording& recording, QuietRun::Kind kind) {
  const auto run = std::ranges::find(recording.quiet, kind, &QuietRun::kind);
  return run == recording.quiet.end() ? nullptr : &*run;
}

void expect_plays_again(const Recording& recording) {
  ASSERT_NE(recording.tail, nullptr);
  EXPECT_TRUE(replay(recording).end == *recording.present);
}

TEST(FlightRecorder, Session_IsInputsWithWhatCameOfThem) {
  Probe probe;

  probe.start();
  probe.connect();
  probe.receive(encode_open(test::peer_open()) + kKeepalive);

  EXPECT_EQ(
      texts(probe.session.recording(probe.now)),
      (std::vector<std::string>{"started", "state Idle -> Connect (ManualStart)", "dials", "Tcp_CR_Acked",
                                "state Connect -> OpenSent (Tcp_CR_Acked)", "received " + to_string(test::peer_open()),
                                "state OpenSent -> OpenConfirm (BGPOpen)", "KeepAliveMsg",
                                "state OpenConfirm -> Established (KeepAliveMsg)"}));
}

TEST(FlightRecorder, QuietRuns_StandInTheOrderOfTheirLatestEvents) {
  Probe probe;
  probe.establish();

  for (int i = 0; i < 5; ++i) {
    probe.receive(kUpdate);
    probe.advance(seconds{30});
    probe.receive(kKeepalive);

    const Recording recording = probe.session.recording(probe.now);
    EXPECT_TRUE(std::ranges::is_sorted(recording.quiet, {}, &QuietRun::order));
    EXPECT_EQ(recording.quiet.back().kind, QuietRun::Kind::KeepaliveReceived);
    expect_plays_again(recording);
  }
}

TEST(FlightRecorder, LongHealthySession_TakesNoPlaceInTheRing) {
  Probe probe;
  probe.establish();
  const std::size_t records = probe.session.recording(probe.now).records.size();

  for (int i = 0; i < 1000; ++i) {
    probe.advance(seconds{30});
    probe.receive(kKeepalive + kUpdate);
  }

  const Recording recording = probe.session.recording(probe.now);
  EXPECT_EQ(recording.records.size(), records);
  ASSERT_NE(find_run(recording, QuietRun::Kind::KeepaliveReceived), nullptr);
  EXPECT_EQ(find_run(recording, QuietRun::Kind::KeepaliveReceived)->count, 1000U);
  EXPECT_EQ(find_run(recording, QuietRun::Kind::KeepaliveReceived)->last, probe.now);
  EXPECT_EQ(find_run(recording, QuietRun::Kind::UpdateReceived)->count, 1000U);
  expect_plays_again(recording);
}

TEST(FlightRecorder, JitteredSessionOfManyHours_PlaysAgainToTheSameDeadlines) {
  Probe probe(test::session_config(), Jitter(7));
  probe.establish();
  for (int i = 0; i < 500; ++i) {
    probe.advance(seconds{17});
    probe.receive(kKeepalive);
  }

  probe.advance(seconds{300});

  const Recording recording = probe.session.recording(probe.now);
  EXPECT_NE(probe.session.state(), State::Established);
  expect_plays_again(recording);
}

TEST(FlightRecorder, PeerThatRefusesForDays_KeepsTheRingBoundedAndPlayable) {
  Probe probe(test::session_config(), Jitter(3));
  probe.start();

  for (int i = 0; i < 100; ++i) {
    probe.lose(probe.dialed);
    probe.advance(minutes{5});
  }

  const Recording recording = probe.session.recording(probe.now);
  EXPECT_EQ(recording.records.size(), FlightRecorder::kDefaultEntries);
  EXPECT_GT(recording.tail_number, 1U);
  EXPECT_GE(recording.tail_number, recording.records.front().number);
  expect_plays_again(recording);
}

TEST(FlightRecorder, EndOfTheSession_OutlivesTheAttemptsBehindIt) {
  Probe probe;
  probe.establish();
  probe.receive(framed(MessageType::Notification, "06 04"_hex));

  for (int i = 0; i < 100; ++i) {
    probe.advance(minutes{5});
    probe.lose(probe.dialed);
  }

  const Recording recording = probe.session.recording(probe.now);
  ASSERT_TRUE(recording.last_session.has_value());
  EXPECT_EQ(recording.last_session->received, (Notification{ErrorCode::Cease, cease::kAdministrativeReset, {}}));
}

TEST(FlightRecorder, MalformedMessage_KeepsItsFirst512Octets) {
  Probe probe;
  probe.establish();
  Bytes update = framed(MessageType::Update, "ffff"_hex + Bytes(1000, 0xaa));

  probe.receive(update);

  const Recording recording = probe.session.recording(probe.now);
  update.resize(FlightRecorder::kMaxOffending);
  EXPECT_EQ(recording.offending, update);
  const auto record = std::ranges::find(recording.records, recording.offending_number, &Record::number);
  ASSERT_NE(record, recording.records.end());
  EXPECT_EQ(to_string(*record), "UpdateMsgErr");
}

TEST(FlightRecorder, Opens_AreTheLatestThatMet) {
  Probe probe;
  probe.establish();
  OpenMessage other = test::peer_open();
  other.hold_time = 30;

  probe.lose(probe.dialed);
  probe.advance(seconds{10});
  probe.connect();
  probe.receive(encode_open(other));

  const Recording recording = probe.session.recording(probe.now);
  ASSERT_NE(recording.opens, nullptr);
  EXPECT_EQ(recording.opens->received.unpack(), other);
  EXPECT_EQ(recording.opens->sent.unpack(), make_open(test::session_config()));
}

TEST(FlightRecorder, DetailOfTheDriver_IsCutShort) {
  Probe probe;
  probe.start();

  probe.session.disconnected(probe.dialed, std::string(1000, 'x'), probe.now);

  EXPECT_NE(texts(probe.session.recording(probe.now))[3].find(std::string(128, 'x')), std::string::npos);
  EXPECT_EQ(texts(probe.session.recording(probe.now))[3].find(std::string(129, 'x')), std::string::npos);
}

}  // namespace
}  // namespace bgp
