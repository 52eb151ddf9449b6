// The function that libFuzzer, and the corpus runner of a build without it, calls with each input.
#include <cstddef>
#include <cstdint>

#include "fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bgp::fuzz::run({data, size});
  return 0;
}
