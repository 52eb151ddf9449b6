// bgp/testing/input.hpp
//
// Files as they lie about: plain or compressed, or standard input.
#pragma once

#include <cstddef>
#include <expected>
#include <string>

#include "bgp/export.hpp"
#include "bgp/result.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// The most octets that an input may have after decompression, so that a small file cannot fill the memory.
inline constexpr std::size_t kMaxInputSize = std::size_t{4} << 30;

/// All of a file; "-" is standard input. What begins like gzip, zstd or bzip2 is decompressed, whatever its name; a
/// compressed file that is cut off gives what could be had of it. An error is a sentence without the path.
[[nodiscard]] std::expected<Bytes, std::string> read_input(const std::string& path);

/// `octets` decompressed if they are compressed, else themselves. At most `most` octets come out.
[[nodiscard]] std::expected<Bytes, std::string> decompressed(Bytes octets, std::size_t most = kMaxInputSize);

}  // namespace test
}  // namespace bgp BGP_EXPORT
