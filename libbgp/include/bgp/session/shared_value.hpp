// bgp/session/shared_value.hpp
//
// An optional value that never changes, and that its copies share: what is agreed once for a session and then kept in
// several places (the supervisor, the copies of it in a recording) costs its octets once.
#pragma once

#include <memory>
#include <utility>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// Used as a std::optional<const T>. Copies are compared by what they hold. As thread-safe as a std::shared_ptr.
template <class T>
class SharedValue {
 public:
  SharedValue() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): as of std::optional
  SharedValue(T value) : value_(std::make_shared<const T>(std::move(value))) {}

  void reset() { value_.reset(); }

  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  /// Only with a value.
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

  friend bool operator==(const SharedValue& a, const SharedValue& b) {
    return a.value_ == b.value_ || (a && b && *a == *b);
  }

 private:
  std::shared_ptr<const T> value_;
};

}  // namespace bgp BGP_EXPORT
