// Judging an OPEN, and what the terms mean for the codec and the FSM. The terms themselves: agreement.cpp.
#include "bgp/session/negotiation.hpp"

#include <algorithm>

#include "agreement.hpp"
#include "bgp/session/role.hpp"

namespace bgp {

namespace {

bool contains(const std::vector<Family>& families, Family family) {
  return std::ranges::find(families, family) != families.end();
}

bool advertises(const OpenMessage& open, CapabilityCode code) {
  return std::ranges::any_of(open.capabilities, [code](const Capability& capability) {
    return !std::holds_alternative<capability::Unknown>(capability) &&
           capability_code(capability) == static_cast<std::uint8_t>(code);
  });
}

/// As we offer it ourselves; its code alone when we do not.
Bytes required_octets(const OpenMessage& sent, CapabilityCode code) {
  for (const Capability& capability : sent.capabilities) {
    if (capability_code(capability) == static_cast<std::uint8_t>(code)) return encode_capability(capability);
  }
  return encode_capability(capability::Unknown{static_cast<std::uint8_t>(code), {}});
}

/// RFC 5492 5: the capabilities that we miss, encoded as in an OPEN.
Bytes missing_capabilities(const Negotiated& terms, const OpenMessage& sent, const OpenMessage& received,
                           const PeerConfig& config) {
  Bytes missing;
  const auto add = [&missing](const Bytes& octets) { missing.insert(missing.end(), octets.begin(), octets.end()); };
  for (const Family family : config.required_families) {
    if (!contains(terms.families, family)) add(encode_capability(capability::Multiprotocol{family}));
  }
  for (const CapabilityCode code : config.required_capabilities) {
    if (!advertises(received, code)) add(required_octets(sent, code));
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
  context.local_asn = local_asn;
  context.peer_asn = peer_asn;
  context.local_identifier = local_identifier;
  context.extended_next_hop = extended_next_hop_receive;
  context.multiple_labels = multiple_labels_receive;
  context.enforce_first_as = enforce_first_as;
  return context;
}

EncodeContext Negotiated::encode_context() const {
  EncodeContext context;
  context.four_octet_as = four_octet_as;
  context.internal = internal;
  context.add_path = add_path_send;
  context.extended_next_hop = extended_next_hop_send;
  context.multiple_labels = multiple_labels_send;
  context.max_message_size = extended_message_send ? kMaxExtendedMessageSize : kMaxMessageSize;
  return context;
}

SessionTerms Negotiated::terms() const {
  return {.hold_time = std::chrono::seconds{hold_time},
          .internal = internal,
          .graceful_restart = !graceful_families().empty(),
          .notification_graceful = notification_graceful};
}

Result<Negotiated> negotiate(const OpenMessage& sent, const OpenMessage& received, const PeerConfig& config) {
  // RFC 4271 6.2: a peer AS that is not the configured one; RFC 6793 4.1: AS_TRANS alone stands for no AS that we know;
  // RFC 7607 2: 0 in either place
  const std::uint32_t asn = received.asn();
  if (received.my_as == 0 || asn == 0 || (config.remote_asn != 0 && asn != config.remote_asn)) {
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
  Negotiated terms = agree(sent, received);
  terms.local_asn = config.local_asn;
  terms.enforce_first_as = config.enforce_first_as;
  // RFC 9234 4.1: roles are a matter of external peers
  if (!internal && !roles_agree(sent, received, config.role_strict)) {
    return failure(ErrorCode::OpenMessage, open_error::kRoleMismatch);
  }
  if (Bytes missing = missing_capabilities(terms, sent, received, config); !missing.empty()) {
    return failure(ErrorCode::OpenMessage, open_error::kUnsupportedCapability, std::move(missing));
  }
  return terms;
}

}  // namespace bgp
