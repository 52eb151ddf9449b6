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

/// A labeled or VPN prefix; nothing when its length cannot be that of one.
[[nodiscard]] std::optional<VpnNlri> read_labeled(const RawNlri& raw, const LabeledShape& shape);

/// False, and nothing written, when it cannot be written in this shape.
[[nodiscard]] bool write_labeled(Writer& out, const LabeledShape& shape, const LabelStack& labels,
                                 RouteDistinguisher rd, const Prefix& prefix);

/// What append_nlri() says, without the path identifier.
[[nodiscard]] bool write_prefix(Writer& out, Family family, const Prefix& prefix);

}  // namespace bgp
