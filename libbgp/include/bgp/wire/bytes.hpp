// bgp/wire/bytes.hpp
//
// Bounded cursors over octets. Every decoder reads through a Reader and every encoder writes through a Writer, so that
// no other file indexes a buffer.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "bgp/export.hpp"
#include "bgp/result.hpp"

namespace bgp BGP_EXPORT {

/// The number in network order that stands at `at`; two, four or eight octets must be there. One load: a loop over
/// octets, or shifts, are not always seen as one by the compilers.
template <class Number>
[[nodiscard]] constexpr Number load_number(const std::uint8_t* at) {
  Number value = 0;
  if (std::is_constant_evaluated()) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) value = static_cast<Number>(value << 8 | at[i]);
    return value;
  }
  std::memcpy(&value, at, sizeof value);
  return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}
[[nodiscard]] constexpr std::uint16_t load_u16(const std::uint8_t* at) { return load_number<std::uint16_t>(at); }
[[nodiscard]] constexpr std::uint32_t load_u32(const std::uint8_t* at) { return load_number<std::uint32_t>(at); }
[[nodiscard]] constexpr std::uint64_t load_u64(const std::uint8_t* at) { return load_number<std::uint64_t>(at); }

/// Puts the number there in network order: one store.
template <class Number>
constexpr void store_number(std::uint8_t* at, Number value) {
  if (std::is_constant_evaluated()) {
    for (std::size_t i = sizeof(Number); i-- > 0; value = static_cast<Number>(value >> 8)) {
      at[i] = static_cast<std::uint8_t>(value);
    }
    return;
  }
  if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
  std::memcpy(at, &value, sizeof value);
}
constexpr void store_u16(std::uint8_t* at, std::uint16_t value) { store_number(at, value); }
constexpr void store_u32(std::uint8_t* at, std::uint32_t value) { store_number(at, value); }
constexpr void store_u64(std::uint8_t* at, std::uint64_t value) { store_number(at, value); }

/// Reads octets in network order. Failure is sticky: after a read beyond the end every read gives 0 or nothing and ok()
/// is false, so a decoder may read a whole structure and ask once.
class Reader {
 public:
  explicit constexpr Reader(BytesView octets) : next_(octets.data()), left_(octets.size()) {}

  constexpr std::uint8_t u8() { return has(1) ? *taken(1) : std::uint8_t{0}; }
  constexpr std::uint16_t u16() { return has(2) ? load_u16(taken(2)) : std::uint16_t{0}; }
  constexpr std::uint32_t u32() { return has(4) ? load_u32(taken(4)) : std::uint32_t{0}; }
  /// The next `count` octets, borrowed; empty after a failure.
  constexpr BytesView bytes(std::size_t count) { return has(count) ? BytesView(taken(count), count) : BytesView(); }
  /// A reader of the next `count` octets; an already failed one after a failure.
  constexpr Reader sub(std::size_t count) {
    Reader inner{bytes(count)};
    inner.ok_ = ok_;
    return inner;
  }
  /// All that is left.
  constexpr BytesView rest() { return bytes(left_); }

  [[nodiscard]] constexpr bool ok() const { return ok_; }
  [[nodiscard]] constexpr bool empty() const { return left_ == 0; }
  /// Everything was read and nothing failed.
  [[nodiscard]] constexpr bool done() const { return ok_ && empty(); }
  [[nodiscard]] constexpr std::size_t remaining() const { return left_; }

 private:
  constexpr bool has(std::size_t count) {
    if (count <= left_) [[likely]]
      return true;
    ok_ = false;
    left_ = 0;
    return false;
  }
  constexpr const std::uint8_t* taken(std::size_t count) {
    const std::uint8_t* const at = next_;
    next_ += count;
    left_ -= count;
    return at;
  }

  const std::uint8_t* next_;
  std::size_t left_;
  bool ok_ = true;
};

/// Appends octets in network order to a Bytes that the caller owns.
class Writer {
 public:
  explicit Writer(Bytes& out) : out_(&out) {}

  void u8(std::uint8_t value) { out_->push_back(value); }
  void u16(std::uint16_t value) { store_u16(grow(2).data(), value); }
  void u32(std::uint32_t value) { store_u32(grow(4).data(), value); }
  void bytes(BytesView octets) { out_->insert(out_->end(), octets.begin(), octets.end()); }

  /// Appends `count` octets of 0 and returns them, to be filled; valid until the next call.
  std::span<std::uint8_t> grow(std::size_t count) {
    out_->resize(out_->size() + count);
    return std::span(*out_).last(count);
  }

  /// A length field whose value is the number of octets written while this object lives.
  class [[nodiscard]] Length {
   public:
    Length(Bytes& out, std::size_t width, std::size_t extra = 0)
        : out_(&out), at_(out.size()), width_(width), extra_(extra) {
      out.resize(out.size() + width);
    }
    Length(const Length&) = delete;
    Length& operator=(const Length&) = delete;
    ~Length() {
      std::size_t value = out_->size() - at_ - width_ + extra_;
      for (std::size_t i = width_; i-- > 0; value >>= 8) (*out_)[at_ + i] = static_cast<std::uint8_t>(value);
    }

   private:
    Bytes* out_;
    std::size_t at_;
    std::size_t width_;
    std::size_t extra_;
  };
  Length length_u8() { return {*out_, 1}; }
  Length length_u16() { return {*out_, 2}; }
  /// For a length field that also counts octets in front of it and itself (a message's, RFC 4271 4.1).
  Length length_u16_counting(std::size_t before) { return {*out_, 2, before}; }

  /// Octets in the buffer, those before this writer included.
  [[nodiscard]] std::size_t size() const { return out_->size(); }
  /// What was written from that size() on, to be changed; valid until more is written.
  [[nodiscard]] std::span<std::uint8_t> written_from(std::size_t size) { return std::span(*out_).subspan(size); }
  /// Drops everything after the first `size` octets: takes back what did not fit.
  void truncate(std::size_t size) { out_->resize(size); }

 private:
  Bytes* out_;
};

}  // namespace bgp BGP_EXPORT
