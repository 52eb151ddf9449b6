// support/update_body.hpp
//
// Bodies of UPDATE messages in pieces, and what became of them, for tests of RFC 7606.
#pragma once

#include <string>
#include <vector>

#include "bgp/wire/update.hpp"
#include "support/hex.hpp"

namespace bgp {

/// Attributes of a good route from AS 65002, as an external peer sends them.
inline constexpr const char* kOriginIgp = "40 01 01 00 ";
inline constexpr const char* kAsPath65002 = "40 02 06 02 01 0000fdea ";
inline constexpr const char* kNextHop = "40 03 04 c0000202 ";
/// Next hop 2001:db8::2, 2001:db8:1::/48.
inline constexpr const char* kMpReachIpv6 = "80 0e 1c 0002 01 10 20010db8000000000000000000000002 00 30 20010db80001 ";
/// 2001:db8:2::/48.
inline constexpr const char* kMpUnreachIpv6 = "80 0f 0a 0002 01 30 20010db80002 ";
/// 10.10.10.0/24.
inline constexpr const char* kNlri = "18 0a0a0a ";

inline Bytes update_body(const std::string& withdrawn, const std::string& attributes, const std::string& nlri) {
  Bytes body;
  Writer out(body);
  {
    const auto length = out.length_u16();
    out.bytes(octets_of_hex(withdrawn));
  }
  {
    const auto length = out.length_u16();
    out.bytes(octets_of_hex(attributes));
  }
  out.bytes(octets_of_hex(nlri));
  return body;
}

/// Both unicast families.
inline DecodeContext both_families() {
  DecodeContext context;
  context.families = {kIpv4Unicast, kIpv6Unicast};
  return context;
}

inline std::vector<std::string> reachable_texts(const UpdateView& view) {
  std::vector<std::string> texts;
  for (const ReachableGroup& group : view.reachable()) {
    for (const Nlri& nlri : group.nlri) texts.push_back(to_string(nlri));
  }
  return texts;
}

inline std::vector<std::string> unreachable_texts(const UpdateView& view) {
  std::vector<std::string> texts;
  for (const UnreachableGroup& group : view.unreachable()) {
    for (const Nlri& nlri : group.nlri) texts.push_back(to_string(nlri));
  }
  return texts;
}

}  // namespace bgp
