// wire/as_path_view.cpp
//
// The parts of an AsPathView that are not on the way of every UPDATE: the merge of RFC 6793, and questions to the path.
#include "bgp/wire/as_path_view.hpp"

#include <algorithm>

namespace bgp {
namespace {

bool is_confederation(SegmentType type) {
  return type == SegmentType::AsConfedSequence || type == SegmentType::AsConfedSet;
}

}  // namespace

AsPathView AsPathView::merged(BytesView as_path, BytesView as4_path) {
  AsPathView path(as_path, false);
  const AsPathView exact(as4_path, true);
  const std::size_t length = path.length();
  const std::size_t exact_length = exact.length();
  // RFC 6793 4.2.3: a shorter AS_PATH was aggregated by an OLD speaker: the AS4_PATH is ignored
  if (exact_length == 0 || length < exact_length) return path;
  path.exact_ = as4_path;
  path.front_ = length - exact_length;
  return path;
}

std::size_t AsPathView::length() const {
  std::size_t length = 0;
  for (const AsPathSegmentView segment : *this) {
    // RFC 4271 9.1.2.2 a: an AS_SET counts as one. RFC 5065 5.3: confederation segments do not count
    if (segment.type == SegmentType::AsSequence) length += segment.asns.size();
    if (segment.type == SegmentType::AsSet) length += 1;
  }
  return length;
}

bool AsPathView::contains(std::uint32_t asn) const {
  for (const AsPathSegmentView segment : *this) {
    if (std::ranges::find(segment.asns, asn) != segment.asns.end()) return true;
  }
  return false;
}

AsPathView::iterator AsPathView::merged_begin() const {
  iterator first(path_, width_);
  first.merging_ = true;
  first.exact_ = exact_;
  first.front_left_ = front_;
  return iterator::settled(first);
}

AsPathView::iterator AsPathView::iterator::settled(iterator at) {
  if (!at.front_over_) at.settle_in_front();
  if (!at.front_over_) return at;
  // RFC 6793 6: confederation segments have no place in AS4_PATH
  while (!at.rest_.empty() && is_confederation(static_cast<SegmentType>(at.rest_[0]))) {
    at.rest_ = at.rest_.subspan(2 + at.rest_[1] * at.width_);
  }
  return at;
}

/// RFC 6793 4.2.3: as many AS numbers as AS4_PATH lacks, with the confederation segments before, between and right
/// after them.
void AsPathView::iterator::settle_in_front() {
  const bool cut = shown_ != 0;  // the segment before was the last one
  shown_ = 0;
  if (!cut && !rest_.empty()) {
    const auto type = static_cast<SegmentType>(rest_[0]);
    if (is_confederation(type)) return;
    if (front_left_ > 0) {
      const std::size_t count = rest_[1];
      const std::size_t taken = type == SegmentType::AsSet ? 1 : std::min(count, front_left_);
      front_left_ -= taken;
      if (type == SegmentType::AsSequence && taken < count) shown_ = taken;
      return;
    }
  }
  front_over_ = true;
  rest_ = exact_;
  width_ = 4;
}

}  // namespace bgp
