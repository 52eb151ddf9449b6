// wire/hash.hpp
//
// FNV-1a over octets and numbers, for the std::hash specialisations. Private to the wire layer.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bgp/result.hpp"

namespace bgp {

class Hash {
 public:
  void number(std::uint64_t value) {
    state_ = (state_ ^ value) * kPrime;
    state_ ^= state_ >> 32;
  }
  void octets(BytesView octets) {
    for (const std::uint8_t octet : octets) state_ = (state_ ^ octet) * kPrime;
    number(octets.size());
  }
  [[nodiscard]] std::size_t value() const { return static_cast<std::size_t>(state_); }

 private:
  static constexpr std::uint64_t kPrime = 1099511628211U;
  std::uint64_t state_ = 14695981039346656037U;
};

}  // namespace bgp
