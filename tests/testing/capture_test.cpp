#include "bgp/testing/capture.hpp"

#include <gtest/gtest.h>

#include <string>

#include "bgp/testing/hex.hpp"
#include "support/packet_builder.hpp"

namespace bgp::test {
namespace {

using Kind = CapturedItem::Kind;

const Bytes kKeepalive = framed(MessageType::Keepalive, {});

/// An OPEN with capabilities, in hex.
Bytes open(const Bytes& capabilities) {
  const auto size = static_cast<std::uint8_t>(capabilities.size());
  const Bytes parameters = capabilities.empty() ? Bytes{} : Bytes{2, size} + capabilities;
  return framed(MessageType::Open,
                "04 fdea 005a c0000202"_hex + Bytes{static_cast<std::uint8_t>(parameters.size())} + parameters);
}

/// ORIGIN, an AS_PATH, NEXT_HOP, and then NLRI.
Bytes update(const Bytes& as_path, const Bytes& nlri) {
  Bytes attributes =
      "40 01 01 00"_hex + Bytes{0x40, 2, static_cast<std::uint8_t>(as_path.size())} + as_path + "40 03 04 c0000202"_hex;
  const auto size = static_cast<std::uint8_t>(attributes.size());
  return framed(MessageType::Update, Bytes{0, 0, 0, size} + attributes + nlri);
}

Capture read(const PcapBuilder& pcap, std::uint16_t port = 0) {
  auto capture = Capture::read(pcap.file, {port});
  EXPECT_TRUE(capture.has_value());
  return capture ? *std::move(capture) : Capture();
}

/// The kinds of the items with their sides: "syn0 syn-ack1 KEEPALIVE0 gap1(38)".
std::string told(const Capture& capture) {
  std::string text;
  for (const CapturedItem& item : capture.items()) {
    if (!text.empty()) text += ' ';
    text += item.is_message() ? "message" + std::to_string(static_cast<int>(item.type)) : name_of(item.kind);
    text += "@" + std::to_string(item.side);
    if (item.count != 0) text += "(" + std::to_string(item.count) + ")";
  }
  return text;
}

TEST(Capture, Connection_HasItsMessagesWithFrameTimeAndSide) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(0, kKeepalive);
  tcp.send(1, kKeepalive + kKeepalive);

  const Capture capture = read(pcap);

  EXPECT_EQ(told(capture), "syn@0 syn-ack@1 message4@0 message4@1 message4@1");
  EXPECT_EQ(capture.frames(), 5U);
  ASSERT_EQ(capture.connections().size(), 1U);
  EXPECT_TRUE(capture.connections()[0].from_start);
  EXPECT_EQ(to_string(capture.connections()[0].ends[1]), "192.0.2.2:179");
  EXPECT_EQ(capture.items()[3].frame, 5U);
  EXPECT_EQ(capture.items()[3].time, std::chrono::milliseconds{1000040});
}

TEST(Capture, AnswerSeenFirst_StillKnowsWhoOpened) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.syn(1);

  EXPECT_EQ(read(pcap).connections()[0].ends[0].port, 40000);
}

TEST(Capture, LostSegments_AreAGapAndTheNextMarkerIsFound) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  const Bytes long_one = framed(MessageType::Update, Bytes(100, 0));
  tcp.send(0, BytesView(long_one).first(50));
  tcp.lose(0, 40);
  tcp.send(0, BytesView(long_one).subspan(90));
  tcp.send(0, kKeepalive);
  tcp.send(1, kKeepalive);

  EXPECT_EQ(told(read(pcap)), "syn@0 syn-ack@1 cut@0 gap@0(40) unaligned@0 unaligned@0 message4@0 message4@1");
  EXPECT_EQ(read(pcap).connections()[0].sides[0].missing, 40U);
}

TEST(Capture, RetransmittedAndReordered_AreOneRowOfMessages) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  const std::uint32_t at = tcp.next(0);
  tcp.put(0, at + 19, 0x10, kKeepalive);
  tcp.put(0, at, 0x10, kKeepalive);
  tcp.put(0, at, 0x10, kKeepalive);

  const Capture capture = read(pcap);

  EXPECT_EQ(told(capture), "syn@0 syn-ack@1 message4@0 message4@0 retransmission@0(19)");
  EXPECT_EQ(capture.connections()[0].sides[0].retransmitted, 1U);
  EXPECT_EQ(capture.connections()[0].sides[0].out_of_order, 1U);
}

TEST(Capture, SessionFromItsMiddle_BeginsAtTheNextMessage) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.send(1, "0102"_hex + kKeepalive);

  const Capture capture = read(pcap);

  EXPECT_EQ(told(capture), "unaligned@0 message4@0");
  EXPECT_FALSE(capture.connections()[0].from_start);
}

