// wire/tlv.hpp
//
// Type, length, value: the form of what stands inside AIGP, Tunnel Encapsulation and Prefix-SID. Private to the wire
// layer.
#pragma once

#include <cstdint>
#include <optional>

#include "bgp/wire/bytes.hpp"

namespace bgp {

struct Tlv {
  std::uint16_t type = 0;
  BytesView value;
};

/// One octet of type, two of length.
inline std::optional<Tlv> take_tlv(Reader& reader) {
  Tlv tlv;
  tlv.type = reader.u8();
  tlv.value = reader.bytes(reader.u16());
  if (!reader.ok()) return std::nullopt;
  return tlv;
}

/// RFC 7311 3: one octet of type, two of a length that counts these three octets too.
inline std::optional<Tlv> take_aigp_tlv(Reader& reader) {
  Tlv tlv;
  tlv.type = reader.u8();
  const std::uint16_t length = reader.u16();
  if (!reader.ok() || length < 3) return std::nullopt;
  tlv.value = reader.bytes(length - 3U);
  if (!reader.ok()) return std::nullopt;
  return tlv;
}

/// RFC 9012 2: two octets of type, two of length.
inline std::optional<Tlv> take_wide_tlv(Reader& reader) {
  Tlv tlv;
  tlv.type = reader.u16();
  tlv.value = reader.bytes(reader.u16());
  if (!reader.ok()) return std::nullopt;
  return tlv;
}

/// RFC 9012 2: one octet of type, one of length, or two for the types from 128 on.
inline std::optional<Tlv> take_tunnel_subtlv(Reader& reader) {
  Tlv tlv;
  tlv.type = reader.u8();
  tlv.value = reader.bytes(tlv.type < 128 ? reader.u8() : reader.u16());
  if (!reader.ok()) return std::nullopt;
  return tlv;
}

}  // namespace bgp
