// bgp/wire/inline_list.hpp
//
// A short list inside its owner: no allocation, and making an empty one costs one store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// At most `kCapacity` plain values. Places that are not taken are left uninitialised.
template <class T, std::size_t kCapacity>
class InlineList {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T> && kCapacity < 256);

 public:
  InlineList() {}  // NOLINT(modernize-use-equals-default): the union has no default of its own

  [[nodiscard]] bool full() const { return size_ == kCapacity; }
  /// Not when it is full().
  void push_back(const T& value) {
    add([&value] { return value; });
  }
  /// Likewise; what `make` returns is made where it is kept. (To copy what was just written in smaller pieces stalls.)
  template <class Make>
  void add(Make make) {
    ::new (static_cast<void*>(&items_[size_++])) T(make());
  }
  [[nodiscard]] std::span<const T> items() const { return {items_, size_}; }

 private:
  std::uint8_t size_ = 0;
  union {
    T items_[kCapacity];  // NOLINT(readability-identifier-naming): it is a member of ours
  };
};

}  // namespace bgp BGP_EXPORT
