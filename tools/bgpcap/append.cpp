#include "tools/bgpcap/append.hpp"

#include <boost/json/serialize.hpp>

#include "bgp/wire/bytes.hpp"

namespace bgp::cap {
namespace {

struct Decimal {
  std::array<char, 3> digits{};
  std::uint8_t size = 0;
};

/// The text of every octet in decimal.
constexpr std::array<Decimal, 256> kDecimals = [] {
  std::array<Decimal, 256> all{};
  for (unsigned i = 0; i < 256; ++i) {
    Decimal& one = all[i];
    if (i >= 100) one.digits[one.size++] = static_cast<char>('0' + i / 100);
    if (i >= 10) one.digits[one.size++] = static_cast<char>('0' + i / 10 % 10);
    one.digits[one.size++] = static_cast<char>('0' + i % 10);
  }
  return all;
}();

}  // namespace

void append_hex(std::string& out, BytesView octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::size_t at = out.size();
  out.resize(at + octets.size() * 2);
  for (const std::uint8_t octet : octets) {
    out[at++] = kDigits[octet >> 4];
    out[at++] = kDigits[octet & 15];
  }
}

void append_v4(std::string& out, std::uint32_t address) {
  std::array<char, 16> text{};
  std::size_t size = 0;
  for (unsigned shift = 32; shift > 0;) {
    shift -= 8;
    const Decimal& one = kDecimals[address >> shift & 0xff];
    for (std::size_t i = 0; i < 3; ++i) text[size + i] = one.digits[i];  // all three: what is not there is overwritten
    size += one.size;
    text[size++] = '.';
  }
  out.append(text.data(), size - 1);
}

namespace {

/// The longest row of groups that are 0, the first of several: where, and how many.
std::pair<std::size_t, std::size_t> longest_zeros(const std::array<std::uint16_t, 8>& groups) {
  std::size_t best = 0, best_size = 0;
  for (std::size_t at = 0; at < 8;) {
    std::size_t end = at;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - at > best_size) best = at, best_size = end - at;
    at = end + 1;
  }
  return {best, best_size};
}

}  // namespace

void append_v6_like_bgpdump(std::string& out, BytesView octets) {
  std::array<std::uint16_t, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) groups[i] = load_u16(octets.data() + 2 * i);
  const auto [zeros, size] = longest_zeros(groups);
  for (std::size_t i = 0; i < 8; ++i) {
    if (size > 0 && i >= zeros && i < zeros + size) {
      if (i == zeros) out += ':';
      continue;
    }
    if (i != 0) out += ':';
    if (i == 6 && zeros == 0 && (size == 6 || (size == 5 && groups[5] == 0xffff))) {
      return append_v4(out, load_u32(octets.data() + 12));
    }
    std::array<char, 4> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + 4, groups[i], 16).ptr;
    out.append(digits.data(), end);
  }
  if (size > 0 && zeros + size == 8) out += ':';
}

void append_address(std::string& out, BytesView octets) {
  if (octets.size() == 4) append_v4(out, load_u32(octets.data()));
  if (octets.size() == 16) out += to_string(IpAddress::v6(octets.first<16>()));
}

void append_address(std::string& out, const IpAddress& address) { append_address(out, address.octets()); }

void append_end(std::string& out, const test::Endpoint& end) {
  append_address(out, end.address);
  out += ':';
  append(out, end.port);
}

void append_seconds(std::string& out, std::chrono::nanoseconds time) {
  const auto micro = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
  append(out, micro / 1000000);
  const std::size_t point = out.size();
  append(out, 1000000 + (micro < 0 ? -micro : micro) % 1000000);
  out[point] = '.';
}

void append_quoted(std::string& out, std::string_view text) {
  out += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

}  // namespace bgp::cap
