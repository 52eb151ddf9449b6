#include "bgpd/config_schema.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace bgp::daemon {
namespace {

TEST(ConfigSchema, EveryKeyIsNamedOnceInItsSectionAndExplained) {
  std::set<std::pair<Section, std::string_view>> seen;

  for (const Key& key : schema()) {
    EXPECT_TRUE(seen.emplace(key.section, key.name).second) << key.name;
    EXPECT_FALSE(key.help.empty()) << key.name;
    EXPECT_EQ(find_key(key.section, key.name), &key);
  }
}

TEST(ConfigSchema, KeysOfOneSectionStandTogetherInItsOrder) {
  Section last = Section::Global;

  for (const Key& key : schema()) {
    EXPECT_GE(key.section, last) << key.name;
    last = key.section;
  }
  EXPECT_EQ(key_names(Section::Global).front(), "asn");
  EXPECT_EQ(key_names(Section::Neighbor).front(), "address");
  EXPECT_EQ(key_names(Section::Network).front(), "prefix");
}

TEST(ConfigSchema, NoKeyIsBothRequiredAndDefaulted) {
  for (const Key& key : schema()) {
    EXPECT_LE((key.required ? 1 : 0) + (key.default_value.empty() ? 0 : 1) + (key.inherits ? 1 : 0), 1) << key.name;
    if (key.inherits) {
      EXPECT_NE(find_key(Section::Global, key.name), nullptr) << key.name;
    }
  }
}

TEST(ConfigSchema, UnknownNamesHaveNoKey) {
  EXPECT_EQ(find_key(Section::Global, "address"), nullptr);
  EXPECT_EQ(find_key(Section::Neighbor, ""), nullptr);
}

}  // namespace
}  // namespace bgp::daemon
