// bgp/wire/constants.hpp
//
// The numbers that IANA registered for BGP, by their registry names. An enumeration here is a name for some values of
// its octets, not a promise that there are no others: decoders keep unknown values as they came.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// TCP port of BGP (RFC 4271 8.2.1).
inline constexpr std::uint16_t kBgpPort = 179;
/// Version of the protocol (RFC 4271 4.2).
inline constexpr std::uint8_t kBgpVersion = 4;
/// Octets of a message header: marker, length, type (RFC 4271 4.1).
inline constexpr std::size_t kHeaderSize = 19;
/// Largest message without RFC 8654, and always the largest OPEN and KEEPALIVE.
inline constexpr std::size_t kMaxMessageSize = 4096;
/// Largest message with the extended message capability (RFC 8654 4).
inline constexpr std::size_t kMaxExtendedMessageSize = 65535;
/// Stands for an AS number that does not fit two octets (RFC 6793 9).
inline constexpr std::uint32_t kAsTrans = 23456;

/// RFC 4271 4.1; RouteRefresh by RFC 2918.
enum class MessageType : std::uint8_t { Open = 1, Update = 2, Notification = 3, Keepalive = 4, RouteRefresh = 5 };

/// Address family identifiers (RFC 4760).
enum class Afi : std::uint16_t { Ipv4 = 1, Ipv6 = 2, L2vpn = 25, BgpLs = 16388 };

/// Subsequent address family identifiers (RFC 4760).
enum class Safi : std::uint8_t {
  Unicast = 1,
  Multicast = 2,
  LabeledUnicast = 4,
  Evpn = 70,
  BgpLs = 71,
  BgpLsVpn = 72,
  SrPolicy = 73,
  MplsVpn = 128,
  MplsVpnMulticast = 129,
  RouteTargetConstraint = 132,
  FlowSpec = 133,
  FlowSpecVpn = 134,
};

/// An address family with its subsequent family: what a session carries routes of. Ordered, for use as a key.
struct Family {
  Afi afi{};
  Safi safi{};

  friend constexpr auto operator<=>(const Family&, const Family&) = default;
};

inline constexpr Family kIpv4Unicast{Afi::Ipv4, Safi::Unicast};
inline constexpr Family kIpv6Unicast{Afi::Ipv6, Safi::Unicast};

/// Path attribute type codes (RFC 4271 5; later ones by the RFC named).
enum class AttributeCode : std::uint8_t {
  Origin = 1,
  AsPath = 2,
  NextHop = 3,
  MultiExitDisc = 4,
  LocalPref = 5,
  AtomicAggregate = 6,
  Aggregator = 7,
  Communities = 8,               // RFC 1997
  OriginatorId = 9,              // RFC 4456
  ClusterList = 10,              // RFC 4456
  MpReachNlri = 14,              // RFC 4760
  MpUnreachNlri = 15,            // RFC 4760
  ExtendedCommunities = 16,      // RFC 4360
  As4Path = 17,                  // RFC 6793
  As4Aggregator = 18,            // RFC 6793
  PmsiTunnel = 22,               // RFC 6514
  TunnelEncapsulation = 23,      // RFC 9012
  Ipv6ExtendedCommunities = 25,  // RFC 5701
  Aigp = 26,                     // RFC 7311
  BgpLs = 29,                    // RFC 9552
  LargeCommunities = 32,         // RFC 8092
  CommunityContainer = 34,       // draft-ietf-idr-wide-bgp-communities; kept as octets
  OnlyToCustomer = 35,           // RFC 9234
  PrefixSid = 40,                // RFC 8669
  AttrSet = 128,                 // RFC 6368
};

/// Capability codes (RFC 5492; each by the RFC named).
enum class CapabilityCode : std::uint8_t {
  Multiprotocol = 1,           // RFC 4760
  RouteRefresh = 2,            // RFC 2918
  OutboundRouteFiltering = 3,  // RFC 5291
  ExtendedNextHop = 5,         // RFC 8950
  ExtendedMessage = 6,         // RFC 8654
  BgpSec = 7,                  // RFC 8205
  MultipleLabels = 8,          // RFC 8277
  Role = 9,                    // RFC 9234
  GracefulRestart = 64,        // RFC 4724
  FourOctetAs = 65,            // RFC 6793
  DynamicCapability = 67,
  MultiSession = 68,
  AddPath = 69,                   // RFC 7911
  EnhancedRouteRefresh = 70,      // RFC 7313
  LongLivedGracefulRestart = 71,  // RFC 9494
  Fqdn = 73,
  SoftwareVersion = 75,
  PathsLimit = 76,
};

