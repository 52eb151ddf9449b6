// bgp/wire/update.hpp
//
// The UPDATE message (RFC 4271 4.3, 6.3; RFC 4760; RFC 6793; RFC 7606; RFC 7911).
//
// An UpdateView shows the EFFECT of an UPDATE after RFC 7606, not its wording: after treat-as-withdraw nothing is
// reachable and every NLRI of the message is unreachable; a discarded attribute is absent. A handler that never asks
// about errors is correct. The view is borrowed: it dies with the octets and the context it was made from. It allocates
// nothing, and walking it cannot fail.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/as_path_view.hpp"
#include "bgp/wire/attribute_errors.hpp"
#include "bgp/wire/attribute_view.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/family_set.hpp"
#include "bgp/wire/inline_list.hpp"
#include "bgp/wire/label_counts.hpp"
#include "bgp/wire/nlri.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/value_list.hpp"

namespace bgp BGP_EXPORT {

/// What was negotiated for what we receive. The defaults are those of a modern external IPv4 session.
struct DecodeContext {
  bool four_octet_as = true;         ///< both sides advertised RFC 6793
  bool internal = false;             ///< the peer is in our AS (iBGP)
  bool confederation = false;        ///< the peer is another member AS of our confederation (RFC 5065)
  FamilySet families{kIpv4Unicast};  ///< negotiated
  FamilySet add_path;                ///< families whose NLRI carry a path identifier towards us
  FamilySet extended_next_hop;       ///< IPv4 families that may have an IPv6 next hop (RFC 8950)
  LabelCounts multiple_labels;       ///< the most labels of a prefix that we take (RFC 8277 2.1)
  std::uint32_t local_asn = 0;       ///< our AS; 0 = unknown
  std::uint32_t peer_asn = 0;        ///< the peer's AS; 0 = unknown
  BgpIdentifier local_identifier;    ///< ours; 0 = unknown
  bool aigp_session = false;         ///< AIGP is taken from this external peer (RFC 7311 3)
  bool enforce_first_as = false;     ///< an external peer's AS_PATH must begin with its AS (RFC 4271 6.3)

  friend bool operator==(const DecodeContext&, const DecodeContext&) = default;
};

/// What was negotiated for what we send. Equal contexts produce equal octets, so peers with equal ones can share them.
struct EncodeContext {
  bool four_octet_as = true;
  bool internal = false;
  bool confederation = false;                      ///< the peer is in another member AS (RFC 5065)
  FamilySet add_path;                              ///< families whose NLRI carry a path identifier towards the peer
  FamilySet extended_next_hop;                     ///< IPv4 families for which the peer takes IPv6 next hops (RFC 8950)
  LabelCounts multiple_labels;                     ///< the most labels of a prefix that the peer takes (RFC 8277 2.1)
  std::size_t max_message_size = kMaxMessageSize;  ///< 4,096, or 65,535 when the peer advertised RFC 8654

  friend bool operator==(const EncodeContext&, const EncodeContext&) = default;
};

/// NLRI of one family with the next hop they share.
struct ReachableGroup {
  Family family;
  NextHop next_hop;
  NlriView nlri;
};

/// NLRI of one family that are no longer reachable.
struct UnreachableGroup {
  Family family;
  NlriView nlri;
};

/// A decoded UPDATE. Made by decode_update() only. Take unreachable() before reachable(): a prefix that stands in both
/// is reachable (RFC 4271 4.3).
class UpdateView {
 public:
  /// Only decode_update() can make one of these, and so a view.
  class Made {
    friend class UpdateDecoder;
    Made() = default;
  };
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): see the members
  UpdateView(Made, BytesView body, const DecodeContext& context) : body_(body), context_(&context) {}

  /// At most the IPv4 unicast NLRI of the message's end and one MP_REACH_NLRI.
  using ReachableGroups = std::span<const ReachableGroup>;
  /// At most the Withdrawn Routes, one MP_UNREACH_NLRI, and after treat-as-withdraw what would have been reachable.
  using UnreachableGroups = std::span<const UnreachableGroup>;

  UpdateView(UpdateView&&) noexcept = default;
  UpdateView& operator=(UpdateView&&) noexcept = default;
  UpdateView(const UpdateView&) = delete;
  UpdateView& operator=(const UpdateView&) = delete;

  /// What becomes reachable, with the attributes below. Empty after treat-as-withdraw.
  [[nodiscard]] ReachableGroups reachable() const { return reachable_.items(); }
  /// What becomes unreachable.
  [[nodiscard]] UnreachableGroups unreachable() const { return unreachable_.items(); }
  /// The family of which this UPDATE is the End-of-RIB marker (RFC 4724 2).
  [[nodiscard]] std::optional<Family> end_of_rib() const { return end_of_rib_; }

