// bgp/wire/bytes.hpp
//
// Bounded cursors over octets. Every decoder reads through a Reader and every encoder writes through a Writer, so that
// no other file indexes a buffer.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bgp/result.hpp"

namespace bgp {

/// Reads octets in network order. Failure is sticky: after a read beyond the end every read gives 0 or nothing and ok()
/// is false, so a decoder may read a whole structure and ask once.
class Reader {
 public:
  explicit constexpr Reader(BytesView octets) : rest_(octets) {}

  constexpr std::uint8_t u8() { return static_cast<std::uint8_t>(number<1>()); }
  constexpr std::uint16_t u16() { return static_cast<std::uint16_t>(number<2>()); }
  constexpr std::uint32_t u32() { return number<4>(); }
  /// The next `count` octets, borrowed; empty after a failure.
  constexpr BytesView bytes(std::size_t count) {
    if (count > rest_.size()) {
      fail();
      return {};
    }
    const BytesView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  /// A reader of the next `count` octets; an already failed one after a failure.
  constexpr Reader sub(std::size_t count) {
    Reader inner{bytes(count)};
    inner.ok_ = ok_;
    return inner;
  }
  /// All that is left.
  constexpr BytesView rest() { return bytes(rest_.size()); }

  [[nodiscard]] constexpr bool ok() const { return ok_; }
  [[nodiscard]] constexpr bool empty() const { return rest_.empty(); }
  /// Everything was read and nothing failed.
  [[nodiscard]] constexpr bool done() const { return ok_ && rest_.empty(); }
  [[nodiscard]] constexpr std::size_t remaining() const { return rest_.size(); }

 private:
  template <std::size_t kCount>
  constexpr std::uint32_t number() {
    if (rest_.size() < kCount) {
      fail();
      return 0;
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < kCount; ++i) value = value << 8 | rest_[i];
    rest_ = rest_.subspan(kCount);
    return value;
  }
  constexpr void fail() {
    ok_ = false;
    rest_ = {};
  }

  BytesView rest_;
  bool ok_ = true;
};

/// Appends octets in network order to a Bytes that the caller owns.
class Writer {
 public:
  explicit Writer(Bytes& out) : out_(&out) {}

  void u8(std::uint8_t value) { out_->push_back(value); }
  void u16(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value >> 8));
    u8(static_cast<std::uint8_t>(value));
  }
  void u32(std::uint32_t value) {
    u16(static_cast<std::uint16_t>(value >> 16));
    u16(static_cast<std::uint16_t>(value));
  }
  void bytes(BytesView octets) { out_->insert(out_->end(), octets.begin(), octets.end()); }

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
  /// Drops everything after the first `size` octets: takes back what did not fit.
  void truncate(std::size_t size) { out_->resize(size); }

 private:
  Bytes* out_;
};

}  // namespace bgp
