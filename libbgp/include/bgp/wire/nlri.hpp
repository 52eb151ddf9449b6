// bgp/wire/nlri.hpp
//
// NLRI of every family as one type. NlriView::any() gives them for whatever family a group of an UPDATE has; walking a
// NlriView itself gives plain prefixes faster. Values that own their data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <variant>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/attribute_errors.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/evpn_nlri.hpp"
#include "bgp/wire/flow_spec.hpp"
#include "bgp/wire/labeled_nlri.hpp"
#include "bgp/wire/link_state_nlri.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/route_target_nlri.hpp"
#include "bgp/wire/vpn_nlri.hpp"

namespace bgp BGP_EXPORT {

/// Octets of a family that has no type here: all NLRI of the field together, for where one ends is not known, and path
/// identifiers (RFC 7911) stand among them. Also a single NLRI whose contents are malformed.
struct OpaqueNlri {
  Bytes octets;
  std::uint32_t path_id = 0;  ///< of a single NLRI only

  friend auto operator<=>(const OpaqueNlri&, const OpaqueNlri&) = default;
};

/// "0x" and the octets.
[[nodiscard]] std::string to_string(const OpaqueNlri& nlri);

/// One piece of reachability of any family; `family` is not in it, for it belongs to the group.
using AnyNlri =
    std::variant<Nlri, LabeledNlri, VpnNlri, EvpnNlri, FlowSpecNlri, RouteTargetNlri, LinkStateNlri, OpaqueNlri>;

/// As each alternative prints itself.
[[nodiscard]] std::string to_string(const AnyNlri& nlri);

/// 0 where ADD-PATH is not in use (RFC 7911).
[[nodiscard]] std::uint32_t path_id_of(const AnyNlri& nlri);

/// What a RIB keeps a route by: `nlri` without what is an attribute of the route rather than its name: labels (RFC 8277
/// 2.4), and what RFC 7432 7.1 to 7.4 and RFC 9136 3.1 say of EVPN routes. An announcement and its withdrawal have
/// equal keys.
[[nodiscard]] AnyNlri route_key(AnyNlri nlri);

/// Which alternative of AnyNlri a family's NLRI are.
enum class NlriKind : std::uint8_t { Prefix, Labeled, Vpn, Evpn, FlowSpec, RouteTarget, LinkState, Opaque };

[[nodiscard]] constexpr NlriKind nlri_kind(Family family) {
  if (family.afi == Afi::L2vpn) return family.safi == Safi::Evpn ? NlriKind::Evpn : NlriKind::Opaque;
  if (family.afi == Afi::BgpLs) {
    return family.safi == Safi::BgpLs || family.safi == Safi::BgpLsVpn ? NlriKind::LinkState : NlriKind::Opaque;
  }
  if (family.afi != Afi::Ipv4 && family.afi != Afi::Ipv6) return NlriKind::Opaque;
  switch (family.safi) {
    case Safi::Unicast:
    case Safi::Multicast: return NlriKind::Prefix;
    case Safi::LabeledUnicast: return NlriKind::Labeled;
    case Safi::MplsVpn:
    case Safi::MplsVpnMulticast: return NlriKind::Vpn;
    case Safi::FlowSpec:
    case Safi::FlowSpecVpn: return NlriKind::FlowSpec;
    case Safi::RouteTargetConstraint: return family.afi == Afi::Ipv4 ? NlriKind::RouteTarget : NlriKind::Opaque;
    default: return NlriKind::Opaque;
  }
}

/// What is wrong with NLRI, and what RFC 7606 or the family's RFC says to do about the UPDATE that has them.
struct NlriError {
  ErrorApproach approach{};
  const char* reason = "";  ///< a static sentence with the RFC section
};

/// Judges the NLRI of a field of any family: nothing when they are good. SessionReset when where they end cannot be
/// told (RFC 7606 3 j, 5.3). Families kept as octets are always good. Allocates nothing.
[[nodiscard]] std::optional<NlriError> check_nlri(const NlriView& nlri);

/// The NLRI of a NlriView as AnyNlri. Borrowed from the same octets.
class AnyNlriRange {
 public:
  class iterator;

  /// `as_written`: also those that a speaker must discard.
  AnyNlriRange(const NlriView& nlri, bool as_written) : nlri_(nlri), as_written_(as_written) {}

  [[nodiscard]] iterator begin() const;
  [[nodiscard]] iterator end() const;

 private:
  NlriView nlri_;
  bool as_written_;
};

/// Input iterator; each AnyNlri is a value made when asked for. Ends early at octets that check_nlri() would have
/// refused.
class AnyNlriRange::iterator {
 public:
  using value_type = AnyNlri;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::forward_iterator_tag;

  iterator() = default;
  AnyNlri operator*() const;
  iterator& operator++();
  iterator operator++(int) {
    iterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const iterator& a, const iterator& b) { return a.left_ == b.left_; }

 private:
  friend class AnyNlriRange;
  iterator(const NlriView& nlri, bool as_written);
  /// Sets the front of nlri_ to the first NLRI at or behind it that is shown.
  void settle();

  NlriView nlri_;         // from the current one on
  std::size_t size_ = 0;  // octets of the current one
  std::size_t left_ = 0;  // octets from the current one on; 0 at the end
  bool as_written_ = false;
};

/// Appends one NLRI as a field of `family` has it; `add_path` puts the path identifier in front (RFC 7911 3). False,
/// and nothing appended, when `nlri` is of another kind than the family's, or cannot be written in this form: a prefix
/// of the other address family, labels missing or too many for `labels` (RFC 8277 2.1).
bool append_nlri(Writer& out, Family family, bool add_path, LabelForm labels, const AnyNlri& nlri);

}  // namespace bgp BGP_EXPORT

template <>
struct std::hash<bgp::OpaqueNlri> {
  std::size_t operator()(const bgp::OpaqueNlri& nlri) const noexcept;
};
