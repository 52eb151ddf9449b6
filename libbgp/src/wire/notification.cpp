// wire/notification.cpp
//
// RFC 4271 4.5 on the wire, the texts of RFC 9003, and the Hard Reset of RFC 8538. Names:
// notification_names.cpp; words: notification_text.cpp.
#include "bgp/wire/notification.hpp"

#include <algorithm>

#include "bgp/wire/bytes.hpp"
#include "message.hpp"
#include "text.hpp"

namespace bgp {
namespace {

std::string_view as_text(BytesView octets) { return {reinterpret_cast<const char*>(octets.data()), octets.size()}; }

bool has_shutdown_communication(const Notification& notification) {
  // RFC 9003 2: Cease/2 and Cease/4 only
  return notification.code == ErrorCode::Cease && (notification.subcode == cease::kAdministrativeShutdown ||
                                                   notification.subcode == cease::kAdministrativeReset);
}

}  // namespace

Notification decode_notification(BytesView body) {
  Reader reader(body);
  const auto code = static_cast<ErrorCode>(reader.u8());
  const std::uint8_t subcode = reader.u8();
  const BytesView data = reader.rest();
  return {code, subcode, Bytes(data.begin(), data.end())};
}

Bytes encode_notification(const Notification& notification, std::size_t max_message_size) {
  constexpr std::size_t kWithoutData = kHeaderSize + 2;
  const std::size_t max = std::clamp(max_message_size, kWithoutData, kMaxExtendedMessageSize);
  const std::size_t data_size = std::min(notification.data.size(), max - kWithoutData);
  Bytes message;
  message.reserve(kWithoutData + data_size);
  Writer out(message);
  {
    const MessageFrame frame(out, MessageType::Notification);
    out.u8(static_cast<std::uint8_t>(notification.code));
    out.u8(notification.subcode);
    // RFC 8654 5: what does not fit the peer's limit is cut off
    out.bytes(BytesView(notification.data).first(data_size));
  }
  return message;
}

Bytes encode_shutdown_communication(std::string_view text, std::size_t max_octets) {
  const std::size_t max = std::min<std::size_t>(max_octets, 255);
  std::size_t size = 0;
  while (size < text.size()) {
    const std::size_t character = std::max<std::size_t>(utf8_size(text.substr(size)), 1);
    if (size + character > max) break;
    size += character;
  }
  Bytes data(1 + size);
  data.front() = static_cast<std::uint8_t>(size);
  std::ranges::copy(text.substr(0, size), data.begin() + 1);
  return data;
}

std::optional<std::string> shutdown_communication(const Notification& notification) {
  if (const auto reason = hard_reset_reason(notification)) return shutdown_communication(*reason);
  if (!has_shutdown_communication(notification)) return std::nullopt;
  Reader reader(notification.data);
  const std::size_t length = reader.u8();
  // RFC 9003 2, 4: a length beyond the data is tolerated, and invalid UTF-8 is only shown as octets
  const BytesView text = reader.bytes(std::min(length, reader.remaining()));
  if (text.empty()) return std::nullopt;
  return escaped(as_text(text));
}

Notification hard_reset(const Notification& reason) {
  // RFC 8538 3.1: code, subcode and data of the reason are the data
  Notification outer{ErrorCode::Cease, cease::kHardReset, Bytes(2 + reason.data.size())};
  outer.data[0] = static_cast<std::uint8_t>(reason.code);
  outer.data[1] = reason.subcode;
  std::ranges::copy(reason.data, outer.data.begin() + 2);
  return outer;
}

std::optional<Notification> hard_reset_reason(const Notification& notification) {
  if (notification.code != ErrorCode::Cease || notification.subcode != cease::kHardReset) return std::nullopt;
  if (notification.data.size() < 2) return std::nullopt;
  Notification reason = decode_notification(notification.data);
  // RFC 8538 3.1 nests once; a peer that nests more does not make us recurse
  if (reason.code == ErrorCode::Cease && reason.subcode == cease::kHardReset) return std::nullopt;
  return reason;
}

}  // namespace bgp
