// Text forms of communities, both ways.
#include "bgp/wire/communities.hpp"

#include <gtest/gtest.h>

#include "support/printers.hpp"

namespace bgp {
namespace {

TEST(Community, Text_IsTwoNumbers) {
  EXPECT_EQ(Community::parse("65001:100"), Community{0xfde90064});
  EXPECT_EQ(Community::parse("0:0"), Community{0});
  EXPECT_EQ(Community::parse("65535:65535"), Community{0xffffffff});
  EXPECT_EQ(to_string(Community{0xfde90064}), "65001:100");
}

TEST(Community, WellKnownNames_AreReadAndWritten) {  // RFC 1997, RFC 7999, RFC 8326
  for (const auto& [name, value] : {std::pair{"no-export", 0xffffff01U}, std::pair{"no-advertise", 0xffffff02U},
                                    std::pair{"no-export-subconfed", 0xffffff03U}, std::pair{"blackhole", 0xffff029aU},
                                    std::pair{"graceful-shutdown", 0xffff0000U}}) {
    EXPECT_EQ(Community::parse(name), Community{value});
    EXPECT_EQ(to_string(Community{value}), name);
  }
  EXPECT_EQ(Community::parse("65535:65281"), Community{0xffffff01});
}

TEST(Community, WrongText_IsRefused) {
  for (const char* text :
       {"", ":", "1", "1:", ":1", "65536:1", "1:65536", "1:2:3", "01:2", "1: 2", "-1:2", "no-export "}) {
    EXPECT_FALSE(Community::parse(text)) << text;
  }
}

TEST(LargeCommunity, Text_IsThreeNumbers) {  // RFC 8092 5
  EXPECT_EQ(LargeCommunity::parse("65001:1:2"), (LargeCommunity{65001, 1, 2}));
  EXPECT_EQ(LargeCommunity::parse("4294967295:0:4294967295"), (LargeCommunity{0xffffffff, 0, 0xffffffff}));
  EXPECT_EQ(to_string(LargeCommunity{4200000000, 1, 0}), "4200000000:1:0");
}

TEST(LargeCommunity, WrongText_IsRefused) {
  for (const char* text : {"", "1:2", "1:2:", "4294967296:1:1", "1:2:3:4", "1:02:3", "1:2:x"}) {
    EXPECT_FALSE(LargeCommunity::parse(text)) << text;
  }
}

}  // namespace
}  // namespace bgp
