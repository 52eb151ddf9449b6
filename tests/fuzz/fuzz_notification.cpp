// Any octets as the body of a NOTIFICATION: its text is safe to print, and it survives being sent on, also in 4,096
// octets and inside a Hard Reset.
#include <algorithm>

#include "bgp/wire/capability.hpp"
#include "bgp/wire/notification.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {
namespace {

bool safe(const std::string& text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

void run(BytesView body) {
  if (body.size() < 2 || body.size() > kMaxExtendedMessageSize - kHeaderSize) return;  // the Framer sees to that
  const Notification notification = decode_notification(body);
  require(safe(to_string(notification)), "its text is safe");
  const Bytes message = encode_notification(notification, kMaxExtendedMessageSize);
  require(decode_notification(BytesView(message).subspan(kHeaderSize)) == notification, "it survives");
  require(encode_notification(notification).size() == std::min(message.size(), kMaxMessageSize), "the rest is cut off");
  if (const auto text = shutdown_communication(notification)) {
    require(safe(*text), "the words of the peer's operator are safe");
    require(encode_shutdown_communication(*text).size() <= 129, "and can be said again");
  }
  const bool is_hard_reset = notification.code == ErrorCode::Cease && notification.subcode == cease::kHardReset;
  if (!is_hard_reset) require(hard_reset_reason(hard_reset(notification)) == notification, "it has its reason");
  require(safe(data_text(notification)), "its data in words is safe");
  if (const auto limit = prefix_limit(notification)) {
    require(prefix_limit(maximum_prefixes_reached(*limit)) == limit, "the limit can be said again");
  }
  if (const auto missing = unsupported_capabilities(notification)) {
    for (const Capability& capability : *missing) require(!to_string(capability).empty(), "it has a text");
  }
  if (const auto reason = hard_reset_reason(notification)) require(hard_reset(*reason) == notification, "both ways");
}

}  // namespace bgp::fuzz
