#include "bgp/testing/input.hpp"

#include <algorithm>
#include <array>
#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/filter/bzip2.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/zstd.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace bgp::test {
namespace {

namespace io = boost::iostreams;

bool begins(const Bytes& octets, std::initializer_list<std::uint8_t> magic) {
  return octets.size() > magic.size() && std::equal(magic.begin(), magic.end(), octets.begin());
}

enum class End : std::uint8_t { Good, Damaged, TooLong };

/// Appends what a filter that works in portions of so many octets makes of `octets`, as long as it is no more than
/// `most`. Of damaged octets the last portion is lost.
template <class Filter>
End expand(const Bytes& octets, const Filter& filter, std::streamsize portion, std::size_t most, Bytes& out) {
  io::filtering_streambuf<io::input> stream;
  stream.push(filter, portion);
  stream.push(io::array_source(reinterpret_cast<const char*>(octets.data()), octets.size()));
  try {
    while (stream.sgetc() != std::char_traits<char>::eof()) {
      const std::streamsize ready = std::clamp<std::streamsize>(stream.in_avail(), 1, portion);
      const std::size_t size = out.size();
      out.resize(size + static_cast<std::size_t>(ready));
      out.resize(size + static_cast<std::size_t>(stream.sgetn(reinterpret_cast<char*>(out.data() + size), ready)));
      if (out.size() > most) return End::TooLong;
    }
  } catch (const std::exception&) {
    return End::Damaged;
  }
  return End::Good;
}

/// `filter(size)` makes a filter with a buffer of that size. Damaged octets are gone through again in small portions,
/// so that what comes before the damage is whole.
template <class MakeFilter>
std::expected<Bytes, std::string> expanded(const Bytes& octets, std::size_t most, MakeFilter filter) {
  constexpr std::streamsize kPortion = 64 * 1024;
  constexpr std::streamsize kSmallPortion = 1;
  constexpr std::size_t kUsualRatio = 6;
  Bytes out;
  out.reserve(std::min(most, octets.size() * kUsualRatio));
  End end = expand(octets, filter(kPortion), kPortion, most, out);
  if (end == End::Damaged) {
    out.clear();
    end = expand(octets, filter(kSmallPortion), kSmallPortion, most, out);
  }
  if (end == End::TooLong) {
    return std::unexpected("has more than " + std::to_string(most) + " octets when it is decompressed");
  }
  if (out.empty()) return std::unexpected("is compressed, and damaged from its beginning");
  return out;
}

/// As a hint: 0 for what is no regular file.
std::size_t size_of(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : std::min<std::size_t>(size, std::size_t{1} << 30);
}

std::expected<Bytes, std::string> read_all(std::istream& in, std::size_t expected) {
  constexpr std::size_t kFirst = 64 * 1024;
  Bytes octets;
  octets.reserve(expected + 1);  // with room to see the end
  while (in) {
    const std::size_t size = octets.size();
    const std::size_t more = octets.capacity() > size ? octets.capacity() - size : std::max(kFirst, size);
    if (size > kMaxInputSize) return std::unexpected("is larger than 4 GiB");
    octets.resize(size + more);
    in.read(reinterpret_cast<char*>(octets.data() + size), static_cast<std::streamsize>(more));
    octets.resize(size + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return std::unexpected("cannot be read");
  return octets;
}

}  // namespace

std::expected<Bytes, std::string> decompressed(Bytes octets, std::size_t most) {
  if (begins(octets, {0x1f, 0x8b})) {
    return expanded(octets, most,
                    [](std::streamsize size) { return io::gzip_decompressor(io::zlib::default_window_bits, size); });
  }
  if (begins(octets, {0x28, 0xb5, 0x2f, 0xfd})) {
    return expanded(octets, most, [](std::streamsize size) { return io::zstd_decompressor(size); });
  }
  if (begins(octets, {'B', 'Z', 'h'})) {
    return expanded(octets, most, [](std::streamsize size) { return io::bzip2_decompressor(false, size); });
  }
  return octets;
}

std::expected<Bytes, std::string> read_input(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) return std::unexpected("cannot be read");
  }
  auto octets = path == "-" ? read_all(std::cin, 0) : read_all(file, size_of(path));
  if (!octets) return octets;
  return decompressed(*std::move(octets));
}

}  // namespace bgp::test
