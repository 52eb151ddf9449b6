// bgp/wire/prefix.hpp
//
// Prefixes and NLRI (RFC 4271 4.3, RFC 4760 5, path identifiers of RFC 7911 3), owned and as a view of the wire.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/labels.hpp"

namespace bgp BGP_EXPORT {

/// Octets that a prefix of this length takes (RFC 4271 4.3). Nine of ten on the Internet are /17 to /24: as a branch,
/// that is foreseen, and the place of the next prefix is known before this length has been loaded.
[[nodiscard]] constexpr std::size_t prefix_octets(std::uint8_t length) {
  if (length - 17U < 8U) [[likely]]
    return 3;
  return (length + 7U) / 8U;
}

/// An IPv4 or IPv6 prefix. Bits beyond the length are always 0.
class Prefix {
 public:
  constexpr Prefix() = default;
  /// Clears the bits beyond `length` and caps it at the address's bits.
  Prefix(const IpAddress& address, std::uint8_t length);

  /// From the octets of an NLRI (RFC 4271 4.3): as many as `length` bits need, which must not exceed the family's. Bits
  /// beyond the length are cleared.
  [[nodiscard]] static Prefix from_octets(bool v6, BytesView octets, std::uint8_t length);

  /// The same from an NLRI field: `at` is the prefix behind its length octet, `readable` what the field has from there.
  /// Whole words are loaded and cut by a mask, rather than looping over as many octets as each prefix happens to have.
  [[nodiscard]] static constexpr Prefix v4_at(const std::uint8_t* at, std::size_t readable, std::uint8_t length) {
    const auto mask = static_cast<std::uint32_t>(0xffffffff00000000U >> length);
    // With three octets the word begins at the length octet, and so never ends beyond the field
    if (prefix_octets(length) == 3) [[likely]]
      return {(load_u32(at - 1) << 8) & mask, length};
    return {(readable >= 4 ? load_u32(at) : load_short_u32(at, readable)) & mask, length};
  }
  [[nodiscard]] static constexpr Prefix v6_at(const std::uint8_t* at, std::size_t readable, std::uint8_t length) {
    std::array<std::uint8_t, 16> padded{};
    if (readable < 16) {
      for (std::size_t i = 0; i < readable; ++i) padded[i] = at[i];
      at = padded.data();
    }
    return {load_u64(at) & leading_bits(length), load_u64(at + 8) & leading_bits(length < 64 ? 0 : length - 64),
            length};
  }

  /// "192.0.2.0/24"; bits set beyond the length are refused, as is a missing length.
  [[nodiscard]] static std::optional<Prefix> parse(std::string_view text);

  [[nodiscard]] constexpr const IpAddress& address() const { return address_; }
  [[nodiscard]] constexpr std::uint8_t length() const { return length_; }

  friend constexpr auto operator<=>(const Prefix&, const Prefix&) = default;

 private:
  // These two make the address where it is kept, for speed.
  constexpr Prefix(std::uint32_t v4, std::uint8_t length) : address_(IpAddress::v4(v4)), length_(length) {}
  constexpr Prefix(std::uint64_t high, std::uint64_t low, std::uint8_t length)
      : address_(IpAddress::v6(high, low)), length_(length) {}

  static constexpr std::uint32_t load_short_u32(const std::uint8_t* at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value |= static_cast<std::uint32_t>(at[i]) << (24 - 8 * i);
    return value;
  }
  /// A mask of the first `count` bits; all for 64 and more.
  static constexpr std::uint64_t leading_bits(unsigned count) {
    return count >= 64 ? ~std::uint64_t{0} : ~(~std::uint64_t{0} >> count);
  }

  IpAddress address_;
  std::uint8_t length_ = 0;
};

[[nodiscard]] std::string to_string(const Prefix& prefix);

/// One piece of reachability. `path_id` is 0 where ADD-PATH is not in use for the family (RFC 7911).
struct Nlri {
  Prefix prefix;
  std::uint32_t path_id = 0;

  friend constexpr auto operator<=>(const Nlri&, const Nlri&) = default;
};

/// "192.0.2.0/24", with "#id" behind it where the path id is not 0.
[[nodiscard]] std::string to_string(const Nlri& nlri);

/// True for IPv4 and IPv6 unicast and multicast: the families whose NLRI are plain prefixes. nlri.hpp has the others.
[[nodiscard]] constexpr bool is_prefix_family(Family family) {
  return (family.afi == Afi::Ipv4 || family.afi == Afi::Ipv6) &&
         (family.safi == Safi::Unicast || family.safi == Safi::Multicast);
}

class AnyNlriRange;  // nlri.hpp

/// NLRI as they stand in a message: a range that decodes while it is walked. Borrowed, and already checked by the
/// decoder that made it, so walking cannot fail. Families other than IPv4 and IPv6 unicast and multicast have no Nlri
/// here: the range is empty, any() has them as the types of nlri.hpp and octets() as they came.
class NlriView {
 public:
  class iterator;

