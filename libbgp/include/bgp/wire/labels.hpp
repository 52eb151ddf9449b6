// bgp/wire/labels.hpp
//
// MPLS labels as they stand in front of a prefix (RFC 8277 2). A value; no allocation.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// How labels stand in the NLRI of a field (RFC 8277 2).
enum class LabelForm : std::uint8_t {
  One,        ///< one label whatever its S bit says (2.2): the Multiple Labels capability was not exchanged
  Stack,      ///< labels up to the one with the S bit (2.3): the capability was exchanged for the family
  Withdrawn,  ///< three octets that mean nothing (2.4): MP_UNREACH_NLRI
};

/// The labels of one prefix, outermost first; each has 20 bits.
class LabelStack {
 public:
  /// The length octet of an NLRI counts at most 255 bits, so no more labels than this fit (RFC 8277 2.1).
  static constexpr std::size_t kMaxSize = 10;
  static constexpr std::uint32_t kMaxLabel = 0xfffff;

  constexpr LabelStack() = default;
  /// Takes the first kMaxSize.
  constexpr LabelStack(std::initializer_list<std::uint32_t> labels) {
    for (const std::uint32_t label : labels) push_back(label);
  }

  /// Keeps the lower 20 bits; false when there is no room, and then nothing changes.
  constexpr bool push_back(std::uint32_t label) {
    if (size_ == kMaxSize) return false;
    labels_[size_++] = label & kMaxLabel;
    return true;
  }
  constexpr void clear() { *this = {}; }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr const std::uint32_t* begin() const { return labels_.data(); }
  [[nodiscard]] constexpr const std::uint32_t* end() const { return labels_.data() + size_; }

  friend constexpr auto operator<=>(const LabelStack&, const LabelStack&) = default;

 private:
  std::array<std::uint32_t, kMaxSize> labels_{};  // those beyond size_ stay 0
  std::uint8_t size_ = 0;
};

/// "16", "900163/900162"; empty for no label.
[[nodiscard]] std::string to_string(const LabelStack& labels);

}  // namespace bgp BGP_EXPORT
