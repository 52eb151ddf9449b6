// bgp/session/explain.hpp
//
// "Why is it down?", answered from a Recording: what the session waits for now, because of what, who ended what was
// before, by which rule, and what to change.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/recorder.hpp"

namespace bgp BGP_EXPORT {

/// Who ended a session or an attempt.
enum class EndedBy : std::uint8_t {
  Nobody,    ///< it never began, or it is up
  Operator,  ///< ours: start() and stop()
  Us,        ///< by a rule of the protocol
  Peer,      ///< it said so, or closed
  Network,   ///< the transport failed
};

[[nodiscard]] std::string_view to_string(EndedBy who);

/// A cause, with what led to it.
struct Reason {
  std::string what;             ///< a sentence
  std::string rfc;              ///< "RFC 4271 6.2"; empty when no rule is behind it
  std::vector<Reason> because;  ///< the nearest first

  friend bool operator==(const Reason&, const Reason&) = default;
};

/// A value; everything in it is safe to print.
struct Explanation {
  State state{};
  EndedBy ended_by{};                    ///< the latest session, or the latest attempt when there was none
  Reason why;                            ///< why the session is where it is; its causes go back in time
  std::vector<std::string> remedies;     ///< what to look at or to change, the most likely first
  std::optional<Duration> next_attempt;  ///< until it comes back by itself; none when it will not, or waits for none
  Bytes offending;                       ///< the first 512 octets of the message that was refused, if one was
  std::shared_ptr<const Opens> opens;    ///< the latest that met; null when none
  SharedValue<SessionEnd> last_session;  ///< the end of the latest session that was Established
};

[[nodiscard]] Explanation explain(const Recording& recording);

/// Several lines: the tree of causes, indented; what to do; the refused message in hex; both OPENs.
[[nodiscard]] std::string to_string(const Explanation& explanation);

}  // namespace bgp BGP_EXPORT
