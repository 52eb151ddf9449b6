// bgpcap/main.cpp
#include <exception>
#include <iostream>

#include "tools/bgpcap/cli.hpp"

int main(int argc, char** argv) {
  try {
    return bgp::cap::run(argc, argv, std::cin, std::cout, std::cerr);
  } catch (const std::exception& error) {
    std::cerr << "bgpcap: " << error.what() << '\n';
    return bgp::cap::kExitDifferent;
  }
}
