// bgpcap/main.cpp
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tools/bgpcap/cli.hpp"

namespace {

/// Lists of messages grow to many megabytes: memory that was given back page by page would be asked for again, and
/// asking for pages of 4 KiB takes as long as reading a capture does. What the kernel does not have stays as it was.
void take_memory_in_large_pieces() {
  constexpr int kAtOnce = 64 << 20;
  constexpr std::uintptr_t kLargePage = 2 << 20;
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, kAtOnce);
  void* first = std::malloc(kLargePage);  // so that the heap has grown
  const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(first) + kLargePage - 1) / kLargePage * kLargePage;
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  std::free(first);
  if (begin < end) (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace

int main(int argc, char** argv) {
  take_memory_in_large_pieces();
  std::ios::sync_with_stdio(false);
  try {
    return bgp::cap::run(argc, argv, std::cin, std::cout, std::cerr);
  } catch (const std::exception& error) {
    std::cerr << "bgpcap: " << error.what() << '\n';
    return bgp::cap::kExitDifferent;
  }
}
