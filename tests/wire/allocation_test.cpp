// Decoding an UPDATE allocates nothing, whatever is in it; nor does walking it, nor encoding into a buffer with room. A
// program of its own: it counts every operator new of the process.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "bgp/wire/framer.hpp"
#include "bgp/wire/update.hpp"
#include "support/hex.hpp"
#include "support/update_body.hpp"

namespace {
std::atomic<std::size_t> allocations{0};

void* counted(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc{};
}
}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace bgp {
namespace {

std::uint64_t sum_of(const NlriView& view) {
  std::uint64_t sum = 0;
  for (const Nlri& nlri : view) sum += nlri.prefix.length() + nlri.prefix.address().octets()[0] + nlri.path_id;
  return sum;
}

std::uint64_t values_of(const UpdateView& view) {
  std::uint64_t sum = view.med().value_or(0) + view.local_pref().value_or(0) + (view.atomic_aggregate() ? 1U : 0U);
  if (const auto origin = view.origin()) sum += static_cast<std::uint64_t>(*origin);
  for (const AsPathSegmentView segment : view.as_path()) {
    for (const std::uint32_t asn : segment.asns) sum += asn;
  }
  if (const auto aggregator = view.aggregator()) sum += aggregator->asn;
  for (const Community community : view.communities()) sum += community.value;
  for (const auto octets : view.extended_communities()) sum += octets[7];
  for (const LargeCommunity& community : view.large_communities()) sum += community.local2;
  if (const auto originator = view.originator_id()) sum += originator->value;
  for (const BgpIdentifier cluster : view.cluster_list()) sum += cluster.value;
  return sum;
}

/// Everything that a handler can walk without owning it.
std::uint64_t walk(const UpdateView& view) {
  std::uint64_t sum = view.error_count() + values_of(view);
  for (const ReachableGroup& group : view.reachable()) sum += sum_of(group.nlri);
  for (const UnreachableGroup& group : view.unreachable()) sum += sum_of(group.nlri);
  for (const AttributeView attribute : view.attributes()) sum += attribute.value.size();
  if (const auto origin = view.attribute(AttributeCode::Origin)) sum += origin->flags;
  for (const UpdateError& error : view.errors()) sum += error.subcode;
  return sum;
}

std::size_t allocations_to_decode(const Bytes& body, const DecodeContext& context) {
  const std::size_t before = allocations;
  const auto view = decode_update(body, context);
  EXPECT_TRUE(view.has_value());
  EXPECT_GT(walk(*view), 0U);
  return allocations - before;
}

TEST(Allocation, Counter_SeesAnAllocation) {
  const std::size_t before = allocations;
  const auto owned = std::make_unique<int>(1);
  EXPECT_EQ(allocations - before, 1U);
}

TEST(Allocation, GoodUpdate_AllocatesNothing) {
  const DecodeContext context = both_families();
  const std::string good = std::string(kMpReachIpv6) + kOriginIgp + kAsPath65002 + kNextHop + kMpUnreachIpv6;

  EXPECT_EQ(allocations_to_decode(update_body("08 0b", good + "c0 08 04 fdea0001 c0 c8 01 aa", kNlri), context), 0U);
}

TEST(Allocation, TypedNlri_AreCheckedWithoutAny) {
  DecodeContext context;
  context.families = {
      {Afi::Ipv4, Safi::MplsVpn}, {Afi::L2vpn, Safi::Evpn}, {Afi::Ipv4, Safi::FlowSpec}, {Afi::BgpLs, Safi::BgpLs}};
  const std::string others = std::string(kOriginIgp) + kAsPath65002;
  for (const char* mp : {"80 0e 1e 0001 80 0c 0000000000000000c0000202 00 60 000101 0000000100000001 0a ",
                         "80 0e 1c 0019 46 04 c0000202 00 03 11 0000000100000001 00000000 20 c0000202 ",
                         "80 0e 11 0001 85 00 00 0b 0118c00002 038106 048119 ",
                         "80 0e 1a 4004 47 04 c0000202 00 0001 000d 01 0000000000000000 0100 0000 "}) {
    EXPECT_EQ(allocations_to_decode(update_body("", mp + others, ""), context), 0U) << mp;
  }
}

TEST(Allocation, TreatAsWithdrawAndDiscards_AllocateNothing) {
  const DecodeContext context = both_families();
  std::string attributes = std::string(kMpReachIpv6) + "40 01 01 07 40 05 00 40 06 01 00 ";
  for (int i = 0; i < 20; ++i) attributes += kOriginIgp;

  EXPECT_EQ(allocations_to_decode(update_body("", attributes, kNlri), context), 0U);
}

TEST(Allocation, EveryValueOfAnInternalUpdate_IsWalkedWithoutAny) {
  DecodeContext context = both_families();
  context.internal = true;
  context.add_path = {kIpv4Unicast};
  const Bytes body = update_body("00000001 08 0b",
                                 std::string(kOriginIgp) + kAsPath65002 + kNextHop +
                                     "80 04 04 00000005 40 05 04 000000c8 40 06 00 c0 07 08 00010001 c0000203 "
                                     "c0 08 08 fdea0001 ffffff01 80 09 04 c0000209 80 0a 08 c000020a c000020b "
                                     "c0 10 08 0002fdea00000001 c0 20 0c 0000fdea 00000001 00000002 c0 c8 01 aa",
                                 "00000002 18 0a0a0a");

  EXPECT_EQ(allocations_to_decode(body, context), 0U);
}

TEST(Allocation, PathOfAnOldSpeaker_IsMergedWithoutAny) {  // RFC 6793 4.2.3
  DecodeContext context;
  context.four_octet_as = false;
  const Bytes body = update_body("",
                                 std::string(kOriginIgp) + "40 02 0a 01 01 0007 02 02 fdea 5ba0 " + kNextHop +
                                     "c0 07 06 5ba0 c0000203 c0 11 06 02 01 00010000 c0 12 08 00010001 c0000203",
                                 kNlri);

  EXPECT_EQ(allocations_to_decode(body, context), 0U);
}

/// In an UPDATE for each family and direction, into a buffer that has the room.
std::size_t allocations_to_encode(const EncodeContext& context, const PathAttributes& attributes) {
  const std::vector<Nlri> ipv4{{*Prefix::parse("10.0.0.0/8"), 1}, {*Prefix::parse("192.0.2.0/24"), 2}};
  const std::vector<Nlri> ipv6{{*Prefix::parse("2001:db8::/32"), 1}};
  Bytes buffer;
  buffer.reserve(4096);
  Writer out(buffer);

  const std::size_t before = allocations;
  std::size_t taken = encode_reach(out, context, kIpv4Unicast, attributes, ipv4);
  taken += encode_unreach(out, context, kIpv4Unicast, ipv4);
  taken += encode_reach(out, context, kIpv6Unicast, attributes, ipv6);
  taken += encode_unreach(out, context, kIpv6Unicast, ipv6);
  encode_end_of_rib(out, kIpv6Unicast);
  const std::size_t made = allocations - before;

  EXPECT_EQ(taken, 6U);
  return made;
}

TEST(Allocation, EncodingIntoAReusedBuffer_MakesNone) {
  PathAttributes attributes;
  attributes.as_path = AsPath({{SegmentType::AsSequence, {65001, 70000}}, {SegmentType::AsSet, {1, 2}}});
  attributes.next_hop.address = IpAddress::v4(0xc0000201);
  attributes.med = 5;
  attributes.aggregator = Aggregator{70000, {1}};
  attributes.communities = {{1}, {2}};
  attributes.large_communities = {{1, 2, 3}};
  attributes.others = {{0xc0, 200, {1, 2, 3}}};
  EncodeContext internal;
  internal.internal = true;
  internal.add_path = {kIpv4Unicast};
  EncodeContext old;
  old.four_octet_as = false;

  EXPECT_EQ(allocations_to_encode(EncodeContext{}, attributes), 0U);
  EXPECT_EQ(allocations_to_encode(internal, attributes), 0U);
  EXPECT_EQ(allocations_to_encode(old, attributes), 0U);
}

TEST(Allocation, WholeMessagesInTheBuffer_AreFramedWithoutAny) {
  const Bytes stream = framed(MessageType::Update, update_body("08 0b", "", "")) + framed(MessageType::Keepalive, {});
  Framer framer;
  BytesView in = stream;

  const std::size_t before = allocations;
  std::size_t messages = 0;
  while (!in.empty()) messages += framer.next(in).value().has_value() ? 1U : 0U;

  EXPECT_EQ(allocations - before, 0U);
  EXPECT_EQ(messages, 2U);
}

}  // namespace
}  // namespace bgp
