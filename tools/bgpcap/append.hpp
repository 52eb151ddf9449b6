// bgpcap/append.hpp
//
// Numbers, addresses and octets as text at the end of a string: what is written a million times.
#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <string>
#include <string_view>

#include "bgp/testing/capture.hpp"
#include "bgp/wire/address.hpp"

namespace bgp::cap {

template <std::integral Number>
void append(std::string& out, Number number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

/// Lower-case digits.
void append_hex(std::string& out, BytesView octets);

/// Dotted quad, of the number in host order.
void append_v4(std::string& out, std::uint32_t address);
/// Four octets or sixteen; nothing for another number of them.
void append_address(std::string& out, BytesView octets);
void append_address(std::string& out, const IpAddress& address);

/// IPv6 as bgpdump writes it: a single group of 0 is shortened to "::" too, and ::a.b.c.d ends as IPv4.
void append_v6_like_bgpdump(std::string& out, BytesView octets);

/// As the truth files have ends: address and port with a colon, IPv6 too.
void append_end(std::string& out, const test::Endpoint& end);

/// Seconds with six digits behind the point.
void append_seconds(std::string& out, std::chrono::nanoseconds time);

/// In quotes, as JSON wants it.
void append_quoted(std::string& out, std::string_view text);

}  // namespace bgp::cap
