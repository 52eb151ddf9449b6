// wire/attribute_shapes.hpp
//
// Whether the octets of an attribute that is kept raw have the form that its RFC asks for. Used by the rules, so
// nothing here allocates, and by the decoders of the values. Private to the wire layer.
#pragma once

#include <cstdint>
#include <optional>

#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"

namespace bgp {

/// Four octets are IPv4, sixteen IPv6; nothing else is an address.
[[nodiscard]] std::optional<IpAddress> address_of(BytesView octets);

/// RFC 7311 3: at least one TLV, each within the attribute, type 1 with a length of 11.
[[nodiscard]] bool aigp_is_whole(BytesView value);

/// RFC 6514 5: a defined tunnel type, and an identifier of that type.
[[nodiscard]] bool pmsi_tunnel_is_whole(BytesView value);

/// RFC 9012 13.
enum class TunnelEncapsulationShape : std::uint8_t {
  Whole,
  NoValidTunnel,  ///< none at all, or every one with a malformed Tunnel Egress Endpoint
  Broken,         ///< a TLV does not end where its last sub-TLV does, or beyond the attribute
};
[[nodiscard]] TunnelEncapsulationShape tunnel_encapsulation_shape(BytesView value);

/// RFC 8669 6, RFC 9252 7.
enum class PrefixSidShape : std::uint8_t { Whole, Malformed, MalformedSrv6Service };
[[nodiscard]] PrefixSidShape prefix_sid_shape(BytesView value);

/// RFC 6368 5: an AS of four octets, then whole attributes, MP_REACH_NLRI and MP_UNREACH_NLRI not among them.
[[nodiscard]] bool attr_set_is_whole(BytesView value);

/// RFC 9552 8.2.2: TLVs of two octets each for type and length that fill the attribute.
[[nodiscard]] bool bgp_ls_attribute_is_whole(BytesView value);

}  // namespace bgp
