// The file that a NetworkRecorder makes is read back as what the Session says it sent and received.
#include "bgp/testing/network_recorder.hpp"

#include <gtest/gtest.h>

#include "bgp/testing/capture.hpp"
#include "bgp/testing/hex.hpp"
#include "bgp/testing/mrt.hpp"
#include "bgp/testing/simulation.hpp"

namespace bgp::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const MessageFileEnds kEnds{IpAddress::v4(0xc0000201), IpAddress::v4(0xc0000202), 65001, 65002};

/// "sent 02...": a message and its way.
std::string shown(Travel travel, BytesView octets) {
  return (travel == Travel::Sent ? "sent " : "received ") + hex_of(octets);
}

/// Announces routes, and writes down every message, those of each way by themselves.
class Recorded : public PeerHandler {
 public:
  void on_established(Session& session, const SessionUp&) override { session.want_write(); }
  void on_writable(Session&, UpdateWriter& writer) override {
    const auto update = std::make_shared<const Bytes>("ffff... 0017 02 0000 0000"_hex);
    while (updates_ < 40 && writer.shared(update)) ++updates_;
  }
  void on_message(Session&, Travel travel, ConnectionId, const RawMessage& message) override {
    (travel == Travel::Sent ? sent : received).push_back(shown(travel, message.octets));
  }

  std::vector<std::string> sent, received;

 private:
  int updates_ = 0;
};

struct Life {
  Recorded witness;
  Bytes file;
};

/// One end dials; the window is small, and octets come in portions. After 20 s the other stops.
Life recorded(MessageFileFormat format) {
  Life run;
  Recorded other;
  NetworkRecorder recorder(format, 0, kEnds);
  Network network(3, true, &recorder);
  PeerConfig b = brisk_speaker(65002, 65001);
  b.attributes.passive = true;
  LinkConditions rough;
  rough.chunked = true;
  rough.window = 100;
  network.add_peering(brisk_speaker(65001, 65002), run.witness, b, other, rough);
  network.start(0);
  network.start(1);
  network.run(seconds{20});
  network.stop(1, Stop::shutdown("bye"));
  network.run(seconds{2});
  run.file = recorder.file();
  return run;
}

TEST(NetworkRecorder, Pcapng_HasEveryMessageOfBothWays) {
  const Life run = recorded(MessageFileFormat::Pcapng);
  const auto capture = Capture::read(run.file);
  ASSERT_TRUE(capture);

  std::vector<std::string> sent, received;
  for (const CapturedItem& item : capture->items()) {
    if (!item.is_message()) continue;
    const bool ours = capture->connection_of(item).ends[item.side].address == kEnds.local;
    (ours ? sent : received).push_back(shown(ours ? Travel::Sent : Travel::Received, item.octets));
  }
  EXPECT_EQ(capture->problem(), "");
  EXPECT_GT(sent.size(), 40U);
  EXPECT_EQ(sent, run.witness.sent);
  EXPECT_EQ(received, run.witness.received);
  EXPECT_EQ(capture->items().back().kind, CapturedItem::Kind::Fin);
}

TEST(NetworkRecorder, Mrt_HasTheSameMessages) {
  const Life run = recorded(MessageFileFormat::Mrt);

  std::vector<std::string> sent, received;
  MrtReader reader(run.file);
  while (const auto record = reader.next()) {
    const auto message = mrt_message(*record);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->peer, kEnds.peer);
    const Travel travel = message->sent ? Travel::Sent : Travel::Received;
    (message->sent ? sent : received).push_back(shown(travel, message->message));
  }
  EXPECT_EQ(reader.left(), 0U);
  EXPECT_EQ(sent, run.witness.sent);
  EXPECT_EQ(received, run.witness.received);
}

/// Ends with a connection of `end` that fell as `kind` says.
std::string last_of(Disturbance::Kind kind, std::size_t end) {
  Plan plan;
  plan.seed = 5;
  plan.peerings.emplace_back(brisk_speaker(65001, 65002), brisk_speaker(65002, 65001));
  plan.disturbances = {{kind, end, seconds{10}, 0}};
  plan.busy = seconds{10} + milliseconds{200};
  plan.converges = false;
  NetworkRecorder recorder(MessageFileFormat::Pcapng, 0, kEnds);
  EXPECT_FALSE(simulate(plan, &recorder).violation);
  const auto capture = Capture::read(recorder.file());
  if (!capture || capture->items().empty()) return "nothing";
  const CapturedItem& last = capture->items().back();
  return std::string(last.is_message() ? "message" : name_of(last.kind)) + " by " +
         to_string(capture->connection_of(last).ends[last.side].address);
}

TEST(NetworkRecorder, EndOfAConnection_IsOfWhoeverMadeIt) {
  EXPECT_EQ(last_of(Disturbance::Kind::Stop, 0), "fin by 192.0.2.1");
  EXPECT_EQ(last_of(Disturbance::Kind::Break, 0), "fin by 192.0.2.2");
  EXPECT_EQ(last_of(Disturbance::Kind::Crash, 0), "message by 192.0.2.2") << "half-open";
}

TEST(NetworkRecorder, OctetsThatAreNoMessage_AreInThePcapng) {
  NetworkRecorder recorder(MessageFileFormat::Pcapng, 0, kEnds);
  recorder.on_transport(0, ConnectionId{1}, Direction::Incoming);
  recorder.on_octets(0, ConnectionId{1}, Bytes(25, 1));
  recorder.on_octets(0, ConnectionId{1}, "ffff... 0013"_hex);
  recorder.on_fin(0, ConnectionId{1});

  const auto capture = Capture::read(recorder.file(), {kBgpPort});
  ASSERT_TRUE(capture);
  std::size_t octets = 0;
  for (const CapturedItem& item : capture->items()) octets += item.octets.size();
  EXPECT_EQ(octets, 25U + 18U);
}

}  // namespace
}  // namespace bgp::test
