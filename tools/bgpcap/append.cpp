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
  const std::string fraction = std::to_string(1000000 + (micro < 0 ? -micro : micro) % 1000000);
  out.append(".").append(fraction, 1);
}

void append_quoted(std::string& out, std::string_view text) {
  out += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

}  // namespace bgp::cap
