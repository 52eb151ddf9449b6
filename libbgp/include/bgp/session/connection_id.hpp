// bgp/session/connection_id.hpp
#pragma once

#include <cstdint>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// Names one TCP connection of a session; never reused within it. 0 names none.
enum class ConnectionId : std::uint64_t {};

}  // namespace bgp BGP_EXPORT