TEST(Capture, OtherPorts_AreFoundByOptionOrMarker) {
  PcapBuilder pcap;
  TcpBuilder bgp(pcap, 1790);
  bgp.handshake();
  bgp.send(0, kKeepalive);
  TcpBuilder web(pcap, 80);
  web.handshake();
  web.send(0, "474554"_hex);

  const Capture by_marker = read(pcap);
  const Capture by_port = read(pcap, 1790);

  EXPECT_EQ(told(by_marker), "message4@0") << "its handshake was no reason to take it for BGP";
  EXPECT_EQ(told(by_port), "syn@0 syn-ack@1 message4@0");
  EXPECT_EQ(by_port.connections().size(), 1U);
}

TEST(Capture, NewSynOnTheSamePorts_IsAnotherConnection) {
  PcapBuilder pcap;
  TcpBuilder first(pcap, 179, 1000);
  first.handshake();
  first.send(0, kKeepalive);
  TcpBuilder second(pcap, 179, 77000);
  second.handshake();
  second.send(0, kKeepalive);

  const Capture capture = read(pcap);

  ASSERT_EQ(capture.connections().size(), 2U);
  EXPECT_EQ(capture.connections()[1].stream, 1U);
  EXPECT_EQ(told(capture), "syn@0 syn-ack@1 message4@0 syn@0 syn-ack@1 message4@0");
}

TEST(Capture, RepeatedSyn_IsTheSameConnection) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.put(0, tcp.next(0), 0x02, {});
  tcp.syn(0);

  const Capture capture = read(pcap);

  EXPECT_EQ(capture.connections().size(), 1U);
  EXPECT_EQ(told(capture), "syn@0 syn@0");
}

TEST(Capture, ClosedWindow_IsSaidOnceAndWhenItOpens) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  for (const std::uint16_t window : std::array<std::uint16_t, 3>{0, 0, 500}) tcp.put(1, tcp.next(1), 0x10, {}, window);

  EXPECT_EQ(told(read(pcap)), "syn@0 syn-ack@1 zero-window@1 window-open@1");
}

TEST(Capture, EndOfAConnection_IsSaid) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(0, BytesView(kKeepalive).first(5));
  tcp.put(0, tcp.next(0), 0x11, {});
  tcp.put(1, tcp.next(1), 0x04, {});

  EXPECT_EQ(told(read(pcap)), "syn@0 syn-ack@1 fin@0 reset@1 cut@0");
}

TEST(Capture, WrongHeader_IsAnErrorAndWhatFollowsIsRead) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(0, framed(static_cast<MessageType>(9), {}) + kKeepalive);

  EXPECT_EQ(told(read(pcap)), "syn@0 syn-ack@1 header-error@0 message4@0");
}

TEST(Capture, BothOpens_AreTheTerms) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(0, open("41 04 0000fdea 45 04 0001 01 02 06 00"_hex));
  tcp.send(1, open("41 04 0000fdea 45 04 0001 01 01"_hex));

  const CapturedConnection connection = read(pcap).connections()[0];

  EXPECT_TRUE(connection.sides[0].terms.context.four_octet_as);
  EXPECT_TRUE(connection.sides[0].terms.context.add_path.contains(kIpv4Unicast)) << "sends, and the other takes it";
  EXPECT_FALSE(connection.sides[1].terms.context.add_path.contains(kIpv4Unicast));
  EXPECT_TRUE(connection.sides[1].terms.extended_message) << "side 0 takes them";
  EXPECT_FALSE(connection.sides[0].terms.extended_message);
  EXPECT_TRUE(connection.sides[0].terms.inferred.empty());
}

TEST(Capture, MessagesBeyondTheLimit_AreErrorsOnceTheReceiverHasSpoken) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(1, open({}));
  tcp.send(0, framed(MessageType::Update, Bytes(5000, 0)));

  EXPECT_EQ(told(read(pcap)).find("header-error@0") != std::string::npos, true);
}

TEST(Capture, WithoutOpens_WidthOfAsNumbersIsTakenFromThePaths) {
  for (const bool four : {false, true}) {
    PcapBuilder pcap;
    TcpBuilder tcp(pcap);
    tcp.send(0, update(four ? "02 02 0000fdea 0000fdeb"_hex : "02 02 fdea fdeb"_hex, "08 0a"_hex));

    const CapturedTerms terms = read(pcap).connections()[0].sides[0].terms;

    EXPECT_EQ(terms.context.four_octet_as, four);
    EXPECT_EQ(terms.inferred.at(0), four ? "AS numbers of 4 octets" : "AS numbers of 2 octets");
  }
}

TEST(Capture, WithoutOpens_PathIdentifiersAreTakenFromTheNlri) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.send(0, update("02 01 0000fdea"_hex, "00000001 18 0a0a0a 00000002 18 0a0a0b"_hex));

  const CapturedTerms terms = read(pcap).connections()[0].sides[0].terms;

  EXPECT_TRUE(terms.context.add_path.contains(kIpv4Unicast));
  EXPECT_EQ(terms.inferred.at(1), "path identifiers in ipv4-unicast");
}

TEST(Capture, WhatIsNoCapture_IsAnError) {
  EXPECT_EQ(Capture::read("00010203"_hex).error(), "is neither pcap nor pcapng");
  EXPECT_EQ(Capture::open("/nonexistent").error(), "/nonexistent: cannot be read");
}

}  // namespace
}  // namespace bgp::test
