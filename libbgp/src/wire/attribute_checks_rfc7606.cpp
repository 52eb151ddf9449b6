// wire/attribute_checks_rfc7606.cpp
//
// RFC 7606 7 in its order, but for AS_PATH and AGGREGATOR (attribute_checks_as_path.cpp) and ATTR_SET
// (attribute_checks_attr_set.cpp).
#include "attribute_checks.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp {

// RFC 7606 7.1
Finding check_origin(BytesView value, const DecodeContext&) {
  if (value.size() != 1) return withdraw(update_error::kAttributeLengthError, "length is not 1 (RFC 7606 7.1)");
  if (Reader(value).u8() > 2) return withdraw(update_error::kInvalidOrigin, "undefined value (RFC 7606 7.1)");
  return kGood;
}

// RFC 7606 7.3
Finding check_next_hop(BytesView value, const DecodeContext&) {
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 7606 7.3)");
  if (!may_be_host(IpAddress::v4(Reader(value).u32()))) {
    return withdraw(update_error::kInvalidNextHop, "not a host address (RFC 4271 6.3, RFC 7606 3 e)");
  }
  return kGood;
}

// RFC 7606 7.4
Finding check_med(BytesView value, const DecodeContext&) {
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 7606 7.4)");
  return kGood;
}

// RFC 7606 7.5
Finding check_local_pref(BytesView value, const DecodeContext& context) {
  // RFC 5065 4: members of a confederation pass it on to each other
  if (!context.internal && !context.confederation) {
    return discard(update_error::kMalformedAttributeList, "from an external peer (RFC 7606 7.5)");
  }
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 7606 7.5)");
  return kGood;
}

// RFC 7606 7.6
Finding check_atomic_aggregate(BytesView value, const DecodeContext&) {
  if (!value.empty()) return discard(update_error::kAttributeLengthError, "length is not 0 (RFC 7606 7.6)");
  return kGood;
}

// RFC 7606 7.8
Finding check_communities(BytesView value, const DecodeContext&) {
  if (!is_multiple(value.size(), 4)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 4, or 0 (RFC 7606 7.8)");
  }
  return kGood;
}

// RFC 7606 7.9
Finding check_originator_id(BytesView value, const DecodeContext& context) {
  if (!context.internal) return discard(update_error::kOptionalAttributeError, "from an external peer (RFC 7606 7.9)");
  if (value.size() != 4) return withdraw(update_error::kAttributeLengthError, "length is not 4 (RFC 7606 7.9)");
  return kGood;
}

// RFC 7606 7.10
Finding check_cluster_list(BytesView value, const DecodeContext& context) {
  if (!context.internal) return discard(update_error::kOptionalAttributeError, "from an external peer (RFC 7606 7.10)");
  if (!is_multiple(value.size(), 4)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 4, or 0 (RFC 7606 7.10)");
  }
  return kGood;
}

// RFC 7606 7.14
Finding check_extended_communities(BytesView value, const DecodeContext&) {
  if (!is_multiple(value.size(), 8)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 8, or 0 (RFC 7606 7.14)");
  }
  return kGood;
}

// RFC 7606 7.15
Finding check_ipv6_extended_communities(BytesView value, const DecodeContext&) {
  if (!is_multiple(value.size(), 20)) {
    return withdraw(update_error::kAttributeLengthError, "length is no multiple of 20, or 0 (RFC 7606 7.15)");
  }
  return kGood;
}

}  // namespace bgp
