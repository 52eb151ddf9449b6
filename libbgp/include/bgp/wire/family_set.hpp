// bgp/wire/family_set.hpp
//
// A set of address families: what a session carries routes of, or uses an extension for.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// Families in ascending order, each once. A decoder asks for one several times a message: for the unicast and
/// multicast families of IPv4 and IPv6 contains() tests one bit, so that only the others are searched.
class FamilySet {
 public:
  FamilySet() = default;
  FamilySet(std::initializer_list<Family> families) : FamilySet(std::vector<Family>(families)) {}
  /// Implicit: what was negotiated is a list.
  FamilySet(const std::vector<Family>& families) {  // NOLINT(google-explicit-constructor)
    for (const Family family : families) insert(family);
  }

  [[nodiscard]] [[gnu::always_inline]] bool contains(Family family) const {
    const std::uint8_t bit = bit_of(family);
    return bit != 0 ? (bits_ & bit) != 0 : std::ranges::binary_search(families_, family);
  }
  void insert(Family family) {
    if (contains(family)) return;
    bits_ |= bit_of(family);
    families_.insert(std::ranges::upper_bound(families_, family), family);
  }

  [[nodiscard]] auto begin() const { return families_.begin(); }
  [[nodiscard]] auto end() const { return families_.end(); }
  [[nodiscard]] bool empty() const { return families_.empty(); }
  [[nodiscard]] std::size_t size() const { return families_.size(); }

  friend bool operator==(const FamilySet&, const FamilySet&) = default;

 private:
  /// Of the four families that are met most; 0 for any other.
  [[nodiscard]] static constexpr std::uint8_t bit_of(Family family) {
    const unsigned afi = static_cast<unsigned>(family.afi) - 1U;
    const unsigned safi = static_cast<unsigned>(family.safi) - 1U;
    return afi < 2 && safi < 2 ? static_cast<std::uint8_t>(1U << (afi * 2 + safi)) : std::uint8_t{0};
  }

  std::vector<Family> families_;
  std::uint8_t bits_ = 0;
};

}  // namespace bgp BGP_EXPORT
