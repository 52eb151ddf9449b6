// bgp/session/negotiation.hpp
//
// What two OPENs agree on (RFC 4271 4.2, 6.2; RFC 4760 8; RFC 5492; RFC 6793; RFC 7911; RFC 8277; RFC 8654; RFC 8950;
// RFC 9234; RFC 4724, 8538, 9494; RFC 5291).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/session/config.hpp"
#include "bgp/session/event.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/update.hpp"

namespace bgp BGP_EXPORT {

/// A filter type that travels for a family (RFC 5291).
struct OrfAgreement {
  Family family;
  OrfType type{};
  friend bool operator==(const OrfAgreement&, const OrfAgreement&) = default;
};

/// The terms of one session. A value.
struct Negotiated {
  std::uint32_t local_asn = 0;
  std::uint32_t peer_asn = 0;
  BgpIdentifier local_identifier;
  BgpIdentifier peer_identifier;
  bool internal = false;                          ///< the peer is in our AS
  std::uint16_t hold_time = 0;                    ///< seconds: the smaller of both proposals; 0 = none
  std::vector<Family> families;                   ///< in our order
  bool four_octet_as = false;                     ///< both advertised RFC 6793
  bool route_refresh = false;                     ///< the peer takes ROUTE-REFRESH (RFC 2918 4)
  bool enhanced_route_refresh = false;            ///< both advertised RFC 7313
  bool extended_message_receive = false;          ///< we advertised RFC 8654
  bool extended_message_send = false;             ///< the peer advertised RFC 8654
  std::vector<Family> add_path_receive;           ///< path identifiers in what we receive (RFC 7911 5)
  std::vector<Family> add_path_send;              ///< path identifiers in what we send
  std::vector<Family> extended_next_hop_receive;  ///< may have an IPv6 next hop, for we said so (RFC 8950 4)
  std::vector<Family> extended_next_hop_send;     ///< may be sent with one, for the peer said so
  std::optional<BgpRole> peer_role;               ///< what the peer says that it is to us (RFC 9234 4)
  std::optional<capability::GracefulRestart> peer_graceful_restart;  ///< what the peer said of itself
  /// Likewise of its long-lived stale times; only where we advertised them too (RFC 9494 4.2).
  std::optional<capability::LongLivedGracefulRestart> peer_long_lived;
  bool notification_graceful = false;     ///< the N bit was sent and received (RFC 8538 2)
  LabelCounts multiple_labels_receive;    ///< where both advertised it: what we take (RFC 8277 2.1)
  LabelCounts multiple_labels_send;       ///< likewise: what the peer takes
  std::vector<OrfAgreement> orf_receive;  ///< filters that the peer may send us
  std::vector<OrfAgreement> orf_send;     ///< filters that the peer takes from us
  std::optional<BgpRole> role;            ///< ours, towards an external peer (RFC 9234 4.2)
  std::vector<capability::PathsLimit::Entry> peer_paths_limit;  ///< of families that we send with path identifiers
  bool enforce_first_as = false;                                ///< by our configuration

  /// Families whose routes survive a lost transport, where we help: negotiated ones that the peer listed (RFC
  /// 4724 4.2), or has a long-lived stale time for (RFC 9494 4.2).
  [[nodiscard]] std::vector<Family> graceful_families() const;
  /// How long the peer says that its restart takes (RFC 4724 3); 0 for a family that it did not list (RFC 9494 4.2).
  [[nodiscard]] Duration peer_restart_time(Family family) const;
  /// How much longer its stale routes of a family may be kept (RFC 9494 4.2); 0 for one without.
  [[nodiscard]] Duration long_lived_stale_time(Family family) const;
  [[nodiscard]] DecodeContext decode_context() const;
  [[nodiscard]] EncodeContext encode_context() const;
  [[nodiscard]] SessionTerms terms() const;

  friend bool operator==(const Negotiated&, const Negotiated&) = default;
};

/// Our OPEN by the configuration: one of each capability, AS_TRANS where the AS needs four octets (RFC 6793 9).
[[nodiscard]] OpenMessage make_open(const PeerConfig& config);

/// Whether a session by this configuration can go without capabilities (RFC 5492 3): retry_without_capabilities is on,
/// and with `capabilities` off the configuration has no problems().
[[nodiscard]] bool can_do_without_capabilities(const PeerConfig& config);

/// Judges a received OPEN by the configuration and gives the terms, in the order of RFC 4271 6.2 with what came later
/// behind it: AS (2/2; also AS 0, RFC 7607), hold time (2/6), identifier (2/3, RFC 6286 2.1, 2.2), role (2/11, RFC 9234
/// 4.2), what we require (2/7 with the missing capabilities as data, RFC 5492 5). Version and parameters, without which
/// none of these can be known, come first: read_open().
[[nodiscard]] Result<Negotiated> negotiate(const OpenMessage& sent, const OpenMessage& received,
                                           const PeerConfig& config);

}  // namespace bgp BGP_EXPORT
