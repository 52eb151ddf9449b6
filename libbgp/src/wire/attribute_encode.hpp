// wire/attribute_encode.hpp
//
// The path attributes of an UPDATE out, all but MP_REACH_NLRI and MP_UNREACH_NLRI. Private to the wire layer.
#pragma once

#include "bgp/wire/update.hpp"
#include "filler.hpp"

namespace bgp {

/// Octets that write_attributes() will fill. `next_hop`: NEXT_HOP is among them.
[[nodiscard]] std::size_t attributes_size(const EncodeContext& context, const PathAttributes& attributes,
                                          bool next_hop);

/// In ascending order (RFC 4271 5) with canonical flags; LOCAL_PREF, ORIGINATOR_ID, CLUSTER_LIST and the AS4_* only
/// where the peer is to have them. Fills the rest of `out`.
void write_attributes(Filler& out, const EncodeContext& context, const PathAttributes& attributes, bool next_hop);

/// Flags, code and length, for a value of `size` octets: the length has one octet where it fits.
[[nodiscard]] constexpr std::size_t attribute_header_size(std::size_t size) { return size > 255 ? 4 : 3; }

}  // namespace bgp
