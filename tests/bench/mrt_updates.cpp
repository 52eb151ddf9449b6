#include "mrt_updates.hpp"

#include <zlib.h>

#include <array>
#include <memory>

#include "bgp/wire/bytes.hpp"

namespace bench {
namespace {

struct GzipClose {
  void operator()(gzFile file) const { gzclose(file); }
};

std::optional<bgp::Bytes> read_whole(const std::string& path) {
  const std::unique_ptr<gzFile_s, GzipClose> file(gzopen(path.c_str(), "rb"));
  if (!file) return std::nullopt;
  bgp::Bytes octets;
  std::array<std::uint8_t, 65536> chunk;
  for (int got = 0; (got = gzread(file.get(), chunk.data(), chunk.size())) > 0;) {
    octets.insert(octets.end(), chunk.begin(), chunk.begin() + got);
  }
  return octets;
}

constexpr std::uint16_t kBgp4mp = 16, kBgp4mpEt = 17, kMessageAs4 = 4;

/// RFC 6396 4.4.3: two AS, interface, AFI, two addresses, then the message.
void add_update(std::optional<Messages>& messages, bgp::Reader record) {
  const bool internal = record.u32() == record.u32();
  record.u16();
  record.bytes(record.u16() == 1 ? 8 : 32);
  record.bytes(16);
  const std::size_t length = record.u16();
  const bool update = static_cast<bgp::MessageType>(record.u8()) == bgp::MessageType::Update;
  const bgp::BytesView body = record.rest();
  if (!record.ok() || !update || length != bgp::kHeaderSize + body.size()) return;
  if (!messages) messages.emplace("real UPDATEs", session(internal));
  messages->add(body);
}

}  // namespace

std::optional<Messages> mrt_updates(const std::string& path) {
  const auto octets = read_whole(path);
  if (!octets) return std::nullopt;
  std::optional<Messages> messages;
  bgp::Reader file(*octets);
  while (!file.empty()) {
    file.u32();  // time
    const std::uint16_t type = file.u16();
    const std::uint16_t subtype = file.u16();
    bgp::Reader record = file.sub(file.u32());
    if (!record.ok()) break;
    if (type == kBgp4mpEt) record.u32();  // RFC 6396 3: microseconds
    if ((type == kBgp4mp || type == kBgp4mpEt) && subtype == kMessageAs4) add_update(messages, record);
  }
  return messages;
}

}  // namespace bench
