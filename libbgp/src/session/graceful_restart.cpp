#include "bgp/session/graceful_restart.hpp"

#include <algorithm>

namespace bgp {

std::vector<Retention> retentions(const Negotiated& terms, TimePoint down, const StaleTimeBounds& bounds) {
  std::vector<Retention> all;
  for (const Family family : terms.graceful_families()) {
    const TimePoint restart_until = down + terms.peer_restart_time(family);
    const Duration asked = terms.long_lived_stale_time(family);
    // RFC 9494 4.2: an upper bound, a lower bound, or both
    const Duration stale = asked == Duration::zero() ? asked : std::clamp<Duration>(asked, bounds.least, bounds.most);
    all.push_back({family, restart_until, restart_until + stale});
  }
  return all;
}

namespace {

template <class RestartCapability>
std::vector<Family> preserved(const std::optional<RestartCapability>& peer, const std::vector<Family>& negotiated) {
  std::vector<Family> families;
  if (!peer) return families;
  for (const auto& entry : peer->families) {
    if (entry.forwarding_state && std::ranges::find(negotiated, entry.family) != negotiated.end()) {
      families.push_back(entry.family);
    }
  }
  return families;
}

}  // namespace

std::vector<Family> preserved_families(const Negotiated& terms) {
  return preserved(terms.peer_graceful_restart, terms.families);
}

std::vector<Family> long_lived_preserved_families(const Negotiated& terms) {
  return preserved(terms.peer_long_lived, terms.families);
}

EndOfRibs::EndOfRibs(const Negotiated& terms)
    : missing_(terms.families), waits_(terms.peer_graceful_restart && !terms.peer_graceful_restart->restart_state) {}

bool EndOfRibs::received(Family family) { return std::erase(missing_, family) > 0; }

}  // namespace bgp
