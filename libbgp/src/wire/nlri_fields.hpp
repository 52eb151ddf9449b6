// wire/nlri_fields.hpp
//
// Fields that the NLRI of several families have. Private to the wire layer.
#pragma once

#include "bgp/wire/address.hpp"
#include "bgp/wire/bytes.hpp"
#include "bgp/wire/route_distinguisher.hpp"

namespace bgp {

/// Three octets: a label, three reserved bits and the S bit (RFC 8277 2.2), or a VNI.
inline std::uint32_t read_u24(Reader& reader) {
  const std::uint32_t upper = reader.u16();
  return upper << 8 | reader.u8();
}

inline void write_u24(Writer& out, std::uint32_t value) {
  out.u8(static_cast<std::uint8_t>(value >> 16));
  out.u16(static_cast<std::uint16_t>(value));
}

inline std::uint64_t read_u64(Reader& reader) {
  const std::uint64_t upper = reader.u32();
  return upper << 32 | reader.u32();
}

inline void write_u64(Writer& out, std::uint64_t value) {
  out.u32(static_cast<std::uint32_t>(value >> 32));
  out.u32(static_cast<std::uint32_t>(value));
}

inline RouteDistinguisher read_rd(Reader& reader) { return {read_u64(reader)}; }
inline void write_rd(Writer& out, RouteDistinguisher rd) { write_u64(out, rd.value); }

/// Four or sixteen octets; 0.0.0.0 after a failure.
inline IpAddress read_address(Reader& reader, bool v6) {
  if (!v6) return IpAddress::v4(reader.u32());
  const BytesView octets = reader.bytes(16);
  return octets.size() == 16 ? IpAddress::v6(octets.first<16>()) : IpAddress{};
}

}  // namespace bgp
