// bgpd/log_lines.hpp
//
// How the events of a session read in the log. Scripts read these lines, too: they change only with a note in the
// change log.
#pragma once

#include <string>
#include <string_view>

#include "bgp/session/handler.hpp"
#include "bgp/wire/attributes.hpp"

namespace bgp::daemon {

/// "state OpenSent -> OpenConfirm (event 19 BGPOpen)", with why behind the event where there is more to say, and " on
/// the incoming connection" behind it where it is not one that we dialed.
[[nodiscard]] std::string state_change_text(const StateChange& change);

/// "established: AS 65002, identifier 10.0.0.2, hold time 9 s, families ipv4-unicast ipv6-unicast, local 127.0.0.1".
[[nodiscard]] std::string established_text(const SessionUp& up);

/// "down: received NOTIFICATION 6/2 Cease/Administrative Shutdown", "down: sent NOTIFICATION ..." or "down: event 18
/// TcpConnectionFails: Connection reset by peer". `detail`: why the transport failed, if it did.
[[nodiscard]] std::string down_text(const SessionDown& down, std::string_view detail);

/// "203.0.113.0/24 next-hop 192.0.2.1 origin igp as-path 65002 med 5 communities 65002:100". What a route does not have
/// is left out, an empty AS_PATH included.
[[nodiscard]] std::string route_text(const Nlri& nlri, std::string_view attributes);
/// All of it behind the prefix: the same for all routes of an UPDATE.
[[nodiscard]] std::string attributes_text(const PathAttributes& attributes);

/// "1 prefix", "2 prefixes".
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);
/// "0x" and hexadecimal digits.
[[nodiscard]] std::string hex_of_message(BytesView octets);

}  // namespace bgp::daemon
