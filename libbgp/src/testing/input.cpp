#include "bgp/testing/input.hpp"

#include <algorithm>
#include <array>
#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/filter/bzip2.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/zstd.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <fstream>
#include <iostream>

namespace bgp::test {
namespace {

namespace io = boost::iostreams;

bool begins(const Bytes& octets, std::initializer_list<std::uint8_t> magic) {
  return octets.size() > magic.size() && std::equal(magic.begin(), magic.end(), octets.begin());
}

/// Appends what the filter makes of `octets`; false when there would be more than `most`.
template <class Filter>
bool expand(const Bytes& octets, const Filter& filter, std::size_t most, Bytes& out) {
  constexpr std::streamsize kChunk = 256 * 1024;
  io::filtering_streambuf<io::input> stream;
  stream.push(filter);
  stream.push(io::array_source(reinterpret_cast<const char*>(octets.data()), octets.size()));
  std::size_t size = 0;
  for (;;) {
    out.resize(size + kChunk);
    std::streamsize got = 0;
    try {
      got = stream.sgetn(reinterpret_cast<char*>(out.data() + size), kChunk);
    } catch (const std::exception&) {  // cut off or damaged: what came before it stays
      got = 0;
    }
    size += static_cast<std::size_t>(std::max<std::streamsize>(got, 0));
    out.resize(size);
    if (size > most) return false;
    if (got < kChunk) return true;
  }
}

std::expected<Bytes, std::string> read_all(std::istream& in) {
  constexpr std::size_t kChunk = 1024 * 1024;
  Bytes octets;
  while (in) {
    const std::size_t size = octets.size();
    if (size > kMaxInputSize) return std::unexpected("is larger than 4 GiB");
    octets.resize(size + kChunk);
    in.read(reinterpret_cast<char*>(octets.data() + size), kChunk);
    octets.resize(size + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return std::unexpected("cannot be read");
  return octets;
}

}  // namespace

std::expected<Bytes, std::string> decompressed(Bytes octets, std::size_t most) {
  Bytes out;
  bool fits = true;
  if (begins(octets, {0x1f, 0x8b})) {
    fits = expand(octets, io::gzip_decompressor(), most, out);
  } else if (begins(octets, {0x28, 0xb5, 0x2f, 0xfd})) {
    fits = expand(octets, io::zstd_decompressor(), most, out);
  } else if (begins(octets, {'B', 'Z', 'h'})) {
    fits = expand(octets, io::bzip2_decompressor(), most, out);
  } else {
    return octets;
  }
  if (!fits) return std::unexpected("has more than " + std::to_string(most) + " octets when it is decompressed");
  if (out.empty()) return std::unexpected("is compressed, and damaged from its beginning");
  return out;
}

std::expected<Bytes, std::string> read_input(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) return std::unexpected("cannot be read");
  }
  auto octets = read_all(path == "-" ? std::cin : file);
  if (!octets) return octets;
  return decompressed(*std::move(octets));
}

}  // namespace bgp::test
