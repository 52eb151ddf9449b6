// wire/framer.cpp
//
// RFC 4271 4.1 and 6.1, RFC 8654: where a message ends, and whether its header may stand.
#include "bgp/wire/framer.hpp"

#include <algorithm>

#include "bgp/wire/bytes.hpp"

namespace bgp {
namespace {

constexpr std::size_t kMarkerSize = 16;

/// The smallest message of a type (RFC 4271 6.1). ROUTE-REFRESH is judged by its decoder (RFC 7313 5 has its own
/// error).
std::size_t min_size(MessageType type) {
  switch (type) {
    case MessageType::Open: return 29;
    case MessageType::Update: return 23;
    case MessageType::Notification: return 21;
    case MessageType::Keepalive:
    case MessageType::RouteRefresh: return kHeaderSize;
  }
  return kHeaderSize;
}

std::size_t max_size(MessageType type, std::size_t negotiated) {
  switch (type) {
    // RFC 4271 6.1: a KEEPALIVE is the header alone
    case MessageType::Keepalive: return kHeaderSize;
    // RFC 8654 4: an OPEN never exceeds 4,096 octets
    case MessageType::Open: return kMaxMessageSize;
    case MessageType::Update:
    case MessageType::Notification:
    case MessageType::RouteRefresh: return negotiated;
  }
  return negotiated;
}

bool known(MessageType type) { return type >= MessageType::Open && type <= MessageType::RouteRefresh; }

/// Checks the first nineteen octets and returns the message's length. RFC 4271 6.1.
Result<std::size_t> check_header(BytesView header, std::size_t negotiated_max) {
  Reader reader(header);
  const BytesView marker = reader.bytes(kMarkerSize);
  const std::uint16_t length = reader.u16();
  const auto type = static_cast<MessageType>(reader.u8());
  if (std::ranges::any_of(marker, [](std::uint8_t octet) { return octet != 0xff; })) {
    return failure(ErrorCode::MessageHeader, header_error::kConnectionNotSynchronized);
  }
  // RFC 4271 6.1: data is the erroneous length field. RFC 8654 4: the limit that we advertised holds
  if (length < min_size(type) || length > max_size(type, negotiated_max)) {
    return failure(ErrorCode::MessageHeader, header_error::kBadMessageLength,
                   {static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
  }
  // RFC 4271 6.1: data is the erroneous type field
  if (!known(type)) {
    return failure(ErrorCode::MessageHeader, header_error::kBadMessageType, {static_cast<std::uint8_t>(type)});
  }
  return length;
}

constexpr std::size_t kTypeAt = 18;

RawMessage message_of(BytesView octets) { return {static_cast<MessageType>(octets[kTypeAt]), octets}; }

/// Moves octets from the front of `in` to `tail` until that has `size`; true when it has.
bool fill(Bytes& tail, std::size_t size, BytesView& in) {
  const std::size_t count = std::min(size - tail.size(), in.size());
  tail.insert(tail.end(), in.begin(), in.begin() + static_cast<std::ptrdiff_t>(count));
  in = in.subspan(count);
  return tail.size() == size;
}

}  // namespace

Result<std::optional<RawMessage>> Framer::next(BytesView& in) {
  if (tail_taken_) {
    tail_taken_ = false;
    tail_.clear();
    if (tail_.capacity() > kMaxMessageSize) tail_.shrink_to_fit();  // thousands of idle sessions stay small
  }
  if (tail_.empty() && in.size() >= kHeaderSize) {
    const auto length = judge(in.first(kHeaderSize));
    if (!length) return std::unexpected(length.error());
    if (in.size() >= *length) {
      const RawMessage message = message_of(in.first(*length));
      in = in.subspan(*length);
      return message;
    }
  }
  return continue_tail(in);
}

Result<std::size_t> Framer::judge(BytesView header) {
  auto length = check_header(header, max_message_size_);
  refused_notification_ = !length && length.error().subcode == header_error::kBadMessageLength &&
                          static_cast<MessageType>(header[kTypeAt]) == MessageType::Notification;
  return length;
}

Result<std::optional<RawMessage>> Framer::continue_tail(BytesView& in) {
  if (tail_.size() < kHeaderSize && !fill(tail_, kHeaderSize, in)) return std::nullopt;
  const auto length = judge(BytesView(tail_).first(kHeaderSize));
  if (!length) return std::unexpected(length.error());
  if (!fill(tail_, *length, in)) return std::nullopt;
  tail_taken_ = true;
  return message_of(tail_);
}

}  // namespace bgp
