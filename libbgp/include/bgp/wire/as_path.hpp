// bgp/wire/as_path.hpp
//
// AS_PATH (RFC 4271 4.3, 5.1.2; confederation segments RFC 5065; four octets RFC 6793). The owned value; what stands in
// a message is read through UpdateView.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"

namespace bgp BGP_EXPORT {

enum class SegmentType : std::uint8_t { AsSet = 1, AsSequence = 2, AsConfedSequence = 3, AsConfedSet = 4 };

struct AsPathSegment {
  SegmentType type = SegmentType::AsSequence;
  std::vector<std::uint32_t> asns;

  friend auto operator<=>(const AsPathSegment&, const AsPathSegment&) = default;
};

class AsPath {
 public:
  AsPath() = default;
  explicit AsPath(std::vector<AsPathSegment> segments) : segments_(std::move(segments)) {}
  /// One AS_SEQUENCE; empty gives the empty path.
  [[nodiscard]] static AsPath sequence(std::vector<std::uint32_t> asns);

  [[nodiscard]] const std::vector<AsPathSegment>& segments() const { return segments_; }
  [[nodiscard]] bool empty() const { return segments_.empty(); }
  /// Length for route selection: an AS_SET counts one, confederation segments none (RFC 4271 9.1.2.2, RFC 5065 5.3).
  [[nodiscard]] std::size_t length() const;
  /// True when the AS stands anywhere in the path: the loop check of RFC 4271 9.1.2.
  [[nodiscard]] bool contains(std::uint32_t asn) const;
  /// Puts an AS in front, as a speaker does towards an external peer (RFC 4271 5.1.2 b).
  void prepend(std::uint32_t asn);

  friend auto operator<=>(const AsPath&, const AsPath&) = default;

 private:
  std::vector<AsPathSegment> segments_;
};

/// "65001 65002 {65003 65004} (65010)".
[[nodiscard]] std::string to_string(const AsPath& path);

}  // namespace bgp BGP_EXPORT
