// bgp/session/config.hpp
//
// What a session is told about itself and its peer: the mandatory and optional session attributes of RFC 4271 8 with
// the times of RFC 4271 10, what to offer in the OPEN, and the choices where this library goes beyond the letter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/timers.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/capability.hpp"

namespace bgp BGP_EXPORT {

/// Session attributes of RFC 4271 8 and 8.1.1 that the FSM reads, with its times (10). All times are at full length:
/// jitter is applied where the RFC wants it. A regular value.
struct SessionAttributes {
  Duration connect_retry_time = std::chrono::seconds{120};
  std::uint16_t hold_time = 90;  ///< seconds, proposed in the OPEN: 0 (never expires) or 3 to 65,535
  Duration large_hold_time = std::chrono::seconds{240};  ///< how long to wait for an OPEN (8.2.2 OpenSent)
  std::optional<Duration> send_hold_time;  ///< RFC 9687; absent: the larger of 480 s and twice the hold time; 0: off
  bool delay_open = false;
  Duration delay_open_time = std::chrono::seconds{5};
  bool passive = false;                ///< PassiveTcpEstablishment: never dial
  bool damp_peer_oscillations = true;  ///< wait an IdleHoldTime between attempts that failed
  bool send_notification_without_open = true;
  bool collision_detect_established = false;  ///< 6.8 also against an Established connection

  friend bool operator==(const SessionAttributes&, const SessionAttributes&) = default;
};

/// Back-off in Idle: the IdleHoldTime starts at `first`, doubles with each failure up to `longest`, and starts over
/// when a session was Established for `forget`, or by an operator's start. Jittered.
struct IdleHold {
  Duration first = std::chrono::seconds{5};
  Duration longest = std::chrono::seconds{300};
  Duration forget = std::chrono::seconds{300};

  friend bool operator==(const IdleHold&, const IdleHold&) = default;
};

/// Between which a peer's Long-Lived Stale Times are taken, whatever it advertises (RFC 9494 4.2). One of 0 stays 0: it
/// asks for nothing.
struct StaleTimeBounds {
  std::chrono::seconds least{0};
  std::chrono::seconds most{0xffffff};  ///< all that 24 bits can say

  friend bool operator==(const StaleTimeBounds&, const StaleTimeBounds&) = default;
};

/// How a collision of two connections is resolved while not all of their OPENs have been seen by both sides.
enum class CollisionPolicy : std::uint8_t {
  /// An OPEN that would lose against a connection whose OPEN is still to come is held back until that one arrives, the
  /// other connection ends, or 5 s pass. One that wins against a connection that we have confirmed already waits
  /// likewise for the verdict of a peer that has both.
  HoldLoser,
  Rfc4271,  ///< the letter of 6.8: each OPEN goes on at once, and the connections are compared when both are here
};

/// What to do about a second connection in the direction of one that is not Established.
enum class SameDirection : std::uint8_t {
  Newest,  ///< the newer replaces the older as soon as a valid OPEN arrives on it
  Refuse,  ///< the newer is refused
};

/// When a new connection replaces an Established one of a peer with graceful restart (RFC 4724 4.2, 5).
enum class GracefulTakeover : std::uint8_t {
  ValidOpen,  ///< when a valid OPEN of the peer arrives on it
  Rfc4724,    ///< the letter: when it is accepted
};

/// What a peer is told whose connection is refused in Idle.
enum class IdleRefusal : std::uint8_t {
  SilentWhileDamped,  ///< nothing while the IdleHoldTimer runs, Cease/5 when we are stopped
  Rfc4486,            ///< Cease/5 in both cases
};

/// Everything a Session needs to know. A regular value; to change it, make a new Session.
struct PeerConfig {
  std::uint32_t local_asn = 0;     ///< 1 to 4,294,967,295
  BgpIdentifier local_identifier;  ///< not 0; the same towards every peer (RFC 4271 4.2)
  std::uint32_t remote_asn = 0;    ///< the AS that the peer must have; 0 accepts any

