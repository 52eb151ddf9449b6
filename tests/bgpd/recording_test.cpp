#include "bgpd/recording.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "bgp/testing/capture.hpp"
#include "bgp/testing/input.hpp"
#include "bgp/testing/mrt.hpp"
#include "support/hex.hpp"

namespace bgp::daemon {
namespace {

using namespace std::chrono_literals;

class RecordingFile : public testing::Test {
 protected:
  RecordingFile() {
    neighbor_.peer.remote_address = IpAddress::v4(0xc0000202);
    neighbor_.peer.session.local_asn = 65001;
    neighbor_.peer.session.remote_asn = 65002;
  }
  ~RecordingFile() override { std::filesystem::remove(neighbor_.record); }

  /// One incoming connection with a KEEPALIVE each way, into a file with this ending.
  Bytes recorded(const std::string& suffix, EventId ended_by = EventId::ManualStop) {
    neighbor_.record = testing::TempDir() + "bgpd_recording_test" + suffix;
    Recording recording(neighbor_, 1000s);
    EXPECT_TRUE(recording.good());
    recording.local_address(IpAddress::v4(0xc0000201));
    StateChange change;
    change.connection = ConnectionId{1};
    change.direction = Direction::Incoming;
    change.from = State::Idle;
    change.to = State::OpenSent;
    change.time = TimePoint(1s);
    recording.state_change(change);
    const Bytes keepalive = test::framed(MessageType::Keepalive, {});
    for (const Travel travel : {Travel::Sent, Travel::Received}) {
      recording.message(travel, ConnectionId{1}, RawMessage{MessageType::Keepalive, keepalive}, TimePoint(2s));
    }
    change.from = State::OpenSent;
    change.to = State::Idle;
    change.event = ended_by;
    recording.state_change(change);
    return test::read_input(neighbor_.record).value_or(Bytes());
  }

  NeighborConfig neighbor_;
};

TEST_F(RecordingFile, Pcapng_IsReadBackAsTheConnection) {
  const auto capture = test::Capture::read(recorded(".pcapng"));

  ASSERT_TRUE(capture);
  ASSERT_EQ(capture->connections().size(), 1U);
  EXPECT_EQ(to_string(capture->connections()[0].ends[0]), "192.0.2.2:49153") << "the neighbor dialed";
  EXPECT_EQ(std::ranges::count_if(capture->items(), &test::CapturedItem::is_message), 2);
  EXPECT_EQ(capture->items().back().kind, test::CapturedItem::Kind::Fin);
  EXPECT_EQ(capture->items().back().side, 1) << "ours";
  EXPECT_EQ(capture->items().front().time, 1002s);
}

TEST_F(RecordingFile, ConnectionThatFailed_WasClosedByTheNeighbor) {
  const auto capture = test::Capture::read(recorded(".pcapng", EventId::TcpConnectionFails));

  ASSERT_TRUE(capture);
  EXPECT_EQ(capture->items().back().kind, test::CapturedItem::Kind::Fin);
  EXPECT_EQ(capture->items().back().side, 0);
}

TEST_F(RecordingFile, Mrt_HasStatesAndMessages) {
  const Bytes file = recorded(".mrt");

  test::MrtReader reader(file);
  std::size_t states = 0;
  while (const auto record = reader.next()) states += test::mrt_message(*record)->is_state_change() ? 1U : 0U;
  EXPECT_EQ(reader.count(), 4U);
  EXPECT_EQ(states, 2U);
}

TEST_F(RecordingFile, FileThatCannotBeMade_IsSaid) {
  neighbor_.record = "/nonexistent/file.pcapng";

  EXPECT_FALSE(Recording(neighbor_, 0s).good());
}

}  // namespace
}  // namespace bgp::daemon
