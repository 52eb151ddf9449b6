#include "bgp/testing/virtual_clock.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bgp::test {

bool VirtualClock::later(const Entry& x, const Entry& y) {
  return std::tie(x.time, x.last, x.order) > std::tie(y.time, y.last, y.order);
}

void VirtualClock::push(TimePoint time, bool last, Happening what) {
  heap_.push_back({std::max(time, now_), last, order_++, std::move(what)});
  std::ranges::push_heap(heap_, later);
}

std::optional<TimePoint> VirtualClock::next() const {
  return heap_.empty() ? std::nullopt : std::optional(heap_.front().time);
}

bool VirtualClock::step(TimePoint end) {
  if (heap_.empty() || heap_.front().time > end) {
    now_ = std::max(now_, end);
    return false;
  }
  std::ranges::pop_heap(heap_, later);
  const Entry entry = std::move(heap_.back());
  heap_.pop_back();
  now_ = entry.time;
  entry.what();
  return true;
}

}  // namespace bgp::test
