// The reaction table of RFC 7606, row by row: one attribute with one fault, beside an otherwise good announcement.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "bgp/wire/update.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

enum class Peer { External, ExternalOld, Internal, InternalOld };  // Old: without four-octet AS (RFC 6793)
enum class Outcome { Good, Discard, Withdraw };

struct Row {
  const char* name;
  Peer peer;
  const char* attribute;  ///< stands in place of the good one of its code, if there is one
  Outcome outcome;
  std::uint8_t subcode;  ///< of the error found; 0 with Good

  friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }
};

using enum Peer;
using enum Outcome;

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      // RFC 7606 7.1 ORIGIN
      {"origin-incomplete", External, "40 01 01 02", Good, 0},
      {"origin-extended-length", External, "50 01 0001 00", Good, 0},
      {"origin-unused-flag-bits", External, "4f 01 01 00", Good, 0},  // RFC 4271 4.3: ignored
      {"origin-partial", External, "60 01 01 00", Good, 0},           // RFC 7606 3 c: Optional and Transitive only
      {"origin-value-3", External, "40 01 01 03", Withdraw, 6},
      {"origin-value-255", External, "40 01 01 ff", Withdraw, 6},
      {"origin-empty", External, "40 01 00", Withdraw, 5},
      {"origin-long", External, "40 01 02 0000", Withdraw, 5},
      {"origin-optional", External, "c0 01 01 00", Withdraw, 4},
      {"origin-non-transitive", External, "00 01 01 00", Withdraw, 4},
      {"origin-repeated", External, "40 01 01 00 40 01 01 03", Discard, 1},
      // RFC 7606 7.2 AS_PATH
      {"as-path-empty", External, "40 02 00", Good, 0},
      {"as-path-set", External, "40 02 10 02 01 0000fdea 01 02 0000fdeb 0000fdec", Good, 0},
      {"as-path-two-octets-from-old", ExternalOld, "40 02 04 02 01 fdea", Good, 0},
      {"as-path-four-octets-from-old", ExternalOld, "40 02 06 02 01 0000fdea", Withdraw, 11},
      {"as-path-two-octets-from-new", External, "40 02 04 02 01 fdea", Withdraw, 11},
      {"as-path-one-octet", External, "40 02 01 02", Withdraw, 11},
      {"as-path-overrun", External, "40 02 06 02 02 0000fdea", Withdraw, 11},
      {"as-path-underrun", External, "40 02 07 02 01 0000fdea 02", Withdraw, 11},
      {"as-path-empty-segment", External, "40 02 02 02 00", Withdraw, 11},
      {"as-path-empty-segment-behind", External, "40 02 08 02 01 0000fdea 02 00", Withdraw, 11},
      {"as-path-type-0", External, "40 02 06 00 01 0000fdea", Withdraw, 11},
      {"as-path-type-5", External, "40 02 06 05 01 0000fdea", Withdraw, 11},
      {"as-path-as-0", External, "40 02 0a 02 02 0000fdea 00000000", Withdraw, 11},  // RFC 7607 2
      {"as-path-as-0-in-set", External, "40 02 06 01 01 00000000", Withdraw, 11},
      {"as-path-confed-sequence-external", External, "40 02 06 03 01 0000fdea", Withdraw, 11},  // RFC 5065 5
      {"as-path-confed-set-external", External, "40 02 06 04 01 0000fdea", Withdraw, 11},
      {"as-path-confed-internal", Internal, "40 02 06 03 01 0000fdea", Good, 0},
      {"as-path-optional", External, "c0 02 06 02 01 0000fdea", Withdraw, 4},
      {"as-path-non-transitive", External, "00 02 06 02 01 0000fdea", Withdraw, 4},
      {"as-path-repeated", External, "40 02 06 02 01 0000fdea 40 02 00", Discard, 1},
      // RFC 7606 7.3 NEXT_HOP
      {"next-hop-empty", External, "40 03 00", Withdraw, 5},
      {"next-hop-short", External, "40 03 03 c00002", Withdraw, 5},
      {"next-hop-long", External, "40 03 05 c000020200", Withdraw, 5},
      {"next-hop-ipv6", External, "40 03 10 20010db8000000000000000000000002", Withdraw, 5},
      {"next-hop-zero", External, "40 03 04 00000000", Withdraw, 8},
      {"next-hop-this-network", External, "40 03 04 00010203", Withdraw, 8},
      {"next-hop-multicast", External, "40 03 04 e0000001", Withdraw, 8},
      {"next-hop-reserved", External, "40 03 04 f0000001", Withdraw, 8},
      {"next-hop-broadcast", External, "40 03 04 ffffffff", Withdraw, 8},
      {"next-hop-loopback", External, "40 03 04 7f000001", Good, 0},
      {"next-hop-optional", External, "c0 03 04 c0000202", Withdraw, 4},
      {"next-hop-non-transitive", External, "00 03 04 c0000202", Withdraw, 4},
      {"next-hop-repeated", External, "40 03 04 c0000202 40 03 04 c0000203", Discard, 1},
      // RFC 7606 7.4 MULTI_EXIT_DISC
      {"med", External, "80 04 04 00000005", Good, 0},
      {"med-empty", External, "80 04 00", Withdraw, 5},
      {"med-short", External, "80 04 03 000000", Withdraw, 5},
      {"med-long", External, "80 04 05 0000000000", Withdraw, 5},
      {"med-well-known", External, "40 04 04 00000005", Withdraw, 4},
      {"med-transitive", External, "c0 04 04 00000005", Withdraw, 4},
      {"med-repeated", External, "80 04 04 00000005 80 04 00", Discard, 1},
      // RFC 7606 7.5 LOCAL_PREF
      {"local-pref-external", External, "40 05 04 00000064", Discard, 1},
      {"local-pref-external-malformed", External, "40 05 02 0064", Discard, 1},
      {"local-pref-internal", Internal, "40 05 04 00000064", Good, 0},
      {"local-pref-internal-empty", Internal, "40 05 00", Withdraw, 5},
      {"local-pref-internal-short", Internal, "40 05 03 000064", Withdraw, 5},
      {"local-pref-internal-long", Internal, "40 05 05 0000000064", Withdraw, 5},
      {"local-pref-optional", Internal, "c0 05 04 00000064", Withdraw, 4},
      {"local-pref-repeated", Internal, "40 05 04 00000064 40 05 04 00000065", Discard, 1},
      // RFC 7606 7.6 ATOMIC_AGGREGATE, 3 f
      {"atomic-aggregate", External, "40 06 00", Good, 0},
      {"atomic-aggregate-long", External, "40 06 01 00", Discard, 5},
      {"atomic-aggregate-optional", External, "c0 06 00", Discard, 4},
      {"atomic-aggregate-repeated", External, "40 06 00 40 06 00", Discard, 1},
      // RFC 7606 7.7 AGGREGATOR, 3 f
      {"aggregator", External, "c0 07 08 0000fdea c0000202", Good, 0},
      {"aggregator-old", ExternalOld, "c0 07 06 fdea c0000202", Good, 0},
      {"aggregator-partial", External, "e0 07 08 0000fdea c0000202", Good, 0},
      {"aggregator-empty", External, "c0 07 00", Discard, 5},
      {"aggregator-six-from-new", External, "c0 07 06 fdea c0000202", Discard, 5},
      {"aggregator-eight-from-old", ExternalOld, "c0 07 08 0000fdea c0000202", Discard, 5},
      {"aggregator-long", External, "c0 07 09 0000fdea c000020200", Discard, 5},
      {"aggregator-as-0", External, "c0 07 08 00000000 c0000202", Discard, 9},  // RFC 7607 2
      {"aggregator-as-0-old", ExternalOld, "c0 07 06 0000 c0000202", Discard, 9},
      {"aggregator-well-known", External, "40 07 08 0000fdea c0000202", Discard, 4},
      {"aggregator-non-transitive", External, "80 07 08 0000fdea c0000202", Discard, 4},
      {"aggregator-repeated", External, "c0 07 08 0000fdea c0000202 c0 07 00", Discard, 1},
      // RFC 7606 7.8 COMMUNITIES
      {"communities", External, "c0 08 08 fdea0001 fdea0002", Good, 0},
      {"communities-empty", External, "c0 08 00", Withdraw, 5},
      {"communities-short", External, "c0 08 03 fdea00", Withdraw, 5},
      {"communities-long", External, "c0 08 05 fdea000100", Withdraw, 5},
      {"communities-well-known", External, "40 08 04 fdea0001", Withdraw, 4},
      {"communities-non-transitive", External, "80 08 04 fdea0001", Withdraw, 4},
      {"communities-repeated", External, "c0 08 04 fdea0001 c0 08 00", Discard, 1},
      // RFC 7606 7.9 ORIGINATOR_ID
      {"originator-external", External, "80 09 04 c0000202", Discard, 9},
      {"originator-external-malformed", External, "80 09 00", Discard, 9},
      {"originator-internal", Internal, "80 09 04 c0000202", Good, 0},
      {"originator-internal-empty", Internal, "80 09 00", Withdraw, 5},
      {"originator-internal-long", Internal, "80 09 05 c000020200", Withdraw, 5},
      {"originator-transitive", Internal, "c0 09 04 c0000202", Withdraw, 4},
      {"originator-repeated", Internal, "80 09 04 c0000202 80 09 00", Discard, 1},
      // RFC 7606 7.10 CLUSTER_LIST
      {"cluster-list-external", External, "80 0a 04 c0000202", Discard, 9},
      {"cluster-list-internal", Internal, "80 0a 08 c0000202 c0000203", Good, 0},
      {"cluster-list-internal-empty", Internal, "80 0a 00", Withdraw, 5},
      {"cluster-list-internal-short", Internal, "80 0a 06 c0000202 0000", Withdraw, 5},
      {"cluster-list-well-known", Internal, "40 0a 04 c0000202", Withdraw, 4},
      // RFC 7606 7.14 and 7.15 extended communities
      {"extended-communities", External, "c0 10 08 0002fdea00000001", Good, 0},
      {"extended-communities-empty", External, "c0 10 00", Withdraw, 5},
      {"extended-communities-short", External, "c0 10 07 0002fdea000000", Withdraw, 5},
      {"extended-communities-flags", External, "80 10 08 0002fdea00000001", Withdraw, 4},
      {"ipv6-extended-communities", External, "c0 19 14 0002 20010db8000000000000000000000002 0001", Good, 0},
      {"ipv6-extended-communities-empty", External, "c0 19 00", Withdraw, 5},
      {"ipv6-extended-communities-short", External, "c0 19 04 00020001", Withdraw, 5},
      // RFC 6793 6 AS4_PATH and AS4_AGGREGATOR
      {"as4-path-from-new", External, "c0 11 06 02 01 00010000", Discard, 9},
      {"as4-path-from-old", ExternalOld, "c0 11 06 02 01 00010000", Good, 0},
      {"as4-path-empty", ExternalOld, "c0 11 00", Discard, 5},
      {"as4-path-short", ExternalOld, "c0 11 04 02 01 0001", Discard, 5},
      {"as4-path-overrun", ExternalOld, "c0 11 06 02 02 00010000", Discard, 9},
      {"as4-path-empty-segment", ExternalOld, "c0 11 08 02 00 02 01 00010000", Discard, 9},
      {"as4-path-type", ExternalOld, "c0 11 06 07 01 00010000", Discard, 9},
      {"as4-path-confederation", ExternalOld, "c0 11 06 03 01 00010000", Good, 0},
      {"as4-path-as-0", ExternalOld, "c0 11 06 02 01 00000000", Discard, 9},  // RFC 7607 2
      {"as4-path-flags", ExternalOld, "40 11 06 02 01 00010000", Discard, 4},
      {"as4-aggregator-from-new", External, "c0 12 08 00010000 c0000202", Discard, 9},
      {"as4-aggregator-from-old", InternalOld, "c0 12 08 00010000 c0000202", Good, 0},
      {"as4-aggregator-empty", ExternalOld, "c0 12 00", Discard, 5},
      {"as4-aggregator-short", ExternalOld, "c0 12 06 0001 c0000202", Discard, 5},
      {"as4-aggregator-as-0", ExternalOld, "c0 12 08 00000000 c0000202", Discard, 9},  // RFC 7607 2
      {"as4-aggregator-flags", ExternalOld, "80 12 08 00010000 c0000202", Discard, 4},
      // RFC 8092 5 LARGE_COMMUNITY
      {"large-communities", External, "c0 20 0c 0000fdea 00000001 00000002", Good, 0},
      {"large-communities-empty", External, "c0 20 00", Withdraw, 5},
      {"large-communities-short", External, "c0 20 0b 0000fdea 00000001 000000", Withdraw, 5},
      {"large-communities-flags", External, "80 20 0c 0000fdea 00000001 00000002", Withdraw, 4},
      {"large-communities-repeated", External, "c0 20 0c 0000fdea 00000001 00000002 c0 20 00", Discard, 1},
      // RFC 9234 5 OTC
      {"otc", External, "c0 23 04 0000fdea", Good, 0},
      {"otc-empty", External, "c0 23 00", Withdraw, 5},
      {"otc-short", External, "c0 23 03 00fdea", Withdraw, 5},
      {"otc-long", External, "c0 23 05 0000fdea00", Withdraw, 5},
      {"otc-flags", External, "80 23 04 0000fdea", Withdraw, 4},
      // Known, contents not looked at
      {"aigp", External, "80 1a 0b 01 000b 0000000000000001", Good, 0},
      {"aigp-transitive", External, "c0 1a 0b 01 000b 0000000000000001", Discard, 4},  // RFC 7311 3
      {"attr-set", External, "c0 80 04 0000fdea", Good, 0},
      {"attr-set-extended-length", External, "d0 80 0004 0000fdea", Good, 0},
      {"attr-set-flags", External, "40 80 04 0000fdea", Withdraw, 4},
      // RFC 4271 5: optional and unrecognized
      {"unknown-transitive", External, "c0 c8 02 abcd", Good, 0},
      {"unknown-non-transitive", External, "80 c8 02 abcd", Good, 0},
      {"unknown-empty", External, "c0 c8 00", Good, 0},
      {"unknown-repeated", External, "c0 c8 00 c0 c8 01 00", Discard, 1},  // RFC 7606 3 g
  };
  return all;
}

