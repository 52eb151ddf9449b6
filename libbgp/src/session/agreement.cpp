// What two OPENs agree on, capability by capability.
#include "agreement.hpp"

#include <algorithm>

namespace bgp {

namespace {

using capability::AddPath;
using Orf = capability::OutboundRouteFiltering;

bool contains(const std::vector<Family>& families, Family family) {
  return std::ranges::find(families, family) != families.end();
}

/// Calls `take` with every entry of every capability of type List, in order.
template <class List, class Take>
void for_each_entry(const OpenMessage& open, Take take) {
  for (const Capability& capability : open.capabilities) {
    if (const auto* list = std::get_if<List>(&capability)) {
      for (const auto& entry : list->families) take(entry);
    }
  }
}

template <class T>
bool both(const OpenMessage& sent, const OpenMessage& received) {
  return sent.find<T>() != nullptr && received.find<T>() != nullptr;
}

/// Values of ADD-PATH and of filters: 1 receive, 2 send, 3 both; anything else means nothing.
constexpr unsigned kReceive = 1;
constexpr unsigned kSend = 2;

unsigned meaning(unsigned mode) { return mode <= (kReceive | kSend) ? mode : 0; }

// RFC 4760 8: a family is used when both advertised it
void agree_families(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  const std::vector<Family> theirs = received.families();
  for (const Family family : sent.families()) {
    if (contains(theirs, family) && !contains(terms.families, family)) terms.families.push_back(family);
  }
}

/// The mode that an OPEN advertises for a family; the last entry counts. 0 = none.
unsigned add_path_mode(const OpenMessage& open, Family family) {
  unsigned mode = 0;
  for_each_entry<AddPath>(open, [&](const AddPath::Entry& entry) {
    if (entry.family == family) mode = meaning(static_cast<unsigned>(entry.mode));
  });
  return mode;
}

/// RFC 7911 5: identifiers travel in a direction when its sender can send them and its receiver can receive them.
void agree_add_path(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  for (const Family family : terms.families) {
    const unsigned ours = add_path_mode(sent, family);
    const unsigned theirs = add_path_mode(received, family);
    if ((ours & kReceive) != 0 && (theirs & kSend) != 0) terms.add_path_receive.push_back(family);
    if ((ours & kSend) != 0 && (theirs & kReceive) != 0) terms.add_path_send.push_back(family);
  }
  for_each_entry<capability::PathsLimit>(received, [&](const capability::PathsLimit::Entry& entry) {
    if (contains(terms.add_path_send, entry.family)) terms.peer_paths_limit.push_back(entry);
  });
}

/// Families for which an OPEN says that it takes IPv4 routes with an IPv6 next hop (RFC 8950 4).
std::vector<Family> takes_ipv6_next_hop(const OpenMessage& open) {
  std::vector<Family> families;
  for_each_entry<capability::ExtendedNextHop>(open, [&](const capability::ExtendedNextHop::Entry& entry) {
    const bool defined = entry.family.afi == Afi::Ipv4 && entry.next_hop == Afi::Ipv6;
    if (defined && !contains(families, entry.family)) families.push_back(entry.family);
  });
  return families;
}

/// RFC 8950 4: who advertised it takes it.
void agree_next_hops(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  for (const Family family : takes_ipv6_next_hop(sent)) {
    if (contains(terms.families, family)) terms.extended_next_hop_receive.push_back(family);
  }
  for (const Family family : takes_ipv6_next_hop(received)) {
    if (contains(terms.families, family)) terms.extended_next_hop_send.push_back(family);
  }
}

/// How many labels an OPEN takes of its families. RFC 8277 2.1: the first entry counts, and 0 and 1 are ignored.
LabelCounts label_counts(const OpenMessage& open) {
  LabelCounts counts;
  for_each_entry<capability::MultipleLabels>(
      open, [&](const capability::MultipleLabels::Entry& entry) { counts.insert(entry.family, entry.count); });
  return counts;
}

void agree_labels(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  const LabelCounts ours = label_counts(sent);
  const LabelCounts theirs = label_counts(received);
  const auto used = [&](Family family) {
    return contains(terms.families, family) && ours.contains(family) && theirs.contains(family);
  };
  for (const auto& [family, count] : ours) {
    if (used(family)) terms.multiple_labels_receive.insert(family, count);
  }
  for (const auto& [family, count] : theirs) {
    if (used(family)) terms.multiple_labels_send.insert(family, count);
  }
}

/// RFC 5291 4: a filter travels when one side can send and the other can receive it.
unsigned orf_mode(const OpenMessage& open, const OrfAgreement& filter) {
  unsigned mode = 0;
  for_each_entry<Orf>(open, [&](const Orf::Entry& entry) {
    if (entry.family != filter.family) return;
    for (const Orf::Filter& one : entry.filters) {
      if (one.type == filter.type) mode = meaning(static_cast<unsigned>(one.mode));
    }
  });
  return mode;
}

void agree_orf(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  std::vector<OrfAgreement> seen;
  for_each_entry<Orf>(sent, [&](const Orf::Entry& entry) {
    for (const Orf::Filter& one : entry.filters) {
      const OrfAgreement filter{entry.family, one.type};
      if (!contains(terms.families, entry.family) || std::ranges::find(seen, filter) != seen.end()) continue;
      seen.push_back(filter);
      const unsigned ours = orf_mode(sent, filter);
      const unsigned theirs = orf_mode(received, filter);
      if ((ours & kReceive) != 0 && (theirs & kSend) != 0) terms.orf_receive.push_back(filter);
      if ((ours & kSend) != 0 && (theirs & kReceive) != 0) terms.orf_send.push_back(filter);
    }
  });
}

void agree_graceful_restart(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  const auto* ours = sent.find<capability::GracefulRestart>();
  const auto* theirs = received.find<capability::GracefulRestart>();
  if (ours == nullptr || theirs == nullptr) return;
  terms.peer_graceful_restart = *theirs;
  terms.notification_graceful = ours->notification && theirs->notification;
  // RFC 9494 4.1, 4.5: without graceful restart it is ignored
  const auto* stale = received.find<capability::LongLivedGracefulRestart>();
  if (sent.find<capability::LongLivedGracefulRestart>() != nullptr && stale != nullptr) terms.peer_long_lived = *stale;
}

void agree_roles(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  if (terms.internal) return;  // RFC 9234 4.1
  if (const auto* ours = sent.find<capability::Role>()) terms.role = ours->role;
  if (const auto* theirs = received.find<capability::Role>()) terms.peer_role = theirs->role;
}

}  // namespace

Negotiated agree(const OpenMessage& sent, const OpenMessage& received) {
  Negotiated terms;
  terms.local_asn = sent.asn();
  terms.peer_asn = received.asn();
  terms.local_identifier = sent.identifier;
  terms.peer_identifier = received.identifier;
  terms.internal = terms.peer_asn == terms.local_asn;
  // RFC 4271 4.2: the smaller of both; 0 from either side is the smallest
  terms.hold_time = std::min(sent.hold_time, received.hold_time);
  agree_families(sent, received, terms);
  terms.four_octet_as = both<capability::FourOctetAs>(sent, received);
  terms.enhanced_route_refresh = both<capability::EnhancedRouteRefresh>(sent, received);
  // RFC 2918 4 and RFC 8654 4: what the peer advertised governs what we send, what we advertised what we accept
  terms.route_refresh = received.find<capability::RouteRefresh>() != nullptr;
  terms.extended_message_receive = sent.find<capability::ExtendedMessage>() != nullptr;
  terms.extended_message_send = received.find<capability::ExtendedMessage>() != nullptr;
  agree_add_path(sent, received, terms);
  agree_next_hops(sent, received, terms);
  agree_labels(sent, received, terms);
  agree_orf(sent, received, terms);
  agree_graceful_restart(sent, received, terms);
  agree_roles(sent, received, terms);
  return terms;
}

}  // namespace bgp
