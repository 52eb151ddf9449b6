// testing/message_cutter.hpp
//
// Cuts one direction of a connection into messages, and finds the next one again after octets that are none: lost
// segments, a capture that begins in the middle, a header that is wrong.
#pragma once

#include <cstddef>
#include <optional>
#include <variant>

#include "bgp/wire/framer.hpp"

namespace bgp::test {

class MessageCutter {
 public:
  /// Octets that are no message.
  struct Skipped {
    BytesView octets;
    std::optional<Notification> error;  ///< what a session would say to this header; nothing: no border was known
  };
  using Found = std::variant<RawMessage, Skipped>;

  /// `aligned`: the first octet is the first of a message.
  explicit MessageCutter(bool aligned = false) : aligned_(aligned) {}

  /// Takes the next octets; then next() until it gives nothing. They must stay until then.
  void add(BytesView octets);
  /// The next message, or octets that are none; valid until the next call.
  [[nodiscard]] std::optional<Found> next();

  /// Octets are missing here: the message that was begun is dropped, and gives how many octets it had.
  std::size_t lose();

  /// Octets that wait for the rest of their message.
  [[nodiscard]] BytesView pending() const { return left_; }

  void set_max_message_size(std::size_t octets) { most_ = octets; }

 private:
  [[nodiscard]] std::optional<Found> search();

  bool aligned_;
  std::size_t most_ = kMaxExtendedMessageSize;
  BytesView left_;  // of the octets added last, or of tail_
  Bytes tail_;      // owned, where a message goes over several add()s
};

/// Where the first thing in `octets` stands that looks like a message: sixteen octets of ones, a length and a type that
/// there are.
[[nodiscard]] std::optional<std::size_t> find_message(BytesView octets);

/// True for octets that begin with a message's header.
[[nodiscard]] bool begins_like_message(BytesView octets);

}  // namespace bgp::test
