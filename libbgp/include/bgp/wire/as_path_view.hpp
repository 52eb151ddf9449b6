// bgp/wire/as_path_view.hpp
//
// AS_PATH as it stands in a message (RFC 4271 4.3 b), AS4_PATH merged in while it is walked (RFC 6793 4.2.3). Borrowed;
// walking allocates nothing and cannot fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/as_path.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp BGP_EXPORT {

/// The AS numbers of one segment, of two or four octets on the wire.
class AsnsView {
 public:
  class iterator {
   public:
    using value_type = std::uint32_t;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::forward_iterator_tag;

    iterator() = default;
    iterator(const std::uint8_t* at, std::size_t width) : at_(at), width_(width) {}
    std::uint32_t operator*() const { return width_ == 4 ? load_u32(at_) : load_u16(at_); }
    iterator& operator++() {
      at_ += width_;
      return *this;
    }
    iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

   private:
    const std::uint8_t* at_ = nullptr;
    std::size_t width_ = 4;
  };

  AsnsView() = default;
  /// `count` AS numbers of `width` octets from `at` on.
  AsnsView(const std::uint8_t* at, std::size_t count, std::size_t width) : at_(at), count_(count), width_(width) {}

  [[nodiscard]] iterator begin() const { return {at_, width_}; }
  [[nodiscard]] iterator end() const { return {at_ + count_ * width_, width_}; }
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }

 private:
  const std::uint8_t* at_ = nullptr;
  std::size_t count_ = 0;
  std::size_t width_ = 4;
};

/// One segment of a path (RFC 4271 4.3 b).
struct AsPathSegmentView {
  SegmentType type{};
  AsnsView asns;
};

/// A range of segments.
class AsPathView {
 public:
  AsPathView() = default;
  /// The value of an AS_PATH or AS4_PATH whose segments are whole.
  AsPathView(BytesView value, bool four_octet_as) : path_(value), width_(four_octet_as ? 4 : 2) {}

  /// What an OLD speaker sent (RFC 6793 4.2.3): the front of its AS_PATH, then its AS4_PATH without confederation
  /// segments. Where two AS_SEQUENCEs meet they are still two segments here. The AS_PATH alone where it is the shorter
  /// one. Both values must be whole segments.
  [[nodiscard]] static AsPathView merged(BytesView as_path, BytesView as4_path);

  class iterator;
  [[nodiscard]] inline iterator begin() const;
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }
  [[nodiscard]] bool empty() const { return path_.empty() && exact_.empty(); }

  /// The path's length for the decision process, as AsPath::length().
  [[nodiscard]] std::size_t length() const;
  /// True when the AS stands anywhere in the path: the loop check of RFC 4271 9.1.2.
  [[nodiscard]] bool contains(std::uint32_t asn) const;

 private:
  BytesView path_;
  BytesView exact_;        // AS4_PATH, to follow what is shown of path_; mostly empty
  std::size_t front_ = 0;  // then: how much of path_ that is, in the sense of length()
  std::size_t width_ = 4;
};

/// Input iterator; each segment is a value.
class AsPathView::iterator {
 public:
  using value_type = AsPathSegmentView;
  using difference_type = std::ptrdiff_t;

  iterator() = default;
  AsPathSegmentView operator*() const {
    return {static_cast<SegmentType>(rest_[0]), {rest_.data() + 2, shown_ != 0 ? shown_ : rest_[1], width_}};
  }
  iterator& operator++() {
    rest_ = rest_.subspan(2 + rest_[1] * width_);
    if (part_ != Part::All) [[unlikely]]
      go_to(settled({rest_, width_, shown_, part_, exact_, front_left_}));
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const iterator& a, std::default_sentinel_t) { return a.rest_.empty(); }

 private:
  friend class AsPathView;

  /// What of a path rest_ is.
  enum class Part : std::uint8_t {
    All,    // of a path that is not merged
    Front,  // of the AS_PATH before the AS4_PATH
    Back,   // of the AS4_PATH
  };

  /// The iterator's members as one value. They are handed over so, one by one, because an iterator whose own address
  /// nobody takes stays in registers.
  struct Place {
    BytesView rest;
    std::size_t width;
    std::size_t shown;
    Part part;
    BytesView exact;
    std::size_t front_left;

    void settle_in_front();
  };

  iterator(BytesView path, std::size_t width) : rest_(path), width_(width) {}
  /// At the next segment of a merged path that is shown.
  [[gnu::cold]] static Place settled(Place at);
  void go_to(const Place& place) {
    rest_ = place.rest;
    width_ = place.width;
    shown_ = place.shown;
    part_ = place.part;
    exact_ = place.exact;
    front_left_ = place.front_left;
  }

  BytesView rest_;
  std::size_t width_ = 4;
  std::size_t shown_ = 0;  // of the segment's AS numbers when not all of them
  Part part_ = Part::All;
  // Only for Part::Front
  BytesView exact_;
  std::size_t front_left_ = 0;
};

AsPathView::iterator AsPathView::begin() const {
  iterator first(path_, width_);
  if (!exact_.empty()) [[unlikely]]
    first.go_to(iterator::settled({path_, width_, 0, iterator::Part::Front, exact_, front_}));
  return first;
}

}  // namespace bgp BGP_EXPORT
