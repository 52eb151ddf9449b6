// bgp/testing/random.hpp
//
// Chance that a seed fixes: the same numbers on every platform and standard library, unlike the distributions of
// <random>. For tests; not for anything that must not be guessed.
#pragma once

#include <cstdint>

#include "bgp/export.hpp"
#include "bgp/session/timers.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// A sequence of numbers (SplitMix64). A regular value: a copy goes on alike.
class Random {
 public:
  /// A sequence of its own for each seed.
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// Any 64 bits.
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    return mixed(state_);
  }
  /// 0 to `bound` - 1; 0 when `bound` is 0. The bias towards small numbers is below 2^-32 for bounds below 2^32.
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
  /// True once in `times` on average.
  bool one_in(std::uint64_t times) { return below(times) == 0; }
  /// `least` to `most`, both included.
  Duration between(Duration least, Duration most) {
    return least + Duration(static_cast<Duration::rep>(below(static_cast<std::uint64_t>((most - least).count()) + 1)));
  }
  /// A seed that depends on nothing but these three.
  [[nodiscard]] static std::uint64_t seed_of(std::uint64_t seed, std::uint64_t first, std::uint64_t second) {
    return mixed(mixed(mixed(seed + 0x9e3779b97f4a7c15) ^ first) + second);
  }

  friend bool operator==(const Random&, const Random&) = default;

 private:
  static std::uint64_t mixed(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return bits ^ (bits >> 31);
  }

  std::uint64_t state_;
};

}  // namespace test
}  // namespace bgp BGP_EXPORT
