// The attributes of an UpdateView read where they stand: single values, and ranges that are walked without a copy.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bgp/wire/update.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

using enum SegmentType;

AsPath owned(const AsPathView& view) {
  std::vector<AsPathSegment> segments;
  for (const AsPathSegmentView segment : view) {
    segments.push_back({segment.type, {segment.asns.begin(), segment.asns.end()}});
    EXPECT_EQ(segment.asns.size(), segments.back().asns.size());
  }
  return AsPath(std::move(segments));
}

/// The path of an UPDATE from an OLD speaker, and the same path owned.
struct OldPath {
  AsPath view, owned_path;
};

OldPath old_path(const std::string& as_path, const std::string& others, bool internal = false) {
  DecodeContext context;
  context.four_octet_as = false;
  context.internal = internal;
  const Bytes body = update_body("", std::string(kOriginIgp) + as_path + kNextHop + others, kNlri);
  const auto view = decode_update(body, context);
  if (!view || view->reachable().empty()) {
    ADD_FAILURE() << "nothing reachable in " << hex_of(body);
    return {};
  }
  const AsPath owned_path = view->path_attributes(view->reachable()[0]).as_path;
  EXPECT_EQ(view->as_path().length(), owned_path.length());
  return {owned(view->as_path()), owned_path};
}

TEST(UpdateValues, EachAttribute_IsReadWhereItStands) {
  DecodeContext context;
  context.internal = true;
  const Bytes body =
      update_body("",
                  "40 01 01 02 40 02 10 02 01 0000fdea 01 02 00010000 00000007 40 03 04 c0000202 80 04 04 00000005 "
                  "40 05 04 000000c8 40 06 00 c0 07 08 00010001 c0000203 c0 08 08 fdea0001 ffffff01 80 09 04 c0000209 "
                  "80 0a 08 c000020a c000020b c0 10 08 0002fdea00000001 c0 20 0c 0000fdea 00000001 00000002",
                  kNlri);
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  EXPECT_EQ(view->origin(), Origin::Incomplete);
  EXPECT_EQ(owned(view->as_path()), AsPath({{AsSequence, {65002}}, {AsSet, {65536, 7}}}));
  EXPECT_EQ(view->as_path().length(), 2U);
  EXPECT_TRUE(view->as_path().contains(7));
  EXPECT_FALSE(view->as_path().contains(8));
  EXPECT_EQ(view->med(), 5U);
  EXPECT_EQ(view->local_pref(), 200U);
  EXPECT_TRUE(view->atomic_aggregate());
  EXPECT_EQ(view->aggregator(), (Aggregator{65537, {0xc0000203}}));
  EXPECT_EQ(std::vector(view->communities().begin(), view->communities().end()),
            (std::vector<Community>{{0xfdea0001}, {0xffffff01}}));
  EXPECT_EQ(view->communities().size(), 2U);
  EXPECT_EQ(view->originator_id(), BgpIdentifier{0xc0000209});
  EXPECT_EQ(std::vector(view->cluster_list().begin(), view->cluster_list().end()),
            (std::vector<BgpIdentifier>{{0xc000020a}, {0xc000020b}}));
  ASSERT_EQ(view->extended_communities().size(), 1U);
  EXPECT_EQ(hex_of(*view->extended_communities().begin()), "0002fdea00000001");
  EXPECT_EQ(std::vector(view->large_communities().begin(), view->large_communities().end()),
            (std::vector<LargeCommunity>{{65002, 1, 2}}));
}

TEST(UpdateValues, AbsentAttributes_AreEmpty) {
  const DecodeContext context;
  const Bytes body = update_body("08 0a", "", "");
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  EXPECT_FALSE(view->origin());
  EXPECT_TRUE(view->as_path().empty());
  EXPECT_TRUE(owned(view->as_path()).empty());
  EXPECT_FALSE(view->med());
  EXPECT_FALSE(view->local_pref());
  EXPECT_FALSE(view->atomic_aggregate());
  EXPECT_FALSE(view->aggregator());
  EXPECT_TRUE(view->communities().empty());
  EXPECT_TRUE(view->large_communities().empty());
  EXPECT_TRUE(view->extended_communities().empty());
  EXPECT_FALSE(view->originator_id());
  EXPECT_TRUE(view->cluster_list().empty());
}

