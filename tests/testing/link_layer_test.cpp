#include "link_layer.hpp"

#include <gtest/gtest.h>
#include <pcap/dlt.h>

#include "bgp/testing/hex.hpp"
#include "ip_packet.hpp"
#include "support/packet_builder.hpp"

namespace bgp::test {
namespace {

const Bytes kIpv4 = "45"_hex;
const Bytes kIpv6 = "60"_hex;
const Endpoint kA{IpAddress::v4(0xc0000201), 40000};
const Endpoint kB{IpAddress::v4(0xc0000202), 179};
const Endpoint kA6{*IpAddress::parse("2001:db8::1"), 40000};
const Endpoint kB6{*IpAddress::parse("2001:db8::2"), 179};

std::string network(int link_type, const Bytes& octets) { return hex_of(network_layer(link_type, octets)); }

TEST(LinkLayer, EachKind_EndsWhereIpBegins) {
  EXPECT_EQ(network(DLT_EN10MB, packet::ethernet(0x0800, kIpv4)), "45");
  EXPECT_EQ(network(DLT_EN10MB, packet::ethernet(0x86dd, kIpv6)), "60");
  EXPECT_EQ(network(DLT_LINUX_SLL, Bytes(14, 0) + "0800"_hex + kIpv4), "45");
  EXPECT_EQ(network(DLT_LINUX_SLL2, "86dd"_hex + Bytes(18, 0) + kIpv6), "60");
  EXPECT_EQ(network(DLT_RAW, kIpv4), "45");
  EXPECT_EQ(network(DLT_NULL, "02000000"_hex + kIpv4), "45");
  EXPECT_EQ(network(DLT_LOOP, "0000001e"_hex + kIpv6), "60");
  EXPECT_EQ(network(DLT_C_HDLC, "0f00 0800"_hex + kIpv4), "45");
  EXPECT_EQ(network(DLT_PPP, "0021"_hex + kIpv4), "45");
  EXPECT_EQ(network(DLT_PPP, "ff03 0057"_hex + kIpv6), "60");
  EXPECT_EQ(network(DLT_PPP_SERIAL, "ff03 21"_hex + kIpv4), "45");
  EXPECT_EQ(network(DLT_FRELAY, "1861 0800"_hex + kIpv4), "45");
  EXPECT_EQ(network(DLT_FRELAY, "1861 03cc"_hex + kIpv4), "45");
  EXPECT_EQ(network(DLT_JUNIPER_ETHER, "4d4743 80 0002 0101"_hex + packet::ethernet(0x0800, kIpv4)), "45");
}

TEST(LinkLayer, TagsAndLabels_ArePassedOver) {
  EXPECT_EQ(network(DLT_EN10MB, packet::ethernet(0x8100, "0064 0800"_hex + kIpv4)), "45");
  EXPECT_EQ(network(DLT_EN10MB, packet::ethernet(0x88a8, "0064 8100 0065 86dd"_hex + kIpv6)), "60");
  EXPECT_EQ(network(DLT_EN10MB, packet::ethernet(0x8847, "00010040 00011140"_hex + kIpv4)), "45");
  EXPECT_EQ(network(DLT_PPP, "0281 00011140"_hex + kIpv4), "45");
  EXPECT_EQ(network(DLT_EN10MB, packet::ethernet(0x8864, "1100 0001 0003 0021"_hex + kIpv4)), "45");
}

TEST(LinkLayer, WhatIsNoIp_IsNothing) {
  EXPECT_EQ(network(DLT_EN10MB, packet::ethernet(0x0806, "0001"_hex)), "");
  EXPECT_EQ(network(DLT_EN10MB, "0202"_hex), "");
  EXPECT_EQ(network(DLT_EN10MB, packet::ethernet(0x0800, "05"_hex)), "") << "no version of IP";
  EXPECT_EQ(network(DLT_PPP, "c021"_hex), "");
  EXPECT_EQ(network(9999, kIpv4), "");
}

/// Ports and payload of the segment in a packet.
std::string segment_in(const Bytes& packet) {
  SegmentReader reader;
  const auto segment = reader.read(packet);
  if (!segment) return "none";
  return to_string(segment->from) + " > " + to_string(segment->to) + ' ' + hex_of(segment->payload);
}

const std::string kSegment = "192.0.2.1:40000 > 192.0.2.2:179 abcd";
const std::string kSegment6 = "[2001:db8::1]:40000 > [2001:db8::2]:179 abcd";
const Bytes kTcp = packet::tcp({kA, kB}, "abcd"_hex);

TEST(IpPacket, Segment_HasItsEndsNumbersAndPayload) {
  SegmentReader reader;
  const Bytes octets = packet::ip({kA, kB, 5, 6, 0x12, 7}, "abcd"_hex);
  const auto segment = reader.read(octets);

  ASSERT_TRUE(segment);
  EXPECT_EQ(segment->from, kA);
  EXPECT_EQ(segment->sequence, 5U);
  EXPECT_EQ(segment->acknowledgment, 6U);
  EXPECT_TRUE(segment->has(tcp_flags::kSyn) && segment->has(tcp_flags::kAck) && !segment->has(tcp_flags::kFin));
  EXPECT_EQ(segment->window, 7);
  EXPECT_EQ(segment->ttl, 64);
  EXPECT_EQ(hex_of(segment->payload), "abcd");
  EXPECT_FALSE(segment->has_key);
}

TEST(IpPacket, OptionsAndExtensionHeaders_ArePassedOver) {
  EXPECT_EQ(segment_in(packet::ipv4(kA.address, kB.address, 6, kTcp, "94040000"_hex)), kSegment);
  const Bytes chain = "2b00 010400000000"_hex + "3c00 00000000 0000"_hex + "0600 010400000000"_hex;
  EXPECT_EQ(segment_in(packet::ipv6(kA6.address, kB6.address, 0, chain + kTcp)), kSegment6);
}

TEST(IpPacket, PaddingOfTheLinkLayer_IsNoPayload) {
  EXPECT_EQ(segment_in(packet::ipv4(kA.address, kB.address, 6, kTcp) + "000000000000"_hex), kSegment);
}

TEST(IpPacket, KeyOptions_AreSeen) {
  SegmentReader reader;
  const Bytes md5 = packet::ip({kA, kB}, {}, "0101 1312 00000000000000000000000000000000"_hex);
  const Bytes other = packet::ip({kA, kB}, {}, "0101 080a 0000000000000000"_hex);
  EXPECT_TRUE(reader.read(md5)->has_key);
  EXPECT_FALSE(reader.read(other)->has_key);
}

TEST(IpPacket, Tunnels_AreOpened) {
  const Bytes inner = packet::ipv4(kA.address, kB.address, 6, kTcp);
  EXPECT_EQ(segment_in(packet::ipv4(kB.address, kA.address, 47, "0000 0800"_hex + inner)), kSegment);
  EXPECT_EQ(segment_in(packet::ipv4(kB.address, kA.address, 47, "b000 0800 00000000 00000001 00000002"_hex + inner)),
            kSegment);
  EXPECT_EQ(segment_in(packet::ipv4(kB.address, kA.address, 4, inner)), kSegment);
  EXPECT_EQ(segment_in(packet::ipv6(kA6.address, kB6.address, 4, inner)), kSegment);
}

TEST(IpPacket, TunnelsWithoutEnd_AreNotFollowed) {
  Bytes packet = packet::ipv4(kA.address, kB.address, 6, kTcp);
  for (int i = 0; i < 10; ++i) packet = packet::ipv4(kA.address, kB.address, 4, packet);
  EXPECT_EQ(segment_in(packet), "none");
}

TEST(IpPacket, Fragments_AreJoinedInAnyOrder) {
  const Bytes first(kTcp.begin(), kTcp.begin() + 16);
  const Bytes second(kTcp.begin() + 16, kTcp.end());
  const Bytes one = packet::ipv4(kA.address, kB.address, 6, first, {}, {0, true});
  const Bytes two = packet::ipv4(kA.address, kB.address, 6, second, {}, {16, false});
  const Bytes other = packet::ipv4(kA.address, kB.address, 6, second, {}, {16, false}, 8);
  for (const auto& order : {std::array{one, two}, std::array{two, one}}) {
    SegmentReader reader;
    EXPECT_FALSE(reader.read(order[0]));
    EXPECT_FALSE(reader.read(other)) << "of another packet";
    const auto segment = reader.read(order[1]);
    ASSERT_TRUE(segment);
    EXPECT_EQ(hex_of(segment->payload), "abcd");
  }
}

TEST(IpPacket, FragmentsOfIpv6_AreJoined) {
  const Bytes first(kTcp.begin(), kTcp.begin() + 16);
  const Bytes second(kTcp.begin() + 16, kTcp.end());
  const Bytes one = packet::ipv6(kA6.address, kB6.address, 44, "0600 0001 00000009"_hex + first);
  const Bytes two = packet::ipv6(kA6.address, kB6.address, 44, "0600 0010 00000009"_hex + second);
  SegmentReader reader;
  EXPECT_FALSE(reader.read(one));
  EXPECT_TRUE(reader.read(two));
}

TEST(IpPacket, SnapLength_IsSaid) {
  SegmentReader reader;
  Bytes cut = packet::ipv4(kA.address, kB.address, 6, kTcp);
  cut.pop_back();
  EXPECT_EQ(reader.read(cut)->missing, 1U);
}

TEST(IpPacket, EveryCut_IsReadWithoutHarm) {
  for (const Bytes& packet : {packet::ip({kA, kB}, "abcd"_hex), packet::ip({kA6, kB6}, "abcd"_hex)}) {
    for (std::size_t size = 0; size < packet.size(); ++size) {
      SegmentReader reader;
      const auto segment = reader.read(BytesView(packet).first(size));
      EXPECT_TRUE(!segment || segment->payload.size() < 2);
    }
  }
}

}  // namespace
}  // namespace bgp::test
