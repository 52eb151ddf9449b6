#include "bgp/session/collision.hpp"

#include <tuple>

namespace bgp {

std::string_view to_string(Direction direction) { return direction == Direction::Outgoing ? "outgoing" : "incoming"; }

Direction collision_winner(const SpeakerId& local, const SpeakerId& remote) {
  // RFC 4271 6.8: identifiers compare as unsigned numbers; RFC 6286 2.3: equal ones give way to the AS number
  const bool we_are_dominant = std::tie(local.identifier, local.asn) > std::tie(remote.identifier, remote.asn);
  return we_are_dominant ? Direction::Outgoing : Direction::Incoming;
}

}  // namespace bgp