  /// The attributes of the reachable routes, owned; AS4_PATH and AS4_AGGREGATOR merged in (RFC 6793 4.2.3).
  /// Unrecognized ones as RFC 4271 5 wants them passed on: transitive with the Partial bit, non-transitive not at all;
  /// attribute() and attributes() have them as they came. `group` names the next hop to take. This is the one call here
  /// that allocates: once per attribute set, not per prefix.
  [[nodiscard]] PathAttributes path_attributes(const ReachableGroup& group) const;

  /// The attributes one by one, read where they stand: nothing is copied. Absent is absent or discarded.
  [[nodiscard]] std::optional<Origin> origin() const;
  /// Empty when absent. An OLD speaker's AS4_PATH is merged in (RFC 6793 4.2.3).
  [[nodiscard]] AsPathView as_path() const {
    if (!context_->four_octet_as && has(AttributeCode::As4Path)) [[unlikely]]
      return merged_as_path();
    return {value(AttributeCode::AsPath), context_->four_octet_as};
  }
  [[nodiscard]] std::optional<std::uint32_t> med() const { return number(AttributeCode::MultiExitDisc); }
  [[nodiscard]] std::optional<std::uint32_t> local_pref() const { return number(AttributeCode::LocalPref); }
  [[nodiscard]] bool atomic_aggregate() const { return has(AttributeCode::AtomicAggregate); }
  /// An OLD speaker's AS4_AGGREGATOR takes the place of AS_TRANS (RFC 6793 4.2.3).
  [[nodiscard]] std::optional<Aggregator> aggregator() const;
  [[nodiscard]] CommunitiesView communities() const { return CommunitiesView(value(AttributeCode::Communities)); }
  [[nodiscard]] LargeCommunitiesView large_communities() const {
    return LargeCommunitiesView(value(AttributeCode::LargeCommunities));
  }
  [[nodiscard]] ExtendedCommunitiesView extended_communities() const {
    return ExtendedCommunitiesView(value(AttributeCode::ExtendedCommunities));
  }
  [[nodiscard]] std::optional<BgpIdentifier> originator_id() const;
  [[nodiscard]] ClusterListView cluster_list() const { return ClusterListView(value(AttributeCode::ClusterList)); }

  /// An attribute's octets by code, unless it is absent or was discarded.
  [[nodiscard]] std::optional<AttributeView> attribute(AttributeCode code) const {
    const auto wanted = static_cast<std::uint8_t>(code);
    if (!shown_.contains(wanted)) return std::nullopt;
    return attribute_at(place_of(wanted));
  }
  /// Every attribute that was not discarded, in wire order; MP_REACH_NLRI and MP_UNREACH_NLRI included.
  class AttributeRange;
  [[nodiscard]] inline AttributeRange attributes() const;

  /// What was wrong and was dealt with: the first eight, in the order they were found; empty for a good UPDATE.
  [[nodiscard]] std::span<const UpdateError> errors() const { return errors_.items(); }
  /// How many things were wrong in all.
  [[nodiscard]] std::size_t error_count() const { return error_count_; }

  /// The body on the wire.
  [[nodiscard]] BytesView raw() const { return body_; }
  [[nodiscard]] const DecodeContext& context() const { return *context_; }

 private:
  friend class UpdateDecoder;

  [[nodiscard]] bool has(AttributeCode code) const { return shown_.contains(static_cast<std::uint8_t>(code)); }
  /// Empty when absent.
  [[nodiscard]] BytesView value(AttributeCode code) const {
    const auto found = attribute(code);
    return found ? found->value : BytesView();
  }
  /// Of an attribute whose value is one number.
  [[nodiscard]] std::optional<std::uint32_t> number(AttributeCode code) const {
    const auto found = attribute(code);
    return found ? std::optional(load_u32(found->value.data())) : std::nullopt;
  }
  [[nodiscard]] AsPathView merged_as_path() const;
  [[nodiscard]] bool as4_is_stale() const;
  /// Where the first attribute with this code begins, which must be there.
  [[nodiscard]] const std::uint8_t* place_of(std::uint8_t code) const {
    return code < kPlaces ? attributes_.data() + places_[code] : find(code);
  }
  /// The same by going through them all.
  [[nodiscard]] const std::uint8_t* find(std::uint8_t code) const;
  /// Whether the effect has the attribute that begins at `at`.
  [[nodiscard]] bool shows(const std::uint8_t* at) const;

  /// Codes below have a place to note where they stand: all the common ones.
  static constexpr std::size_t kPlaces = 64;

