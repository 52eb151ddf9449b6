// The reaction table: every attribute with every fault, messages with several, from every kind of peer. Each row says
// the approach, the subcode, what is discarded, and what is announced and withdrawn; and an Adj-RIB-In that never asks
// for errors must come out right.
#include <gtest/gtest.h>

#include <set>

#include "rfc7606_row.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp::rfc7606 {
namespace {

using enum Peer;
using enum Outcome;
using Routes = std::vector<std::string>;

DecodeContext context_of(Peer peer) {
  DecodeContext context = both_families();
  context.local_asn = 65001;
  context.internal = peer == Internal || peer == InternalOld;
  context.peer_asn = context.internal ? 65001 : 65002;
  context.four_octet_as = peer != ExternalOld && peer != InternalOld;
  context.confederation = peer == Member || peer == EnforcingMember;
  context.enforce_first_as = peer == Enforcing || peer == EnforcingMember;
  context.aigp_session = peer == AigpSession;
  return context;
}

/// The good AS_PATH that such a peer sends.
std::string good_as_path(Peer peer) {
  if (peer == ExternalOld || peer == InternalOld) return "40 02 04 02 01 fdea ";
  return peer == Member || peer == EnforcingMember ? "40 02 06 03 01 0000fdea " : kAsPath65002;
}

unsigned code_of(const AttributeRow& row) { return octets_of_hex(row.octets).at(1); }

/// An attribute's row as that of a whole message.
MessageRow message_of(const AttributeRow& row) {
  MessageRow message;
  const unsigned code = code_of(row);
  message.name = row.name;
  message.peer = row.peer;
  if (code != 1) message.attributes += kOriginIgp;
  if (code != 2) message.attributes += good_as_path(row.peer);
  if (code != 3) message.attributes += kNextHop;
  message.attributes += row.octets;
  message.nlri = kNlri;
  message.outcome = row.outcome;
  message.subcode = row.subcode;
  message.errors = row.outcome == Good ? 0 : row.errors;
  const bool cut_off = row.outcome == Withdraw && row.subcode == update_error::kMalformedAttributeList;
  if ((row.outcome == Discard || row.outcome == Withdraw) && !cut_off) message.discarded = {code};
  (row.outcome == Withdraw ? message.withdrawn : message.announced) = {"10.10.10.0/24"};
  return message;
}

std::vector<AttributeRow> attribute_rows() {
  std::vector<AttributeRow> rows = well_known_rows();
  for (const auto& more : {optional_rows(), later_rows(), attr_set_rows()})
    rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

std::vector<MessageRow> all_rows() {
  std::vector<MessageRow> rows;
  for (const AttributeRow& row : attribute_rows()) rows.push_back(message_of(row));
  for (const MessageRow& row : message_rows()) rows.push_back(row);
  return rows;
}

ErrorApproach approach_of(Outcome outcome) {
  if (outcome == Withdraw) return ErrorApproach::TreatAsWithdraw;
  return outcome == Reset ? ErrorApproach::SessionReset : ErrorApproach::AttributeDiscard;
}

/// Codes that the message has and the effect has not.
std::vector<unsigned> discarded_codes(const UpdateView& view, const std::string& attributes) {
  std::set<unsigned> codes;
  const Bytes octets = octets_of_hex(attributes);
  for (Reader reader(octets); !reader.empty();) {
    const bool extended = (reader.u8() & attribute_flags::kExtendedLength) != 0;
    const std::uint8_t code = reader.u8();
    reader.bytes(extended ? reader.u16() : reader.u8());
    if (reader.ok() && !view.attribute(static_cast<AttributeCode>(code))) codes.insert(code);
  }
  return {codes.begin(), codes.end()};
}

/// The strongest error, the first among equals.
UpdateError strongest(std::span<const UpdateError> errors) {
  return *std::ranges::max_element(errors, {}, &UpdateError::approach);
}

class Rfc7606 : public testing::TestWithParam<MessageRow> {};

// Rules 7606-01 7606-02 7606-03 7606-04 7606-05 7606-06 7606-07 7606-08 7606-09 7606-10 7606-11 7606-12 7606-14 7606-15
// Rules 7606-16 6793-05 6793-07 7607-03 9234-06 4271-26 4271-29
TEST_P(Rfc7606, Row_HasTheReactionOfItsRfc) {
  const MessageRow& row = GetParam();
  const DecodeContext context = context_of(row.peer);
  const Bytes body = update_body(row.withdrawn_routes, row.attributes, row.nlri);

  const auto view = decode_update(body, context);
  const auto all = all_errors(body, context);

  ASSERT_EQ(view.has_value(), row.outcome != Reset);
  EXPECT_EQ(all.size(), row.errors) << testing::PrintToString(all);
  if (!view.has_value()) {
    EXPECT_EQ(view.error().code, ErrorCode::UpdateMessage);
    EXPECT_EQ(view.error().subcode, row.subcode) << view.error();
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.back().approach, ErrorApproach::SessionReset);
    EXPECT_EQ(all.back().subcode, row.subcode);
    return;
  }
  EXPECT_EQ(reachable_texts(*view), row.announced);
  EXPECT_EQ(unreachable_texts(*view), row.withdrawn);
  EXPECT_EQ(discarded_codes(*view, row.attributes), row.discarded);
  ASSERT_EQ(view->error_count(), row.errors) << *view;
  EXPECT_EQ(view->errors().size(), std::min<std::size_t>(row.errors, 8));
  EXPECT_TRUE(std::ranges::equal(view->errors(), std::span(all).first(view->errors().size())));
  if (row.outcome == Good) return;
  EXPECT_EQ(strongest(view->errors()).approach, approach_of(row.outcome));
  EXPECT_EQ(strongest(view->errors()).subcode, row.subcode) << *view;
  for (const UpdateError& error : view->errors()) {
    EXPECT_NE(std::string(error.reason).find("RFC"), std::string::npos) << error;
  }
}

// Rules 7606-01 7606-08
TEST_P(Rfc7606, AdjRibInOfTheEffectAlone_IsRight) {
  const MessageRow& row = GetParam();
  const DecodeContext context = context_of(row.peer);
  const Bytes body = update_body(row.withdrawn_routes, row.attributes, row.nlri);
  std::set<std::string> rib{"10.10.10.0/24", "11.0.0.0/8", "2001:db8:1::/48", "2001:db8:2::/48", "203.0.113.0/24"};
  std::set<std::string> expected = rib;
  for (const std::string& route : row.withdrawn) expected.erase(route);
  for (const std::string& route : row.announced) expected.insert(route);
  if (row.outcome == Reset) expected.clear();

  // A handler that never asks for errors: a reset ends the session and with it the table
  const auto view = decode_update(body, context);
  if (view.has_value()) {
    for (const std::string& route : unreachable_texts(*view)) rib.erase(route);
    for (const std::string& route : reachable_texts(*view)) rib.insert(route);
    for (const ReachableGroup& group : view->reachable()) {
      for (const unsigned code : row.discarded) {
        const PathAttributes attributes = view->path_attributes(group);
        EXPECT_TRUE(std::ranges::none_of(attributes.others, [&](const auto& other) { return other.code == code; }));
      }
    }
  } else {
    rib.clear();
  }

  EXPECT_EQ(rib, expected);
}

std::string test_name(const testing::TestParamInfo<MessageRow>& row) {
  std::string name = row.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Attributes, Rfc7606, testing::ValuesIn(all_rows()), test_name);

TEST(Rfc7606Table, Rows_AreEnoughAndCoverEveryRecognizedAttribute) {
  std::set<unsigned> codes;
  for (const AttributeRow& row : attribute_rows()) codes.insert(code_of(row));

  EXPECT_GE(all_rows().size(), 250U);
  EXPECT_EQ(codes,
            (std::set<unsigned>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 17, 18, 22, 23, 25, 26, 29, 32, 35, 40, 128}));
}

}  // namespace
}  // namespace bgp::rfc7606
