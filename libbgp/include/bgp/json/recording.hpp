// bgp/json/recording.hpp
//
// What a flight recorder holds, and what explain() makes of it, as JSON.
#pragma once

#include <boost/json/object.hpp>

#include "bgp/export.hpp"
#include "bgp/session/explain.hpp"
#include "bgp/session/recorder.hpp"

namespace bgp BGP_EXPORT {

/// {"state", "ended_by", "why": {"what", "rfc", "because": [...]}, "remedies": [...]}, and where they are known
/// "next_attempt" (seconds), "refused" (octets), "opens": {"sent", "received"} and "last_session".
[[nodiscard]] boost::json::object to_json(const Explanation& explanation);

/// A dump: one line of a scenario file, which `bgpsim` plays. It has what every scenario has ("id", "title", "config",
/// "steps" with "t", "input" and "expect"), and "snapshot", the supervisor at the tail from which the steps go on; "t"
/// and all times inside are nanoseconds of the session's clock. "at" and "present" say what came of it.
[[nodiscard]] boost::json::object dump(const Recording& recording);

/// A dump read back: replay() of it gives the same states. Throws std::runtime_error for what is no dump.
[[nodiscard]] Recording recording_of(const boost::json::object& dump);

/// True for a line of a scenario file that is a dump.
[[nodiscard]] bool is_dump(const boost::json::object& scenario);

}  // namespace bgp BGP_EXPORT
