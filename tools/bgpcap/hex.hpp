// bgpcap/hex.hpp
//
// Octets as people paste them.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "bgp/result.hpp"

namespace bgp::cap {

/// Octets from hexadecimal digits of either case, two an octet. Between octets may stand space of any kind, ':', '-',
/// ',', '|' and "0x". An error says what is wrong, and where.
[[nodiscard]] std::expected<Bytes, std::string> parse_hex(std::string_view text);

/// Lower-case digits without prefix.
[[nodiscard]] std::string hex(BytesView octets);

}  // namespace bgp::cap