  SessionAttributes attributes;
  IdleHold idle_hold;
  /// How often in a row the peer may be started again by itself, without a session that lasted `idle_hold.forget`; then
  /// it is left stopped until an operator starts it (RFC 4486 4). 0: no bound.
  std::uint32_t most_automatic_starts = 0;
  std::uint16_t minimum_hold_time = 0;  ///< seconds; a smaller non-zero proposal is refused with 2/6

  std::vector<Family> families{kIpv4Unicast};         ///< to offer as multiprotocol capabilities (RFC 4760)
  std::vector<Family> required_families;              ///< refuse a peer (2/7) with which one of these is not agreed
  std::vector<CapabilityCode> required_capabilities;  ///< refuse a peer (2/7) that does not advertise one of these
  bool capabilities = true;                           ///< false: an OPEN without any, for a speaker older than RFC 5492
  bool four_octet_as = true;                          ///< RFC 6793
  bool route_refresh = true;                          ///< RFC 2918
  bool enhanced_route_refresh = true;                 ///< RFC 7313
  bool extended_message = true;                       ///< RFC 8654
  std::vector<capability::AddPath::Entry> add_path;   ///< RFC 7911
  std::vector<capability::PathsLimit::Entry> paths_limit;        ///< how many paths of a prefix we want (capability 76)
  std::optional<capability::ExtendedNextHop> extended_next_hop;  ///< RFC 8950: IPv6 next hops that we take for these
  std::vector<capability::MultipleLabels::Entry> multiple_labels;                   ///< RFC 8277; a count of 2 to 255
  std::vector<capability::OutboundRouteFiltering::Entry> outbound_route_filtering;  ///< RFC 5291
  std::optional<BgpRole> role;  ///< what we are to an external peer (RFC 9234); internal ones are told nothing
  bool role_strict = false;     ///< refuse an external peer that does not say its role (RFC 9234 4.2)
  std::optional<capability::GracefulRestart> graceful_restart;  ///< RFC 4724; present: we are a helper for its families
  /// RFC 9494; needs graceful_restart. Present: stale routes of its families are kept for the peer's stale times, too.
  std::optional<capability::LongLivedGracefulRestart> long_lived_graceful_restart;
  StaleTimeBounds stale_times;                                  ///< what we take of them; least at most `most`
  std::optional<capability::Fqdn> fqdn;                         ///< our host and domain name
  std::optional<capability::SoftwareVersion> software_version;  ///< what we run
  std::vector<Capability> other_capabilities;                   ///< offered as they are, behind the others
  /// After a 2/4 from a speaker older than RFC 5492 the next OPEN has no capabilities, once (RFC 5492 3); only where
  /// the session can do without: ipv4-unicast alone, an AS of two octets, nothing required.
  bool retry_without_capabilities = true;
  bool enforce_first_as = false;  ///< an external peer's AS_PATH must begin with its AS (RFC 4271 6.3)

  CollisionPolicy collision = CollisionPolicy::HoldLoser;
  SameDirection same_direction = SameDirection::Newest;
  GracefulTakeover graceful_takeover = GracefulTakeover::ValidOpen;
  IdleRefusal idle_refusal = IdleRefusal::SilentWhileDamped;
  /// After a loss with routes retained the restart is immediate at most once in this time.
  Duration graceful_restart_pause = std::chrono::seconds{60};

  /// How long reading may be turned off (Session::set_reading) while the peer's octets wait and the HoldTimer, which
  /// they would have restarted, is extended on their account. Then the session ends with Cease/8. Above 0.
  Duration max_input_pause = std::chrono::minutes{10};

  std::size_t send_queue_octets = std::size_t{256} * 1024;  ///< room for UPDATEs that wait for the socket

  friend bool operator==(const PeerConfig&, const PeerConfig&) = default;
};

/// What is wrong with a configuration, in words; empty when it can be used: AS 0 or identifier 0, hold time 1 or 2, a
/// SendHoldTime not larger than the hold time (RFC 9687 4.4), a required family or capability that is not offered, a
/// role towards an internal peer, ...
[[nodiscard]] std::vector<std::string> problems(const PeerConfig& config);

}  // namespace bgp BGP_EXPORT
