// wire/message.hpp
//
// The frame that every encoder writes its body into (RFC 4271 4.1). Private to the wire layer.
#pragma once

#include <algorithm>

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp {

/// Writes the header; what is written while it lives is the body. The length is filled in at its end, so it must end
/// before the octets are handed on.
class MessageFrame {
 public:
  MessageFrame(Writer& out, MessageType type) : out_(out), at_(out.size()) {
    const auto header = out.grow(kHeaderSize);
    std::ranges::fill(header.first<kMarkerSize>(), std::uint8_t{0xff});  // RFC 4271 4.1: all ones
    header.back() = static_cast<std::uint8_t>(type);
  }
  MessageFrame(const MessageFrame&) = delete;
  MessageFrame& operator=(const MessageFrame&) = delete;
  ~MessageFrame() {
    const auto message = out_.written_from(at_);
    store_u16(&message[kMarkerSize], static_cast<std::uint16_t>(message.size()));
  }

 private:
  static constexpr std::size_t kMarkerSize = 16;

  Writer& out_;
  std::size_t at_;
};

}  // namespace bgp
