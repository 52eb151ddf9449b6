#include "tools/bgpcap/hex.hpp"

#include <gtest/gtest.h>

#include "support/hex.hpp"

namespace bgp::cap {
namespace {

TEST(CapHex, Digits_AreTakenAsPeopleWriteThem) {
  EXPECT_EQ(parse_hex("00ff AA\nbB"), "00ffaabb"_hex);
  EXPECT_EQ(parse_hex("00:ff-aa,bb|cc"), "00ffaabbcc"_hex);
  EXPECT_EQ(parse_hex("0x00, 0XFF"), "00ff"_hex);
  EXPECT_EQ(parse_hex(""), Bytes{});
}

TEST(CapHex, WhatIsNoOctet_IsNamedWithItsPlace) {
  EXPECT_EQ(parse_hex("00 fg").error(),
            "character 5 of the octets: \"g\" where the second digit of an octet should be");
  EXPECT_EQ(parse_hex("00 zz").error(), "character 4 of the octets: \"z\" is no hexadecimal digit");
  EXPECT_EQ(parse_hex("00f").error(),
            "character 4 of the octets: the end where the second digit of an octet should be");
  EXPECT_EQ(parse_hex("\x1b").error(), "character 1 of the octets: \"\\x1b\" is no hexadecimal digit");
}

TEST(CapHex, Hex_IsWhatParseHexTakes) { EXPECT_EQ(hex("00ffa0"_hex), "00ffa0"); }

}  // namespace
}  // namespace bgp::cap
