// bgp/wire/framer.hpp
//
// Cuts the octet stream of one connection into messages (RFC 4271 4.1) and checks each header (6.1, RFC 8654).
// A RawMessage is borrowed: it dies with the octets it was cut from. One connection, one thread.
#pragma once

#include <cstddef>
#include <optional>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// A whole message whose header was checked, as it stood on the wire. Borrowed.
struct RawMessage {
  MessageType type{};
  BytesView octets;  ///< header and body: 19 to 65,535 octets

  [[nodiscard]] BytesView body() const { return octets.subspan(kHeaderSize); }
};

/// Works on the caller's octets and owns only the unfinished tail of a message.
class Framer {
 public:
  /// Takes one message from the front of `in` and shortens `in` by what it took. Empty when `in` ended before the
  /// message did: all of `in` is then taken and kept. The message is valid until the next call and as long as the
  /// octets behind `in`. A header is judged as soon as its nineteen octets are there, however long the message says it
  /// is. After an error (RFC 4271 6.1: 1/1, 1/2 or 1/3 with its data) the stream cannot be followed: no further calls.
  [[nodiscard]] Result<std::optional<RawMessage>> next(BytesView& in);

  /// Largest UPDATE, NOTIFICATION and ROUTE-REFRESH to accept: 4,096 (the default), or 65,535 once we advertised
  /// extended messages. OPEN and KEEPALIVE stay at 4,096 (RFC 8654 4).
  void set_max_message_size(std::size_t octets) { max_message_size_ = octets; }

  /// After an error: what was refused is a NOTIFICATION of a wrong length. An error in a NOTIFICATION is not answered
  /// with one (RFC 4271 6.4).
  [[nodiscard]] bool refused_notification() const { return refused_notification_; }

  /// Octets of an unfinished message that wait for their rest.
  [[nodiscard]] std::size_t pending() const { return tail_taken_ ? 0 : tail_.size(); }

 private:
  Result<std::size_t> judge(BytesView header);
  Result<std::optional<RawMessage>> continue_tail(BytesView& in);

  Bytes tail_;
  bool tail_taken_ = false;  // the last message was cut from tail_, which the next call empties
  bool refused_notification_ = false;
  std::size_t max_message_size_ = kMaxMessageSize;
};

}  // namespace bgp BGP_EXPORT
