#include "message_cutter.hpp"

#include <algorithm>
#include <cstring>

#include "bgp/wire/bytes.hpp"

namespace bgp::test {
namespace {

constexpr std::size_t kMarker = 16;

}  // namespace

bool begins_like_message(BytesView octets) {
  if (octets.size() < kHeaderSize) return false;
  if (std::any_of(octets.begin(), octets.begin() + kMarker, [](std::uint8_t octet) { return octet != 0xff; })) {
    return false;
  }
  const std::uint8_t type = octets[kMarker + 2];
  return load_u16(octets.data() + kMarker) >= kHeaderSize && type >= 1 && type <= 5;
}

std::optional<std::size_t> find_message(BytesView octets) {
  for (std::size_t at = 0; at + kHeaderSize <= octets.size(); ++at) {
    const void* one = std::memchr(octets.data() + at, 0xff, octets.size() - at);
    if (one == nullptr) return std::nullopt;
    at = static_cast<std::size_t>(static_cast<const std::uint8_t*>(one) - octets.data());
    if (begins_like_message(octets.subspan(at))) return at;
  }
  return std::nullopt;
}

namespace {

/// How much of `octets`, which begin with a header that was refused, is to be passed over: the message when its length
/// can be believed, else what stands before the next one, at least the header.
std::size_t refused_octets(BytesView octets) {
  const std::size_t length = load_u16(octets.data() + kMarker);
  const bool marker =
      std::all_of(octets.begin(), octets.begin() + kMarker, [](std::uint8_t one) { return one == 0xff; });
  if (marker && length >= kHeaderSize && length <= octets.size()) return length;
  const auto next = find_message(octets.subspan(1));
  return next ? *next + 1 : std::max(kHeaderSize, octets.size() - (kHeaderSize - 1));
}

}  // namespace

void MessageCutter::add(BytesView octets) {
  if (left_.empty()) {
    left_ = octets;
    return;
  }
  Bytes joined;
  joined.reserve(left_.size() + octets.size());
  joined.assign(left_.begin(), left_.end());
  joined.insert(joined.end(), octets.begin(), octets.end());
  tail_ = std::move(joined);
  left_ = tail_;
}

std::optional<MessageCutter::Found> MessageCutter::next() {
  if (!aligned_) {
    if (auto skipped = search()) return skipped;
  }
  if (aligned_ && left_.size() >= kHeaderSize) {
    Framer framer;
    framer.set_max_message_size(most_);
    const std::size_t length = load_u16(left_.data() + kMarker);
    // A header is judged before the rest is here
    BytesView in = left_.first(length <= left_.size() ? left_.size() : kHeaderSize);
    const auto message = framer.next(in);
    if (!message) {
      aligned_ = false;
      Skipped skipped{left_.first(refused_octets(left_)), message.error()};
      left_ = left_.subspan(skipped.octets.size());
      return skipped;
    }
    if (*message) {
      left_ = left_.subspan(length);
      return **message;
    }
  }
  if (left_.data() != tail_.data() || left_.size() != tail_.size()) {
    Bytes kept(left_.begin(), left_.end());
    tail_ = std::move(kept);
    left_ = tail_;
  }
  return std::nullopt;
}

std::optional<MessageCutter::Found> MessageCutter::search() {
  if (left_.size() < kHeaderSize) return std::nullopt;
  const auto found = find_message(left_);
  const std::size_t size = found.value_or(left_.size() - (kHeaderSize - 1));  // a marker can have begun
  Skipped skipped{left_.first(size), std::nullopt};
  left_ = left_.subspan(size);
  aligned_ = found.has_value();
  if (size == 0) return std::nullopt;
  return skipped;
}

std::size_t MessageCutter::lose() {
  const std::size_t dropped = left_.size();
  left_ = {};
  tail_.clear();
  aligned_ = false;
  return dropped;
}

}  // namespace bgp::test
