// wire/append_text.hpp
//
// The text forms at the end of a string: a table has a million of them. What they say is declared as to_string().
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "bgp/wire/as_path.hpp"
#include "bgp/wire/attributes.hpp"
#include "bgp/wire/prefix.hpp"

namespace bgp {

inline void append_number(std::string& text, std::uint32_t number) {
  std::array<char, 10> digits;  // not set: as many of them are written as are read
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  text.append(digits.data(), end);
}

/// Dotted quad.
inline void append_quad(std::string& text, std::uint32_t value) {
  std::array<char, 16> quad;
  char* at = quad.data();
  for (unsigned shift = 32; shift > 0;) {
    shift -= 8;
    at = std::to_chars(at, quad.data() + quad.size(), value >> shift & 255).ptr;
    *at++ = '.';
  }
  text.append(quad.data(), at - 1);
}

void append_text(std::string& text, const IpAddress& address);
void append_text(std::string& text, const Prefix& prefix);
void append_text(std::string& text, const Nlri& nlri);
void append_text(std::string& text, const AsPath& path);
void append_text(std::string& text, const PathAttributes& attributes);

}  // namespace bgp
