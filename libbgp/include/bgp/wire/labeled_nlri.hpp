// bgp/wire/labeled_nlri.hpp
//
// Labeled unicast (RFC 8277; AFI 1 and 2, SAFI 4): a prefix and the labels bound to it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "bgp/export.hpp"
#include "bgp/wire/labels.hpp"
#include "bgp/wire/prefix.hpp"

namespace bgp BGP_EXPORT {

/// `path_id` is 0 where ADD-PATH is not in use for the family (RFC 7911).
struct LabeledNlri {
  Prefix prefix;
  LabelStack labels;  ///< none in a withdrawal (RFC 8277 2.4); no part of the route's key
  std::uint32_t path_id = 0;

  friend constexpr auto operator<=>(const LabeledNlri&, const LabeledNlri&) = default;
};

/// "10.0.0.0/8#7 label 16/17"; "#id" and the labels only where there are some.
[[nodiscard]] std::string to_string(const LabeledNlri& nlri);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::LabeledNlri> {
  std::size_t operator()(const bgp::LabeledNlri& nlri) const noexcept;
};