  constexpr NlriView() = default;
  /// `octets` must have passed check_nlri() for this family, `add_path` and `labels`.
  constexpr NlriView(Family family, BytesView octets, bool add_path, LabelForm labels = LabelForm::One)
      : octets_(octets), family_(family), add_path_(add_path), labels_(labels) {}

  [[nodiscard]] inline iterator begin() const;
  [[nodiscard]] inline iterator end() const;
  /// Calls `visit(const Nlri&)` for each: a loop over the range, which here asks once, and not at every step, for the
  /// family and for path identifiers. For tables.
  template <class Visit>
  [[gnu::always_inline]] inline void for_each(Visit visit) const;
  [[nodiscard]] bool empty() const { return octets_.empty(); }
  [[nodiscard]] Family family() const { return family_; }
  [[nodiscard]] bool add_path() const { return add_path_; }
  /// How labels are written here; of no meaning where the family has none.
  [[nodiscard]] LabelForm label_form() const { return labels_; }
  /// The NLRI of whatever family, one by one; to use it include bgp/wire/nlri.hpp. Without those that a speaker must
  /// discard: EVPN routes of unknown types (RFC 7606 5.4), malformed link-state NLRI (RFC 9552 8.2.2).
  [[nodiscard]] AnyNlriRange any() const;
  /// The same with them, for whoever shows what a message says.
  [[nodiscard]] AnyNlriRange any_as_written() const;
  /// The octets on the wire.
  [[nodiscard]] BytesView octets() const { return octets_; }

 private:
  template <bool kV6, bool kAddPath, class Visit>
  [[gnu::always_inline]] inline void visit_all(Visit& visit) const;

  BytesView octets_;
  Family family_{};
  bool add_path_ = false;
  LabelForm labels_ = LabelForm::One;
};

/// Input iterator; each Nlri is a value. All in this header: a table has a million of them.
class NlriView::iterator {
 public:
  using value_type = Nlri;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::forward_iterator_tag;

  iterator() = default;
  iterator(BytesView rest, bool v6, bool add_path)
      : at_(rest.data()), left_(rest.size()), v6_(v6), add_path_(add_path) {}

  [[gnu::always_inline]] Nlri operator*() const {
    const std::size_t length_at = add_path_ ? kPathIdSize : 0;
    const std::uint8_t length = at_[length_at];
    const std::uint8_t* const octets = at_ + length_at + 1;
    const std::size_t readable = left_ - length_at - 1;
    return {v6_ ? Prefix::v6_at(octets, readable, length) : Prefix::v4_at(octets, readable, length),
            add_path_ ? load_u32(at_) : 0};
  }
  [[gnu::always_inline]] iterator& operator++() {
    const std::size_t length_at = add_path_ ? kPathIdSize : 0;
    const std::size_t size = length_at + 1 + prefix_octets(at_[length_at]);  // checked when the view was made
    at_ += size;
    left_ -= size;
    return *this;
  }
  iterator operator++(int) {
    iterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const iterator& a, const iterator& b) { return a.left_ == b.left_; }

 private:
  static constexpr std::size_t kPathIdSize = 4;  // RFC 7911 3

  const std::uint8_t* at_ = nullptr;
  std::size_t left_ = 0;
  bool v6_ = false;
  bool add_path_ = false;
};

NlriView::iterator NlriView::begin() const {
  return is_prefix_family(family_) ? iterator(octets_, family_.afi == Afi::Ipv6, add_path_) : iterator{};
}

NlriView::iterator NlriView::end() const { return {}; }

template <bool kV6, bool kAddPath, class Visit>
void NlriView::visit_all(Visit& visit) const {
  for (iterator at(octets_, kV6, kAddPath); at != end(); ++at) visit(*at);
}

template <class Visit>
void NlriView::for_each(Visit visit) const {
  if (!is_prefix_family(family_)) return;
  const bool v6 = family_.afi == Afi::Ipv6;
  if (!v6 && !add_path_) return visit_all<false, false>(visit);
  if (!add_path_) return visit_all<true, false>(visit);
  if (!v6) return visit_all<false, true>(visit);
  visit_all<true, true>(visit);
}

/// True when `octets` are whole NLRI of a prefix family (RFC 4271 6.3 and RFC 7606 5.3: a length beyond the address's
/// bits or beyond the field is malformed). True for other families: check_nlri() of nlri.hpp judges those.
[[nodiscard]] bool check_nlri(Family family, BytesView octets, bool add_path);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::Prefix> {
  std::size_t operator()(const bgp::Prefix& prefix) const noexcept;
};
template <>
struct std::hash<bgp::Nlri> {
  std::size_t operator()(const bgp::Nlri& nlri) const noexcept;
};
