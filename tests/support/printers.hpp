// support/printers.hpp
//
// How GoogleTest prints the library's values, so that a failure reads by itself. Found by argument-dependent lookup;
// include it in every test file that compares such values.
#pragma once

#include <expected>
#include <optional>
#include <ostream>
#include <type_traits>

#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/as_path.hpp"
#include "bgp/wire/attribute_errors.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/capability.hpp"
#include "bgp/wire/communities.hpp"
#include "bgp/wire/extended_community.hpp"
#include "bgp/wire/ipv6_extended_community.hpp"
#include "bgp/wire/nlri.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/orf.hpp"
#include "bgp/wire/prefix.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "bgp/wire/update.hpp"

namespace bgp {

inline std::ostream& operator<<(std::ostream& out, ErrorCode value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const Notification& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const IpAddress& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, BgpIdentifier value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const AsPath& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const UpdateError& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, Origin value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, AttributeCode value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const PathAttributes& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, Family value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, Community value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const LargeCommunity& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, ExtendedCommunity value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const Ipv6ExtendedCommunity& value) {
  return out << to_string(value);
}
inline std::ostream& operator<<(std::ostream& out, const OpenMessage& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const Prefix& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const Nlri& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, RouteDistinguisher value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const LabelStack& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const RouteRefresh& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const OrfRefresh& value) { return out << to_string(value); }
inline std::ostream& operator<<(std::ostream& out, const UpdateView& value) { return out << to_string(value); }

/// The alternatives of AnyNlri, which GoogleTest takes out of the variant itself.
template <class T>
  requires std::is_constructible_v<AnyNlri, T>
void PrintTo(const T& value, std::ostream* out) {
  *out << to_string(value);
}

inline void PrintTo(const NextHop& value, std::ostream* out) {
  *out << to_string(value.address);
  if (value.link_local) *out << " link-local " << to_string(*value.link_local);
}

/// A Result prints as its NOTIFICATION when it is one.
template <class T>
void PrintTo(const std::expected<T, Notification>& value, std::ostream* out) {
  if (value.has_value()) {
    *out << "a value";
  } else {
    *out << "NOTIFICATION " << to_string(value.error());
  }
}

namespace capability {

/// The alternatives of Capability, which GoogleTest takes out of the variant itself.
template <class T>
  requires std::is_constructible_v<Capability, T>
void PrintTo(const T& value, std::ostream* out) {
  *out << to_string(Capability(value));
}

}  // namespace capability

}  // namespace bgp
