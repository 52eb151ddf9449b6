// wire/as4.cpp
//
// RFC 6793: what a NEW speaker makes of the AS numbers of an OLD one, and sends to it.
#include "as4.hpp"

#include <algorithm>

namespace bgp {
namespace {

bool is_confederation(SegmentType type) {
  return type == SegmentType::AsConfedSequence || type == SegmentType::AsConfedSet;
}

/// Adds a segment; two adjacent AS_SEQUENCEs that came from different attributes become one again.
void append_joined(std::vector<AsPathSegment>& segments, AsPathSegment segment) {
  if (!segments.empty() && segments.back().type == SegmentType::AsSequence && segment.type == SegmentType::AsSequence &&
      segments.back().asns.size() + segment.asns.size() <= kMaxSegment) {
    auto& last = segments.back().asns;
    last.insert(last.end(), segment.asns.begin(), segment.asns.end());
  } else {
    segments.push_back(std::move(segment));
  }
}

/// The front of a path that has `count` AS numbers in the sense of AsPath::length(), with the confederation segments
/// before, between and right after them (RFC 6793 4.2.3).
std::vector<AsPathSegment> leading_part(const AsPath& path, std::size_t count) {
  std::vector<AsPathSegment> taken;
  for (const AsPathSegment& segment : path.segments()) {
    if (is_confederation(segment.type)) {
      taken.push_back(segment);
      continue;
    }
    if (count == 0) break;
    if (segment.type == SegmentType::AsSet) {
      taken.push_back(segment);
      --count;
      continue;
    }
    const std::size_t size = std::min(count, segment.asns.size());
    taken.push_back({segment.type, {segment.asns.begin(), segment.asns.begin() + static_cast<std::ptrdiff_t>(size)}});
    count -= size;
    if (size < segment.asns.size()) break;
  }
  return taken;
}

}  // namespace

AsPath read_as_path(BytesView value, bool four_octet_as) {
  std::vector<AsPathSegment> segments;
  Reader reader(value);
  while (!reader.empty()) {
    AsPathSegment segment;
    segment.type = static_cast<SegmentType>(reader.u8());
    segment.asns.resize(reader.u8());
    for (std::uint32_t& asn : segment.asns) asn = four_octet_as ? reader.u32() : reader.u16();
    segments.push_back(std::move(segment));
  }
  return AsPath(std::move(segments));
}

Aggregator read_aggregator(BytesView value, bool four_octet_as) {
  Reader reader(value);
  Aggregator aggregator;
  aggregator.asn = four_octet_as ? reader.u32() : reader.u16();
  aggregator.speaker.value = reader.u32();
  return aggregator;
}

AsPath merge_as4_path(const AsPath& as_path, const AsPath& as4_path) {
  // RFC 6793 6: confederation segments have no place in AS4_PATH
  std::vector<AsPathSegment> exact = as4_path.segments();
  std::erase_if(exact, [](const AsPathSegment& segment) { return is_confederation(segment.type); });
  const std::size_t exact_length = AsPath(exact).length();
  // RFC 6793 4.2.3: a shorter AS_PATH was aggregated by an OLD speaker: the AS4_PATH is ignored
  if (exact.empty() || as_path.length() < exact_length) return as_path;
  std::vector<AsPathSegment> merged = leading_part(as_path, as_path.length() - exact_length);
  for (AsPathSegment& segment : exact) append_joined(merged, std::move(segment));
  return AsPath(std::move(merged));
}

bool needs_as4_path(const AsPath& path) {
  return std::ranges::any_of(path.segments(), [](const AsPathSegment& segment) {
    return !is_confederation(segment.type) && !std::ranges::all_of(segment.asns, fits_two_octets);
  });
}

std::size_t as4_path_size(const AsPath& path) {
  std::size_t size = 0;
  for (const AsPathSegment& segment : path.segments()) {
    if (!is_confederation(segment.type)) size += segment_size(segment, true);
  }
  return size;
}

void write_as4_path(Filler& out, const AsPath& path) {
  for (const AsPathSegment& segment : path.segments()) {
    if (!is_confederation(segment.type)) write_segment(out, segment, true);
  }
}

}  // namespace bgp
