// wire/message.hpp
//
// The frame that every encoder writes its body into (RFC 4271 4.1). Private to the wire layer.
#pragma once

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp {

/// Writes the header; what is written while it lives is the body. The length is filled in at its end, so it must end
/// before the octets are handed on.
class MessageFrame {
 public:
  MessageFrame(Writer& out, MessageType type) : length_(begin(out)) { out.u8(static_cast<std::uint8_t>(type)); }

 private:
  static constexpr std::size_t kMarkerSize = 16;
  static constexpr std::size_t kBeforeBody = kMarkerSize + 2;

  static Writer::Length begin(Writer& out) {
    for (std::size_t i = 0; i < kMarkerSize; ++i) out.u8(0xff);  // RFC 4271 4.1: all ones
    return out.length_u16_counting(kBeforeBody);
  }

  Writer::Length length_;
};

}  // namespace bgp
