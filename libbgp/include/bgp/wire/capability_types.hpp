// bgp/wire/capability_types.hpp
//
// The capabilities that a speaker can advertise in its OPEN (RFC 5492), each as a value. What they mean for a session:
// bgp/session/negotiation.hpp. On the wire and in words: bgp/wire/capability.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {
namespace capability {

/// Code 1, RFC 4760 8: routes of this family can be exchanged.
struct Multiprotocol {
  Family family;
  friend bool operator==(const Multiprotocol&, const Multiprotocol&) = default;
};

/// Code 2, RFC 2918 2.
struct RouteRefresh {
  friend bool operator==(const RouteRefresh&, const RouteRefresh&) = default;
};

/// Code 3, RFC 5291 4: filters that can be sent to the peer, or taken from it, in a ROUTE-REFRESH.
struct OutboundRouteFiltering {
  enum class Mode : std::uint8_t { Receive = 1, Send = 2, Both = 3 };  // other values are kept
  struct Filter {
    OrfType type{};
    Mode mode{};
    friend bool operator==(const Filter&, const Filter&) = default;
  };
  struct Entry {
    Family family;
    std::vector<Filter> filters;  ///< at most 255
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> families;
  friend bool operator==(const OutboundRouteFiltering&, const OutboundRouteFiltering&) = default;
};

/// Code 5, RFC 8950 4: routes of these families are understood with a next hop of another protocol.
struct ExtendedNextHop {
  struct Entry {
    Family family;   ///< of the NLRI; two octets of SAFI on the wire
    Afi next_hop{};  ///< Ipv6 is the only one that is defined
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> families;
  friend bool operator==(const ExtendedNextHop&, const ExtendedNextHop&) = default;
};

/// Code 6, RFC 8654 3: messages of up to 65,535 octets are accepted.
struct ExtendedMessage {
  friend bool operator==(const ExtendedMessage&, const ExtendedMessage&) = default;
};

/// Code 7, RFC 8205 2.1: UPDATEs with a BGPsec_PATH can be sent, or received.
struct BgpSec {
  enum class Direction : std::uint8_t { Receive = 0, Send = 1 };
  std::uint8_t version = 0;  ///< four bits
  Direction direction{};
  Afi afi{};
  friend bool operator==(const BgpSec&, const BgpSec&) = default;
};

/// Code 8, RFC 8277 2.1: prefixes with several labels are understood.
struct MultipleLabels {
  struct Entry {
    Family family;
    std::uint8_t count = 0;  ///< most labels a prefix; 255 = any number; 0 and 1 are to be ignored
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> families;  ///< of several for one family the first counts
  friend bool operator==(const MultipleLabels&, const MultipleLabels&) = default;
};

/// Code 9, RFC 9234 4.1: what the sender is to its peer. Unassigned values are kept.
struct Role {
  BgpRole role{};
  friend bool operator==(const Role&, const Role&) = default;
};

/// Code 64, RFC 4724 3 with the N bit of RFC 8538 2.
struct GracefulRestart {
  struct Entry {
    Family family;
    bool forwarding_state = false;  ///< F: forwarding state for this family was kept over the restart
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  bool restart_state = false;      ///< R: the speaker has just restarted
  bool notification = false;       ///< N: NOTIFICATION and hold expiry are graceful too
  std::uint16_t restart_time = 0;  ///< seconds, 0 to 4,095
  std::vector<Entry> families;
  friend bool operator==(const GracefulRestart&, const GracefulRestart&) = default;
};

/// Code 65, RFC 6793 3.
struct FourOctetAs {
  std::uint32_t asn = 0;
  friend bool operator==(const FourOctetAs&, const FourOctetAs&) = default;
};

/// Code 67, draft-ietf-idr-dynamic-cap: codes of capabilities that may be revised without a new session.
struct DynamicCapability {
  std::vector<std::uint8_t> codes;
  friend bool operator==(const DynamicCapability&, const DynamicCapability&) = default;
};

/// Code 68, draft-ietf-idr-bgp-multisession: flags, and the codes of the capabilities that tell sessions apart.
struct MultiSession {
  std::uint8_t flags = 0;
  std::vector<std::uint8_t> codes;
  friend bool operator==(const MultiSession&, const MultiSession&) = default;
};

/// Code 69, RFC 7911 4.
struct AddPath {
  enum class Mode : std::uint8_t { Receive = 1, Send = 2, Both = 3 };
  struct Entry {
    Family family;
    Mode mode{};
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> families;
  friend bool operator==(const AddPath&, const AddPath&) = default;
};

/// Code 70, RFC 7313 3.1.
struct EnhancedRouteRefresh {
  friend bool operator==(const EnhancedRouteRefresh&, const EnhancedRouteRefresh&) = default;
};

/// Code 71, RFC 9494 3.1: stale routes may be kept for long after the restart time of RFC 4724.
struct LongLivedGracefulRestart {
  struct Entry {
    Family family;
    bool forwarding_state = false;  ///< F: state for this family was kept over the restart
    std::uint32_t stale_time = 0;   ///< seconds, 0 to 16,777,215
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> families;
  friend bool operator==(const LongLivedGracefulRestart&, const LongLivedGracefulRestart&) = default;
};

/// Code 73, draft-walton-bgp-hostname-capability: host and domain name of the speaker. The names are the peer's octets:
/// escape them before printing.
struct Fqdn {
  std::string host;    ///< at most 255 octets
  std::string domain;  ///< at most 255 octets
  friend bool operator==(const Fqdn&, const Fqdn&) = default;
};

/// Code 75, draft-abraitis-bgp-version-capability. The peer's octets: escape them before printing.
struct SoftwareVersion {
  std::string version;  ///< at most 254 octets fit; the draft asks for no more than 64
  friend bool operator==(const SoftwareVersion&, const SoftwareVersion&) = default;
};

/// Code 76, draft-abraitis-idr-addpath-paths-limit: how many paths of a prefix the sender wants.
struct PathsLimit {
  struct Entry {
    Family family;
    std::uint16_t limit = 0;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> families;
  friend bool operator==(const PathsLimit&, const PathsLimit&) = default;
};

/// Any other capability, and one of the above whose value does not have its form: kept, written back octet for octet,
/// never an error.
struct Unknown {
  std::uint8_t code = 0;
  Bytes value;
  friend bool operator==(const Unknown&, const Unknown&) = default;
};

}  // namespace capability

using Capability =
    std::variant<capability::Multiprotocol, capability::RouteRefresh, capability::OutboundRouteFiltering,
                 capability::ExtendedNextHop, capability::ExtendedMessage, capability::BgpSec,
                 capability::MultipleLabels, capability::Role, capability::GracefulRestart, capability::FourOctetAs,
                 capability::DynamicCapability, capability::MultiSession, capability::AddPath,
                 capability::EnhancedRouteRefresh, capability::LongLivedGracefulRestart, capability::Fqdn,
                 capability::SoftwareVersion, capability::PathsLimit, capability::Unknown>;

}  // namespace bgp BGP_EXPORT
