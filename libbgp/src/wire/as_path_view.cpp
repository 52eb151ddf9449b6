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

AsPathView::iterator::Place AsPathView::iterator::settled(Place at) {
  if (at.part == Part::Front) at.settle_in_front();
  if (at.part == Part::Front) return at;
  // RFC 6793 6: confederation segments have no place in AS4_PATH
  while (!at.rest.empty() && is_confederation(static_cast<SegmentType>(at.rest[0]))) {
    at.rest = at.rest.subspan(2 + at.rest[1] * at.width);
  }
  return at;
}

/// RFC 6793 4.2.3: as many AS numbers as AS4_PATH lacks, with the confederation segments before, between and right
/// after them.
void AsPathView::iterator::Place::settle_in_front() {
  const bool cut = shown != 0;  // the segment before was the last one
  shown = 0;
  if (!cut && !rest.empty()) {
    const auto type = static_cast<SegmentType>(rest[0]);
    if (is_confederation(type)) return;
    if (front_left > 0) {
      const std::size_t count = rest[1];
      const std::size_t taken = type == SegmentType::AsSet ? 1 : std::min(count, front_left);
      front_left -= taken;
      if (type == SegmentType::AsSequence && taken < count) shown = taken;
      return;
    }
  }
  part = Part::Back;
  rest = exact;
  width = 4;
}

}  // namespace bgp
