// bgpcap/reaction.hpp
//
// What a session would do about a message: the real FSM is asked, in the state that the context names.
#pragma once

#include <optional>

#include "bgp/wire/framer.hpp"
#include "bgp/wire/open.hpp"
#include "tools/bgpcap/context.hpp"

namespace bgp::cap {

struct Reaction {
  std::optional<Notification> notification;  ///< to send
  bool ended = false;                        ///< the connection is over
};

/// To a message whose header was right: decoded, checked against what the context says of us (RFC 4271 6.2, RFC 6286
/// 2.2), and given to the FSM. An UPDATE that RFC 7606 deals with is no reaction.
[[nodiscard]] Reaction reaction_to(const RawMessage& message, const Context& context);

/// To a header that was wrong.
[[nodiscard]] Reaction reaction_to_header_error(const Notification& error, const Context& context);

/// True for a capability of a known code whose value does not have its form: sessions ignore it.
[[nodiscard]] bool malformed(const Capability& capability);

/// The Optional and Transitive bits that an attribute should have (RFC 4271 4.3 and its own RFC).
[[nodiscard]] std::uint8_t attribute_flags_of(AttributeCode code);

}  // namespace bgp::cap
