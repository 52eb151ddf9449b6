// wire/capability_value.hpp
//
// The value of a capability, without code and length. Private to the wire layer.
#pragma once

#include <optional>

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/capability_types.hpp"

namespace bgp {

/// Nothing when the code is not known, or when the value does not have its form.
[[nodiscard]] std::optional<Capability> decode_capability_value(CapabilityCode code, BytesView value);

/// Throws std::length_error when a part does not fit its length octet.
void encode_capability_value(Writer& out, const Capability& capability);

}  // namespace bgp
