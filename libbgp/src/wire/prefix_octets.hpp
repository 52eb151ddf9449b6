// wire/prefix_octets.hpp
//
// Whether a field holds whole prefixes (RFC 4271 6.3, RFC 7606 5.3, RFC 7911 3). Private to the wire layer: the decoder
// of UPDATEs has the fields of IPv4 inline.
#pragma once

#include <cstdint>

#include "bgp/wire/prefix.hpp"

namespace bgp {

/// Octets of path identifier, length and prefix, one after the other to the exact end of the field. Only the lengths
/// are looked at, so that a field costs little more than one step for each of its prefixes.
template <std::size_t kPathIdSize>
[[nodiscard]] inline bool are_whole_prefixes(BytesView octets, std::uint8_t max_length) {
  std::size_t at = 0;
  while (at < octets.size()) {
    if (kPathIdSize > 0 && octets.size() - at <= kPathIdSize) return false;
    const std::uint8_t length = octets[at + kPathIdSize];
    // RFC 7606 5.3: longer than an address, or than what is left of the field
    if (length > max_length) return false;
    at += kPathIdSize + 1 + prefix_octets(length);
  }
  return at == octets.size();
}

[[nodiscard]] inline bool are_whole_ipv4_prefixes(BytesView octets, bool add_path) {
  return add_path ? are_whole_prefixes<4>(octets, 32) : are_whole_prefixes<0>(octets, 32);
}

}  // namespace bgp
