#include "bgp/testing/replay.hpp"

#include <gtest/gtest.h>

#include "bgp/session/negotiation.hpp"
#include "bgp/testing/hex.hpp"
#include "bgp/wire/notification.hpp"
#include "support/packet_builder.hpp"

namespace bgp::test {
namespace {

using namespace std::chrono_literals;
using Nanoseconds = std::chrono::nanoseconds;

const Bytes kKeepalive = framed(MessageType::Keepalive, {});
const std::vector<std::string> kNone;

PeerConfig config(std::uint32_t asn) {
  PeerConfig made;
  made.local_asn = asn;
  made.local_identifier.value = asn;
  made.attributes.hold_time = 9;
  return made;
}

Bytes open(std::size_t side) { return encode_open(make_open(config(side == 0 ? 65001 : 65002))); }

/// A session that comes up, and stays so for `seconds`, each side with a KEEPALIVE every 3 seconds.
void live(TcpBuilder& tcp, int seconds) {
  tcp.handshake();
  for (const std::size_t side : {0U, 1U}) tcp.send(side, open(side));
  for (const std::size_t side : {0U, 1U}) tcp.send(side, kKeepalive);
  for (int i = 0; i < seconds; i += 3) {
    tcp.time += 2980ms;
    for (const std::size_t side : {0U, 1U}) tcp.send(side, kKeepalive);
  }
}

Replay played(const PcapBuilder& pcap, std::size_t side, PeerHandler* handler = nullptr) {
  const auto capture = Capture::read(pcap.file);
  EXPECT_TRUE(capture.has_value());
  auto run = replay(*capture, 0, side, handler);
  EXPECT_TRUE(run.has_value()) << run.error();
  return run ? *std::move(run) : Replay();
}

TEST(Replay, BothSidesOfASession_AreWhatOursWouldDo) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  live(tcp, 30);

  for (const std::size_t side : {0U, 1U}) {
    const Replay run = played(pcap, side);
    EXPECT_EQ(run.differences, kNone);
    EXPECT_TRUE(run.established);
    EXPECT_EQ(run.state, State::Established);
    EXPECT_FALSE(run.ended_at);
  }
}

TEST(Replay, SilenceOfThePeer_EndsOurSessionWhereItEndedThere) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  live(tcp, 6);
  const Bytes expired = encode_notification({ErrorCode::HoldTimerExpired, 0, {}});
  tcp.time += 9s;
  tcp.send(0, expired);

  const Replay run = played(pcap, 0);

  EXPECT_EQ(run.differences, kNone);
  EXPECT_EQ(run.ended_by, (Notification{ErrorCode::HoldTimerExpired, 0, {}}));
  EXPECT_TRUE(run.ended_by_us);
}

TEST(Replay, HoldTimerThatFiredEarly_IsADifference) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  live(tcp, 6);
  tcp.time += 1s;
  tcp.send(0, encode_notification({ErrorCode::HoldTimerExpired, 0, {}}));

  const Replay run = played(pcap, 0);

  ASSERT_EQ(run.differences.size(), 1U);
  EXPECT_EQ(run.differences[0].substr(0, 13), "NOTIFICATION:");
  EXPECT_FALSE(run.ended_by) << "ours was still up";
}

TEST(Replay, OtherNotification_IsADifferenceWithBoth) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(0, open(0));
  tcp.send(1, framed(MessageType::Open, "05 fdea 0009 c0000202 00"_hex));
  tcp.send(0, encode_notification({ErrorCode::OpenMessage, open_error::kUnspecific, {}}));

  EXPECT_EQ(
      played(pcap, 0).differences,
      std::vector<std::string>{"NOTIFICATION: ours is 2/1 OPEN Message Error/Unsupported Version Number supported "
                               "version 4; in the capture 2/0 OPEN Message Error"});
}

TEST(Replay, DecisionOfAnOperator_IsMadeAgain) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  live(tcp, 3);
  const Notification shutdown{ErrorCode::Cease, cease::kAdministrativeShutdown, encode_shutdown_communication("bye")};
  tcp.send(1, encode_notification(shutdown));

  EXPECT_EQ(played(pcap, 1).differences, kNone);
  EXPECT_EQ(played(pcap, 0).ended_by, shutdown);
  EXPECT_FALSE(played(pcap, 0).ended_by_us);
}

/// Counts what it is told.
class Counter : public PeerHandler {
 public:
  void on_update(Session&, const UpdateView&) override { ++updates; }
  int updates = 0;
};

TEST(Replay, Handler_SeesTheUpdatesOfTheOtherSide) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  live(tcp, 3);
  tcp.send(1, "ffff... 0017 02 0000 0000"_hex);
  Counter counter;

  (void)played(pcap, 0, &counter);

  EXPECT_EQ(counter.updates, 1);
}

TEST(Replay, UpdatesOfItsOwnSide_AreSentAgain) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  live(tcp, 3);
  const Bytes update = "ffff... 0017 02 0000 0000"_hex;
  tcp.send(0, update);

  EXPECT_EQ(played(pcap, 0).ours.back().octets, update);
}

