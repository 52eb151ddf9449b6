// Outbound Route Filters as (octets, value) pairs both ways (RFC 5291 3, RFC 5292 2), and what is no filter.
#include "bgp/wire/orf.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using Entries = std::vector<AddressPrefixOrf>;

Prefix prefix(const char* text) { return Prefix::parse(text).value(); }

struct Pair {
  Afi afi;
  const char* octets;
  OrfRefresh value;
  const char* text;
};

std::vector<Pair> pairs() {
  using enum OrfAction;
  using enum OrfMatch;
  const auto entry = [](OrfAction action, OrfMatch match, std::uint32_t sequence, std::uint8_t min, std::uint8_t max,
                        const char* text) { return AddressPrefixOrf{action, match, sequence, min, max, prefix(text)}; };
  const AddressPrefixOrf remove_all{RemoveAll, Permit, 0, 0, 0, {}};
  return {
      {Afi::Ipv4, "01", {WhenToRefresh::Immediate, {}}, "immediate"},
      {Afi::Ipv4, "02 40 0000", {WhenToRefresh::Defer, {{OrfType::AddressPrefix, Entries{}}}}, "defer"},
      {Afi::Ipv4,
       "01 40 000b 00 00000005 18 20 18 c00002",
       {WhenToRefresh::Immediate, {{OrfType::AddressPrefix, Entries{entry(Add, Permit, 5, 24, 32, "192.0.2.0/24")}}}},
       "immediate, address-prefix add permit 5 192.0.2.0/24 ge 24 le 32"},
      {Afi::Ipv4,
       "01 80 0013 20 00000005 18 18 15 150100 | 00 0000000a 00 20 00",  // as a router sent it
       {WhenToRefresh::Immediate,
        {{OrfType::LegacyAddressPrefix,
          Entries{entry(Add, Deny, 5, 24, 24, "21.1.0.0/21"), entry(Add, Permit, 10, 0, 32, "0.0.0.0/0")}}}},
       "immediate, address-prefix-old add deny 5 21.1.0.0/21 ge 24 le 24, "
       "address-prefix-old add permit 10 0.0.0.0/0 le 32"},
      {Afi::Ipv6,
       "02 40 000d 80 | 60 ffffffff 00 00 20 20010db8",
       {WhenToRefresh::Defer,
        {{OrfType::AddressPrefix, Entries{remove_all, entry(Remove, Deny, 4294967295, 0, 0, "2001:db8::/32")}}}},
       "defer, address-prefix remove-all, address-prefix remove deny 4294967295 2001:db8::/32"},
      {Afi::Ipv4,
       "01 4d 0002 abcd 40 0001 80",
       {WhenToRefresh::Immediate, {{OrfType{77}, Bytes{0xab, 0xcd}}, {OrfType::AddressPrefix, Entries{remove_all}}}},
       "immediate, type 77 0xabcd, address-prefix remove-all"},
      {Afi::L2vpn,
       "01 40 0001 80",
       {WhenToRefresh::Immediate, {{OrfType::AddressPrefix, Bytes{0x80}}}},
       "immediate, address-prefix 0x80"},
      {Afi::Ipv4, "07", {WhenToRefresh{7}, {}}, "when 7"},
  };
}

TEST(Orf, Octets_DecodeToTheValueAndBack) {
  for (const Pair& pair : pairs()) {
    const Bytes octets = octets_of_hex(pair.octets);

    EXPECT_EQ(decode_orf(pair.afi, octets), pair.value) << pair.octets;
    EXPECT_EQ(hex_of(encode_orf(pair.value)), hex_of(octets));
    EXPECT_EQ(to_string(pair.value), pair.text);
  }
}

// RFC 5291 5: what cannot be read of a type stays octets, and the handler removes what it had of it
TEST(Orf, EntriesWithoutTheirForm_StayOctets) {
  for (const char* entries : {
           "c0",                                // action 3
           "00 00000005 18 20 18 c000",         // prefix not whole
           "00 00000005 18 20 21 c0000200 00",  // longer than the address
           "00 00000005 21 20 18 c00002",
           "00 00000005 18 21 18 c00002",
           "00 000000",
           "80 00",
       }) {
    const Bytes octets = octets_of_hex(entries);
    const OrfRefresh expected{WhenToRefresh::Immediate, {{OrfType::AddressPrefix, octets}}};
    const Bytes message = encode_orf(expected);

    EXPECT_EQ(decode_orf(Afi::Ipv4, message), expected) << entries;
  }
}

TEST(Orf, GroupThatIsNotWhole_IsNoFilter) {
  EXPECT_EQ(decode_orf(Afi::Ipv4, {}), std::nullopt);
  const Bytes whole = "01 40 000b 00 00000005 18 20 18 c00002 4d 0001 00"_hex;
  for (std::size_t size = 2; size < whole.size(); ++size) {
    if (size == 15) continue;  // between the two groups
    EXPECT_EQ(decode_orf(Afi::Ipv4, BytesView(whole).first(size)), std::nullopt) << size;
  }
}

TEST(Orf, PrefixBitsBeyondTheLength_AreCleared) {
  const auto refresh = decode_orf(Afi::Ipv4, "01 40 0009 00 00000001 00 00 04 ff"_hex);

  ASSERT_TRUE(refresh.has_value());
  EXPECT_EQ(to_string(*refresh), "immediate, address-prefix add permit 1 240.0.0.0/4");
}

TEST(Orf, MoreThanALengthFieldHolds_Throws) {
  EXPECT_EQ(encode_orf({WhenToRefresh::Defer, {{OrfType{77}, Bytes(65535, 0)}}}).size(), 65539U);
  EXPECT_THROW((void)encode_orf({WhenToRefresh::Defer, {{OrfType{77}, Bytes(65536, 0)}}}), std::length_error);
}

}  // namespace
}  // namespace bgp
