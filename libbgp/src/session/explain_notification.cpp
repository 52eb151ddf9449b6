// What each NOTIFICATION means to whoever has to repair the peering.
#include "bgp/wire/framer.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "explain_end.hpp"

namespace bgp {

namespace {

using Words = NotificationInWords;

/// The refused OPEN, where it was one that can be read.
std::optional<OpenMessage> refused_open(BytesView offending) {
  Framer framer;
  const auto message = framer.next(offending);
  if (!message || !*message || (*message)->type != MessageType::Open) return std::nullopt;
  Result<OpenMessage> open = decode_open((*message)->body());
  return open ? std::optional(*std::move(open)) : std::nullopt;
}

std::string as_text(std::uint32_t asn) { return "AS " + std::to_string(asn); }

Words sent_open_error(const Notification& sent, BytesView offending, const PeerConfig& config) {
  const std::optional<OpenMessage> open = refused_open(offending);
  switch (sent.subcode) {
    case open_error::kUnsupportedVersionNumber:
      return {"the peer does not speak BGP version 4", "RFC 4271 6.2", "the peer needs BGP-4"};
    case open_error::kBadPeerAs:
      if (!open) return {"the peer's AS number is not acceptable", "RFC 4271 6.2", ""};
      return {"its OPEN says " + as_text(open->asn()) + ", and " + as_text(config.remote_asn) + " is configured here",
              "RFC 4271 6.2",
              "set the peer's AS here to " + std::to_string(open->asn()) + ", or the peer's own AS to " +
                  std::to_string(config.remote_asn)};
    case open_error::kBadBgpIdentifier:
      return {"its BGP Identifier is 0, or our own", "RFC 6286 2.2",
              "give the peer a BGP Identifier (router-id) of its own"};
    case open_error::kUnsupportedOptionalParameter:
      return {"its OPEN has an optional parameter that is not known", "RFC 4271 6.2", ""};
    case open_error::kUnacceptableHoldTime:
      return {"its hold time is not acceptable" + (open ? ": " + std::to_string(open->hold_time) + " s" : ""),
              "RFC 4271 6.2", "raise the peer's hold time, or lower the minimum that is configured here"};
    case open_error::kUnsupportedCapability:
      return {"it lacks a capability that is required here", "RFC 5492 5",
              "enable the capability at the peer, or do not require it here"};
    case open_error::kRoleMismatch:
      return {"its role does not match ours", "RFC 9234 4.2",
              "the roles must be a pair: provider and customer, rs and rs-client, peer and peer"};
    default: return {"its OPEN is malformed", "RFC 4271 6.2", ""};
  }
}

Words received_open_error(const Notification& received, const PeerConfig& config) {
  switch (received.subcode) {
    case open_error::kUnsupportedVersionNumber:
      return {"it does not accept BGP version 4", "RFC 4271 6.2", "the peer needs BGP-4"};
    case open_error::kBadPeerAs:
      return {"it expects another AS than our " + std::to_string(config.local_asn), "RFC 4271 6.2",
              "set the AS that the peer expects of us to " + std::to_string(config.local_asn) +
                  ", or change the local AS here"};
    case open_error::kBadBgpIdentifier:
      return {"it does not accept our BGP Identifier " + to_string(config.local_identifier), "RFC 6286 2.2",
              "both speakers need BGP Identifiers (router-ids) of their own"};
    case open_error::kUnsupportedOptionalParameter:
      return {"it does not know the optional parameters of our OPEN", "RFC 5492 3",
              "turn capabilities off for this peer: it is older than RFC 5492"};
    case open_error::kUnacceptableHoldTime:
      return {"it does not accept our hold time of " + std::to_string(config.attributes.hold_time) + " s",
              "RFC 4271 6.2", "raise the hold time here, or lower the minimum at the peer"};
    case open_error::kUnsupportedCapability:
      return {"it requires a capability that we do not offer", "RFC 5492 5",
              "offer what the NOTIFICATION's data names, or do not require it at the peer"};
    case open_error::kRoleMismatch:
      return {"our role does not match its own", "RFC 9234 4.2",
              "the roles must be a pair: provider and customer, rs and rs-client, peer and peer"};
    default: return {"it does not accept our OPEN", "RFC 4271 6.2", ""};
  }
}

Words received_cease(const Notification& received, const PeerConfig& config) {
  switch (received.subcode) {
    case cease::kMaximumPrefixes:
      return {"we announced more prefixes than it takes", "RFC 4486 4",
              "announce less, or raise the peer's prefix limit; it may need to be started by hand there"};
    case cease::kAdministrativeShutdown:
      return {"its operator shut the session down", "RFC 4486 4", "the peer's operator has to start it again"};
    case cease::kPeerDeconfigured:
      return {"we were removed from its configuration", "RFC 4486 4", "ask the peer's operator"};
    case cease::kAdministrativeReset: return {"its operator reset the session", "RFC 4486 4", ""};
    case cease::kConnectionRejected:
      return {"it refuses the connection", "RFC 4486 4",
              "the peer is shut down for us or does not know our address: look there"};
    case cease::kOtherConfigurationChange: return {"its configuration changed", "RFC 4486 4", ""};
    case cease::kCollisionResolution: return {"it kept the other one of two connections", "RFC 4271 6.8", ""};
    case cease::kOutOfResources:
      return {"it ran short of resources", "RFC 4486 4", "look at the peer's memory and limits"};
    case cease::kHardReset:
      if (const auto reason = hard_reset_reason(received)) {
        const Words inner = received_in_words(*reason, config);
        return {"routes are not to be kept over it; the reason inside is " + to_string(*reason) +
                    (inner.meaning.empty() ? "" : ": " + inner.meaning),
                "RFC 8538 3", inner.remedy};
      }
      return {"routes are not to be kept over it", "RFC 8538 3", ""};
    case cease::kBfdDown:
      return {"its BFD session with us went down", "RFC 9384 3", "look at the path between the two"};
    default: return {"", "RFC 4271 6.7", ""};
  }
}

}  // namespace

NotificationInWords sent_in_words(const Notification& sent, BytesView offending, const PeerConfig& config) {
  switch (sent.code) {
    case ErrorCode::MessageHeader:
      return {"what came is no BGP message", "RFC 4271 6.1",
              "is it a BGP speaker, and does nothing on the path change the octets?"};
    case ErrorCode::OpenMessage: return sent_open_error(sent, offending, config);
    case ErrorCode::UpdateMessage:
      return {"an UPDATE was malformed beyond repair", "RFC 7606 3",
              "show the octets below to whoever makes the peer's software"};
    case ErrorCode::HoldTimerExpired: return {"", "RFC 4271 6.5", ""};
    case ErrorCode::FiniteStateMachine:
      return {"a message came that does not belong into this state", "RFC 6608 3",
              "show the octets below to whoever makes the peer's software"};
    case ErrorCode::RouteRefreshMessage: return {"a ROUTE-REFRESH was malformed", "RFC 7313 5", ""};
    case ErrorCode::SendHoldTimerExpired: return {"", "RFC 9687 4.3", ""};
    case ErrorCode::Cease: break;
  }
  return {"", "RFC 4271 6.7", ""};
}

NotificationInWords received_in_words(const Notification& received, const PeerConfig& config) {
  switch (received.code) {
    case ErrorCode::MessageHeader:
      return {"what it received is no BGP message", "RFC 4271 6.1",
              "does something on the path change the octets, or cut long messages (MTU)?"};
    case ErrorCode::OpenMessage: return received_open_error(received, config);
    case ErrorCode::UpdateMessage:
      return {"it takes an UPDATE of ours for malformed beyond repair", "RFC 7606 3",
              "the data names the attribute; a recording of what was sent shows the rest"};
    case ErrorCode::HoldTimerExpired:
      return {"it heard nothing from us for its hold time", "RFC 4271 6.5",
              "were we stalled, or are packets towards the peer lost (MTU, filters)?"};
    case ErrorCode::FiniteStateMachine: return {"a message of ours came when it expected another", "RFC 6608 3", ""};
    case ErrorCode::RouteRefreshMessage: return {"it takes a ROUTE-REFRESH of ours for malformed", "RFC 7313 5", ""};
    case ErrorCode::SendHoldTimerExpired:
      return {"it could not send to us for its SendHoldTime", "RFC 9687 4.3",
              "we did not read: look at our load, or at the path from the peer to us"};
    case ErrorCode::Cease: return received_cease(received, config);
  }
  return {"an error code that no RFC names", "RFC 4271 4.5", ""};
}

}  // namespace bgp