/// The good attributes of a route, but for the one whose code the row brings.
Bytes body_of(const Row& row) {
  const bool old = row.peer == ExternalOld || row.peer == InternalOld;
  const std::uint8_t code = octets_of_hex(row.attribute).at(1);
  std::string attributes;
  if (code != 1) attributes += kOriginIgp;
  if (code != 2) attributes += old ? "40 02 04 02 01 fdea " : kAsPath65002;
  if (code != 3) attributes += kNextHop;
  return update_body("", attributes + row.attribute, kNlri);
}

class AttributeRules : public testing::TestWithParam<Row> {};

// Rules 6793-04 6793-05 6793-07 7606-01 7606-03 7606-05 7606-06 7606-07 7606-12 7606-16 7607-03 9234-06
TEST_P(AttributeRules, Row_HasTheOutcomeOfItsRfc) {
  const Row& row = GetParam();
  const std::vector<std::string> prefix{"10.10.10.0/24"}, none;
  DecodeContext context;
  context.internal = row.peer == Internal || row.peer == InternalOld;
  context.four_octet_as = row.peer == External || row.peer == Internal;
  const Bytes body = body_of(row);
  const auto code = static_cast<AttributeCode>(octets_of_hex(row.attribute).at(1));

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(reachable_texts(*view), row.outcome == Withdraw ? none : prefix);
  EXPECT_EQ(unreachable_texts(*view), row.outcome == Withdraw ? prefix : none);
  ASSERT_EQ(view->error_count(), row.outcome == Good ? 0U : 1U) << *view;
  const bool repeated = std::string(row.name).ends_with("-repeated");
  const bool broken_block = row.outcome == Withdraw && row.subcode == 1;
  EXPECT_EQ(view->attribute(code).has_value(), row.outcome == Good || repeated);
  if (row.outcome == Good) return;
  EXPECT_EQ(view->errors()[0].approach,
            row.outcome == Discard ? ErrorApproach::AttributeDiscard : ErrorApproach::TreatAsWithdraw);
  EXPECT_EQ(view->errors()[0].subcode, row.subcode) << to_string(view->errors()[0]);
  EXPECT_EQ(view->errors()[0].attribute, broken_block ? AttributeCode{} : code);
  EXPECT_NE(std::string(view->errors()[0].reason).find("RFC"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Rfc7606, AttributeRules, testing::ValuesIn(rows()), [](const auto& row) {
  std::string name = row.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(AttributeRulesMp, Ipv6MulticastNextHop_IsTreatAsWithdraw) {  // RFC 4271 6.3, RFC 7606 3 e
  const DecodeContext context = both_families();
  const Bytes body = update_body(
      "", std::string("80 0e 16 0002 01 10 ff020000000000000000000000000001 00 00 ") + kOriginIgp + kAsPath65002, "");

  const auto view = decode_update(body, context);

  ASSERT_TRUE(view.has_value()) << view.error();
  EXPECT_EQ(unreachable_texts(*view), std::vector<std::string>{"::/0"});
  EXPECT_EQ(view->errors()[0], (UpdateError{ErrorApproach::TreatAsWithdraw, AttributeCode::MpReachNlri, 8, ""}));
}

}  // namespace
}  // namespace bgp
