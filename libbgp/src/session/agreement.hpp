// The terms on which two OPENs agree, before anything is judged. Private to the session layer.
#pragma once

#include "bgp/session/negotiation.hpp"

namespace bgp {

/// Every field of Negotiated that the two messages decide, seen from the sender of `sent`.
[[nodiscard]] Negotiated agree(const OpenMessage& sent, const OpenMessage& received);

}  // namespace bgp
