// bgp/testing/packets.hpp
//
// The packets of a capture file: pcap and pcapng.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "bgp/export.hpp"
#include "bgp/result.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// One packet of a capture. Borrowed.
struct Packet {
  std::size_t frame = 0;            ///< its number in the file, from 1 on, as other tools count
  std::chrono::nanoseconds time{};  ///< since 1970 in UTC
  int link_type = 0;                ///< as <pcap/dlt.h> has them
  BytesView octets;                 ///< what was captured of it, link layer included
  std::size_t length = 0;           ///< what it had on the wire, which can be more
};

/// True for octets that begin like a pcap or pcapng file.
[[nodiscard]] bool is_capture(BytesView file);

/// Calls `visit` for each packet. Gives nothing when all went well, else a sentence about where it ended: the packets
/// before were visited. libpcap reads; a pcapng file with interfaces of several link types, which it refuses, is split
/// here.
[[nodiscard]] std::optional<std::string> for_each_packet(BytesView file,
                                                         const std::function<void(const Packet&)>& visit);

}  // namespace test
}  // namespace bgp BGP_EXPORT
