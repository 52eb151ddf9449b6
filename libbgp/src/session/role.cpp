#include "bgp/session/role.hpp"

#include <algorithm>

namespace bgp {

bool roles_correspond(BgpRole local, BgpRole remote) {
  switch (local) {
    case BgpRole::Provider: return remote == BgpRole::Customer;
    case BgpRole::Customer: return remote == BgpRole::Provider;
    case BgpRole::RouteServer: return remote == BgpRole::RouteServerClient;
    case BgpRole::RouteServerClient: return remote == BgpRole::RouteServer;
    case BgpRole::Peer: return remote == BgpRole::Peer;
  }
  return false;  // unassigned: corresponds to nothing
}

bool says_one_role(const OpenMessage& open) {
  const auto* last = open.find<capability::Role>();
  return std::ranges::all_of(open.capabilities, [last](const Capability& capability) {
    const auto* role = std::get_if<capability::Role>(&capability);
    return role == nullptr || *role == *last;
  });
}

bool roles_agree(const OpenMessage& sent, const OpenMessage& received, bool strict) {
  // RFC 9234 4.2: identical repeats are one; different ones are a mismatch whatever they are, and whatever we are
  if (!says_one_role(received)) return false;
  const auto* ours = sent.find<capability::Role>();
  if (ours == nullptr) return true;
  const auto* theirs = received.find<capability::Role>();
  // RFC 9234 4.2: the absence is ignored for backward compatibility, but in strict mode
  if (theirs == nullptr) return !strict;
  return roles_correspond(ours->role, theirs->role);
}

}  // namespace bgp
