// wire/notification_text.cpp
//
// What the data of a NOTIFICATION means, by code and subcode (RFC 4271 6.1, 6.2; RFC 4486 4; RFC 5492 5; RFC 6608 4).
#include <array>

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/capability.hpp"
#include "bgp/wire/notification.hpp"
#include "text.hpp"

namespace bgp {
namespace {

bool is(const Notification& notification, ErrorCode code, std::uint8_t subcode) {
  return notification.code == code && notification.subcode == subcode;
}

/// A message can be the data (RFC 7313 5): a line for people ends somewhere.
std::string bounded_hex(BytesView octets) {
  constexpr std::size_t kMost = 64;
  if (octets.size() <= kMost) return hex_text(octets);
  return hex_text(octets.first(kMost)) + "... (" + std::to_string(octets.size()) + " octets)";
}

/// `word` and the number that the data is; nothing when it is not of that size.
std::optional<std::string> number_text(const Notification& notification, const char* word, std::size_t size) {
  Reader reader(notification.data);
  if (reader.remaining() != size) return std::nullopt;
  return word + std::to_string(size == 1 ? reader.u8() : reader.u16());
}

std::string message_name(std::uint8_t type) {
  constexpr std::array<const char*, 6> kNames{"", "OPEN", "UPDATE", "NOTIFICATION", "KEEPALIVE", "ROUTE-REFRESH"};
  return type > 0 && type < kNames.size() ? kNames[type] : "type " + std::to_string(type);
}

std::string list_text(const std::vector<Capability>& capabilities) {
  std::string text;
  for (const Capability& capability : capabilities) text += (text.empty() ? "(" : ", ") + to_string(capability);
  return text + ')';
}

std::optional<std::string> typed_text(const Notification& notification) {
  if (const auto reason = hard_reset_reason(notification)) return '(' + to_string(*reason) + ')';
  if (const auto communication = shutdown_communication(notification)) return '"' + *communication + '"';
  if (const auto limit = prefix_limit(notification)) {
    return '(' + to_string(limit->family) + ", " + std::to_string(limit->bound) + " prefixes)";
  }
  if (const auto missing = unsupported_capabilities(notification)) return list_text(*missing);
  if (is(notification, ErrorCode::MessageHeader, header_error::kBadMessageLength)) {
    return number_text(notification, "length ", 2);
  }
  if (is(notification, ErrorCode::MessageHeader, header_error::kBadMessageType)) {
    return number_text(notification, "type ", 1);
  }
  if (is(notification, ErrorCode::OpenMessage, open_error::kUnsupportedVersionNumber)) {
    return number_text(notification, "supported version ", 2);
  }
  // RFC 6608 4: the type of the unexpected message
  if (notification.code == ErrorCode::FiniteStateMachine && notification.subcode >= fsm_error::kUnexpectedInOpenSent &&
      notification.subcode <= fsm_error::kUnexpectedInEstablished && notification.data.size() == 1) {
    return '(' + message_name(notification.data.front()) + ')';
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<Capability>> unsupported_capabilities(const Notification& notification) {
  if (!is(notification, ErrorCode::OpenMessage, open_error::kUnsupportedCapability) || notification.data.empty()) {
    return std::nullopt;
  }
  return decode_capabilities(notification.data);
}

Notification maximum_prefixes_reached(const PrefixLimit& limit) {
  Notification notification{ErrorCode::Cease, cease::kMaximumPrefixes, {}};
  Writer out(notification.data);
  out.u16(static_cast<std::uint16_t>(limit.family.afi));
  out.u8(static_cast<std::uint8_t>(limit.family.safi));
  out.u32(limit.bound);
  return notification;
}

std::optional<PrefixLimit> prefix_limit(const Notification& notification) {
  if (!is(notification, ErrorCode::Cease, cease::kMaximumPrefixes)) return std::nullopt;
  Reader reader(notification.data);
  PrefixLimit limit;
  limit.family.afi = static_cast<Afi>(reader.u16());
  limit.family.safi = static_cast<Safi>(reader.u8());
  limit.bound = reader.u32();
  if (!reader.done()) return std::nullopt;
  return limit;
}

std::string data_text(const Notification& notification) {
  if (notification.data.empty()) return "";
  const auto typed = typed_text(notification);
  return typed ? *typed : bounded_hex(notification.data);
}

std::string to_string(const Notification& notification) {
  std::string text = std::to_string(static_cast<unsigned>(notification.code)) + '/' +
                     std::to_string(notification.subcode) + ' ' + to_string(notification.code);
  if (notification.subcode != 0) text += '/' + subcode_name(notification.code, notification.subcode);
  const std::string data = data_text(notification);
  return data.empty() ? text : text + ' ' + data;
}

}  // namespace bgp
