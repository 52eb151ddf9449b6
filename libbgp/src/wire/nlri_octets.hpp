// wire/nlri_octets.hpp
//
// One NLRI of each kind on the wire: where it ends, what it says, how it is written. Private to the wire layer.
#pragma once

#include <optional>

#include "bgp/wire/nlri.hpp"

namespace bgp {

/// One NLRI cut out of a field.
struct RawNlri {
  std::uint32_t path_id = 0;
  BytesView octets;  // from its own length or type on
};

/// Takes the next NLRI; nothing when the field ends before it does (RFC 7606 5.3).
[[nodiscard]] std::optional<RawNlri> take_nlri(Reader& reader, NlriKind kind, bool add_path);

/// What stands in front of the addresses of a family.
struct LabeledShape {
  bool v6 = false;
  bool labels = false;  // RFC 8277 2
  bool rd = false;      // RFC 4364 4.3.4
  LabelForm form = LabelForm::One;
};

[[nodiscard]] LabeledShape labeled_shape(Family family, LabelForm form);

/// Families with labels in front of their prefixes (RFC 8277 2).
[[nodiscard]] constexpr bool has_labels(Family family) {
  const NlriKind kind = nlri_kind(family);
  return kind == NlriKind::Labeled || (kind == NlriKind::Vpn && family.safi == Safi::MplsVpn);
}

/// The most labels that a prefix of a field has which check_nlri() found good, of a family that has labels.
[[nodiscard]] std::size_t most_labels(const NlriView& nlri);

/// A labeled or VPN prefix; nothing when its length cannot be that of one.
[[nodiscard]] std::optional<VpnNlri> read_labeled(const RawNlri& raw, const LabeledShape& shape);

/// False, and nothing written, when it cannot be written in this shape.
[[nodiscard]] bool write_labeled(Writer& out, const LabeledShape& shape, const LabelStack& labels,
                                 RouteDistinguisher rd, const Prefix& prefix);

/// The types of RFC 7432 7 and RFC 9136 3.1; others are discarded (RFC 7606 5.4).
[[nodiscard]] bool is_known_evpn_type(std::uint8_t type);
[[nodiscard]] std::optional<NlriError> check_evpn(const RawNlri& raw);

[[nodiscard]] std::optional<NlriError> check_flow_spec(const RawNlri& raw, Family family);

/// False for one that is passed over (RFC 9552 8.2.2).
[[nodiscard]] bool link_state_is_whole(const RawNlri& raw, Family family);

// Each gives nothing when the NLRI is malformed.
[[nodiscard]] std::optional<EvpnNlri> read_evpn(const RawNlri& raw);
[[nodiscard]] std::optional<FlowSpecNlri> read_flow_spec(const RawNlri& raw, Family family);
[[nodiscard]] std::optional<RouteTargetNlri> read_route_target(const RawNlri& raw);
[[nodiscard]] std::optional<LinkStateNlri> read_link_state(const RawNlri& raw, Family family);

// What append_nlri() says, without the path identifier and what kind the family wants; false may come with octets
// written.
[[nodiscard]] bool write_prefix(Writer& out, Family family, const Prefix& prefix);
[[nodiscard]] bool write_evpn(Writer& out, const EvpnNlri& nlri);
[[nodiscard]] bool write_flow_spec(Writer& out, Family family, const FlowSpecNlri& nlri);
[[nodiscard]] bool write_route_target(Writer& out, const RouteTargetNlri& nlri);
[[nodiscard]] bool write_link_state(Writer& out, Family family, const LinkStateNlri& nlri);

/// Clears what is no part of the route's key (RFC 7432 7.1 to 7.4, RFC 9136 3.1).
void keep_key(EvpnNlri& nlri);

}  // namespace bgp
