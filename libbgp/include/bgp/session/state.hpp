// bgp/session/state.hpp
//
// The six states of a connection FSM (RFC 4271 8.2.2), in the RFC's order: a later one is closer to Established.
#pragma once

#include <cstdint>
#include <string_view>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

enum class State : std::uint8_t { Idle, Connect, Active, OpenSent, OpenConfirm, Established };

[[nodiscard]] std::string_view to_string(State state);

}  // namespace bgp BGP_EXPORT