TEST(UpdateValues, DiscardedAttributes_AreAbsent) {
  const DecodeContext context;
  const Bytes body = update_body(
      "", std::string(kOriginIgp) + kAsPath65002 + kNextHop + "40 05 04 00000064 40 06 01 00 c0 07 01 00", kNlri);
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  EXPECT_FALSE(view->local_pref());
  EXPECT_FALSE(view->atomic_aggregate());
  EXPECT_FALSE(view->aggregator());
}

TEST(UpdateValues, MalformedAttributes_AreAbsent) {
  const DecodeContext context;
  const Bytes body =
      update_body("", "40 01 02 0000 40 02 03 020100 80 04 01 00 c0 08 03 000000 c0 20 04 00000000 ", kNlri);
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  EXPECT_FALSE(view->origin());
  EXPECT_TRUE(view->as_path().empty());
  EXPECT_FALSE(view->med());
  EXPECT_TRUE(view->communities().empty());
  EXPECT_TRUE(view->large_communities().empty());
}

TEST(UpdateValues, RepeatsOfAttributesWithHighCodes_AreNotShown) {  // RFC 7606 3 g
  const DecodeContext context;
  const Bytes body = update_body(
      "", std::string(kOriginIgp) + kAsPath65002 + kNextHop + "c0 c8 01 aa c0 c9 01 bb c0 c8 01 cc c0 c9 01 dd", kNlri);
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  std::string shown;
  for (const AttributeView attribute : view->attributes()) {
    if (attribute.code >= 200) shown += hex_of(attribute.value);
  }

  EXPECT_EQ(shown, "aabb");
  EXPECT_EQ(hex_of(view->attribute(static_cast<AttributeCode>(201))->value), "bb");
}

// Rules 6793-06
TEST(AsPathView, As4Path_IsMergedWhileItIsWalked) {
  EXPECT_EQ(old_path("40 02 06 02 02 5ba0 5ba0 ", "c0 11 0a 02 02 00010000 00010001").view,
            AsPath::sequence({65536, 65537}));
  // The AS_SEQUENCEs that meet stay two
  EXPECT_EQ(old_path("40 02 08 02 03 fdea 5ba0 5ba0 ", "c0 11 0a 02 02 00010000 00010001").view,
            AsPath({{AsSequence, {65002}}, {AsSequence, {65536, 65537}}}));
  EXPECT_EQ(old_path("40 02 04 02 01 fdea ", "c0 11 0a 02 02 00010000 00010001").view, AsPath::sequence({65002}));
  EXPECT_EQ(old_path("40 02 04 02 01 fdea ", "").view, AsPath::sequence({65002}));
}

TEST(AsPathView, SetsAndConfederations_AreMergedLikeTheOwnedPath) {
  const std::vector<std::pair<std::string, std::string>> paths{
      {"40 02 0a 02 01 fdea 01 02 5ba0 0007 ", "c0 11 0a 01 02 00010000 00000007"},
      {"40 02 0a 01 02 0001 0002 02 01 5ba0 ", "c0 11 06 02 01 00010000"},
      {"40 02 0c 03 02 fc00 fc01 02 02 fdea 5ba0 ", "c0 11 06 02 01 00010000"},
      {"40 02 08 03 01 fc00 02 01 5ba0 ", "c0 11 06 02 01 00010000"},
      {"40 02 10 03 01 fc00 02 01 fdea 04 01 fc01 02 01 5ba0 ", "c0 11 0c 03 01 0000fc00 02 01 00010000"},
      {"40 02 04 02 01 fdea ", "c0 11 06 03 01 0000fc00"},
      {"40 02 04 02 01 5ba0 ", "c0 07 06 fdea c0000203 c0 11 06 02 01 00010000 c0 12 08 00010001 c0000203"},
      {"40 02 04 02 01 5ba0 ", "c0 07 06 5ba0 c0000203 c0 11 06 02 01 00010000 c0 12 08 00010001 c0000203"},
  };

  for (const auto& [as_path, others] : paths) {
    const OldPath path = old_path(as_path, others, true);
    EXPECT_EQ(to_string(path.view), to_string(path.owned_path)) << as_path << others;
  }
}

TEST(AsPathView, AggregatorOfAnOldSpeaker_IsTheExactOne) {  // RFC 6793 4.2.3
  DecodeContext context;
  context.four_octet_as = false;
  const Bytes body = update_body(
      "", std::string(kOriginIgp) + "40 02 04 02 01 5ba0 c0 07 06 5ba0 c0000203 c0 12 08 00010001 c0000203 ", "");
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value());

  EXPECT_EQ(view->aggregator(), (Aggregator{65537, {0xc0000203}}));
}

}  // namespace
}  // namespace bgp
