// bgp/wire/capability.hpp
//
// Capabilities Advertisement (RFC 5492): capabilities on the wire and in words. The values: capability_types.hpp.
// No thread rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/capability_types.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// The code octet under which it is sent.
[[nodiscard]] std::uint8_t capability_code(const Capability& capability);

/// Code, length and value, as they stand inside a Capabilities parameter (RFC 5492 4). At most 257 octets: throws
/// std::length_error for a value beyond 255. Reserved bits are 0; times and numbers beyond their field are capped.
[[nodiscard]] Bytes encode_capability(const Capability& capability);

/// One capability from its code and value; never fails (see Unknown).
[[nodiscard]] Capability decode_capability(std::uint8_t code, BytesView value);

/// The capabilities in the value of a Capabilities parameter, or in the data of a NOTIFICATION 2/7 (RFC 5492 4, 5).
/// Nothing when the last one is not whole.
[[nodiscard]] std::optional<std::vector<Capability>> decode_capabilities(BytesView octets);

/// What a capability code is called: "multiprotocol", "role", "unknown".
[[nodiscard]] std::string capability_name(std::uint8_t code);

/// For people: "multiprotocol ipv4-unicast", "4-octet-as 65001", "unknown (131) 0x00".
[[nodiscard]] std::string to_string(const Capability& capability);

/// "ipv4-unicast", "ipv6-unicast", ... or "afi/safi" in numbers.
[[nodiscard]] std::string to_string(Family family);

/// "ipv4", "ipv6", "l2vpn", "bgp-ls", or the number.
[[nodiscard]] std::string to_string(Afi afi);

/// "provider", "rs", "rs-client", "customer", "peer", or the number.
[[nodiscard]] std::string to_string(BgpRole role);

/// "address-prefix", or "type 77".
[[nodiscard]] std::string to_string(OrfType type);

}  // namespace bgp BGP_EXPORT
