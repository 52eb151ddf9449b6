#include "bgp/testing/packets.hpp"

#include <pcap/pcap.h>

#include <array>
#include <cstdio>
#include <memory>

#include "bgp/wire/bytes.hpp"
#include "pcapng.hpp"

namespace bgp::test {
namespace {

struct Close {
  void operator()(pcap_t* capture) const { pcap_close(capture); }
};
using Pcap = std::unique_ptr<pcap_t, Close>;

std::optional<std::string> read_by_libpcap(BytesView file, const std::function<void(const Packet&)>& visit) {
  std::array<char, PCAP_ERRBUF_SIZE> problem{};
  // libpcap does not write, though it wants a stream of the kind that could be
  std::FILE* stream = fmemopen(const_cast<std::uint8_t*>(file.data()), file.size(), "rb");
  if (stream == nullptr) return "no memory to read it";
  const Pcap capture(pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, problem.data()));
  if (!capture) {
    std::fclose(stream);
    return problem.data();
  }
  Packet packet;
  packet.link_type = pcap_datalink(capture.get());
  for (;;) {
    pcap_pkthdr* head = nullptr;
    const u_char* octets = nullptr;
    const int got = pcap_next_ex(capture.get(), &head, &octets);
    if (got == PCAP_ERROR_BREAK) return std::nullopt;
    if (got != 1) return "after frame " + std::to_string(packet.frame) + ": " + pcap_geterr(capture.get());
    ++packet.frame;
    packet.time = std::chrono::seconds(head->ts.tv_sec) + std::chrono::nanoseconds(head->ts.tv_usec);
    packet.octets = BytesView(octets, head->caplen);
    packet.length = std::max<std::size_t>(head->len, head->caplen);
    visit(packet);
  }
}

}  // namespace

bool is_capture(BytesView file) {
  if (file.size() < 4) return false;
  switch (load_u32(file.data())) {
    case 0x0a0d0d0a:  // pcapng
    case 0xa1b2c3d4:
    case 0xd4c3b2a1:  // pcap in microseconds
    case 0xa1b23c4d:
    case 0x4d3cb2a1:  // in nanoseconds
    case 0xa1b2cd34:
    case 0x34cdb2a1:  // Kuznetsov's
      return true;
    default: return false;
  }
}

std::optional<std::string> for_each_packet(BytesView file, const std::function<void(const Packet&)>& visit) {
  if (!is_capture(file)) return "is neither pcap nor pcapng";
  return has_mixed_interfaces(file) ? for_each_block_packet(file, visit) : read_by_libpcap(file, visit);
}

}  // namespace bgp::test