  BytesView body_;
  BytesView attributes_;  // as far as they are whole
  const DecodeContext* context_;
  std::size_t error_count_ = 0;
  CodeSet shown_;          // the attributes that the effect has
  bool all_shown_ = true;  // those are all of the message, and none is repeated
  std::optional<Family> end_of_rib_;
  // What follows is written only as far as it is used, or its making would cost more than the decoding.
  std::array<std::uint16_t, kPlaces> places_;  // from attributes_ on; of a code that the message has
  InlineList<ReachableGroup, 2> reachable_;
  InlineList<UnreachableGroup, 4> unreachable_;
  InlineList<UpdateError, 8> errors_;
};

/// The attributes of an UpdateView, in wire order. Borrowed from it.
class UpdateView::AttributeRange {
 public:
  class iterator;

  [[nodiscard]] inline iterator begin() const;
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  friend class UpdateView;
  explicit AttributeRange(const UpdateView& view) : view_(&view) {}

  const UpdateView* view_;
};

/// Input iterator. Passes over discarded attributes and over repeats of one (RFC 7606 3 g).
class UpdateView::AttributeRange::iterator {
 public:
  using value_type = AttributeView;
  using difference_type = std::ptrdiff_t;

  iterator() = default;
  AttributeView operator*() const { return current_; }
  iterator& operator++() {
    at_ = current_.value.data() + current_.value.size();
    settle();
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const iterator& a, std::default_sentinel_t) { return a.at_ == a.end_; }

 private:
  friend class AttributeRange;
  explicit iterator(const UpdateView& view)
      : view_(&view), at_(view.attributes_.data()), end_(at_ + view.attributes_.size()) {
    settle();
  }

  /// Goes on to the next attribute that the effect has.
  void settle() {
    for (; at_ != end_; at_ = current_.value.data() + current_.value.size()) {
      current_ = attribute_at(at_);
      if (view_->all_shown_ || view_->shows(at_)) [[likely]]
        return;
    }
  }

  const UpdateView* view_ = nullptr;
  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
  AttributeView current_;
};

UpdateView::AttributeRange UpdateView::attributes() const { return AttributeRange(*this); }

UpdateView::AttributeRange::iterator UpdateView::AttributeRange::begin() const { return iterator(*view_); }

/// Decodes the body of an UPDATE. An error only when the session must reset (RFC 7606); everything milder is in the
/// view. `body` and `context` must outlive the view.
[[nodiscard]] Result<UpdateView> decode_update(BytesView body, const DecodeContext& context);
Result<UpdateView> decode_update(BytesView body, const DecodeContext&& context) = delete;  // it would be gone at once

/// Every error of an UPDATE in the order they are found, where the view has the first eight; a session reset is the
/// last of them. For logs and tools: it decodes again, and allocates.
[[nodiscard]] std::vector<UpdateError> all_errors(BytesView body, const DecodeContext& context);

/// Appends one UPDATE that announces as many of `nlri` (from the front) as fit `context.max_message_size`, in the form
/// the family wants: IPv4 unicast with an IPv4 next hop in the classic field, everything else in MP_REACH_NLRI.
/// Attributes go in ascending order (MP_REACH_NLRI first, RFC 7606 5.1) with canonical flags. LOCAL_PREF goes
/// to internal peers and members of our confederation only, and is 100 there when absent (RFC 4271 5.1.5);
/// ORIGINATOR_ID and CLUSTER_LIST go to internal peers only (RFC 4456 8). Towards a peer without four-octet AS the
/// AS4_* attributes are added where needed (RFC 6793 4.2.2). Returns how many NLRI it took; 0 and nothing appended when
/// not even one fits beside the attributes, for a family whose NLRI are no prefixes, and for an IPv6 next hop of IPv4
/// NLRI that the peer has not said it takes (RFC 8950 4).
std::size_t encode_reach(Writer& out, const EncodeContext& context, Family family, const PathAttributes& attributes,
                         std::span<const Nlri> nlri);

/// Appends one UPDATE that withdraws as many of `nlri` (from the front) as fit; returns how many.
std::size_t encode_unreach(Writer& out, const EncodeContext& context, Family family, std::span<const Nlri> nlri);

/// The same for NLRI of any family. Labels go as `context.multiple_labels` says (RFC 8277 2.1); next hops of the VPN
/// families get their Route Distinguisher of 0, flow specifications have none. Stops at NLRI that append_nlri()
/// refuses, and at more labels than the peer takes.
std::size_t encode_reach(Writer& out, const EncodeContext& context, Family family, const PathAttributes& attributes,
                         std::span<const AnyNlri> nlri);
std::size_t encode_unreach(Writer& out, const EncodeContext& context, Family family, std::span<const AnyNlri> nlri);

/// Appends the End-of-RIB marker of a family (RFC 4724 2).
void encode_end_of_rib(Writer& out, Family family);

/// For people: one line a group, attributes and errors included.
[[nodiscard]] std::string to_string(const UpdateView& update);

}  // namespace bgp BGP_EXPORT
