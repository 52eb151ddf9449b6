#include "bgp/session/packed_open.hpp"

#include <algorithm>

#include "bgp/wire/constants.hpp"

namespace bgp {

PackedOpen::PackedOpen(BytesView message) : size_(message.size()) {
  auto octets = std::make_shared_for_overwrite<std::uint8_t[]>(size_);
  std::ranges::copy(message, octets.get());
  octets_ = std::move(octets);
}

OpenMessage PackedOpen::unpack() const { return read_open(octets().subspan(kHeaderSize)).value(); }

bool operator==(const PackedOpen& a, const PackedOpen& b) {
  return a.octets_ == b.octets_ || std::ranges::equal(a.octets(), b.octets());
}

}  // namespace bgp
