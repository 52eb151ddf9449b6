// Any octets as an OPEN: what is accepted encodes, and its encoding is a fixed point. The same octets as a NOTIFICATION
// and a ROUTE-REFRESH.
#include <cstdio>
#include <cstdlib>

#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/route_refresh.hpp"

namespace bgp {
namespace {

void require(bool promise, const char* what) {
  if (promise) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void run_open(BytesView body) {
  const auto open = decode_open(body);
  if (!open.has_value()) {
    require(open.error().code == ErrorCode::OpenMessage, "an OPEN Message Error");
    return;
  }
  require(open->identifier.value != 0 && open->asn() != 0 && open->hold_time != 1 && open->hold_time != 2,
          "nothing invalid is accepted");
  require(!to_string(*open).empty(), "it has a text");
  const Bytes message = encode_open(*open);
  const auto again = decode_open(BytesView(message).subspan(kHeaderSize));
  require(again.has_value() && encode_open(*again) == message, "its encoding is a fixed point");
}

void run_notification(BytesView body) {
  const Notification notification = decode_notification(body);
  const std::string text = to_string(notification);
  require(text.find('\n') == std::string::npos && text.find('\x1b') == std::string::npos, "its text is safe");
  const Bytes message = encode_notification(notification, kMaxExtendedMessageSize);
  require(decode_notification(BytesView(message).subspan(kHeaderSize)) == notification, "it survives");
}

void run_route_refresh(BytesView message) {
  for (const bool enhanced : {false, true}) {
    const auto refresh = decode_route_refresh(message, enhanced);
    if (refresh.has_value()) {
      require(decode_route_refresh(encode_route_refresh(*refresh), enhanced) == refresh, "it survives");
    }
  }
}

void run(BytesView input) {
  if (input.size() > kMaxMessageSize - kHeaderSize) return;
  run_open(input);
  run_notification(input);
  run_route_refresh(input);
}

}  // namespace
}  // namespace bgp

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bgp::run({data, size});
  return 0;
}
