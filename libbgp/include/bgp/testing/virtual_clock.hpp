// bgp/testing/virtual_clock.hpp
//
// Time that passes only when told, and what is to happen at which time. Deterministic: what happens at the same time
// happens in the order in which it was asked for. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/timers.hpp"

namespace bgp BGP_EXPORT {
namespace test {

class VirtualClock {
 public:
  using Happening = std::function<void()>;
  /// A number that the caller gave somebody; kNobody: nobody is looked ahead to.
  using Subject = std::uint32_t;
  static constexpr Subject kNobody = std::numeric_limits<Subject>::max();
  /// Something about `subject` happens soon. `stage`: 0 when it comes in sight, some twelve happenings before; 1 and 2
  /// when it is about eight and four away. May be told less, or more than once; may not call the clock.
  using Lookout = std::function<void(Subject subject, unsigned stage)>;

  /// Starts at 0.
  [[nodiscard]] TimePoint now() const { return now_; }

  /// `what` is to happen at `time`, or now when that has passed.
  void at(TimePoint time, Happening what, Subject subject = kNobody) {
    push({std::max(time, now_), order_++, subject, keep(std::move(what))});
  }
  /// Likewise, but behind everything else that happens at that time: a timer fires after what arrives in its instant.
  void at_end_of(TimePoint time, Happening what, Subject subject = kNobody) {
    push({std::max(time, now_), kAtEnd | order_++, subject, keep(std::move(what))});
  }
  /// Who is told what comes soon, so that the memory for it can be fetched in time. It changes nothing of what happens.
  void look_ahead(Lookout lookout) { lookout_ = std::move(lookout); }

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
  static constexpr std::uint64_t kAtEnd = std::uint64_t{1} << 63;
  static constexpr std::size_t kParts = 64;  // of a slot

  struct Entry {
    TimePoint time;
    std::uint64_t order = 0;  // in which it was asked for, kAtEnd with it
    Subject subject = kNobody;
    std::uint32_t what = 0;  // its place in happenings_
  };
  struct Later {
    bool operator()(const Entry& x, const Entry& y) const {
      return x.time != y.time ? x.time > y.time : x.order > y.order;
    }
  };
  static std::int64_t part_of(const Entry& entry);
  static std::int64_t slot_of(std::int64_t part);
  std::uint32_t keep(Happening what);
  Happening take(std::uint32_t place);
  void push(const Entry& entry);
  void push_soon(const Entry& entry);
  void push_near(const Entry& entry);
  bool open_part();
  void divide_slot();
  void add_to_part(const Entry& entry, std::int64_t part);
  void look();
  void tell(const Entry& entry, unsigned stage) const;

  TimePoint now_{};
  std::uint64_t order_ = 0;
  std::vector<Happening> happenings_;
  std::vector<std::uint32_t> free_;  // places among them; what was freed last is used first
  Lookout lookout_;
  std::size_t steps_ = 0;
  // Each is later than all of the one before it. Of thousands of timers only those of one part of a slot are ever
  // compared
  std::deque<Entry> soon_;                                          // in order: the next few
  std::vector<Entry> near_;                                         // a heap
  std::array<std::vector<Entry>, kParts> parts_;                    // the parts of the slot of opened_ behind it
  std::uint64_t filled_ = 0;                                        // a bit for each of them that is not empty
  std::map<std::int64_t, std::vector<Entry>> far_;                  // by slots of time, in the order of asking
  std::vector<std::vector<Entry>> spare_;                           // empty ones that had a slot, with their memory
  std::int64_t opened_ = std::numeric_limits<std::int64_t>::min();  // the last part of a slot that is near
};

}  // namespace test
}  // namespace bgp BGP_EXPORT
