// bgp/session/prefetch.hpp
//
// Asking the processor for memory before it is needed. Many sessions do not fit its caches: what each of them needs for
// a KEEPALIVE is some twenty lines of memory, and to wait for one after the other takes longer than the work.
#pragma once

#include <cstddef>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// The lines of memory from `first` to before `last` are on their way when this returns; nothing waits for them. Any
/// addresses will do, also of memory that is not there.
inline void prefetch(const void* first, const void* last) noexcept {
#if defined(__GNUC__) || defined(__clang__)
  constexpr std::size_t kLine = 64;  // octets, of every processor that this is built for
  constexpr int kToWrite = 1;
  const auto* at = static_cast<const std::byte*>(first);
  for (; at < last; at += kLine) __builtin_prefetch(at, kToWrite);
  // where the first one begins within a line the last one may be in the next
  if (first != last) __builtin_prefetch(static_cast<const std::byte*>(last) - 1, kToWrite);
#else
  (void)first, (void)last;
#endif
}

/// Likewise for all of a value, or of the first `octets` of it.
template <class T>
void prefetch(const T& value, std::size_t octets = sizeof(T)) noexcept {
  const auto* const first = reinterpret_cast<const std::byte*>(&value);
  prefetch(first, first + octets);
}

}  // namespace bgp BGP_EXPORT
