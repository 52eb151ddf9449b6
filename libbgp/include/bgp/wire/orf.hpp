// bgp/wire/orf.hpp
//
// Outbound Route Filters inside a ROUTE-REFRESH (RFC 5291 3): what the peer asks us to filter before we send it routes.
// Address-prefix filters (RFC 5292) are typed, others kept as octets. Values that own their data; no thread rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/prefix.hpp"

namespace bgp BGP_EXPORT {

/// RFC 5291 3: send the routes again at once, or wait for a ROUTE-REFRESH that says so. Other values are kept.
enum class WhenToRefresh : std::uint8_t { Immediate = 1, Defer = 2 };

/// What becomes of an entry (RFC 5291 3): two bits.
enum class OrfAction : std::uint8_t { Add = 0, Remove = 1, RemoveAll = 2 };

/// Whether a route that matches is to be sent (RFC 5291 3): one bit.
enum class OrfMatch : std::uint8_t { Permit = 0, Deny = 1 };

/// One entry of an address-prefix filter (RFC 5292 2). With RemoveAll only the action means something, and only it is
/// on the wire.
struct AddressPrefixOrf {
  OrfAction action{};
  OrfMatch match{};
  std::uint32_t sequence = 0;   ///< the order in which entries are tried
  std::uint8_t min_length = 0;  ///< shortest prefix that matches; 0 = not given
  std::uint8_t max_length = 0;  ///< longest prefix that matches; 0 = not given
  Prefix prefix;

  friend bool operator==(const AddressPrefixOrf&, const AddressPrefixOrf&) = default;
};

/// The entries of one filter type.
struct OrfGroup {
  OrfType type{};
  /// Octets for a type other than address-prefix, and for entries that do not have their form: then all entries of this
  /// type that were received before are to be removed (RFC 5291 5).
  std::variant<std::vector<AddressPrefixOrf>, Bytes> entries;

  friend bool operator==(const OrfGroup&, const OrfGroup&) = default;
};

/// What follows the four octets of a ROUTE-REFRESH that carries filters.
struct OrfRefresh {
  WhenToRefresh when{};
  std::vector<OrfGroup> groups;

  friend bool operator==(const OrfRefresh&, const OrfRefresh&) = default;
};

/// Decodes RouteRefresh::orf of this address family (RFC 5291 3). Nothing when there are no octets, or when a group is
/// not whole: there is nothing to answer it with, so it is to be treated as a request without filters.
[[nodiscard]] std::optional<OrfRefresh> decode_orf(Afi afi, BytesView octets);

/// The octets for RouteRefresh::orf. Throws std::length_error when the entries of a group exceed 65,535 octets.
[[nodiscard]] Bytes encode_orf(const OrfRefresh& refresh);

/// "immediate, address-prefix add permit 5 192.0.2.0/24 ge 24 le 32".
[[nodiscard]] std::string to_string(const OrfRefresh& refresh);

/// "add deny 5 192.0.2.0/24 ge 24 le 32", "remove-all".
[[nodiscard]] std::string to_string(const AddressPrefixOrf& entry);

}  // namespace bgp BGP_EXPORT
