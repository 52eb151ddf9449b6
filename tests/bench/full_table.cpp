#include "full_table.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <span>
#include <unordered_set>

namespace bench {
namespace {

/// Random numbers that are the same everywhere: the distributions of the standard library are not.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(std::uint64_t{engine_()} * end >> 32); }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  /// An index by its weight.
  std::size_t weighted(std::span<const std::uint32_t> weights) {
    std::uint32_t sum = 0;
    for (const std::uint32_t weight : weights) sum += weight;
    std::uint32_t left = below(sum);
    std::size_t index = 0;
    while (left >= weights[index]) left -= weights[index++];
    return index;
  }

 private:
  std::mt19937 engine_;
};

// Of 10,000 prefixes, those of /8 to /24.
constexpr std::array<std::uint32_t, 17> kLengths{1,  1,   2,   6,   10,  25,   12,   20,  140,
                                                 85, 140, 255, 450, 520, 1180, 1010, 6143};
// Of 1,000 paths, those of 1 to 10 AS: 4.5 on the average.
constexpr std::array<std::uint32_t, 10> kPathLengths{8, 62, 190, 300, 236, 120, 50, 20, 9, 5};
// Of 100 sets, those with one prefix, with two, up to 4, 8, 16, 32, 64, and more.
constexpr std::array<std::uint32_t, 8> kSetSizes{42, 15, 15, 11, 8, 5, 3, 1};

bgp::Prefix random_prefix(Dice& dice) {
  const auto length = static_cast<std::uint8_t>(8 + dice.weighted(kLengths));
  const std::uint32_t address = (1 + dice.below(222)) << 24 | dice.below(1U << 24);
  return {bgp::IpAddress::v4(address), length};
}

std::uint32_t random_asn(Dice& dice) { return dice.chance(35) ? 131072 + dice.below(270000) : 1 + dice.below(64000); }

bgp::AsPath random_path(Dice& dice) {
  std::vector<std::uint32_t> asns(1 + dice.weighted(kPathLengths));
  for (std::uint32_t& asn : asns) asn = random_asn(dice);
  asns.front() = 65002;
  if (asns.size() > 3 && dice.chance(15)) asns.back() = asns[asns.size() - 2];  // prepending
  if (!dice.chance(1)) return bgp::AsPath::sequence(std::move(asns));
  return bgp::AsPath({{bgp::SegmentType::AsSequence, std::move(asns)},
                      {bgp::SegmentType::AsSet, {random_asn(dice), random_asn(dice)}}});
}

bgp::PathAttributes random_attributes(Dice& dice) {
  bgp::PathAttributes attributes;
  attributes.origin = dice.chance(88) ? bgp::Origin::Igp : bgp::Origin::Incomplete;
  attributes.as_path = random_path(dice);
  attributes.next_hop.address = bgp::IpAddress::v4(0xc0000201 + dice.below(8));
  if (dice.chance(30)) attributes.med = dice.below(1000);
  if (dice.chance(10)) {
    attributes.atomic_aggregate = dice.chance(50);
    attributes.aggregator = bgp::Aggregator{random_asn(dice), {1 + dice.below(0xdffffffe)}};
  }
  if (dice.below(3) != 0) {
    attributes.communities.resize(1 + dice.below(8) + (dice.chance(20) ? dice.below(20) : 0));
    for (bgp::Community& community : attributes.communities) {
      community.value = dice.below(64000) << 16 | dice.below(65536);
    }
  }
  if (dice.chance(10)) {
    attributes.large_communities.resize(1 + dice.below(4));
    for (bgp::LargeCommunity& community : attributes.large_communities) {
      community = {random_asn(dice), dice.below(1000), dice.below(1000)};
    }
  }
  if (dice.chance(4)) attributes.extended_communities = {{0x0002fdea00000001}};
  return attributes;
}

std::size_t random_set_size(Dice& dice) {
  const std::size_t kind = dice.weighted(kSetSizes);
  if (kind < 2) return kind + 1;
  if (kind < 7) return (std::size_t{1} << (kind - 1)) + 1 + dice.below(1U << (kind - 1));
  return 65 + dice.below(16) * dice.below(32);
}

}  // namespace

std::vector<RouteSet> full_table(std::size_t prefixes, std::uint32_t seed) {
  Dice dice(seed);
  std::unordered_set<bgp::Prefix> taken;
  taken.reserve(prefixes);
  std::vector<RouteSet> table;
  while (taken.size() < prefixes) {
    RouteSet set{random_attributes(dice), {}};
    const std::size_t size = std::min(random_set_size(dice), prefixes - taken.size());
    set.nlri.reserve(size);
    while (set.nlri.size() < size) {
      const bgp::Prefix prefix = random_prefix(dice);
      if (taken.insert(prefix).second) set.nlri.push_back({prefix, 0});
    }
    table.push_back(std::move(set));
  }
  return std::vector<RouteSet>(table);  // the copy lies together, without the nodes of `taken` in between
}

namespace {

void announce(Messages& messages, const bgp::PathAttributes& attributes, std::span<const bgp::Nlri> nlri) {
  const bgp::EncodeContext context;
  bgp::Bytes message;
  while (!nlri.empty()) {
    message.clear();
    bgp::Writer out(message);
    const std::size_t count = bgp::encode_reach(out, context, bgp::kIpv4Unicast, attributes, nlri);
    messages.add(bgp::BytesView(message).subspan(bgp::kHeaderSize));
    nlri = nlri.subspan(count);
  }
}

}  // namespace

Messages packed(const std::vector<RouteSet>& table) {
  Messages messages("full table", session(false));
  for (const RouteSet& set : table) announce(messages, set.attributes, set.nlri);
  return messages;
}

Messages one_by_one(const std::vector<RouteSet>& table, std::size_t count) {
  Messages messages("single prefixes", session(false));
  for (const RouteSet& set : table) {
    for (const bgp::Nlri& nlri : set.nlri) {
      if (messages.size() == count) return messages;
      announce(messages, set.attributes, {&nlri, 1});
    }
  }
  return messages;
}

}  // namespace bench
