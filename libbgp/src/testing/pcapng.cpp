#include "pcapng.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bgp::test {
namespace {

constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kObsoletePacket = 2;
constexpr std::uint32_t kSimplePacket = 3;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kByteOrder = 0x1a2b3c4d;

/// Numbers in the byte order of the section. A read beyond the end gives 0.
class Fields {
 public:
  Fields(BytesView octets, bool big) : octets_(octets), big_(big) {}

  [[nodiscard]] std::uint16_t u16(std::size_t at) const { return static_cast<std::uint16_t>(number(at, 2)); }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }
  [[nodiscard]] std::uint64_t u64(std::size_t at) const { return number(at, 8); }
  [[nodiscard]] BytesView octets() const { return octets_; }
  [[nodiscard]] BytesView from(std::size_t at, std::size_t most) const {
    if (at >= octets_.size()) return {};
    return octets_.subspan(at, std::min(most, octets_.size() - at));
  }

 private:
  [[nodiscard]] std::uint64_t number(std::size_t at, std::size_t width) const {
    if (at > octets_.size() || octets_.size() - at < width) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) value = value << 8 | octets_[at + (big_ ? i : width - 1 - i)];
    return value;
  }

  BytesView octets_;
  bool big_;
};

struct Interface {
  int link_type = 0;
  std::uint32_t snap_length = 0;
  std::uint64_t units = 1000000;  // of a time stamp, in a second
  std::int64_t offset = 0;        // seconds to add
};

/// Of if_tsresol: a power of ten, or of two with the upper bit set.
std::uint64_t units_of(std::uint8_t resolution) {
  std::uint64_t units = 1;
  const bool binary = (resolution & 0x80) != 0;
  for (unsigned i = 0; i < std::min(resolution & 0x7fU, binary ? 62U : 18U); ++i) units *= binary ? 2 : 10;
  return units;
}

Interface interface_of(const Fields& body) {
  constexpr std::uint16_t kResolution = 9;
  constexpr std::uint16_t kOffset = 14;
  Interface made{body.u16(0), body.u32(4)};
  for (std::size_t at = 8; at + 4 <= body.octets().size();) {
    const std::uint16_t code = body.u16(at);
    const std::size_t length = body.u16(at + 2);
    if (code == 0) break;
    if (code == kResolution && length == 1 && at + 4 < body.octets().size())
      made.units = units_of(body.octets()[at + 4]);
    if (code == kOffset && length == 8) made.offset = static_cast<std::int64_t>(body.u64(at + 4));
    at += 4 + (length + 3) / 4 * 4;
  }
  return made;
}

std::chrono::nanoseconds time_of(const Interface& interface, std::uint64_t stamp) {
  constexpr std::uint64_t kNano = 1000000000;
  const std::uint64_t seconds = stamp / interface.units + static_cast<std::uint64_t>(interface.offset);
  const auto fraction = static_cast<long double>(stamp % interface.units) / static_cast<long double>(interface.units);
  const std::uint64_t all = seconds * kNano + static_cast<std::uint64_t>(std::llround(fraction * kNano));
  return std::chrono::nanoseconds(static_cast<std::int64_t>(all));
}

/// Walks over the blocks; what a block means is left to whoever asks.
class Blocks {
 public:
  explicit Blocks(BytesView file) : left_(file) {}

  /// False at the end of the file, or where `problem` says.
  bool next() {
    if (left_.empty()) return false;
    if (left_.size() < 12) return fail("a block is cut off");
    if (Fields(left_, true).u32(0) == kSectionHeader && !begin_section()) return false;
    const Fields head(left_, big_);
    const std::uint32_t length = head.u32(4);
    if (length < 12 || length % 4 != 0) return fail("a block has length " + std::to_string(length));
    if (length > left_.size()) return fail("a block is cut off");
    type = head.u32(0);
    body = Fields(left_.subspan(8, length - 12), big_);
    left_ = left_.subspan(length);
    return true;
  }

  std::uint32_t type = 0;
  Fields body{{}, false};
  std::string problem;

 private:
  bool begin_section() {
    big_ = Fields(left_, true).u32(8) == kByteOrder;
    return big_ || Fields(left_, false).u32(8) == kByteOrder || fail("a section has no byte order");
  }
  bool fail(std::string what) {
    problem = std::move(what);
    return false;
  }

  BytesView left_;
  bool big_ = false;
};

/// The interfaces of the section that is being read, and its packets as they come.
class Section {
 public:
  /// True when the block has a packet, which then is in `packet`.
  bool take(const Blocks& block) {
    switch (block.type) {
      case kSectionHeader: interfaces_.clear(); return false;
      case kInterface: interfaces_.push_back(interface_of(block.body)); return false;
      case kEnhancedPacket: return take(block.body, block.body.u32(0));
      case kObsoletePacket: return take(block.body, block.body.u16(0));
      case kSimplePacket: return take_simple(block.body);
      default: return false;
    }
  }

  Packet packet;

 private:
  bool take(const Fields& body, std::size_t interface) {
    ++packet.frame;
    if (interface >= interfaces_.size()) return false;
    const Interface& from = interfaces_[interface];
    packet.link_type = from.link_type;
    packet.time = time_of(from, std::uint64_t{body.u32(4)} << 32 | body.u32(8));
    packet.octets = body.from(20, body.u32(12));
    packet.length = std::max<std::size_t>(body.u32(16), packet.octets.size());
    return true;
  }
  bool take_simple(const Fields& body) {
    ++packet.frame;
    if (interfaces_.empty()) return false;
    const std::size_t snap = interfaces_[0].snap_length == 0 ? SIZE_MAX : interfaces_[0].snap_length;
    packet.link_type = interfaces_[0].link_type;
    packet.time = {};  // there is none
    packet.octets = body.from(4, std::min<std::size_t>(body.u32(0), snap));
    packet.length = std::max<std::size_t>(body.u32(0), packet.octets.size());
    return true;
  }

  std::vector<Interface> interfaces_;
};

}  // namespace

bool has_mixed_interfaces(BytesView file) {
  if (Fields(file, true).u32(0) != kSectionHeader) return false;
  std::optional<Interface> first;
  for (Blocks blocks(file); blocks.next();) {
    if (blocks.type != kInterface) continue;
    const Interface one = interface_of(blocks.body);
    if (first && (one.link_type != first->link_type || one.snap_length != first->snap_length)) return true;
    first = one;
  }
  return false;
}

std::optional<std::string> for_each_block_packet(BytesView file, const std::function<void(const Packet&)>& visit) {
  Section section;
  Blocks blocks(file);
  while (blocks.next()) {
    if (section.take(blocks)) visit(section.packet);
  }
  if (blocks.problem.empty()) return std::nullopt;
  return "after frame " + std::to_string(section.packet.frame) + ' ' + blocks.problem;
}

}  // namespace bgp::test
