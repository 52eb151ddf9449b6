// bgpcap/main.cpp
#include <malloc.h>

#include <exception>
#include <iostream>

#include "tools/bgpcap/cli.hpp"

int main(int argc, char** argv) {
  // Lists of messages grow to many megabytes: memory that was given back page by page would be asked for again
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 4 << 20);
  std::ios::sync_with_stdio(false);
  try {
    return bgp::cap::run(argc, argv, std::cin, std::cout, std::cerr);
  } catch (const std::exception& error) {
    std::cerr << "bgpcap: " << error.what() << '\n';
    return bgp::cap::kExitDifferent;
  }
}