TEST(Replay, KeepaliveThatCrossedTheEnd_IsNoDifference) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  for (const std::size_t side : {0U, 1U}) tcp.send(side, open(side));
  tcp.send(1, encode_notification({ErrorCode::OpenMessage, open_error::kBadPeerAs, {}}));

  EXPECT_EQ(played(pcap, 0).differences, kNone);

  PcapBuilder slow;
  TcpBuilder later(slow);
  later.handshake();
  for (const std::size_t side : {0U, 1U}) later.send(side, open(side));
  later.time += 5s;
  later.send(1, encode_notification({ErrorCode::OpenMessage, open_error::kBadPeerAs, {}}));
  EXPECT_EQ(played(slow, 0).differences.size(), 1U) << "it would have answered the OPEN by then";
}

TEST(Replay, RefreshOfItsOwnSide_IsAskedForAgain) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  live(tcp, 3);
  const Bytes request = "ffff... 0017 05 0001 00 01"_hex;
  tcp.send(0, request);

  const Replay run = played(pcap, 0);

  EXPECT_EQ(run.ours.back().octets, request);
  EXPECT_EQ(run.differences, kNone);
}

TEST(Replay, AnswerToTheRefreshOfThePeer_IsGivenAgainInItsOrder) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  live(tcp, 3);
  const std::vector<Bytes> answer{"ffff... 0017 05 0001 01 01"_hex, "ffff... 0017 02 0000 0000"_hex,
                                  "ffff... 0017 05 0001 02 01"_hex};
  tcp.send(1, "ffff... 0017 02 0000 0000"_hex);
  tcp.send(0, "ffff... 0017 02 0000 0000"_hex);
  tcp.send(1, "ffff... 0017 05 0001 00 01"_hex);
  for (const Bytes& message : answer) tcp.send(0, message);

  const Replay run = played(pcap, 0);

  ASSERT_GE(run.ours.size(), answer.size());
  for (std::size_t i = 0; i < answer.size(); ++i) {
    EXPECT_EQ(run.ours[run.ours.size() - answer.size() + i].octets, answer[i]) << i;
  }
  EXPECT_EQ(run.differences, kNone);
}

/// Both ends dial at once. The second has the higher identifier, and so keeps the connection that it dialed.
Capture collision() {
  PcapBuilder pcap;
  TcpBuilder lost(pcap);
  TcpBuilder kept(pcap);
  const auto addresses = lost.ends();
  kept.ends() = {Endpoint{addresses[1].address, 40001}, Endpoint{addresses[0].address, 179}};
  const auto then = [&](TcpBuilder& tcp, std::size_t side, BytesView octets) {
    tcp.time = std::max(lost.time, kept.time);
    tcp.send(side, octets);
  };
  lost.handshake();
  kept.time = lost.time;
  kept.handshake();
  for (const std::size_t side : {0U, 1U}) then(lost, side, open(side));
  for (const std::size_t side : {0U, 1U}) then(kept, side, open(1 - side));
  then(lost, 1, encode_notification({ErrorCode::Cease, cease::kCollisionResolution, {}}));
  for (const std::size_t side : {0U, 1U}) then(kept, side, kKeepalive);
  return *Capture::read(pcap.file);
}

TEST(Replay, Together_TheSessionKeepsTheConnectionThatTheRuleSays) {
  const Capture capture = collision();
  const auto& ends = capture.connections()[0].ends;

  const auto run = replay_together(capture, ends[1].address, ends[0].address);

  ASSERT_TRUE(run) << run.error();
  EXPECT_EQ(run->differences, kNone);
  EXPECT_EQ(run->state, State::Established);
  EXPECT_EQ(replay_together(capture, ends[0].address, ends[0].address).error(),
            "there is no connection between these two");
}

TEST(Replay, SideWithoutAnOpen_IsNotPlayed) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.send(0, kKeepalive);
  const auto capture = Capture::read(pcap.file);

  EXPECT_EQ(replay(*capture, 0, 0).error(), "the OPEN of that side is not in the capture");
  EXPECT_EQ(replay(*capture, 1, 0).error(), "there is no such connection");
}

ReplayedMessage at(Nanoseconds time, Bytes octets) {
  const auto type = static_cast<MessageType>(octets[kHeaderSize - 1]);
  return {time, type, std::move(octets)};
}

TEST(CompareReplay, TimesAndRoutes_CountWhereTheyMeanSomething) {
  const Bytes update = "ffff... 0017 02 0000 0000"_hex;
  Replay run;
  run.ours = {at(5s, open(0)), at(5s, kKeepalive)};
  run.theirs = {at(0s, open(0)), at(0s, kKeepalive), at(1s, update)};
  ReplayComparison how;
  how.speaker = "192.0.2.1:179";

  EXPECT_EQ(compare_replay(run, how),
            (std::vector<std::string>{"OPEN: by 192.0.2.1:179 at 5.000 s, in the capture at 0.000 s",
                                      "first KEEPALIVE: by 192.0.2.1:179 at 5.000 s, in the capture at 0.000 s"}));
  how.times = false;
  EXPECT_EQ(compare_replay(run, how), kNone);
  how.routes = true;
  EXPECT_EQ(compare_replay(run, how),
            std::vector<std::string>{"UPDATE: not sent by 192.0.2.1:179; in the capture at 1.000 s"});
}

TEST(Replay, Config_IsWhatTheOpenSays) {
  const OpenMessage open = make_open(config(65001));

  EXPECT_EQ(make_open(config_of(open)), open);
}

}  // namespace
}  // namespace bgp::test
