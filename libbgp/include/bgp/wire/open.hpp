// bgp/wire/open.hpp
//
// The OPEN message (RFC 4271 4.2, 6.2; RFC 5492; RFC 9072). Values; no thread rules.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/capability.hpp"

namespace bgp BGP_EXPORT {

/// An OPEN. Several Capabilities parameters on the wire are one list here, in order, repeats included.
struct OpenMessage {
  std::uint16_t my_as = 0;      ///< the two-octet field; AS_TRANS when the AS does not fit (RFC 6793 9)
  std::uint16_t hold_time = 0;  ///< seconds: 0, or 3 and more
  BgpIdentifier identifier;
  std::vector<Capability> capabilities;

  /// The AS number: that of the four-octet capability when present, else `my_as` (RFC 6793 4.1).
  [[nodiscard]] std::uint32_t asn() const;

  /// The last capability of type T, or null. Of several the last counts (RFC 4724 3); lists: see families().
  template <class T>
  [[nodiscard]] const T* find() const {
    const T* found = nullptr;
    for (const Capability& capability : capabilities) {
      if (const T* typed = std::get_if<T>(&capability)) found = typed;
    }
    return found;
  }

  /// The families of all multiprotocol capabilities; IPv4 unicast when there is none (RFC 4760 8).
  [[nodiscard]] std::vector<Family> families() const;

  friend bool operator==(const OpenMessage&, const OpenMessage&) = default;
};

/// Reads the body of an OPEN and judges only what it must to read it: version (2/1, the data is our version), then the
/// optional parameters in their order (2/0 for one that is not whole or a length that does not fit; 2/4 for one that is
/// not known). For sessions: negotiate() judges the values, in the order of RFC 4271 6.2.
[[nodiscard]] Result<OpenMessage> read_open(BytesView body);

/// read_open(), and then what needs no configuration: AS 0 (2/2, RFC 7607), hold time 1 or 2 (2/6), identifier 0 (2/3).
[[nodiscard]] Result<OpenMessage> decode_open(BytesView body);

/// The values of an OPEN that no configuration makes good, in the order of RFC 4271 6.2: AS 0 in either place (2/2, RFC
/// 7607 2), hold time 1 or 2 (2/6), identifier 0 (2/3, RFC 6286 2.1).
[[nodiscard]] Result<void> check_open(const OpenMessage& open);

/// The whole message, header included: one Capabilities parameter, in the extended form of RFC 9072 when the
/// parameters exceed 255 octets. Identical capabilities are written once (RFC 5492 4). Throws std::length_error when
/// the message would exceed 4,096 octets.
[[nodiscard]] Bytes encode_open(const OpenMessage& open);

/// The whole KEEPALIVE: nineteen octets (RFC 4271 4.4).
[[nodiscard]] Bytes encode_keepalive();

/// One line: AS, hold time, identifier, capabilities.
[[nodiscard]] std::string to_string(const OpenMessage& open);

}  // namespace bgp BGP_EXPORT
