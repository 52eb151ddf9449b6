// Whatever a route looks like, what is encoded decodes to it again: random attributes and NLRI from a fixed seed, under
// every kind of session.
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

#include "bgp/wire/update.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

/// Random but repeatable: the standard distributions differ between libraries, so only the engine is used.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
  bool chance(std::uint32_t one_in) { return below(one_in) == 0; }
  std::uint32_t u32() { return static_cast<std::uint32_t>(engine_()); }
  std::uint32_t asn() { return chance(3) ? 65536 + below(1000000) : 1 + below(65000); }

  Bytes octets(std::size_t size) {
    Bytes bytes(size);
    for (std::uint8_t& octet : bytes) octet = static_cast<std::uint8_t>(u32());
    return bytes;
  }

  IpAddress address(bool v6) {
    if (!v6) return IpAddress::v4(0x01000000 + below(0xdf000000));
    const Bytes bytes = Bytes{0x20} + octets(15);
    return IpAddress::v6(std::span<const std::uint8_t, 16>(bytes.data(), 16));
  }

  AsPath as_path(bool internal) {
    std::vector<AsPathSegment> segments;
    for (std::uint32_t count = below(4); count > 0; --count) {
      const std::uint32_t kinds = internal ? 4 : 2;
      AsPathSegment segment{static_cast<SegmentType>(1 + below(kinds)), {}};
      for (std::uint32_t asns = 1 + below(chance(10) ? 255 : 6); asns > 0; --asns) segment.asns.push_back(asn());
      segments.push_back(segment);
    }
    return AsPath(std::move(segments));
  }

  std::vector<RawAttribute> others() {
    std::vector<RawAttribute> list;
    if (chance(3)) list.push_back({0xc0, 16, octets(8 * (1 + below(40)))});
    if (chance(3)) list.push_back({0xe0, 35, octets(4)});
    if (chance(3)) list.push_back({0xc0, 128, octets(below(300))});
    if (chance(3)) list.push_back({0xe0, static_cast<std::uint8_t>(200 + below(56)), octets(below(20))});
    return list;
  }

  PathAttributes attributes(bool v6, bool internal) {
    PathAttributes attributes;
    attributes.origin = static_cast<Origin>(below(3));
    attributes.as_path = as_path(internal);
    attributes.next_hop.address = address(v6);
    if (v6 && chance(2)) attributes.next_hop.link_local = *IpAddress::parse("fe80::1");
    if (chance(2)) attributes.med = u32();
    if (internal) attributes.local_pref = u32();
    attributes.atomic_aggregate = chance(4);
    if (chance(3)) attributes.aggregator = Aggregator{asn(), {u32()}};
    for (std::uint32_t count = chance(2) ? below(80) : 0; count > 0; --count) attributes.communities.push_back({u32()});
    for (std::uint32_t count = chance(2) ? below(9) : 0; count > 0; --count) {
      attributes.large_communities.push_back({u32(), u32(), u32()});
    }
    attributes.others = others();
    attributes.partial = {attributes.aggregator && chance(2), !attributes.communities.empty() && chance(2),
                          !attributes.large_communities.empty() && chance(2)};
    return attributes;
  }

  std::vector<Nlri> nlri(bool v6, bool add_path) {
    std::vector<Nlri> list;
    for (std::uint32_t count = 1 + below(chance(20) ? 3000 : 40); count > 0; --count) {
      const auto length = static_cast<std::uint8_t>(below(v6 ? 129 : 33));
      list.push_back({Prefix(address(v6), length), add_path ? u32() : 0});
    }
    return list;
  }

 private:
  std::mt19937 engine_;
};

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
  Generator random(20260 + static_cast<std::uint32_t>(GetParam()));
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
      if (!survives(attributes.as_path, session.encode.four_octet_as)) continue;
      ASSERT_EQ(comparable(view->path_attributes(group), session.encode.four_octet_as),
                comparable(attributes, session.encode.four_octet_as));
    }
    ASSERT_EQ(decoded, list);
  }
}

TEST_P(RoundTrip, RandomWithdrawals_DecodeToWhatWasEncoded) {
  const Session session = sessions()[GetParam()];
  Generator random(30260 + static_cast<std::uint32_t>(GetParam()));
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
