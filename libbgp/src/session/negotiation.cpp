#include "bgp/session/negotiation.hpp"

#include <algorithm>

#include "bgp/session/role.hpp"

namespace bgp {

namespace {

using capability::AddPath;

bool contains(const std::vector<Family>& families, Family family) {
  return std::ranges::find(families, family) != families.end();
}

/// The mode that an OPEN advertises for a family; the last entry counts. 0 = none.
unsigned add_path_mode(const OpenMessage& open, Family family) {
  unsigned mode = 0;
  for (const Capability& capability : open.capabilities) {
    const auto* add_path = std::get_if<AddPath>(&capability);
    if (add_path == nullptr) continue;
    for (const AddPath::Entry& entry : add_path->families) {
      if (entry.family == family) mode = static_cast<unsigned>(entry.mode);
    }
  }
  return mode;
}

/// RFC 7911 5: identifiers travel in a direction when its sender can send them and its receiver can receive them.
void agree_add_path(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  constexpr auto kReceive = static_cast<unsigned>(AddPath::Mode::Receive);
  constexpr auto kSend = static_cast<unsigned>(AddPath::Mode::Send);
  for (const Family family : terms.families) {
    const unsigned ours = add_path_mode(sent, family);
    const unsigned theirs = add_path_mode(received, family);
    if ((ours & kReceive) != 0 && (theirs & kSend) != 0) terms.add_path_receive.push_back(family);
    if ((ours & kSend) != 0 && (theirs & kReceive) != 0) terms.add_path_send.push_back(family);
  }
}

/// RFC 8950 4: the negotiated families for which an OPEN says that its speaker takes IPv6 next hops.
std::vector<Family> with_ipv6_next_hop(const OpenMessage& open, const std::vector<Family>& negotiated) {
  std::vector<Family> families;
  const auto* extended = open.find<capability::ExtendedNextHop>();
  if (extended == nullptr) return families;
  for (const auto& entry : extended->families) {
    const bool known = entry.next_hop == Afi::Ipv6 && contains(negotiated, entry.family);
    if (known && !contains(families, entry.family)) families.push_back(entry.family);
  }
  return families;
}

void agree_graceful_restart(const OpenMessage& sent, const OpenMessage& received, Negotiated& terms) {
  const auto* ours = sent.find<capability::GracefulRestart>();
  const auto* theirs = received.find<capability::GracefulRestart>();
  if (ours == nullptr || theirs == nullptr) return;
  terms.peer_graceful_restart = *theirs;
  // RFC 9494 4.1, 4.5: without graceful restart it is ignored
  const auto* stale = received.find<capability::LongLivedGracefulRestart>();
  if (sent.find<capability::LongLivedGracefulRestart>() != nullptr && stale != nullptr) terms.peer_long_lived = *stale;
  terms.notification_graceful = ours->notification && theirs->notification;
}

Negotiated agree(const OpenMessage& sent, const OpenMessage& received, const PeerConfig& config) {
  Negotiated terms;
  terms.local_asn = config.local_asn;
  terms.peer_asn = received.asn();
  terms.peer_identifier = received.identifier;
  terms.internal = terms.peer_asn == config.local_asn;
  // RFC 4271 4.2: the smaller of both; 0 from either side is the smallest
  terms.hold_time = std::min(sent.hold_time, received.hold_time);
  // RFC 4760 8: a family is used when both advertised it
  const std::vector<Family> theirs = received.families();
  for (const Family family : sent.families()) {
    if (contains(theirs, family) && !contains(terms.families, family)) terms.families.push_back(family);
  }
  const auto both = [&]<class T>(const T*) { return sent.find<T>() != nullptr && received.find<T>() != nullptr; };
  terms.four_octet_as = both(static_cast<const capability::FourOctetAs*>(nullptr));
  terms.enhanced_route_refresh = both(static_cast<const capability::EnhancedRouteRefresh*>(nullptr));
  // RFC 2918 4 and RFC 8654 4: what the peer advertised governs what we send, what we advertised what we accept
  terms.route_refresh = received.find<capability::RouteRefresh>() != nullptr;
  terms.extended_message_receive = sent.find<capability::ExtendedMessage>() != nullptr;
  terms.extended_message_send = received.find<capability::ExtendedMessage>() != nullptr;
  agree_add_path(sent, received, terms);
  terms.extended_next_hop_receive = with_ipv6_next_hop(sent, terms.families);
  terms.extended_next_hop_send = with_ipv6_next_hop(received, terms.families);
  if (const auto* role = received.find<capability::Role>(); role != nullptr && !terms.internal) {
    terms.peer_role = role->role;
  }
  agree_graceful_restart(sent, received, terms);
  return terms;
}

/// RFC 5492 5: the capabilities that we miss, encoded as in an OPEN.
Bytes missing_capabilities(const Negotiated& terms, const PeerConfig& config) {
  Bytes missing;
  for (const Family family : config.required_families) {
    if (contains(terms.families, family)) continue;
    const Bytes encoded = encode_capability(capability::Multiprotocol{family});
    missing.insert(missing.end(), encoded.begin(), encoded.end());
  }
  return missing;
}

}  // namespace

std::vector<Family> Negotiated::graceful_families() const {
  std::vector<Family> graceful;
  if (!peer_graceful_restart) return graceful;
  for (const auto& entry : peer_graceful_restart->families) {
    if (contains(families, entry.family) && !contains(graceful, entry.family)) graceful.push_back(entry.family);
  }
  if (!peer_long_lived) return graceful;
  for (const auto& entry : peer_long_lived->families) {
    const bool counts = entry.stale_time > 0 && contains(families, entry.family);
    if (counts && !contains(graceful, entry.family)) graceful.push_back(entry.family);
  }
  return graceful;
}

Duration Negotiated::peer_restart_time(Family family) const {
  if (!peer_graceful_restart) return {};
  const auto& listed = peer_graceful_restart->families;
  const bool has = std::ranges::find(listed, family, &capability::GracefulRestart::Entry::family) != listed.end();
  return std::chrono::seconds{has ? peer_graceful_restart->restart_time : 0};
}

Duration Negotiated::long_lived_stale_time(Family family) const {
  if (!peer_long_lived) return {};
  const auto& listed = peer_long_lived->families;
  const auto found = std::ranges::find(listed, family, &capability::LongLivedGracefulRestart::Entry::family);
  return std::chrono::seconds{found == listed.end() ? 0 : found->stale_time};
}

DecodeContext Negotiated::decode_context() const {
  DecodeContext context;
  context.four_octet_as = four_octet_as;
  context.internal = internal;
  context.families = families;
  context.add_path = add_path_receive;
  context.extended_next_hop = extended_next_hop_receive;
  context.local_asn = local_asn;
  context.peer_asn = peer_asn;
  return context;
}

EncodeContext Negotiated::encode_context() const {
  EncodeContext context;
  context.four_octet_as = four_octet_as;
  context.internal = internal;
  context.add_path = add_path_send;
  context.max_message_size = extended_message_send ? kMaxExtendedMessageSize : kMaxMessageSize;
  return context;
}

SessionTerms Negotiated::terms() const {
  return {.hold_time = std::chrono::seconds{hold_time},
          .internal = internal,
          .graceful_restart = !graceful_families().empty(),
          .notification_graceful = notification_graceful};
}

OpenMessage make_open(const PeerConfig& config) {
  OpenMessage open;
  open.my_as = static_cast<std::uint16_t>(config.local_asn <= 0xffff ? config.local_asn : kAsTrans);
  open.hold_time = config.attributes.hold_time;
  open.identifier = config.local_identifier;
  if (!config.capabilities) return open;
  auto& offer = open.capabilities;
  for (const Family family : config.families) offer.emplace_back(capability::Multiprotocol{family});
  if (config.route_refresh) offer.emplace_back(capability::RouteRefresh{});
  if (config.extended_next_hop) offer.emplace_back(*config.extended_next_hop);
  if (config.extended_message) offer.emplace_back(capability::ExtendedMessage{});
  // RFC 9234 4.1: external peers only
  if (config.role && config.remote_asn != config.local_asn) offer.emplace_back(capability::Role{*config.role});
  if (config.graceful_restart) offer.emplace_back(*config.graceful_restart);
  if (config.long_lived_graceful_restart) offer.emplace_back(*config.long_lived_graceful_restart);
  if (config.four_octet_as) offer.emplace_back(capability::FourOctetAs{config.local_asn});
  if (!config.add_path.empty()) offer.emplace_back(AddPath{config.add_path});
  if (config.enhanced_route_refresh) offer.emplace_back(capability::EnhancedRouteRefresh{});
  if (config.fqdn) offer.emplace_back(*config.fqdn);
  offer.insert(offer.end(), config.other_capabilities.begin(), config.other_capabilities.end());
  return open;
}

Result<Negotiated> negotiate(const OpenMessage& sent, const OpenMessage& received, const PeerConfig& config) {
  // RFC 4271 6.2: a peer AS that is not the configured one; RFC 6793 4.1: AS_TRANS alone stands for no AS that we know
  const std::uint32_t asn = received.asn();
  if (asn == 0 || (config.remote_asn != 0 && asn != config.remote_asn)) {
    return failure(ErrorCode::OpenMessage, open_error::kBadPeerAs);
  }
  // RFC 4271 6.2: one or two seconds MUST be refused, others MAY be
  const std::uint16_t hold = received.hold_time;
  if (hold != 0 && (hold < 3 || hold < config.minimum_hold_time)) {
    return failure(ErrorCode::OpenMessage, open_error::kUnacceptableHoldTime);
  }
  // RFC 6286 2.1, 2.2: never 0, and not ours within our AS
  const bool internal = asn == config.local_asn;
  if (received.identifier.value == 0 || (internal && received.identifier == config.local_identifier)) {
    return failure(ErrorCode::OpenMessage, open_error::kBadBgpIdentifier);
  }
  Negotiated terms = agree(sent, received, config);
  if (Bytes missing = missing_capabilities(terms, config); !missing.empty()) {
    return failure(ErrorCode::OpenMessage, open_error::kUnsupportedCapability, std::move(missing));
  }
  if (!terms.internal && !roles_agree(sent, received, config.role_strict)) {
    return failure(ErrorCode::OpenMessage, open_error::kRoleMismatch);
  }
  return terms;
}

}  // namespace bgp
