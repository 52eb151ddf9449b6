// bgpcap/decode.hpp
//
// bgpcap decode --hex: messages in a row as text or JSON.
#pragma once

#include <iosfwd>

#include "bgp/wire/framer.hpp"
#include "tools/bgpcap/context.hpp"
#include "tools/bgpcap/filter.hpp"

namespace bgp::cap {

enum class Form : std::uint8_t {
  Text,
  Json,
  Bgpdump,  ///< lines as those of bgpdump -m; MRT alone has them
};

/// What begins the color of a message on a terminal, and what ends it.
[[nodiscard]] const char* color_of(MessageType type);
inline constexpr const char* kNoColor = "\033[0m";

/// One message: "UPDATE, 47 octets", then what it says, two spaces in. Ends with a newline.
[[nodiscard]] std::string describe(const RawMessage& message, const Context& context, bool colors = false);

/// Appends what a message says, each line two spaces in and with its newline; nothing for a KEEPALIVE. False for one
/// that would end a session.
bool append_body(std::string& out, const RawMessage& message, const DecodeContext& context, bool enhanced_refresh);

/// Writes every message that `octets` hold, one after the other; JSON is one object a line. False when something in
/// them would end a session, or when they end within a message: that is then written in the message's place.
/// Peers of the filter are not looked at.
[[nodiscard]] bool decode_stream(BytesView octets, const Context& context, Form form, std::ostream& out,
                                 const Filter& filter = {}, bool colors = false);

}  // namespace bgp::cap
