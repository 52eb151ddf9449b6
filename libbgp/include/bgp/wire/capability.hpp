// bgp/wire/capability.hpp
//
// Capabilities Advertisement (RFC 5492): typed where this library acts on them, kept as octets otherwise.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp {

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

/// Code 6, RFC 8654 3: messages of up to 65,535 octets are accepted.
struct ExtendedMessage {
  friend bool operator==(const ExtendedMessage&, const ExtendedMessage&) = default;
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

/// Code 73: host and domain name of the speaker. The names are the peer's octets: escape them before printing.
struct Fqdn {
  std::string host;    ///< at most 255 octets
  std::string domain;  ///< at most 255 octets
  friend bool operator==(const Fqdn&, const Fqdn&) = default;
};

/// Any other capability, and one of the above whose value does not have its form: kept, written back, never an error.
struct Unknown {
  std::uint8_t code = 0;
  Bytes value;
  friend bool operator==(const Unknown&, const Unknown&) = default;
};

}  // namespace capability

using Capability = std::variant<capability::Multiprotocol, capability::RouteRefresh, capability::ExtendedMessage,
                                capability::GracefulRestart, capability::FourOctetAs, capability::AddPath,
                                capability::EnhancedRouteRefresh, capability::Fqdn, capability::Unknown>;

/// The code octet under which it is sent.
[[nodiscard]] std::uint8_t capability_code(const Capability& capability);

/// Code, length and value, as they stand inside a Capabilities parameter. At most 257 octets: throws
/// std::length_error for a value beyond 255.
[[nodiscard]] Bytes encode_capability(const Capability& capability);

/// One capability from its code and value; never fails (see Unknown).
[[nodiscard]] Capability decode_capability(std::uint8_t code, BytesView value);

/// For people: "multiprotocol ipv4-unicast", "4-octet-as 65001", "unknown (131) 0x00".
[[nodiscard]] std::string to_string(const Capability& capability);

/// "ipv4-unicast", "ipv6-unicast", ... or "afi/safi" in numbers.
[[nodiscard]] std::string to_string(Family family);

}  // namespace bgp
