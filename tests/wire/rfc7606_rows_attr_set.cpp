// ATTR_SET: RFC 7606 7.16 and RFC 6368 5, where an attribute that is malformed inside makes the whole malformed. Inside
// is an internal session with four-octet AS, whatever the one that carries it.
#include "rfc7606_row.hpp"

namespace bgp::rfc7606 {
namespace {

using enum Peer;
using enum Outcome;

std::string hex_octet(std::size_t value) {
  constexpr const char* kDigits = "0123456789abcdef";
  return {kDigits[value / 16], kDigits[value % 16]};
}

/// `depth` ATTR_SETs in each other.
std::string sets_in_sets(int depth) {
  std::string set;
  std::size_t size = 4;
  for (int i = 0; i < depth; ++i) {
    set = "c0 80 " + hex_octet(size) + " 0000fdea " + set;
    size += 7;
  }
  return set;
}

}  // namespace

std::vector<AttributeRow> attr_set_rows() {
  return {
      // The attribute itself
      {"attr-set", External, "c0 80 08 0000fdea 40 01 01 00", Good, 0},
      {"attr-set-extended-length", External, "d0 80 0008 0000fdea 40 01 01 00", Good, 0},
      {"attr-set-unused-flag-bits", External, "cf 80 08 0000fdea 40 01 01 00", Good, 0},
      {"attr-set-partial", External, "e0 80 08 0000fdea 40 01 01 00", Good, 0},
      {"attr-set-nothing-inside", External, "c0 80 04 0000fdea", Good, 0},
      {"attr-set-unknown-inside", External, "c0 80 07 0000fdea c0 c8 00", Good, 0},
      {"attr-set-well-known", External, "40 80 08 0000fdea 40 01 01 00", Withdraw, 4},
      {"attr-set-non-transitive", External, "80 80 08 0000fdea 40 01 01 00", Withdraw, 4},
      {"attr-set-both-bits-wrong", External, "00 80 08 0000fdea 40 01 01 00", Withdraw, 4},
      {"attr-set-overrun", External, "c0 80 09 0000fdea 40 01 01 00", Withdraw, 1},
      {"attr-set-empty", External, "c0 80 00", Withdraw, 9},
      {"attr-set-short", External, "c0 80 03 0000fd", Withdraw, 9},
      {"attr-set-attribute-overrun", External, "c0 80 08 0000fdea 40 01 02 00", Withdraw, 9},
      {"attr-set-long", External, "c0 80 09 0000fdea 40 01 01 00 40", Withdraw, 9},
      {"attr-set-mp-reach", External, "c0 80 07 0000fdea 80 0e 00", Withdraw, 9},
      {"attr-set-mp-unreach", External, "c0 80 0a 0000fdea 80 0f 03 000201", Withdraw, 9},
      {"attr-set-repeated", External, "c0 80 08 0000fdea 40 01 01 00 c0 80 00", First, 1},
      {"attr-set-eight-deep", External, sets_in_sets(8), Good, 0},
      {"attr-set-nine-deep", External, sets_in_sets(9), Withdraw, 9},
      // What is inside
      {"attr-set-with-origin", External, "c0 80 08 0000fdea 40 01 01 02", Good, 0},
      {"attr-set-with-as-path", External, "c0 80 0d 0000fdea 40 02 06 02 01 00010000", Good, 0},
      {"attr-set-with-empty-as-path", External, "c0 80 07 0000fdea 40 02 00", Good, 0},
      {"attr-set-with-next-hop", External, "c0 80 0b 0000fdea 40 03 04 c0000202", Good, 0},
      {"attr-set-with-med", External, "c0 80 0b 0000fdea 80 04 04 00000005", Good, 0},
      {"attr-set-with-local-pref", External, "c0 80 0b 0000fdea 40 05 04 000000c8", Good, 0},
      {"attr-set-with-atomic-aggregate", External, "c0 80 07 0000fdea 40 06 00", Good, 0},
      {"attr-set-with-aggregator", External, "c0 80 0f 0000fdea c0 07 08 00010000 c0000202", Good, 0},
      {"attr-set-with-communities", External, "c0 80 0b 0000fdea c0 08 04 fdea0001", Good, 0},
      {"attr-set-with-originator-id", External, "c0 80 0b 0000fdea 80 09 04 c0000202", Good, 0},
      {"attr-set-with-cluster-list", External, "c0 80 0f 0000fdea 80 0a 08 c0000202 c0000203", Good, 0},
      {"attr-set-with-extended-communities", External, "c0 80 0f 0000fdea c0 10 08 0002fdea00000001", Good, 0},
      {"attr-set-with-as4-path", External, "c0 80 0d 0000fdea c0 11 06 02 01 00010000", Good, 0},
      {"attr-set-with-as4-aggregator", External, "c0 80 0f 0000fdea c0 12 08 00010000 c0000202", Good, 0},
      {"attr-set-with-pmsi", External, "c0 80 0c 0000fdea c0 16 05 00 00 000100", Good, 0},
      {"attr-set-with-tunnel", External, "c0 80 0b 0000fdea c0 17 04 03e8 0000", Good, 0},
      {"attr-set-with-ipv6-communities", External,
       "c0 80 1b 0000fdea c0 19 14 0002 20010db8000000000000000000000002 0001", Good, 0},
      {"attr-set-with-aigp", External, "c0 80 12 0000fdea 80 1a 0b 01 000b 0000000000000005", Good, 0},
      {"attr-set-with-bgp-ls", External, "c0 80 0c 0000fdea 80 1d 05 0400 0001 00", Good, 0},
      {"attr-set-with-large-communities", External, "c0 80 13 0000fdea c0 20 0c 0000fdea 00000001 00000002", Good, 0},
      {"attr-set-with-only-to-customer", External, "c0 80 0b 0000fdea c0 23 04 0000fdea", Good, 0},
      {"attr-set-with-prefix-sid", External, "c0 80 11 0000fdea c0 28 0a 01 0007 00 0000 00000064", Good, 0},
      {"attr-set-with-attr-set", External, "c0 80 0f 0000fdea c0 80 08 0000fde9 40 01 01 00", Good, 0},
      {"attr-set-with-unknown-non-transitive", External, "c0 80 07 0000fdea 80 c8 00", Good, 0},
      {"attr-set-as-path-from-old", ExternalOld, "c0 80 0d 0000fdea 40 02 06 02 01 00010000", Good, 0},
      {"attr-set-aggregator-from-old", ExternalOld, "c0 80 0f 0000fdea c0 07 08 00010000 c0000202", Good, 0},
      {"attr-set-local-pref-from-internal", Internal, "c0 80 0b 0000fdea 40 05 04 000000c8", Good, 0},
      {"attr-set-plain-path-from-member", Member, "c0 80 0d 0000fdea 40 02 06 02 01 00010000", Good, 0},
      {"attr-set-first-as-is-not-the-peers", Enforcing, "c0 80 0d 0000fdea 40 02 06 02 01 00010000", Good, 0},
      {"attr-set-confederation-segment", External, "c0 80 0d 0000fdea 40 02 06 03 01 0000fdea", Good, 0},
      {"attr-set-partial-inside", External, "c0 80 0b 0000fdea e0 08 04 fdea0001", Good, 0},
      {"attr-set-repeated-inside", External, "c0 80 0c 0000fdea 40 01 01 00 40 01 01 03", Good, 0},
      {"attr-set-extended-length-inside", External, "c0 80 09 0000fdea 50 01 0001 00", Good, 0},
      {"attr-set-bad-origin-value", External, "c0 80 08 0000fdea 40 01 01 03", Withdraw, 9},
      {"attr-set-bad-origin-empty", External, "c0 80 07 0000fdea 40 01 00", Withdraw, 9},
      {"attr-set-bad-origin-long", External, "c0 80 09 0000fdea 40 01 02 0000", Withdraw, 9},
      {"attr-set-bad-origin-optional", External, "c0 80 08 0000fdea c0 01 01 00", Withdraw, 9},
      {"attr-set-bad-as-path-two-octets", External, "c0 80 0b 0000fdea 40 02 04 02 01 fdea", Withdraw, 9},
      {"attr-set-bad-as-path-segment-type", External, "c0 80 0d 0000fdea 40 02 06 05 01 0000fdea", Withdraw, 9},
      {"attr-set-bad-as-path-segment-empty", External, "c0 80 09 0000fdea 40 02 02 02 00", Withdraw, 9},
      {"attr-set-bad-as-path-as-zero", External, "c0 80 0d 0000fdea 40 02 06 02 01 00000000", Withdraw, 9},
      {"attr-set-bad-as-path-non-transitive", External, "c0 80 0d 0000fdea 00 02 06 02 01 0000fdea", Withdraw, 9},
      {"attr-set-bad-next-hop-short", External, "c0 80 0a 0000fdea 40 03 03 c00002", Withdraw, 9},
      {"attr-set-bad-next-hop-group", External, "c0 80 0b 0000fdea 40 03 04 e0000001", Withdraw, 9},
      {"attr-set-bad-med-short", External, "c0 80 0a 0000fdea 80 04 03 000005", Withdraw, 9},
      {"attr-set-bad-med-long", External, "c0 80 0c 0000fdea 80 04 05 0000000500", Withdraw, 9},
      {"attr-set-bad-med-transitive", External, "c0 80 0b 0000fdea c0 04 04 00000005", Withdraw, 9},
      {"attr-set-bad-local-pref-short", External, "c0 80 0a 0000fdea 40 05 03 0000c8", Withdraw, 9},
      {"attr-set-bad-local-pref-empty", External, "c0 80 07 0000fdea 40 05 00", Withdraw, 9},
      {"attr-set-bad-local-pref-optional", External, "c0 80 0b 0000fdea c0 05 04 000000c8", Withdraw, 9},
      {"attr-set-bad-atomic-aggregate-long", External, "c0 80 08 0000fdea 40 06 01 00", Withdraw, 9},
      {"attr-set-bad-atomic-aggregate-optional", External, "c0 80 07 0000fdea c0 06 00", Withdraw, 9},
      {"attr-set-bad-aggregator-two-octets", External, "c0 80 0d 0000fdea c0 07 06 fdea c0000202", Withdraw, 9},
      {"attr-set-bad-aggregator-as-zero", External, "c0 80 0f 0000fdea c0 07 08 00000000 c0000202", Withdraw, 9},
      {"attr-set-bad-aggregator-well-known", External, "c0 80 0f 0000fdea 40 07 08 00010000 c0000202", Withdraw, 9},
      {"attr-set-bad-communities-empty", External, "c0 80 07 0000fdea c0 08 00", Withdraw, 9},
      {"attr-set-bad-communities-short", External, "c0 80 0a 0000fdea c0 08 03 fdea00", Withdraw, 9},
      {"attr-set-bad-communities-non-transitive", External, "c0 80 0b 0000fdea 80 08 04 fdea0001", Withdraw, 9},
      {"attr-set-bad-originator-id-short", External, "c0 80 0a 0000fdea 80 09 03 c00002", Withdraw, 9},
      {"attr-set-bad-originator-id-transitive", External, "c0 80 0b 0000fdea c0 09 04 c0000202", Withdraw, 9},
      {"attr-set-bad-cluster-list-empty", External, "c0 80 07 0000fdea 80 0a 00", Withdraw, 9},
      {"attr-set-bad-cluster-list-short", External, "c0 80 0a 0000fdea 80 0a 03 c00002", Withdraw, 9},
      {"attr-set-bad-extended-communities-empty", External, "c0 80 07 0000fdea c0 10 00", Withdraw, 9},
      {"attr-set-bad-extended-communities-long", External, "c0 80 10 0000fdea c0 10 09 0002fdea0000000100", Withdraw,
       9},
      {"attr-set-bad-as4-path-segment-overrun", External, "c0 80 0d 0000fdea c0 11 06 02 02 00010000", Withdraw, 9},
      {"attr-set-bad-as4-aggregator-short", External, "c0 80 0e 0000fdea c0 12 07 00010000 c00002", Withdraw, 9},
      {"attr-set-bad-pmsi-undefined-type", External, "c0 80 0c 0000fdea c0 16 05 00 09 000100", Withdraw, 9},
      {"attr-set-bad-tunnel-none-valid", External, "c0 80 07 0000fdea c0 17 00", Withdraw, 9},
      {"attr-set-bad-tunnel-tlv-overrun", External, "c0 80 0b 0000fdea c0 17 04 03e8 0001", Withdraw, 9},
      {"attr-set-bad-ipv6-communities-short", External,
       "c0 80 1a 0000fdea c0 19 13 0002 20010db8000000000000000000000002 00", Withdraw, 9},
      {"attr-set-bad-aigp-length", External, "c0 80 12 0000fdea 80 1a 0b 01 000a 0000000000000005", Withdraw, 9},
      {"attr-set-bad-aigp-transitive", External, "c0 80 12 0000fdea c0 1a 0b 01 000b 0000000000000005", Withdraw, 9},
      {"attr-set-bad-bgp-ls-overrun", External, "c0 80 0c 0000fdea 80 1d 05 0400 0002 00", Withdraw, 9},
      {"attr-set-bad-large-communities-short", External, "c0 80 12 0000fdea c0 20 0b 0000fdea 00000001 000000",
       Withdraw, 9},
      {"attr-set-bad-only-to-customer-short", External, "c0 80 0a 0000fdea c0 23 03 0000fd", Withdraw, 9},
      {"attr-set-bad-prefix-sid-label-index", External, "c0 80 10 0000fdea c0 28 09 01 0006 00 0000 000064", Withdraw,
       9},
      {"attr-set-bad-attr-set-short", External, "c0 80 0a 0000fdea c0 80 03 0000fd", Withdraw, 9},
      {"attr-set-bad-attr-set-bad-origin", External, "c0 80 0f 0000fdea c0 80 08 0000fde9 40 01 01 03", Withdraw, 9},
      {"attr-set-bad-attr-set-mp-reach", External, "c0 80 0e 0000fdea c0 80 07 0000fde9 80 0e 00", Withdraw, 9},
      {"attr-set-bad-attr-set-overrun", External, "c0 80 0f 0000fdea c0 80 08 0000fde9 40 01 02 00", Withdraw, 9},
      {"attr-set-bad-unknown-well-known", External, "c0 80 07 0000fdea 40 c8 00", Withdraw, 9},
      {"attr-set-bad-mp-reach-behind-origin", External, "c0 80 0b 0000fdea 40 01 01 00 80 0e 00", Withdraw, 9},
      {"attr-set-bad-mp-reach-whole", External, "c0 80 10 0000fdea 80 0e 09 000101 04 c0000202 00", Withdraw, 9},
      {"attr-set-bad-second-bad", External, "c0 80 0e 0000fdea 40 01 01 00 80 04 03 000005", Withdraw, 9},
      {"attr-set-two-octet-path-from-old", ExternalOld, "c0 80 0b 0000fdea 40 02 04 02 01 fdea", Withdraw, 9},
      {"attr-set-two-octet-path-from-internal", Internal, "c0 80 0b 0000fdea 40 02 04 02 01 fdea", Withdraw, 9},
  };
}

}  // namespace bgp::rfc7606
