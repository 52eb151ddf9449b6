// bgp/wire/label_counts.hpp
//
// How many labels a prefix may have, by family: what the Multiple Labels capability agrees on (RFC 8277 2.1).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/labels.hpp"

namespace bgp BGP_EXPORT {

/// Families for which the capability was exchanged, ascending, each with the most labels that the receiver takes. Every
/// other family has one.
class LabelCounts {
 public:
  using Entry = std::pair<Family, std::uint8_t>;
  /// As a count: any number, of which an NLRI has room for LabelStack::kMaxSize.
  static constexpr std::uint8_t kAny = 255;

  LabelCounts() = default;
  LabelCounts(std::initializer_list<Entry> entries) {
    for (const auto& [family, count] : entries) insert(family, count);
  }

  /// The first count of a family stays; 0 and 1 are ignored (RFC 8277 2.1).
  void insert(Family family, std::uint8_t count) {
    const auto at = std::ranges::lower_bound(entries_, family, {}, &Entry::first);
    if (count > 1 && (at == entries_.end() || at->first != family)) entries_.insert(at, {family, count});
  }

  [[nodiscard]] bool contains(Family family) const { return most(family) > 1; }
  /// How labels stand in announced NLRI: stacks where the capability was exchanged, if only with one label (RFC 8277
  /// 2.1).
  [[nodiscard]] LabelForm form(Family family) const { return contains(family) ? LabelForm::Stack : LabelForm::One; }
  /// The most labels of one prefix; 1 where the capability was not exchanged.
  [[nodiscard]] std::size_t most(Family family) const {
    const auto at = std::ranges::lower_bound(entries_, family, {}, &Entry::first);
    return at == entries_.end() || at->first != family ? 1 : at->second;
  }

  [[nodiscard]] auto begin() const { return entries_.begin(); }
  [[nodiscard]] auto end() const { return entries_.end(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  friend bool operator==(const LabelCounts&, const LabelCounts&) = default;

 private:
  std::vector<Entry> entries_;
};

}  // namespace bgp BGP_EXPORT
