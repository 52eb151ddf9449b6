// Any octets as a stream: the pieces in which it arrives make no difference to the messages cut from it, nor to the
// error that ends it. The first octet chooses the pieces and the limit.
#include <algorithm>
#include <optional>
#include <vector>

#include "bgp/wire/framer.hpp"
#include "fuzz/target.hpp"

namespace bgp::fuzz {
namespace {

struct Cut {
  std::vector<Bytes> messages;
  std::optional<Notification> error;
  std::size_t pending = 0;

  friend bool operator==(const Cut&, const Cut&) = default;
};

Cut cut(BytesView stream, std::size_t piece, std::size_t max) {
  Framer framer;
  framer.set_max_message_size(max);
  Cut result;
  while (!stream.empty()) {
    BytesView in = stream.first(std::min(piece, stream.size()));
    stream = stream.subspan(in.size());
    while (!in.empty()) {
      const auto message = framer.next(in);
      if (!message.has_value()) {
        result.error = message.error();
        return result;
      }
      if (!*message) continue;
      require((*message)->octets.size() >= kHeaderSize && (*message)->octets.size() <= max,
              "a message of a legal size");
      result.messages.emplace_back((*message)->octets.begin(), (*message)->octets.end());
    }
  }
  result.pending = framer.pending();
  return result;
}

}  // namespace

void run(BytesView input) {
  if (input.empty()) return;
  const std::uint8_t choice = input.front();
  const std::size_t max = (choice & 1) != 0 ? kMaxExtendedMessageSize : kMaxMessageSize;
  const std::size_t piece = 1 + (choice >> 1);
  const BytesView stream = input.subspan(1);
  const Cut whole = cut(stream, std::max<std::size_t>(stream.size(), 1), max);
  require(cut(stream, piece, max) == whole, "the pieces make no difference");
  if (!whole.error) {
    std::size_t octets = whole.pending;
    for (const Bytes& message : whole.messages) octets += message.size();
    require(octets == stream.size(), "no octet is lost");
  }
}

}  // namespace bgp::fuzz
