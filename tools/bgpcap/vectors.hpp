// bgpcap/vectors.hpp
//
// bgpcap vectors FILE: a file with one vector a line, and what becomes of each.
#pragma once

#include <expected>
#include <iosfwd>
#include <map>
#include <string>

#include "tools/bgpcap/outcome.hpp"

namespace bgp::cap {

/// A vector from one line of JSON: `name`, `kind`, `hex`, and if they are there `context` and `expect`. An error says
/// what is wrong with it.
[[nodiscard]] std::expected<Vector, std::string> parse_vector(const std::string& line);

/// Names of vectors that are not compared, each with its reason.
using Exceptions = std::map<std::string, std::string>;

/// One a line, "NAME: reason"; '#' begins a comment line. An error names the line.
[[nodiscard]] std::expected<Exceptions, std::string> read_exceptions(std::istream& in);

struct VectorCounts {
  std::size_t vectors = 0;
  std::size_t different = 0;
  std::size_t excepted = 0;
};

/// Writes one JSON line a vector to `out`. An error names the line of `in` that is no vector; those before it are out.
[[nodiscard]] std::expected<VectorCounts, std::string> print_vectors(std::istream& in, std::ostream& out);

/// Compares each with its `expect` instead, and writes a paragraph for each that differs and a line for each that is
/// excepted.
[[nodiscard]] std::expected<VectorCounts, std::string> check_vectors(std::istream& in, const Exceptions& exceptions,
                                                                     std::ostream& out);

}  // namespace bgp::cap
