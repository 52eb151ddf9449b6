// bgpsim/main.cpp
#include <exception>
#include <iostream>

#include "tools/bgpsim/cli.hpp"

int main(int argc, char** argv) {
  try {
    return bgp::sim::run(argc, argv, std::cin, std::cout, std::cerr);
  } catch (const std::exception& error) {
    std::cerr << "bgpsim: " << error.what() << '\n';
    return bgp::sim::kExitDifferent;
  }
}
