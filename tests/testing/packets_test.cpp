#include "bgp/testing/packets.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "bgp/testing/hex.hpp"
#include "bgp/testing/input.hpp"
#include "pcapng.hpp"
#include "support/packet_builder.hpp"

namespace bgp::test {
namespace {

struct Seen {
  std::size_t frame;
  std::chrono::nanoseconds time;
  int link_type;
  std::string octets;
  std::size_t length;

  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> seen_in(BytesView file, std::optional<std::string>* problem = nullptr) {
  std::vector<Seen> seen;
  const auto found = for_each_packet(file, [&](const Packet& packet) {
    seen.push_back({packet.frame, packet.time, packet.link_type, hex_of(packet.octets), packet.length});
  });
  if (problem != nullptr) *problem = found;
  return seen;
}

/// A pcapng block around a body, which is padded.
Bytes block(std::uint32_t type, Bytes body) {
  body.resize((body.size() + 3) / 4 * 4);
  Bytes out;
  Writer writer(out);
  writer.u32(type);
  writer.u32(static_cast<std::uint32_t>(body.size() + 12));
  writer.bytes(body);
  writer.u32(static_cast<std::uint32_t>(body.size() + 12));
  return out;
}

Bytes section() { return block(0x0a0d0d0a, "1a2b3c4d 0001 0000 ffffffffffffffff"_hex); }
Bytes interface(const Bytes& link_and_snap, const Bytes& options = {}) { return block(1, link_and_snap + options); }
/// In interface `index`, at `stamp`.
Bytes enhanced(std::uint8_t index, std::uint32_t stamp, const Bytes& octets) {
  Bytes body{0, 0, 0, index, 0, 0, 0, 0};
  Writer writer(body);
  writer.u32(stamp);
  writer.u32(static_cast<std::uint32_t>(octets.size()));
  writer.u32(static_cast<std::uint32_t>(octets.size()) + 1);
  writer.bytes(octets);
  return block(6, body);
}

TEST(Packets, Pcap_HasTimeAndLength) {
  PcapBuilder pcap;
  pcap.add("010203"_hex, std::chrono::microseconds{5000007}, 1);

  EXPECT_EQ(seen_in(pcap.file), (std::vector<Seen>{{1, std::chrono::microseconds{5000007}, 1, "0102", 3}}));
}

TEST(Packets, CutOffPcap_KeepsWhatCameBeforeAndSaysIt) {
  PcapBuilder pcap;
  pcap.add("0102"_hex);
  pcap.add("030405"_hex);
  pcap.file.pop_back();
  std::optional<std::string> problem;

  EXPECT_EQ(seen_in(pcap.file, &problem).size(), 1U);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->substr(0, 14), "after frame 1:");
}

TEST(Packets, WhatIsNoCapture_IsSaid) {
  std::optional<std::string> problem;
  EXPECT_TRUE(seen_in("00010203 04050607"_hex, &problem).empty());
  EXPECT_EQ(problem, "is neither pcap nor pcapng");
  EXPECT_TRUE(seen_in({}, &problem).empty());
  EXPECT_TRUE(problem);
}

TEST(Packets, PcapngWithOneInterface_IsReadByLibpcap) {
  const Bytes file = section() + interface("0001 0000 00040000"_hex) + enhanced(0, 1500000, "0102"_hex);

  EXPECT_FALSE(has_mixed_interfaces(file));
  EXPECT_EQ(seen_in(file), (std::vector<Seen>{{1, std::chrono::microseconds{1500000}, 1, "0102", 3}}));
}

TEST(Packets, PcapngWithMixedInterfaces_IsReadInOrderOfItsBlocks) {
  const Bytes file = section() + interface("0001 0000 00040000"_hex) + enhanced(0, 1000000, "01"_hex) +
                     interface("0071 0000 00000000"_hex, "0009 0001 09000000 0000 0000"_hex) +
                     enhanced(1, 2000000000, "02"_hex) + block(0x0bad, "00"_hex) + enhanced(0, 3000000, "03"_hex) +
                     enhanced(9, 3000000, "09"_hex) + enhanced(0, 3000000, "04"_hex);

  EXPECT_TRUE(has_mixed_interfaces(file));
  EXPECT_EQ(seen_in(file), (std::vector<Seen>{{1, std::chrono::seconds{1}, 1, "01", 2},
                                              {2, std::chrono::seconds{2}, 113, "02", 2},
                                              {3, std::chrono::seconds{3}, 1, "03", 2},
                                              {5, std::chrono::seconds{3}, 1, "04", 2}}));
}

TEST(Packets, SimpleAndObsoleteBlocks_AreReadToo) {
  const Bytes file = section() + interface("0001 0000 00000002"_hex) + interface("0071 0000 00000000"_hex) +
                     block(3, "00000003 010203"_hex) + block(2, "0001 0000 00000000 00000005 00000001 00000001 07"_hex);

  EXPECT_EQ(seen_in(file), (std::vector<Seen>{{1, std::chrono::seconds{0}, 1, "0102", 3},
                                              {2, std::chrono::microseconds{5}, 113, "07", 1}}));
}

TEST(Packets, TimesOfPcapng_HaveAnyUnitAndOffset) {
  const Bytes two_to_the_tenth = "0009 0001 8a000000 000e 0008 000000000000000a"_hex;
  const Bytes file = section() + interface("0001 0000 00040000"_hex, two_to_the_tenth) +
                     interface("0071 0000 00000000"_hex) + enhanced(0, 1024 + 512, "01"_hex);

  EXPECT_EQ(seen_in(file).at(0).time, std::chrono::milliseconds{11500});
}

TEST(Packets, EveryCutOfAMixedPcapng_IsReadWithoutHarm) {
  const Bytes file = section() + interface("0001 0000 00040000"_hex) + interface("0071 0000 00000000"_hex) +
                     enhanced(0, 1, "0102"_hex) + enhanced(1, 1, "0304"_hex);
  for (std::size_t size = 0; size < file.size(); ++size) {
    std::optional<std::string> problem;
    std::size_t packets = 0;
    const auto end = for_each_block_packet(BytesView(file).first(size), [&](const Packet&) { ++packets; });
    EXPECT_LE(packets, end ? 1U : 2U) << size;
    EXPECT_LE(seen_in(BytesView(file).first(size), &problem).size(), 2U);
  }
}

TEST(Input, CompressedOctets_AreExpandedUpToALimit) {
  // printf abc, then gzip -n, zstd and bzip2
  const Bytes gzip = "1f8b08000000000000034b4c4a0600c241243503000000"_hex;
  const Bytes zstd = "28b52ffd0458190000616263990977ad"_hex;
  const Bytes bzip2 = "425a6839314159265359648cbb73000000010038002000219819846177245385090648cbb730"_hex;
  for (const Bytes& one : {gzip, zstd, bzip2}) {
    EXPECT_EQ(decompressed(one), (Bytes{'a', 'b', 'c'})) << hex_of(one);
    EXPECT_FALSE(decompressed(one, 2).has_value());
  }
}

TEST(Input, PlainOctets_StayAsTheyAre) { EXPECT_EQ(decompressed("0a0b"_hex), "0a0b"_hex); }

TEST(Input, DamagedOctets_GiveWhatCouldBeHad) { EXPECT_FALSE(decompressed("1f8b0800 ffffffff"_hex).has_value()); }

TEST(Input, MissingFile_IsSaid) { EXPECT_EQ(read_input("/nonexistent").error(), "cannot be read"); }

}  // namespace
}  // namespace bgp::test
