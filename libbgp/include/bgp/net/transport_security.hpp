// bgp/net/transport_security.hpp
//
// What protects the TCP connections of a peer below BGP: how far away it may be (GTSM, RFC 5082), and a key with which
// every segment is signed (TCP MD5, RFC 2385).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

struct TransportSecurity {
  /// GTSM (RFC 5082): the peer is at most so many hops away, 1 to 254; 1 is a neighbor on the same link. What we send
  /// leaves with TTL (hop limit) 255; what arrives with less than 256 minus this is dropped by the kernel before any of
  /// it is read, and a connection whose SYN was such a segment is closed unseen. 0: off.
  std::uint8_t gtsm_hops = 0;
  /// Without GTSM: the TTL (hop limit) of what we send, 1 to 255. Most speakers use 1 towards an external peer that is
  /// not some hops away. 0: the system's own.
  std::uint8_t ttl = 0;
  /// The key of TCP MD5 (RFC 2385), 1 to 80 octets; empty: unsigned. Nothing prints it. The kernel drops what is not
  /// signed with it, so a peer with another key is not refused but silent. When only the key changes, the connections
  /// there are go on with the new one (RFC 2385 4.5).
  std::string md5_key;

  friend bool operator==(const TransportSecurity&, const TransportSecurity&) = default;
};

/// What is wrong with it, in words; empty when it can be used. The key is not in the words.
[[nodiscard]] std::vector<std::string> problems(const TransportSecurity& security);

/// Whether this kernel signs TCP segments; without, a peer with a key cannot be added.
[[nodiscard]] bool has_tcp_md5();

}  // namespace bgp BGP_EXPORT
