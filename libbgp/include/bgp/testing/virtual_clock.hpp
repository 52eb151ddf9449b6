// bgp/testing/virtual_clock.hpp
//
// Time that passes only when told, and what is to happen at which time. Deterministic: what happens at the same time
// happens in the order in which it was asked for. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/timers.hpp"

namespace bgp BGP_EXPORT {
namespace test {

class VirtualClock {
 public:
  using Happening = std::function<void()>;

  /// Starts at 0.
  [[nodiscard]] TimePoint now() const { return now_; }

  /// `what` is to happen at `time`, or now when that has passed.
  void at(TimePoint time, Happening what) { push(time, false, std::move(what)); }
  /// Likewise, but behind everything else that happens at that time: a timer fires after what arrives in its instant.
  void at_end_of(TimePoint time, Happening what) { push(time, true, std::move(what)); }

  /// The time of the next happening; empty when nothing is to happen.
  [[nodiscard]] std::optional<TimePoint> next() const;
  /// Goes to the next happening that is not after `end` and lets it happen. False when there is none: then it is `end`.
  bool step(TimePoint end);
  /// Lets everything happen up to `end`, which it is then.
  void run(TimePoint end) {
    while (step(end)) {
    }
  }

 private:
  struct Entry {
    TimePoint time;
    bool last = false;
    std::uint64_t order = 0;
    Happening what;
  };
  static bool later(const Entry& x, const Entry& y);
  void push(TimePoint time, bool last, Happening what);

  TimePoint now_{};
  std::uint64_t order_ = 0;
  std::vector<Entry> heap_;
};

}  // namespace test
}  // namespace bgp BGP_EXPORT
