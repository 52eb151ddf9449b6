// bgp/wire/value_list.hpp
//
// Values of one size that stand one after the other in a path attribute: communities and the like. Borrowed; walking
// allocates nothing and cannot fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/communities.hpp"

namespace bgp BGP_EXPORT {

/// A range of what `kRead` makes of each `kSize` octets. Octets at the end that are no whole value are left out.
template <std::size_t kSize, auto kRead>
class ValueList {
 public:
  class iterator {
   public:
    using value_type = decltype(kRead(nullptr));
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::forward_iterator_tag;

    iterator() = default;
    explicit iterator(const std::uint8_t* at) : at_(at) {}
    value_type operator*() const { return kRead(at_); }
    iterator& operator++() {
      at_ += kSize;
      return *this;
    }
    iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

   private:
    const std::uint8_t* at_ = nullptr;
  };

  ValueList() = default;
  explicit ValueList(BytesView octets) : octets_(octets.first(octets.size() - octets.size() % kSize)) {}

  [[nodiscard]] iterator begin() const { return iterator(octets_.data()); }
  [[nodiscard]] iterator end() const { return iterator(octets_.data() + octets_.size()); }
  [[nodiscard]] bool empty() const { return octets_.empty(); }
  [[nodiscard]] std::size_t size() const { return octets_.size() / kSize; }
  /// The octets on the wire.
  [[nodiscard]] BytesView octets() const { return octets_; }

 private:
  BytesView octets_;
};

namespace value_list {
constexpr Community community(const std::uint8_t* at) { return {load_u32(at)}; }
constexpr LargeCommunity large_community(const std::uint8_t* at) {
  return {load_u32(at), load_u32(at + 4), load_u32(at + 8)};
}
constexpr BgpIdentifier identifier(const std::uint8_t* at) { return {load_u32(at)}; }
constexpr std::span<const std::uint8_t, 8> eight_octets(const std::uint8_t* at) {
  return std::span<const std::uint8_t, 8>(at, 8);
}
}  // namespace value_list

/// RFC 1997.
using CommunitiesView = ValueList<4, value_list::community>;
/// RFC 8092.
using LargeCommunitiesView = ValueList<12, value_list::large_community>;
/// RFC 4360: each as its eight octets.
using ExtendedCommunitiesView = ValueList<8, value_list::eight_octets>;
/// RFC 4456 8: CLUSTER_LIST.
using ClusterListView = ValueList<4, value_list::identifier>;

}  // namespace bgp BGP_EXPORT
