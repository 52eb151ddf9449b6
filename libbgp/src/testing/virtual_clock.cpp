#include "bgp/testing/virtual_clock.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "bgp/session/prefetch.hpp"

namespace bgp::test {

namespace {

// Memory is asked for in groups, so that what one waits for (its address is not known to the processor either) all do
constexpr std::size_t kGroup = 4;
constexpr std::size_t kStages = 3;
constexpr std::size_t kSoon = (1 + kStages) * kGroup;
constexpr std::size_t kFew = 128;  // so many need no slots
// A part of a slot is 17 ms, a slot a second: of ten thousand sessions some six timers, and four hundred
constexpr int kPartBits = 24;

}  // namespace

std::int64_t VirtualClock::part_of(const Entry& entry) { return entry.time.time_since_epoch().count() >> kPartBits; }

std::int64_t VirtualClock::slot_of(std::int64_t part) { return part >> std::countr_zero(kParts); }

// --- What is to happen

std::uint32_t VirtualClock::keep(Happening what) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(happenings_.size()));
    happenings_.emplace_back();
  }
  const std::uint32_t place = free_.back();
  free_.pop_back();
  happenings_[place] = std::move(what);
  return place;
}

VirtualClock::Happening VirtualClock::take(std::uint32_t place) {
  free_.push_back(place);
  return std::exchange(happenings_[place], nullptr);
}

// --- When

void VirtualClock::push(const Entry& entry) {
  const std::int64_t part = part_of(entry);
  if (!soon_.empty() && Later{}(soon_.back(), entry)) {
    push_soon(entry);
  } else if (part <= opened_ || (far_.empty() && filled_ == 0 && near_.size() < kFew)) {
    opened_ = std::max(opened_, part);
    push_near(entry);
  } else if (slot_of(part) == slot_of(opened_)) {
    add_to_part(entry, part);
  } else {
    std::vector<Entry>& entries = far_[slot_of(part)];
    if (entries.capacity() == 0 && !spare_.empty()) {
      entries = std::move(spare_.back());
      spare_.pop_back();
    }
    entries.push_back(entry);
  }
}

void VirtualClock::add_to_part(const Entry& entry, std::int64_t part) {
  const std::size_t index = static_cast<std::uint64_t>(part) % kParts;
  parts_[index].push_back(entry);
  filled_ |= std::uint64_t{1} << index;
}

void VirtualClock::push_soon(const Entry& entry) {
  tell(entry, 0);
  const auto earlier = [](const Entry& x, const Entry& y) { return Later{}(y, x); };
  soon_.insert(std::ranges::upper_bound(soon_, entry, earlier), entry);
  if (soon_.size() <= 2 * kSoon) return;
  push_near(soon_.back());
  soon_.pop_back();
}

void VirtualClock::push_near(const Entry& entry) {
  near_.push_back(entry);
  std::ranges::push_heap(near_, Later{});
}

/// The earliest part of what is not near becomes that.
bool VirtualClock::open_part() {
  if (filled_ == 0) divide_slot();
  if (filled_ == 0) return false;
  const int first = std::countr_zero(filled_);
  filled_ &= filled_ - 1;
  opened_ = slot_of(opened_) * static_cast<std::int64_t>(kParts) + first;
  near_.swap(parts_[static_cast<std::size_t>(first)]);
  std::ranges::make_heap(near_, Later{});
  return true;
}

/// The earliest slot is not far any more.
void VirtualClock::divide_slot() {
  if (far_.empty()) return;
  const auto first = far_.begin();
  opened_ = first->first * static_cast<std::int64_t>(kParts);
  for (const Entry& entry : first->second) add_to_part(entry, part_of(entry));
  first->second.clear();
  spare_.push_back(std::move(first->second));
  far_.erase(first);
}

/// Of each four steps the first one brings another group in sight; the next ones bring a group nearer each.
void VirtualClock::look() {
  if (const std::size_t stage = steps_++ % kGroup; stage > 0 && !soon_.empty()) {
    const std::size_t begin = (kStages - stage) * kGroup - stage;
    for (std::size_t i = begin; stage < kStages && i < std::min(begin + kGroup, soon_.size()); ++i) {
      tell(soon_[i], static_cast<unsigned>(stage));
    }
    return;
  }
  while (soon_.size() < kSoon && (!near_.empty() || open_part())) {
    std::ranges::pop_heap(near_, Later{});
    soon_.push_back(near_.back());
    near_.pop_back();
    prefetch(happenings_[soon_.back().what]);
    tell(soon_.back(), 0);
  }
}

void VirtualClock::tell(const Entry& entry, unsigned stage) const {
  if (lookout_ && entry.subject != kNobody) lookout_(entry.subject, stage);
}

std::optional<TimePoint> VirtualClock::next() const {
  if (!soon_.empty()) return soon_.front().time;
  if (!near_.empty()) return near_.front().time;
  return std::nullopt;  // look() leaves nothing farther away alone
}

bool VirtualClock::step(TimePoint end) {
  look();
  if (soon_.empty() || soon_.front().time > end) {
    now_ = std::max(now_, end);
    return false;
  }
  const Entry entry = soon_.front();
  soon_.pop_front();
  now_ = entry.time;
  take(entry.what)();
  return true;
}

}  // namespace bgp::test
