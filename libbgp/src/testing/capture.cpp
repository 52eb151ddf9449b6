#include "bgp/testing/capture.hpp"

#include "bgp/testing/input.hpp"
#include "bgp/testing/packets.hpp"
#include "capture_reader.hpp"

namespace bgp::test {

std::string to_string(const Endpoint& end) {
  const std::string address = bgp::to_string(end.address);
  return (end.address.is_v6() ? '[' + address + ']' : address) + ':' + std::to_string(end.port);
}

const char* name_of(CapturedItem::Kind kind) {
  switch (kind) {
    case CapturedItem::Kind::Message: return "message";
    case CapturedItem::Kind::HeaderError: return "header-error";
    case CapturedItem::Kind::Unaligned: return "unaligned";
    case CapturedItem::Kind::Gap: return "gap";
    case CapturedItem::Kind::Cut: return "cut";
    case CapturedItem::Kind::Syn: return "syn";
    case CapturedItem::Kind::SynAck: return "syn-ack";
    case CapturedItem::Kind::Fin: return "fin";
    case CapturedItem::Kind::Reset: return "reset";
    case CapturedItem::Kind::ZeroWindow: return "zero-window";
    case CapturedItem::Kind::WindowOpen: return "window-open";
    case CapturedItem::Kind::Retransmission: return "retransmission";
  }
  return "?";
}

std::expected<Capture, std::string> Capture::read(BytesView file, const CaptureOptions& options) {
  CaptureReader reader(options);
  std::size_t frames = 0;
  const auto problem = for_each_packet(file, [&](const Packet& packet) {
    ++frames;
    reader.add(packet);
  });
  if (problem && frames == 0) return std::unexpected(*problem);
  return reader.finish(problem.value_or(""));
}

std::expected<Capture, std::string> Capture::open(const std::string& path, const CaptureOptions& options) {
  const auto file = read_input(path);
  if (!file) return std::unexpected(path + ": " + file.error());
  auto capture = read(*file, options);
  if (!capture) return std::unexpected(path + ": " + capture.error());
  return capture;
}

}  // namespace bgp::test
