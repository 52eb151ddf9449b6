// wire/aigp.cpp
//
// AIGP (RFC 7311): octets and text.
#include "bgp/wire/aigp.hpp"

#include "text.hpp"
#include "tlv.hpp"

namespace bgp {
namespace {

constexpr std::uint8_t kMetric = 1;
constexpr std::size_t kHeader = 3;

std::uint64_t u64(Reader& reader) {
  const std::uint64_t upper = reader.u32();
  return upper << 32 | reader.u32();
}

void write_header(Writer& out, std::uint8_t type, std::size_t size) {
  out.u8(type);
  out.u16(static_cast<std::uint16_t>(kHeader + size));
}

}  // namespace

std::optional<Aigp> Aigp::decode(BytesView value) {
  if (value.empty()) return std::nullopt;
  Aigp aigp;
  for (Reader reader(value); !reader.empty();) {
    const auto tlv = take_aigp_tlv(reader);
    if (!tlv || (tlv->type == kMetric && tlv->value.size() != 8)) return std::nullopt;
    if (tlv->type == kMetric && !aigp.metric) {
      Reader metric(tlv->value);
      aigp.metric = u64(metric);
    } else {
      aigp.others.push_back({static_cast<std::uint8_t>(tlv->type), Bytes(tlv->value.begin(), tlv->value.end())});
    }
  }
  return aigp;
}

Bytes Aigp::encode() const {
  Bytes value;
  Writer out(value);
  if (metric) {
    write_header(out, kMetric, 8);
    out.u32(static_cast<std::uint32_t>(*metric >> 32));
    out.u32(static_cast<std::uint32_t>(*metric));
  }
  for (const AigpTlv& other : others) {
    write_header(out, other.type, other.value.size());
    out.bytes(other.value);
  }
  return value;
}

std::string to_string(const Aigp& aigp) {
  std::string text = aigp.metric ? std::to_string(*aigp.metric) : "";
  for (const AigpTlv& other : aigp.others) {
    text += (text.empty() ? "" : " ") + std::to_string(other.type) + ':' + hex_text(other.value);
  }
  return text;
}

}  // namespace bgp
