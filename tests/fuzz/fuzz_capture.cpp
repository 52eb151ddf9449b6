// Any octets as a capture file, plain or compressed; as an MRT file; as an IP packet; and as segments of one
// connection: in whatever order, and however often, the pieces of a stream come, they are that stream again. The first
// octet chooses.
#include <algorithm>
#include <vector>

#include "bgp/testing/capture.hpp"
#include "bgp/testing/input.hpp"
#include "bgp/testing/mrt.hpp"
#include "fuzz/target.hpp"
#include "ip_packet.hpp"
#include "link_layer.hpp"
#include "tcp_direction.hpp"

namespace bgp::fuzz {
namespace {

void read_file(BytesView octets) {
  const auto plain = test::decompressed(Bytes(octets.begin(), octets.end()), std::size_t{1} << 20);
  if (!plain) return;
  const auto capture = test::Capture::read(*plain);
  if (!capture) return;
  std::size_t frame = 0;
  for (const test::CapturedItem& item : capture->items()) {
    require(item.connection < capture->connections().size() && item.side < 2, "an item belongs to a connection");
    require(item.frame >= frame && item.frame <= capture->frames(), "items are in the order of their frames");
    frame = item.frame;
    if (!item.is_message()) continue;
    require(item.octets.size() >= kHeaderSize, "a message has a header");
    if (item.type == MessageType::Update) (void)decode_update(item.message().body(), capture->terms_of(item).context);
  }
}

void read_packet(int link_type, BytesView octets) {
  test::SegmentReader reader;
  (void)reader.read(test::network_layer(link_type, octets));
}

void read_mrt(BytesView octets) {
  test::MrtReader reader(octets);
  test::MrtTable table;
  std::size_t read = 0;
  while (const auto record = reader.next()) {
    if (const auto message = test::mrt_message(*record)) read += message->message.size();
    (void)table.routes(*record, [&](const test::MrtRoute& route) { read += route.attributes.size(); });
  }
  require(reader.left() <= octets.size(), "what is left is within the file");
}

/// A stream whose octets name their own places, in pieces as the input says: two octets where, one how many.
void put_together(BytesView input) {
  constexpr std::size_t kSize = 600;
  const auto octet_at = [](std::size_t at) { return static_cast<std::uint8_t>(at * 31 + at / 256); };
  Bytes stream(kSize);
  for (std::size_t i = 0; i < kSize; ++i) stream[i] = octet_at(i);
  const std::uint32_t first = 0xffffff00U;  // wraps within
  test::TcpDirection direction;
  direction.begin(first - 1);
  std::size_t reached = 0;
  std::vector<bool> given(kSize);
  const auto take = [&](bool whole) {
    while (const auto piece = direction.take()) {
      require(piece->gap == 0 || whole, "nothing is given up before the end");
      for (std::size_t i = 0; i < piece->gap; ++i) require(!given[reached + i], "only what never came is missing");
      reached += piece->gap;
      for (const std::uint8_t octet : piece->octets) require(octet == octet_at(reached++), "the stream as it was sent");
    }
  };
  for (; input.size() >= 3; input = input.subspan(3)) {
    const std::size_t at = static_cast<std::size_t>(input[0] << 8 | input[1]) % kSize;
    const std::size_t size = std::min<std::size_t>(input[2], kSize - at);
    direction.add(static_cast<std::uint32_t>(first + at), BytesView(stream).subspan(at, size));
    for (std::size_t i = at; i < at + size; ++i) given[i] = true;
    if (direction.inconsistent()) return;
    take(false);
  }
  direction.finish();
  take(true);
  for (std::size_t i = reached; i < kSize; ++i) require(!given[i], "all that came was given");
}

}  // namespace

void run(BytesView input) {
  if (input.empty()) return;
  const std::uint8_t choice = input.front();
  if (choice == 1) return put_together(input.subspan(1));
  if (choice == 10) return read_mrt(input.subspan(1));
  if (choice >= 2 && choice < 10) {
    constexpr int kLinkTypes[] = {0, 1, 9, 12, 104, 113, 107, 276};
    return read_packet(kLinkTypes[choice - 2], input.subspan(1));
  }
  read_file(choice == 0 ? input.subspan(1) : input);
}

}  // namespace bgp::fuzz
