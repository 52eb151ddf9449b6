// bgpcap/wire_json.hpp
//
// A message as it stands on the wire, in JSON: what every octet says, whatever a session would make of it. The form is
// that of other decoders' dumps (docs/guide/captures.md), written straight into a string for the sake of speed.
#pragma once

#include <string>

#include "bgp/wire/framer.hpp"
#include "bgp/wire/update.hpp"
#include "tools/bgpcap/context.hpp"

namespace bgp::cap {

/// Appends `"type":"UPDATE","len":23,"hex":"...","update":{...}`, and `"error"` where a session would find one: the
/// NOTIFICATION it would send, or the verdict of RFC 7606. False where the session would end.
bool append_wire_json(std::string& out, const RawMessage& message, const DecodeContext& context, bool enhanced_refresh);

/// Appends `,"error":{...}` with the NOTIFICATION.
void append_error(std::string& out, const Notification& error);

/// Appends an OPEN's or an UPDATE's body as an object.
void append_open(std::string& out, BytesView body);
void append_update(std::string& out, BytesView body, const DecodeContext& context);

/// "OPEN" and so on; "type 9" for what is none.
[[nodiscard]] std::string_view type_name(MessageType type);

}  // namespace bgp::cap
