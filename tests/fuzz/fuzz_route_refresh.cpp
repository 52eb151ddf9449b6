// Any octets as the body of a ROUTE-REFRESH, with and without RFC 7313: what is accepted survives being sent on.
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/orf.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {
namespace {

void check_filters(const RouteRefresh& refresh) {
  const auto filters = decode_orf(refresh.family.afi, refresh.orf);
  if (!filters) return;
  require(to_string(*filters).find('\n') == std::string::npos, "their text is one line");
  const Bytes encoded = encode_orf(*filters);
  require(encoded.size() <= refresh.orf.size(), "they do not grow");
  require(decode_orf(refresh.family.afi, encoded) == filters, "they survive");
}

}  // namespace

void run(BytesView body) {
  if (body.size() > kMaxExtendedMessageSize - kHeaderSize) return;
  Bytes message(16, 0xff);
  Writer out(message);
  out.u16(static_cast<std::uint16_t>(kHeaderSize + body.size()));
  out.u8(static_cast<std::uint8_t>(MessageType::RouteRefresh));
  out.bytes(body);
  for (const bool enhanced : {false, true}) {
    const auto refresh = decode_route_refresh(message, enhanced);
    if (refresh.has_value()) {
      require(decode_route_refresh(encode_route_refresh(*refresh), enhanced) == refresh, "it survives");
      check_filters(*refresh);
      require(to_string(*refresh).find('\n') == std::string::npos, "its text is one line");
      continue;
    }
    const bool header = refresh.error().code == ErrorCode::MessageHeader;
    require(header ? body.size() < 4 : enhanced && refresh.error().data == message, "an error that the RFCs know");
  }
}

}  // namespace bgp::fuzz
