// bgp/session/packed_open.hpp
//
// An OPEN for keeping: its octets, as they came or went. A tenth of what the same OpenMessage takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/open.hpp"

namespace bgp BGP_EXPORT {

/// Empty, or a whole OPEN. Copies share the octets, which never change; they are compared by them.
class PackedOpen {
 public:
  PackedOpen() = default;
  /// `message`: a whole message, header included, that read_open() takes.
  explicit PackedOpen(BytesView message);
  explicit PackedOpen(const OpenMessage& open) : PackedOpen(BytesView(encode_open(open))) {}

  explicit operator bool() const { return size_ != 0; }
  /// The whole message; empty when there is none.
  [[nodiscard]] BytesView octets() const { return {octets_.get(), size_}; }
  /// Not when empty.
  [[nodiscard]] OpenMessage unpack() const;

  friend bool operator==(const PackedOpen& a, const PackedOpen& b);

 private:
  std::shared_ptr<const std::uint8_t[]> octets_;
  std::size_t size_ = 0;
};

}  // namespace bgp BGP_EXPORT
