// bgp/wire/address.hpp
//
// IP addresses and BGP Identifiers as values, with their text forms. No sockets, no scope ids.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp BGP_EXPORT {

/// An IPv4 or IPv6 address. Ordered (every IPv4 address before every IPv6 one) and hashable. Default: 0.0.0.0.
class IpAddress {
 public:
  constexpr IpAddress() = default;

  /// IPv4, from a number in host order: 0x0a000001 is 10.0.0.1.
  [[nodiscard]] static constexpr IpAddress v4(std::uint32_t value) {
    IpAddress address;
    store_u32(address.octets_.data(), value);
    return address;
  }
  /// IPv6, from its sixteen octets in network order.
  [[nodiscard]] static constexpr IpAddress v6(std::span<const std::uint8_t, 16> octets) {
    IpAddress address;
    address.v6_ = true;
    for (std::size_t i = 0; i < 16; ++i) address.octets_[i] = octets[i];
    return address;
  }
  /// IPv6, from its two halves as numbers in host order.
  [[nodiscard]] static constexpr IpAddress v6(std::uint64_t high, std::uint64_t low) {
    IpAddress address;
    address.v6_ = true;
    store_u64(address.octets_.data(), high);
    store_u64(address.octets_.data() + 8, low);
    return address;
  }
  /// Dotted quad or RFC 4291 2.2 text; nothing else (no zone, no port, no leading zeros in a quad).
  [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);

  [[nodiscard]] constexpr bool is_v4() const { return !v6_; }
  [[nodiscard]] constexpr bool is_v6() const { return v6_; }
  /// 32 or 128.
  [[nodiscard]] constexpr std::uint8_t bits() const { return v6_ ? 128 : 32; }
  /// The four or sixteen octets in network order; borrowed from this object.
  [[nodiscard]] constexpr BytesView octets() const { return {octets_.data(), v6_ ? 16U : 4U}; }
  /// The IPv4 number in host order; of an IPv6 address its first four octets.
  [[nodiscard]] constexpr std::uint32_t v4_value() const { return load_u32(octets_.data()); }

  friend constexpr auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  bool v6_ = false;
  std::array<std::uint8_t, 16> octets_{};  // an IPv4 address uses the first four, the others stay 0
};

/// Dotted quad, or the canonical text of RFC 5952.
[[nodiscard]] std::string to_string(const IpAddress& address);

/// BGP Identifier (RFC 4271 4.2, RFC 6286): any non-zero 32-bit number, compared as unsigned, written as a dotted quad.
struct BgpIdentifier {
  std::uint32_t value = 0;  ///< host order

  /// A dotted quad; nothing else.
  [[nodiscard]] static std::optional<BgpIdentifier> parse(std::string_view text);

  friend constexpr auto operator<=>(const BgpIdentifier&, const BgpIdentifier&) = default;
};

[[nodiscard]] std::string to_string(BgpIdentifier identifier);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::IpAddress> {
  std::size_t operator()(const bgp::IpAddress& address) const noexcept;
};
