// bgp/wire/notification.hpp
//
// The NOTIFICATION message on the wire and in words (RFC 4271 4.5, 6; RFC 4486, 6608, 8538, 9003, 9384, 9687).
// The value itself is bgp::Notification in bgp/result.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/capability_types.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// Decodes the body of a NOTIFICATION of at least two octets (the Framer sees to that); its contents are never an
/// error, for an error in a NOTIFICATION is not answered (RFC 4271 6.4).
[[nodiscard]] Notification decode_notification(BytesView body);

/// The whole message, header included; data beyond `max_message_size` (RFC 8654 5) is cut off.
[[nodiscard]] Bytes encode_notification(const Notification& notification,
                                        std::size_t max_message_size = kMaxMessageSize);

/// Data of Cease/2 and Cease/4 (RFC 9003 2): length octet and UTF-8. Text beyond `max_octets` (at most 255; 128 unless
/// the peer is known to take more) is cut at a character border.
[[nodiscard]] Bytes encode_shutdown_communication(std::string_view text, std::size_t max_octets = 128);

/// The text of a Cease/2 or Cease/4 (also inside a Hard Reset), made safe to print: control characters and octets that
/// are no UTF-8 become \xNN. Empty when there is none.
[[nodiscard]] std::optional<std::string> shutdown_communication(const Notification& notification);

/// Cease/9 around `reason` (RFC 8538 3.1).
[[nodiscard]] Notification hard_reset(const Notification& reason);

/// The reason inside a Cease/9, if there is one (RFC 8538 3.1).
[[nodiscard]] std::optional<Notification> hard_reset_reason(const Notification& notification);

/// The capabilities that a 2/7 lists (RFC 5492 5); nothing for another NOTIFICATION or a list that is not whole.
[[nodiscard]] std::optional<std::vector<Capability>> unsupported_capabilities(const Notification& notification);

/// The data of a Cease/1 (RFC 4486 4).
struct PrefixLimit {
  Family family;
  std::uint32_t bound = 0;  ///< the number of prefixes that may not be exceeded
  friend bool operator==(const PrefixLimit&, const PrefixLimit&) = default;
};

/// Cease/1 with its data (RFC 4486 4).
[[nodiscard]] Notification maximum_prefixes_reached(const PrefixLimit& limit);

/// The limit that a Cease/1 names, if it names one (RFC 4486 4).
[[nodiscard]] std::optional<PrefixLimit> prefix_limit(const Notification& notification);

/// "Cease", "Hold Timer Expired", ...; "code 17" for an unknown one.
[[nodiscard]] std::string to_string(ErrorCode code);

/// The name of a subcode by its registry: "Administrative Shutdown"; "subcode 200" for an unknown one.
[[nodiscard]] std::string subcode_name(ErrorCode code, std::uint8_t subcode);

/// What the data says, safe to print: `"maintenance"`, `length 4097`, `(ipv4-unicast, 1000 prefixes)`; in hex where it
/// has no form of its own, the first 64 octets of it. Empty where there is none.
[[nodiscard]] std::string data_text(const Notification& notification);

/// One line for people: `6/2 Cease/Administrative Shutdown "maintenance"`: numbers, names and data_text().
[[nodiscard]] std::string to_string(const Notification& notification);

}  // namespace bgp BGP_EXPORT
