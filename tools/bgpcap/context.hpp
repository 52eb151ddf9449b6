// bgpcap/context.hpp
//
// What octets alone do not say: what the session they belong to had negotiated.
#pragma once

#include <boost/json/object.hpp>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/session/state.hpp"
#include "bgp/wire/update.hpp"

namespace bgp::cap {

struct Context {
  DecodeContext decode;           ///< families: all, unless told
  bool extended_message = false;  ///< messages of up to 65,535 octets (RFC 8654)
  bool enhanced_refresh = false;  ///< the peer advertised RFC 7313
  std::optional<State> state;     ///< of our FSM; absent: the one that expects the message
};

/// Defaults: an external session with four-octet AS numbers and every family, whether it has a name or not.
[[nodiscard]] Context default_context();

/// "ipv4-unicast", or AFI and SAFI in numbers: "1/1".
[[nodiscard]] std::optional<Family> parse_family(std::string_view text);

/// A family and how many labels its prefixes may have (RFC 8277 2.1): "ipv4-labeled-unicast=3"; any number without "=".
[[nodiscard]] std::optional<LabelCounts::Entry> parse_label_count(std::string_view text);

/// The `context` of a vector: `session` (eBGP, iBGP, confed), `state`, `peer_as`, `local_as`, `local_id`, `as4`,
/// `families`, `addpath`, `ext_nh`, `multi_label`, `ext_msg`, `enhanced_rr`; other keys are not for a decoder. What is
/// not named was not negotiated, but for 1/1 and four-octet AS numbers. An error says which key has what wrong.
[[nodiscard]] std::expected<Context, std::string> context_of(const boost::json::object& keys);

}  // namespace bgp::cap
