// wire/as_path.cpp
//
// AS_PATH as a value: length, loop check, prepending, text.
#include "bgp/wire/as_path.hpp"

#include <algorithm>

#include "append_text.hpp"

namespace bgp {

AsPath AsPath::sequence(std::vector<std::uint32_t> asns) {
  if (asns.empty()) return AsPath{};
  return AsPath({AsPathSegment{SegmentType::AsSequence, std::move(asns)}});
}

std::size_t AsPath::length() const {
  std::size_t length = 0;
  for (const AsPathSegment& segment : segments_) {
    // RFC 4271 9.1.2.2 a: an AS_SET counts as one. RFC 5065 5.3: confederation segments do not count
    if (segment.type == SegmentType::AsSequence) length += segment.asns.size();
    if (segment.type == SegmentType::AsSet && !segment.asns.empty()) length += 1;
  }
  return length;
}

bool AsPath::contains(std::uint32_t asn) const {
  return std::ranges::any_of(segments_, [asn](const AsPathSegment& segment) {
    return std::ranges::find(segment.asns, asn) != segment.asns.end();
  });
}

void AsPath::prepend(std::uint32_t asn) {
  // RFC 4271 5.1.2 b: in front of a leading AS_SEQUENCE with room, else a new segment (255 is all a segment holds)
  constexpr std::size_t kMaxSegment = 255;
  if (segments_.empty() || segments_.front().type != SegmentType::AsSequence ||
      segments_.front().asns.size() >= kMaxSegment) {
    segments_.insert(segments_.begin(), AsPathSegment{SegmentType::AsSequence, {}});
  }
  std::vector<std::uint32_t>& front = segments_.front().asns;
  front.insert(front.begin(), asn);
}

namespace {

struct Brackets {
  const char* open;
  const char* close;
};

Brackets brackets(SegmentType type) {
  switch (type) {
    case SegmentType::AsSequence: return {"", ""};
    case SegmentType::AsSet: return {"{", "}"};
    case SegmentType::AsConfedSequence: return {"(", ")"};
    case SegmentType::AsConfedSet: return {"[", "]"};
  }
  return {"?", "?"};
}

}  // namespace

void append_text(std::string& text, const AsPath& path) {
  bool first = true;
  for (const AsPathSegment& segment : path.segments()) {
    const Brackets shape = brackets(segment.type);
    if (!first) text += ' ';
    first = false;
    text += shape.open;
    for (std::size_t i = 0; i < segment.asns.size(); ++i) {
      if (i > 0) text += ' ';
      append_number(text, segment.asns[i]);
    }
    text += shape.close;
  }
}

std::string to_string(const AsPath& path) {
  std::string text;
  append_text(text, path);
  return text;
}

}  // namespace bgp
