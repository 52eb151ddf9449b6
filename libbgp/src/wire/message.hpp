// wire/message.hpp
//
// The frame that every encoder writes its body into (RFC 4271 4.1). Private to the wire layer.
#pragma once

#include <cstring>
#include <span>

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp {

inline constexpr std::size_t kMarkerSize = 16;

/// A header whose length is not known yet; `header` has its size.
inline void write_header(std::span<std::uint8_t> header, MessageType type) {
  std::memset(header.data(), 0xff, kMarkerSize);  // RFC 4271 4.1: all ones
  header[kHeaderSize - 1] = static_cast<std::uint8_t>(type);
}

/// The length of a whole message into its header.
inline void write_length(std::span<std::uint8_t> message) {
  store_u16(&message[kMarkerSize], static_cast<std::uint16_t>(message.size()));
}

/// Writes the header; what is written while it lives is the body. The length is filled in at its end, so it must end
/// before the octets are handed on.
class MessageFrame {
 public:
  MessageFrame(Writer& out, MessageType type) : out_(out), at_(out.size()) {
    write_header(out.grow(kHeaderSize), type);
  }
  MessageFrame(const MessageFrame&) = delete;
  MessageFrame& operator=(const MessageFrame&) = delete;
  ~MessageFrame() { write_length(out_.written_from(at_)); }

 private:
  Writer& out_;
  std::size_t at_;
};

}  // namespace bgp
