// wire/route_target_nlri.cpp
//
// Route Target membership on the wire: a prefix of 0 or 32 to 96 bits (RFC 4684 4).
#include "bgp/wire/route_target_nlri.hpp"

#include <algorithm>

#include "hash.hpp"
#include "nlri_fields.hpp"
#include "nlri_octets.hpp"
#include "text.hpp"

namespace bgp {
namespace {

constexpr std::uint8_t kOriginBits = 32, kMaxBits = 96;

bool length_suits(std::uint8_t length) { return length == 0 || (length >= kOriginBits && length <= kMaxBits); }

/// The Route Target of RFC 4360 4 in its usual text, or its octets.
std::string target_text(const RouteTargetNlri& nlri) {
  const BytesView octets = nlri.route_target;
  Reader reader(octets);
  const std::uint8_t type = reader.u8();
  if (nlri.length == kMaxBits && reader.u8() == 2) {  // RFC 4360 4: the sub-type of a Route Target
    switch (type) {
      case 0: {
        const std::string asn = std::to_string(reader.u16());
        return asn + ':' + std::to_string(reader.u32());
      }
      case 1: {
        const std::string address = to_string(IpAddress::v4(reader.u32()));
        return address + ':' + std::to_string(reader.u16());
      }
      case 2: {
        const std::string asn = std::to_string(reader.u32());
        return asn + ':' + std::to_string(reader.u16());
      }
      default: break;
    }
  }
  return hex_text(octets.first((nlri.length - kOriginBits + 7U) / 8U));
}

}  // namespace

std::optional<RouteTargetNlri> read_route_target(const RawNlri& raw) {
  Reader reader(raw.octets);
  RouteTargetNlri nlri;
  nlri.path_id = raw.path_id;
  nlri.length = reader.u8();
  if (!length_suits(nlri.length)) return std::nullopt;
  if (nlri.length == 0) return nlri;
  nlri.origin_as = reader.u32();
  std::ranges::copy(reader.rest(), nlri.route_target.begin());
  const unsigned used = nlri.length % 8;  // bits of the last octet; 0 when it is full
  if (used != 0) {
    std::uint8_t& last = nlri.route_target[(nlri.length - kOriginBits) / 8U];
    last = static_cast<std::uint8_t>(last & 0xff00U >> used);
  }
  return nlri;
}

bool write_route_target(Writer& out, const RouteTargetNlri& nlri) {
  if (!length_suits(nlri.length)) return false;
  out.u8(nlri.length);
  if (nlri.length == 0) return true;
  out.u32(nlri.origin_as);
  out.bytes(BytesView(nlri.route_target).first((nlri.length - kOriginBits + 7U) / 8U));
  return true;
}

std::string to_string(const RouteTargetNlri& nlri) {
  std::string text = "default";
  if (nlri.length >= kOriginBits) {
    text = std::to_string(nlri.origin_as) + ':' + target_text(nlri) + '/' + std::to_string(nlri.length);
  }
  return nlri.path_id == 0 ? text : text + '#' + std::to_string(nlri.path_id);
}

}  // namespace bgp

std::size_t std::hash<bgp::RouteTargetNlri>::operator()(const bgp::RouteTargetNlri& nlri) const noexcept {
  bgp::Hash state;
  state.octets(nlri.route_target);
  state.number(nlri.origin_as);
  state.number(nlri.length);
  state.number(nlri.path_id);
  return state.value();
}
