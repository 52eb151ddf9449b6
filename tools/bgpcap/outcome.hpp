// bgpcap/outcome.hpp
//
// What this library makes of a single vector: the reaction of RFC 4271 6 and RFC 7606, and the decode.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bgp/result.hpp"
#include "tools/bgpcap/context.hpp"

namespace bgp::cap {

/// One line of a file of vectors, as far as a decoder needs it.
struct Vector {
  std::string name;
  std::string kind;  ///< message, update-body, nlri, attribute-value, as-path-value, capability,
                     ///< open-optional-parameters, dynamic-capability-body
  Bytes octets;
  Context context;
  std::uint8_t attribute = 0;  ///< of an attribute-value: its code
  boost::json::object expect;  ///< empty when there is none
};

struct Outcome {
  /// "none", "incomplete", "capability-ignored", or the strongest of "attribute-discard", "treat-as-withdraw",
  /// "afi-safi-disable", "session-closed" (without a NOTIFICATION), "session-reset".
  std::string action = "none";
  std::optional<Notification> notification;  ///< to send
  std::vector<unsigned> discarded;           ///< codes of attributes that an RFC says to discard, and were
  std::vector<std::string> announced;        ///< NLRI that become reachable, as text
  std::vector<std::string> withdrawn;
  boost::json::object facts;   ///< single values that an `expect` may name: hold, subtype, text, hops, ...
  boost::json::object decode;  ///< in the form of bgp::json; empty where nothing was decoded

  /// "ok", or "error" when anything had to be done about it.
  [[nodiscard]] std::string verdict() const { return action == "none" ? "ok" : "error"; }
};

/// Decodes it in its context, through the real FSM where it is a message.
[[nodiscard]] Outcome outcome_of(const Vector& vector);

/// {"verdict", "action", "code", "subcode", "data", "discarded", "announced", "withdrawn", "decode"}, behind "name".
[[nodiscard]] boost::json::object outcome_json(const Vector& vector, const Outcome& outcome);

}  // namespace bgp::cap
