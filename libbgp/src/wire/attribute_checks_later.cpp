// wire/attribute_checks_later.cpp
//
// Attributes whose own RFCs say what is malformed and what follows: RFC 6514, 9012, 7311, 9552, 8092, 9234, 8669, 9252.
#include "attribute_checks.hpp"
#include "attribute_shapes.hpp"

namespace bgp {

// RFC 6514 5
Finding check_pmsi_tunnel(BytesView value, const DecodeContext&) {
  if (!pmsi_tunnel_is_whole(value)) {
    return withdraw(update_error::kOptionalAttributeError, "undefined type, or no identifier of it (RFC 6514 5)");
  }
  return kGood;
}

// RFC 9012 13
Finding check_tunnel_encapsulation(BytesView value, const DecodeContext&) {
  switch (tunnel_encapsulation_shape(value)) {
    case TunnelEncapsulationShape::Whole: break;
    case TunnelEncapsulationShape::NoValidTunnel:
      return discard(update_error::kOptionalAttributeError, "no valid tunnel (RFC 9012 13)");
    case TunnelEncapsulationShape::Broken:
      return withdraw(update_error::kOptionalAttributeError, "a TLV does not end with its sub-TLVs (RFC 9012 13)");
  }
  return kGood;
}

// RFC 7311 3
Finding check_aigp(BytesView value, const DecodeContext& context) {
  // 3.1: by default enabled towards one's own AS and confederation, and disabled towards all others
  if (!context.internal && !context.confederation && !context.aigp_session) {
    return discard(update_error::kOptionalAttributeError, "AIGP is not enabled for this peer (RFC 7311 3)");
  }
  if (!aigp_is_whole(value)) return discard(update_error::kOptionalAttributeError, "malformed TLV (RFC 7311 3)");
  return kGood;
}

// RFC 9552 8.2.2
Finding check_bgp_ls(BytesView value, const DecodeContext&) {
  if (!bgp_ls_attribute_is_whole(value)) {
    return discard(update_error::kOptionalAttributeError, "TLVs do not fill it (RFC 9552 8.2.2)");
  }
  return kGood;
}

// RFC 8092 5
Finding check_large_communities(BytesView value, const DecodeContext&) {
  if (!is_multiple(value.size(), 12)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 12, or 0 (RFC 8092 5)");
  }
  return kGood;
}

// RFC 9234 5
Finding check_only_to_customer(BytesView value, const DecodeContext&) {
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 9234 5)");
  return kGood;
}

// RFC 8669 6; RFC 9252 7 for the services over SRv6, which cannot be forwarded to without their SID
Finding check_prefix_sid(BytesView value, const DecodeContext&) {
  switch (prefix_sid_shape(value)) {
    case PrefixSidShape::Whole: break;
    case PrefixSidShape::Malformed: return discard(update_error::kOptionalAttributeError, "malformed TLV (RFC 8669 6)");
    case PrefixSidShape::MalformedSrv6Service:
      return withdraw(update_error::kOptionalAttributeError, "malformed SRv6 Service TLV (RFC 9252 7)");
  }
  return kGood;
}

}  // namespace bgp
