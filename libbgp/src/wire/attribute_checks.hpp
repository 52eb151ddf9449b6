// wire/attribute_checks.hpp
//
// The checks of single attributes that attribute_rules.cpp names. Each returns what RFC 7606 or the attribute's own RFC
// says of these contents from this peer. Private to the wire layer; nothing here allocates.
#pragma once

#include "attribute_rules.hpp"

namespace bgp {

inline constexpr Finding kGood{};

constexpr Finding discard(std::uint8_t subcode, const char* reason) {
  return {ErrorApproach::AttributeDiscard, subcode, reason};
}
constexpr Finding withdraw(std::uint8_t subcode, const char* reason) {
  return {ErrorApproach::TreatAsWithdraw, subcode, reason};
}

/// RFC 7606 4: no attribute is empty but AS_PATH and ATOMIC_AGGREGATE; 7.8, 7.10, 7.14, 7.15: lists of whole items.
constexpr bool is_multiple(std::size_t size, std::size_t unit) { return size > 0 && size % unit == 0; }

// RFC 7606 7, in its order (attribute_checks_rfc7606.cpp; AS_PATH and what RFC 6793 added:
// attribute_checks_as_path.cpp; ATTR_SET: attribute_checks_attr_set.cpp)
Finding check_origin(BytesView value, const DecodeContext& context);
Finding check_as_path(BytesView value, const DecodeContext& context);
Finding check_next_hop(BytesView value, const DecodeContext& context);
Finding check_med(BytesView value, const DecodeContext& context);
Finding check_local_pref(BytesView value, const DecodeContext& context);
Finding check_atomic_aggregate(BytesView value, const DecodeContext& context);
Finding check_aggregator(BytesView value, const DecodeContext& context);
Finding check_communities(BytesView value, const DecodeContext& context);
Finding check_originator_id(BytesView value, const DecodeContext& context);
Finding check_cluster_list(BytesView value, const DecodeContext& context);
Finding check_extended_communities(BytesView value, const DecodeContext& context);
Finding check_ipv6_extended_communities(BytesView value, const DecodeContext& context);
Finding check_attr_set(BytesView value, const DecodeContext& context);

// RFC 6793 6
Finding check_as4_path(BytesView value, const DecodeContext& context);
Finding check_as4_aggregator(BytesView value, const DecodeContext& context);

// Attributes whose RFCs say it themselves (attribute_checks_later.cpp)
Finding check_pmsi_tunnel(BytesView value, const DecodeContext& context);
Finding check_tunnel_encapsulation(BytesView value, const DecodeContext& context);
Finding check_aigp(BytesView value, const DecodeContext& context);
Finding check_bgp_ls(BytesView value, const DecodeContext& context);
Finding check_large_communities(BytesView value, const DecodeContext& context);
Finding check_only_to_customer(BytesView value, const DecodeContext& context);
Finding check_prefix_sid(BytesView value, const DecodeContext& context);

}  // namespace bgp
