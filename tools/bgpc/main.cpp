// bgpc/main.cpp
#include <exception>
#include <iostream>

#include "tools/bgpc/cli.hpp"

int main(int argc, char** argv) {
  try {
    return bgp::control::run(argc, argv, std::cout, std::cerr);
  } catch (const std::exception& error) {
    std::cerr << "bgpc: " << error.what() << '\n';
    return bgp::control::kExitFailure;
  }
}
