// testing/pcapng.hpp
//
// The blocks of a pcapng file, read without libpcap: which interfaces it has, and its packets where they are mixed.
#pragma once

#include "bgp/testing/packets.hpp"

namespace bgp::test {

/// True for a pcapng file that libpcap would not read to its end: its interfaces differ in link type or snap length.
[[nodiscard]] bool has_mixed_interfaces(BytesView file);

/// As for_each_packet(), by the blocks themselves: Enhanced Packet, Simple Packet and the obsolete Packet Block.
[[nodiscard]] std::optional<std::string> for_each_block_packet(BytesView file,
                                                               const std::function<void(const Packet&)>& visit);

}  // namespace bgp::test
