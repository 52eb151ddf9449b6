#include "bgp/session/message_file.hpp"

#include <gtest/gtest.h>

#include "bgp/testing/capture.hpp"
#include "bgp/testing/mrt.hpp"
#include "support/hex.hpp"

namespace bgp {
namespace {

using namespace std::chrono_literals;

constexpr ConnectionId kOne{1};
const Bytes kKeepalive = test::framed(MessageType::Keepalive, {});
const Bytes kLong = test::framed(MessageType::Update, Bytes(60000, 0));

MessageFileEnds ends(bool v6 = false) {
  if (v6) return {*IpAddress::parse("2001:db8::1"), *IpAddress::parse("2001:db8::2"), 65001, 65002};
  return {IpAddress::v4(0xc0000201), IpAddress::v4(0xc0000202), 65001, 65002};
}

void add(Bytes& file, const Bytes& more) { file.insert(file.end(), more.begin(), more.end()); }

/// "syn@0 syn-ack@1 message4@0", as it is read back.
std::string told(const Bytes& file) {
  const auto capture = test::Capture::read(file);
  if (!capture) return capture.error();
  std::string text = capture->problem();
  for (const test::CapturedItem& item : capture->items()) {
    text += text.empty() ? "" : " ";
    text += item.is_message() ? "message" + std::to_string(static_cast<int>(item.type)) : test::name_of(item.kind);
    text += '@' + to_string(capture->connection_of(item).ends[item.side].address);
  }
  return text;
}

TEST(MessageFile, Pcapng_IsAConnectionWithItsMessages) {
  for (const bool v6 : {false, true}) {
    MessageFile messages(MessageFileFormat::Pcapng, ends(v6));
    Bytes file = messages.head();
    add(file, messages.message(kOne, Direction::Outgoing, Travel::Sent, kKeepalive, 5s));
    add(file, messages.message(kOne, Direction::Outgoing, Travel::Received, kKeepalive, 6s));
    add(file, messages.message(kOne, Direction::Outgoing, Travel::Sent, kLong, 7s));
    add(file, messages.end(kOne, 8s));

    const std::string us = to_string(ends(v6).local);
    const std::string it = to_string(ends(v6).peer);
    EXPECT_EQ(told(file), "syn@" + us + " syn-ack@" + it + " message4@" + us + " message4@" + it + " message2@" + us +
                              " fin@" + us);
    EXPECT_EQ(test::Capture::read(file)->items()[3].time, 6s);
  }
}

TEST(MessageFile, ConnectionThatThePeerClosed_EndsWithItsFin) {
  MessageFile messages(MessageFileFormat::Pcapng, ends());
  Bytes file = messages.head();
  add(file, messages.message(kOne, Direction::Outgoing, Travel::Sent, kKeepalive, 5s));
  add(file, messages.end(kOne, 8s, Travel::Received));

  EXPECT_EQ(told(file), "syn@192.0.2.1 syn-ack@192.0.2.2 message4@192.0.2.1 fin@192.0.2.2");
}

TEST(MessageFile, AcceptedConnection_WasOpenedByThePeer) {
  MessageFile messages(MessageFileFormat::Pcapng, ends());
  Bytes file = messages.head();
  add(file, messages.message(kOne, Direction::Incoming, Travel::Sent, kKeepalive, 5s));

  const auto capture = test::Capture::read(file);
  ASSERT_TRUE(capture);
  EXPECT_EQ(capture->connections()[0].ends[0].address, ends().peer);
  EXPECT_EQ(capture->connections()[0].ends[1].port, kBgpPort);
}

TEST(MessageFile, TwoConnections_AreToldApart) {
  MessageFile messages(MessageFileFormat::Pcapng, ends());
  Bytes file = messages.head();
  for (const ConnectionId id : {kOne, ConnectionId{2}}) {
    add(file, messages.message(id, Direction::Outgoing, Travel::Sent, kKeepalive, 5s));
  }
  EXPECT_EQ(test::Capture::read(file)->connections().size(), 2U);
  EXPECT_TRUE(messages.end(ConnectionId{9}, 6s).empty()) << "never began";
}

TEST(MessageFile, UnknownLocalAddress_IsUnspecified) {
  MessageFileEnds unknown = ends(true);
  unknown.local = {};
  MessageFile messages(MessageFileFormat::Pcapng, unknown);
  Bytes file = messages.head();
  add(file, messages.message(kOne, Direction::Outgoing, Travel::Sent, kKeepalive, 5s));

  EXPECT_EQ(to_string(test::Capture::read(file)->connections()[0].ends[0].address), "::");
}

/// The sum over an IPv4 header or a segment with its pseudo-header must be all ones.
TEST(MessageFile, Checksums_AreRight) {
  MessageFile messages(MessageFileFormat::Pcapng, ends());
  const Bytes block = messages.message(kOne, Direction::Outgoing, Travel::Sent, kKeepalive, 5s);
  const BytesView packet = BytesView(block).subspan(block.size() - 4 - 60, 59);  // the last packet: 20 + 20 + 19 octets
  const auto sum = [](BytesView octets, std::uint32_t start) {
    for (std::size_t i = 0; i < octets.size(); ++i)
      start += static_cast<std::uint32_t>(octets[i]) << (i % 2 == 0 ? 8 : 0);
    while (start > 0xffff) start = (start & 0xffff) + (start >> 16);
    return start;
  };
  EXPECT_EQ(sum(packet.first(20), 0), 0xffffU);
  EXPECT_EQ(sum(packet.subspan(12), 6 + 39), 0xffffU) << "addresses and segment, protocol and length";
}

TEST(MessageFile, Mrt_HasMessagesBothWaysAndStates) {
  MessageFile messages(MessageFileFormat::Mrt, ends());
  Bytes file = messages.head();
  add(file, messages.state_change(State::OpenConfirm, State::Established, 5s));
  add(file, messages.message(kOne, Direction::Outgoing, Travel::Received, kKeepalive, 5s + 7us));
  add(file, messages.message(kOne, Direction::Outgoing, Travel::Sent, kKeepalive, 6s));
  add(file, messages.end(kOne, 7s));

  test::MrtReader reader(file);
  const auto state = test::mrt_message(*reader.next());
  const auto record = *reader.next();
  const auto received = test::mrt_message(record);
  const auto sent = test::mrt_message(*reader.next());
  EXPECT_EQ(reader.left(), 0U);
  EXPECT_EQ(state->old_state, 5);
  EXPECT_EQ(state->new_state, 6);
  EXPECT_EQ(record.microseconds, 7U);
  EXPECT_EQ(received->peer_as, 65002U);
  EXPECT_EQ(received->peer, ends().peer);
  EXPECT_FALSE(received->sent);
  EXPECT_TRUE(sent->sent);
  EXPECT_EQ(sent->message.size(), kKeepalive.size());
}

}  // namespace
}  // namespace bgp
