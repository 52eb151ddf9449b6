#include "bgp/session/send_queue.hpp"

#include <algorithm>

namespace bgp {

namespace {

constexpr std::size_t kTypeOffset = 18;  // RFC 4271 4.1: marker 16, length 2, type 1

std::size_t message_size(BytesView at) { return static_cast<std::size_t>(at[16]) << 8 | at[17]; }
MessageType message_type(BytesView at) { return static_cast<MessageType>(at[kTypeOffset]); }

}  // namespace

void SendQueue::push_control(Bytes message) {
  const bool keepalive = message_type(message) == MessageType::Keepalive;
  const auto waits = [](const Entry& entry) { return message_type(*entry.octets) == MessageType::Keepalive; };
  if (keepalive && std::ranges::any_of(control_.entries, waits)) return;
  control_.push(std::make_shared<const Bytes>(std::move(message)));
}

void SendQueue::push_data(SharedOctets messages) {
  if (!messages->empty()) data_.push(std::move(messages));
}

void SendQueue::Lane::push(SharedOctets octets) {
  size += octets->size();
  entries.push_back({std::move(octets), 0});
}

SendQueue::Lane& SendQueue::next_lane() {
  if (mid_message()) return partial_ == Partial::Control ? control_ : data_;
  return control_.entries.empty() ? data_ : control_;
}

std::size_t SendQueue::gather(std::span<BytesView> buffers) const {
  std::size_t used = 0;
  const auto put = [&](BytesView octets) {
    if (!octets.empty() && used < buffers.size()) buffers[used++] = octets;
  };
  const auto put_lane = [&](const Lane& lane, std::size_t skip) {
    for (const Entry& entry : lane.entries) {
      if (used == buffers.size()) return;
      put(entry.rest().subspan(skip));
      skip = 0;
    }
  };
  // the rest of a half-written message, then control, then data
  const std::size_t data_rest = partial_ == Partial::Data ? rest_of_message_ : 0;
  if (data_rest > 0) put(data_.entries.front().rest().first(data_rest));
  put_lane(control_, 0);
  put_lane(data_, data_rest);
  return used;
}

std::optional<MessageType> SendQueue::take(std::size_t& octets) {
  Lane& lane = next_lane();
  Entry& entry = lane.entries.front();
  if (!mid_message()) {
    rest_of_message_ = message_size(entry.rest());
    partial_type_ = message_type(entry.rest());
    partial_ = &lane == &control_ ? Partial::Control : Partial::Data;
  }
  const std::size_t taken = std::min(octets, rest_of_message_);
  octets -= taken;
  rest_of_message_ -= taken;
  entry.offset += taken;
  lane.size -= taken;
  if (entry.rest().empty()) lane.entries.pop_front();
  if (rest_of_message_ > 0) return std::nullopt;
  partial_ = Partial::None;
  return partial_type_;
}

Bytes SendQueue::farewell(BytesView message) {
  Bytes last;
  const auto append = [&](BytesView octets) { last.insert(last.end(), octets.begin(), octets.end()); };
  if (partial_ == Partial::Data) append(data_.entries.front().rest().first(rest_of_message_));
  for (const Entry& entry : control_.entries) append(entry.rest());
  append(message);
  clear();
  return last;
}

void SendQueue::clear() {
  control_ = {};
  data_ = {};
  rest_of_message_ = 0;
  partial_ = Partial::None;
}

}  // namespace bgp
