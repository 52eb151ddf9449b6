// bgpcap/bgpdump_lines.hpp
//
// MRT records in the form of `bgpdump -m`: a line a prefix, fields divided by '|'.
#pragma once

#include <string>

#include "bgp/testing/mrt.hpp"

namespace bgp::cap {

class BgpdumpLines {
 public:
  /// Appends the lines of a record; none for what `bgpdump -m` passes over.
  void append(std::string& out, const test::MrtRecord& record);

 private:
  void append_message(std::string& out, const test::MrtRecord& record, const test::MrtMessage& message);
  void append_route(std::string& out, const test::MrtRecord& record, const test::MrtRoute& route);

  test::MrtTable table_;
  // Kept, so that they are allocated once
  std::string head_;
  std::string tail_;
  std::string path_;
};

}  // namespace bgp::cap
