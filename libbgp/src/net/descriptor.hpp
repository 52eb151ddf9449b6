// An open socket on its way from the listener's executor to its peer's: owned, but bound to neither.
#pragma once

#include <unistd.h>

#include <utility>

namespace bgp::net {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }

  [[nodiscard]] int get() const { return value_; }
  /// Gives up ownership.
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

}  // namespace bgp::net
