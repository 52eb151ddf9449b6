// wire/filler.hpp
//
// Fills octets that were counted before: the encoders' fast way, without growth or checks for each field. Private to
// the wire layer.
#pragma once

#include <cassert>
#include <cstring>
#include <span>
#include <utility>

#include "bgp/wire/bytes.hpp"

namespace bgp {

class Filler {
 public:
  /// `room`: exactly the octets that will be written.
  explicit Filler(std::span<std::uint8_t> room) : at_(room.data()), end_(room.data() + room.size()) {}
  Filler(const Filler&) = delete;
  Filler& operator=(const Filler&) = delete;
  ~Filler() { assert(at_ == end_); }

  void u8(std::uint8_t value) { *take(1) = value; }
  void u16(std::uint16_t value) { store_u16(take(2), value); }
  void u32(std::uint32_t value) { store_u32(take(4), value); }
  void u64(std::uint64_t value) { store_u64(take(8), value); }
  void bytes(BytesView octets) {
    if (!octets.empty()) std::memcpy(take(octets.size()), octets.data(), octets.size());
  }
  /// All that is left, for another to fill.
  [[nodiscard]] std::span<std::uint8_t> hand_over() { return {std::exchange(at_, end_), end_}; }

 private:
  std::uint8_t* take(std::size_t count) {
    assert(count <= static_cast<std::size_t>(end_ - at_));
    std::uint8_t* const from = at_;
    at_ += count;
    return from;
  }

  std::uint8_t* at_;
  std::uint8_t* end_;
};

}  // namespace bgp