/// What a speaker is to its external peer (RFC 9234 4.1). Others are unassigned.
enum class BgpRole : std::uint8_t { Provider = 0, RouteServer = 1, RouteServerClient = 2, Customer = 3, Peer = 4 };

/// Types of Outbound Route Filters (RFC 5291 8; each by the RFC named).
enum class OrfType : std::uint8_t {
  AddressPrefix = 64,        // RFC 5292
  LegacyAddressPrefix = 128  // before the registry; the same entries
};

/// Subcodes of Message Header Error (RFC 4271 6.1).
namespace header_error {
inline constexpr std::uint8_t kConnectionNotSynchronized = 1;
inline constexpr std::uint8_t kBadMessageLength = 2;
inline constexpr std::uint8_t kBadMessageType = 3;
}  // namespace header_error

/// Subcodes of OPEN Message Error (RFC 4271 6.2; 7 by RFC 5492, 11 by RFC 9234).
namespace open_error {
inline constexpr std::uint8_t kUnspecific = 0;
inline constexpr std::uint8_t kUnsupportedVersionNumber = 1;
inline constexpr std::uint8_t kBadPeerAs = 2;
inline constexpr std::uint8_t kBadBgpIdentifier = 3;
inline constexpr std::uint8_t kUnsupportedOptionalParameter = 4;
inline constexpr std::uint8_t kUnacceptableHoldTime = 6;
inline constexpr std::uint8_t kUnsupportedCapability = 7;
inline constexpr std::uint8_t kRoleMismatch = 11;
}  // namespace open_error

/// Subcodes of UPDATE Message Error (RFC 4271 6.3).
namespace update_error {
inline constexpr std::uint8_t kMalformedAttributeList = 1;
inline constexpr std::uint8_t kUnrecognizedWellKnownAttribute = 2;
inline constexpr std::uint8_t kMissingWellKnownAttribute = 3;
inline constexpr std::uint8_t kAttributeFlagsError = 4;
inline constexpr std::uint8_t kAttributeLengthError = 5;
inline constexpr std::uint8_t kInvalidOrigin = 6;
inline constexpr std::uint8_t kInvalidNextHop = 8;
inline constexpr std::uint8_t kOptionalAttributeError = 9;
inline constexpr std::uint8_t kInvalidNetworkField = 10;
inline constexpr std::uint8_t kMalformedAsPath = 11;
}  // namespace update_error

/// Subcodes of Finite State Machine Error (RFC 6608).
namespace fsm_error {
inline constexpr std::uint8_t kUnspecified = 0;
inline constexpr std::uint8_t kUnexpectedInOpenSent = 1;
inline constexpr std::uint8_t kUnexpectedInOpenConfirm = 2;
inline constexpr std::uint8_t kUnexpectedInEstablished = 3;
}  // namespace fsm_error

/// Subcodes of Cease (RFC 4486; 9 by RFC 8538, 10 by RFC 9384).
namespace cease {
inline constexpr std::uint8_t kMaximumPrefixes = 1;
inline constexpr std::uint8_t kAdministrativeShutdown = 2;
inline constexpr std::uint8_t kPeerDeconfigured = 3;
inline constexpr std::uint8_t kAdministrativeReset = 4;
inline constexpr std::uint8_t kConnectionRejected = 5;
inline constexpr std::uint8_t kOtherConfigurationChange = 6;
inline constexpr std::uint8_t kCollisionResolution = 7;
inline constexpr std::uint8_t kOutOfResources = 8;
inline constexpr std::uint8_t kHardReset = 9;
inline constexpr std::uint8_t kBfdDown = 10;
}  // namespace cease

/// Subcodes of ROUTE-REFRESH Message Error (RFC 7313 5).
namespace route_refresh_error {
inline constexpr std::uint8_t kInvalidMessageLength = 1;
}  // namespace route_refresh_error

}  // namespace bgp BGP_EXPORT
