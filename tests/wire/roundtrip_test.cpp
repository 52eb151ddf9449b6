// Whatever a route looks like, what is encoded decodes to it again, and what is decoded encodes to the same octets:
// random attributes and NLRI from a fixed seed, under every kind of session.
#include <gtest/gtest.h>

#include <vector>

#include "bgp/wire/update.hpp"
#include "support/generate_attributes.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

struct Session {
  EncodeContext encode;
  DecodeContext decode;
};

Session session(bool four_octet_as, bool internal, bool add_path, std::size_t max) {
  const std::vector<Family> families{kIpv4Unicast, kIpv6Unicast};
  const std::vector<Family> with_path_ids = add_path ? families : std::vector<Family>{};
  Session made;
  made.encode.four_octet_as = four_octet_as;
  made.encode.internal = internal;
  made.encode.add_path = with_path_ids;
  made.encode.max_message_size = max;
  made.decode.four_octet_as = four_octet_as;
  made.decode.internal = internal;
  made.decode.families = families;
  made.decode.add_path = with_path_ids;
  return made;
}

std::vector<Session> sessions() {
  std::vector<Session> all;
  for (const bool four_octet_as : {true, false}) {
    for (const bool internal : {true, false}) {
      for (const bool add_path : {true, false}) all.push_back(session(four_octet_as, internal, add_path, 4096));
    }
  }
  all.push_back(session(true, false, false, 65535));
  return all;
}

/// RFC 6793 4.2.3 joins what two attributes carried, so towards an OLD speaker segments may be cut differently.
PathAttributes comparable(PathAttributes attributes, bool four_octet_as) {
  if (four_octet_as) return attributes;
  std::vector<AsPathSegment> joined;
  for (const AsPathSegment& segment : attributes.as_path.segments()) {
    if (!joined.empty() && segment.type == SegmentType::AsSequence && joined.back().type == segment.type) {
      joined.back().asns.insert(joined.back().asns.end(), segment.asns.begin(), segment.asns.end());
    } else {
      joined.push_back(segment);
    }
  }
  attributes.as_path = AsPath(joined);
  return attributes;
}

/// Confederation segments behind others are lost towards an OLD speaker (RFC 6793 4.2.2, 4.2.3): not a round trip.
bool survives(const AsPath& path, bool four_octet_as) {
  if (four_octet_as) return true;
  return std::ranges::none_of(path.segments(), [](const AsPathSegment& segment) {
    return segment.type == SegmentType::AsConfedSequence || segment.type == SegmentType::AsConfedSet;
  });
}

class RoundTrip : public testing::TestWithParam<std::size_t> {};

TEST_P(RoundTrip, RandomRoutes_DecodeToWhatWasEncoded) {
  const Session session = sessions()[GetParam()];
  AttributeGenerator random(20260 + static_cast<std::uint32_t>(GetParam()));
  for (int i = 0; i < 400; ++i) {
    const bool v6 = random.chance(2);
    const Family family = v6 ? kIpv6Unicast : kIpv4Unicast;
    const PathAttributes attributes = random.attributes(v6, session.encode.internal);
    const std::vector<Nlri> list = random.nlri(v6, !session.encode.add_path.empty());
    std::vector<Nlri> decoded;
    for (std::size_t done = 0; done < list.size();) {
      Bytes message;
      Writer out(message);
      const std::size_t count = encode_reach(out, session.encode, family, attributes, std::span(list).subspan(done));
      ASSERT_GT(count, 0U);
      done += count;
      const auto view = decode_update(BytesView(message).subspan(kHeaderSize), session.decode);
      ASSERT_TRUE(view.has_value()) << view.error();
      ASSERT_EQ(view->error_count(), 0U) << *view;
      ASSERT_EQ(view->reachable().size(), 1U);
      const ReachableGroup& group = view->reachable()[0];
      decoded.insert(decoded.end(), group.nlri.begin(), group.nlri.end());
      if (session.encode.four_octet_as) {
        Bytes again;
        Writer out_again(again);
        const std::vector<Nlri> taken(group.nlri.begin(), group.nlri.end());
        encode_reach(out_again, session.encode, family, view->path_attributes(group), taken);
        ASSERT_EQ(hex_of(again), hex_of(message));
      }
      if (!survives(attributes.as_path, session.encode.four_octet_as)) continue;
      ASSERT_EQ(comparable(view->path_attributes(group), session.encode.four_octet_as),
                comparable(attributes, session.encode.four_octet_as));
    }
    ASSERT_EQ(decoded, list);
  }
}

TEST_P(RoundTrip, RandomWithdrawals_DecodeToWhatWasEncoded) {
  const Session session = sessions()[GetParam()];
  AttributeGenerator random(30260 + static_cast<std::uint32_t>(GetParam()));
  for (int i = 0; i < 200; ++i) {
    const bool v6 = random.chance(2);
    const std::vector<Nlri> list = random.nlri(v6, !session.encode.add_path.empty());
    std::vector<Nlri> decoded;
    while (decoded.size() < list.size()) {
      Bytes message;
      Writer out(message);
      const auto rest = std::span(list).subspan(decoded.size());
      ASSERT_GT(encode_unreach(out, session.encode, v6 ? kIpv6Unicast : kIpv4Unicast, rest), 0U);
      const auto view = decode_update(BytesView(message).subspan(kHeaderSize), session.decode);
      ASSERT_TRUE(view.has_value()) << view.error();
      ASSERT_EQ(view->unreachable().size(), 1U);
      const NlriView nlri = view->unreachable()[0].nlri;
      decoded.insert(decoded.end(), nlri.begin(), nlri.end());
    }
    ASSERT_EQ(decoded, list);
  }
}

INSTANTIATE_TEST_SUITE_P(EverySession, RoundTrip, testing::Range<std::size_t>(0, 9));

}  // namespace
}  // namespace bgp
