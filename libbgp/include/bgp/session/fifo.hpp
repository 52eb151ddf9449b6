// bgp/session/fifo.hpp
//
// A queue that is mostly empty: while it is it takes no memory but what its last few entries had, where a std::deque
// takes half a kilobyte from its making on. There are four in every session.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// First in, first out. `T` has a cheap default value. An empty one keeps the memory of at most `kept` entries.
template <class T, std::size_t kept = 16>
class Fifo {
 public:
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] auto begin() const { return items_.begin() + static_cast<std::ptrdiff_t>(first_); }
  [[nodiscard]] auto end() const { return items_.end(); }
  /// Not when empty().
  [[nodiscard]] T& front() { return items_[first_]; }
  [[nodiscard]] const T& front() const { return items_[first_]; }

  void push_back(T item) { items_.push_back(std::move(item)); }
  /// Not when empty().
  void pop_front() {
    items_[first_++] = T();
    if (first_ == items_.size()) {
      clear();
    } else if (first_ >= kMany && first_ * 2 >= items_.size()) {
      items_.erase(items_.begin(), begin());
      first_ = 0;
    }
  }
  template <class Predicate>
  void erase_if(Predicate predicate) {
    items_.erase(items_.begin(), begin());
    first_ = 0;
    std::erase_if(items_, predicate);
  }
  void clear() {
    first_ = 0;
    if (items_.capacity() > kept) {
      items_ = std::vector<T>();  // not {}, which would keep the memory
    } else {
      items_.clear();
    }
  }

 private:
  static constexpr std::size_t kMany = 16;  // from how many places in front on it moves up

  std::vector<T> items_;  // those in front of first_ are gone; empty when all are
  std::size_t first_ = 0;
};

}  // namespace bgp BGP_EXPORT
