// wire/next_hop.hpp
//
// The next hop of MP_REACH_NLRI: how long it is and what it says depends on the family (RFC 4760 3 and the RFC of each
// family). Private to the wire layer.
#pragma once

#include "bgp/wire/attributes.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/update.hpp"

namespace bgp {

/// RFC 7606 7.11: the length is one that the family's next hop may have in this session.
[[nodiscard]] bool next_hop_length_fits(Family family, std::size_t length, const DecodeContext& context);

/// By its length; a default NextHop for a length that says nothing here (other families' own forms, whose octets
/// UpdateView::attribute() shows).
[[nodiscard]] NextHop read_next_hop(Family family, BytesView octets);

/// RFC 4271 6.3: the family's routes are forwarded to this address, so it must be one of a host.
[[nodiscard]] bool next_hop_must_be_host(Family family);

/// RFC 8950 4: IPv4 routes get an IPv6 next hop only where the peer said that it takes it. Everything else may be sent.
[[nodiscard]] bool next_hop_is_taken(Family family, const NextHop& next_hop, const EncodeContext& context);

/// Without the length octet in front.
void write_next_hop(Writer& out, Family family, const NextHop& next_hop);

}  // namespace bgp
