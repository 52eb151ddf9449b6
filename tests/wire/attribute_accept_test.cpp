// The short way past the reaction table never lets through what the table would refuse.
#include "attribute_accept.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "attribute_rules.hpp"
#include "support/hex.hpp"

namespace bgp {
namespace {

bool table_finds_nothing(const AttributeView& attribute, const DecodeContext& context) {
  constexpr unsigned kKind = attribute_flags::kOptional | attribute_flags::kTransitive;
  const AttributeRule& rule = attribute_rule(attribute.code);
  return rule.recognized && (attribute.flags & kKind) == rule.flags &&
         !(rule.check && rule.check(attribute.value, context));
}

/// Sessions that differ in everything that a rule may ask.
std::vector<DecodeContext> contexts() {
  std::vector<DecodeContext> all;
  for (unsigned choice = 0; choice < 32; ++choice) {
    DecodeContext context;
    context.four_octet_as = (choice & 1) == 0;
    context.internal = (choice & 2) != 0;
    context.confederation = (choice & 4) != 0;
    context.enforce_first_as = (choice & 8) != 0;
    if ((choice & 16) != 0) {
      context.local_asn = 65001;
      context.peer_asn = 65002;
      context.local_identifier = {0xc0000201};
    }
    all.push_back(context);
  }
  return all;
}

const std::vector<Bytes>& values() {
  static const std::vector<Bytes> all{
      "00"_hex,
      "c0000202"_hex,
      "02 01 0000fdea"_hex,
      "02 02 fdea fde9"_hex,
      "02 02 0000fdea 0000fde9 01 02 00000007 00000008"_hex,
      "02 01 fdea 01 02 0007 0008"_hex,
      "03 01 0000fc00 02 01 0000fdea"_hex,
      "0000fdea c0000203"_hex,
      "fdea0001 fdea0002 ffffff01"_hex,
      "0002fdea00000001 0002fdea00000002"_hex,
      "0000fdea0000000100000002 0000fdea0000000100000003"_hex,
  };
  return all;
}

/// A value with up to three octets changed, perhaps cut, perhaps longer by a few octets.
Bytes changed(Bytes value, std::mt19937& random) {
  constexpr std::uint8_t kOctets[] = {0, 1, 2, 3, 4, 5, 127, 223, 224, 255};
  for (unsigned i = random() % 4; i > 0 && !value.empty(); --i) {
    value[random() % value.size()] = kOctets[random() % std::size(kOctets)];
  }
  if (random() % 4 == 0) value.resize(random() % (value.size() + 4));
  return value;
}

TEST(AttributeAccept, WhatIsPlainlyGood_IsGoodInTheTable) {
  std::mt19937 random(4271);
  const std::vector<DecodeContext> sessions = contexts();

  std::size_t accepted = 0;
  for (unsigned round = 0; round < 200'000; ++round) {
    const Bytes value = changed(values()[random() % values().size()], random);
    const AttributeView attribute{static_cast<std::uint8_t>(random() % 16 << 4),
                                  static_cast<std::uint8_t>(random() % 8 == 0 ? random() % 256 : random() % 42), value};
    const DecodeContext& context = sessions[random() % sessions.size()];
    if (!is_plainly_good(static_cast<AttributeCode>(attribute.code), attribute, context)) continue;
    ++accepted;
    EXPECT_TRUE(table_finds_nothing(attribute, context)) << int{attribute.code} << ' ' << hex_of(value);
  }

  EXPECT_GT(accepted, 1000U);
}

TEST(AttributeAccept, TheCommonAttributes_TakeTheShortWay) {
  DecodeContext internal;
  internal.internal = true;
  const auto takes = [&](std::uint8_t flags, AttributeCode code, const Bytes& value) {
    return is_plainly_good(code, {flags, static_cast<std::uint8_t>(code), value}, internal);
  };

  EXPECT_TRUE(takes(0x40, AttributeCode::Origin, "00"_hex));
  EXPECT_TRUE(takes(0x50, AttributeCode::AsPath, "02 02 0000fdea 00010000"_hex));
  EXPECT_TRUE(takes(0x40, AttributeCode::AsPath, {}));
  EXPECT_TRUE(takes(0x40, AttributeCode::NextHop, "c0000202"_hex));
  EXPECT_TRUE(takes(0x80, AttributeCode::MultiExitDisc, "00000000"_hex));
  EXPECT_TRUE(takes(0x40, AttributeCode::LocalPref, "00000064"_hex));
  EXPECT_TRUE(takes(0xe0, AttributeCode::Aggregator, "0000fdea c0000203"_hex));
  EXPECT_TRUE(takes(0xc0, AttributeCode::Communities, "fdea0001"_hex));
  EXPECT_TRUE(takes(0xc0, AttributeCode::LargeCommunities, "0000fdea0000000100000002"_hex));
}

}  // namespace
}  // namespace bgp
