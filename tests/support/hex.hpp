// support/hex.hpp
//
// Octets in test code as people read them in RFCs and dumps, at hand in namespace bgp: see bgp/testing/hex.hpp.
#pragma once

#include "bgp/testing/hex.hpp"

namespace bgp {

using test::framed;
using test::hex_of;
using test::octets_of_hex;
using test::operator+;

inline namespace hex_literals {
using test::hex_literals::operator""_hex;
}  // namespace hex_literals

}  // namespace bgp
