// wire/route_refresh.cpp
//
// RFC 2918 3: AFI, one octet, SAFI. RFC 7313 3.2 makes the octet between them the subtype.
#include "bgp/wire/route_refresh.hpp"

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/capability.hpp"
#include "bgp/wire/orf.hpp"
#include "message.hpp"
#include "text.hpp"

namespace bgp {
namespace {

constexpr std::size_t kBodySize = 4;

bool is_border(RefreshSubtype subtype) {
  return subtype == RefreshSubtype::BeginningOfRefresh || subtype == RefreshSubtype::EndOfRefresh;
}

}  // namespace

Result<RouteRefresh> decode_route_refresh(BytesView message, bool enhanced) {
  Reader reader(message);
  reader.bytes(kHeaderSize - 3);
  const std::uint16_t length = reader.u16();
  reader.u8();
  const std::size_t body_size = reader.remaining();
  const auto afi = static_cast<Afi>(reader.u16());
  const auto subtype = enhanced ? static_cast<RefreshSubtype>(reader.u8()) : (reader.u8(), RefreshSubtype::Request);
  // RFC 7313 5: BoRR and EoRR are exactly four octets; the data is the whole message
  if (reader.ok() && is_border(subtype) && body_size != kBodySize) {
    return failure(ErrorCode::RouteRefreshMessage, route_refresh_error::kInvalidMessageLength,
                   Bytes(message.begin(), message.end()));
  }
  const auto safi = static_cast<Safi>(reader.u8());
  if (!reader.ok()) {
    return failure(ErrorCode::MessageHeader, header_error::kBadMessageLength,
                   {static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
  }
  const BytesView orf = reader.rest();
  return RouteRefresh{{afi, safi}, subtype, Bytes(orf.begin(), orf.end())};
}

Bytes encode_route_refresh(const RouteRefresh& refresh) {
  Bytes message;
  Writer out(message);
  {
    const MessageFrame frame(out, MessageType::RouteRefresh);
    out.u16(static_cast<std::uint16_t>(refresh.family.afi));
    out.u8(static_cast<std::uint8_t>(refresh.subtype));
    out.u8(static_cast<std::uint8_t>(refresh.family.safi));
    out.bytes(refresh.orf);
  }
  return message;
}

std::string to_string(const RouteRefresh& refresh) {
  std::string text = to_string(refresh.family);
  switch (refresh.subtype) {
    case RefreshSubtype::Request: text += " request"; break;
    case RefreshSubtype::BeginningOfRefresh: text += " BoRR"; break;
    case RefreshSubtype::EndOfRefresh: text += " EoRR"; break;
    default: text += " subtype " + std::to_string(static_cast<unsigned>(refresh.subtype));
  }
  if (refresh.orf.empty()) return text;
  const auto orf = decode_orf(refresh.family.afi, refresh.orf);
  text += " orf " + (orf ? to_string(*orf) : hex_text(refresh.orf));
  return text;
}

}  // namespace bgp
