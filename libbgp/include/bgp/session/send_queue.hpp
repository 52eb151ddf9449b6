// bgp/session/send_queue.hpp
//
// What one connection is about to send, in two lanes. Control messages (OPEN, KEEPALIVE, ROUTE-REFRESH requests) pass
// waiting UPDATEs at message borders, so that a backlog never delays a KEEPALIVE; after a partial write nothing but the
// rest of that message may follow. The data lane (UPDATE, End-of-RIB, BoRR, EoRR) is bounded.
#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/session/fifo.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// Immutable octets of one or more whole messages, shared by all the queues that send them.
using SharedOctets = std::shared_ptr<const Bytes>;

class SendQueue {
 public:
  /// `data_octets`: from how many waiting octets on the data lane has no room.
  explicit SendQueue(std::size_t data_octets) : data_limit_(data_octets) {}

  /// One whole message on the control lane. A KEEPALIVE that finds another one waiting is dropped: one says it all.
  void push_control(Bytes message);
  /// Whole messages on the data lane. Taken even when there is no room: a message is never cut.
  void push_data(SharedOctets messages);

  /// Whether the data lane takes more.
  [[nodiscard]] bool has_room() const { return data_.size < data_limit_; }
  [[nodiscard]] bool empty() const { return control_.entries.empty() && data_.entries.empty(); }
  /// Octets that wait.
  [[nodiscard]] std::size_t size() const { return control_.size + data_.size; }
  /// A message was written in part: its rest must come first.
  [[nodiscard]] bool mid_message() const { return partial_ != Partial::None; }

  /// Fills `buffers` in sending order and gives how many it used. Valid until the next non-const call.
  [[nodiscard]] std::size_t gather(std::span<BytesView> buffers) const;
  /// `octets` from the front of what gather() gave were sent. Calls `completed(MessageType)` for each message whose
  /// last octet was among them; it may not touch this queue.
  template <std::invocable<MessageType> Completed>
  void sent(std::size_t octets, Completed&& completed) {
    while (octets > 0 && !empty()) {
      if (const std::optional<MessageType> type = take(octets)) completed(*type);
    }
  }

  /// The last octets of this connection: the rest of a half-written message, what waits on the control lane, then
  /// `message`. Everything else is dropped and the queue is empty.
  [[nodiscard]] Bytes farewell(BytesView message);
  void clear();

 private:
  enum class Partial : std::uint8_t { None, Control, Data };

  struct Entry {
    SharedOctets octets;
    std::size_t offset = 0;  // what was sent of them

    [[nodiscard]] BytesView rest() const { return BytesView(*octets).subspan(offset); }
  };
  struct Lane {
    Fifo<Entry, 0> entries;  // a quiet session keeps no memory for what it may send
    std::size_t size = 0;

    void push(SharedOctets octets);
  };

  /// Takes off what was sent of one message, and that many octets of `octets`. Its type when that was the rest of it.
  std::optional<MessageType> take(std::size_t& octets);
  /// Where the next octet to send comes from; the queue is not empty.
  [[nodiscard]] Lane& next_lane();

  Lane control_;
  Lane data_;
  std::size_t data_limit_;
  Partial partial_ = Partial::None;  // the lane of a half-written message
  MessageType partial_type_{};
  std::size_t rest_of_message_ = 0;
};

}  // namespace bgp BGP_EXPORT
