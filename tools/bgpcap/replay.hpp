// bgpcap/replay.hpp
//
// bgpcap replay FILE --as SIDE: would our session, or a live speaker, have done the same, and stayed up?
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "bgp/testing/capture.hpp"
#include "tools/bgpcap/live_replay.hpp"

namespace bgp::cap {

struct ReplayRequest {
  IpAddress side;                     ///< the end to play
  std::optional<std::size_t> stream;  ///< one connection; all where that end has an OPEN when absent
  std::optional<LiveOptions> live;    ///< to play it to a live speaker; else a Session of ours plays that end
};

/// Writes a paragraph for each connection. Gives how many had differences; nothing when none was played.
[[nodiscard]] std::optional<std::size_t> replay_capture(const test::Capture& capture, const ReplayRequest& request,
                                                        std::ostream& out);

/// The same by one Session for all connections with a peer, of which it keeps what RFC 4271 6.8 says. `live` and
/// `stream` are not looked at.
[[nodiscard]] std::optional<std::size_t> replay_capture_together(const test::Capture& capture,
                                                                 const ReplayRequest& request, std::ostream& out);

}  // namespace bgp::cap
