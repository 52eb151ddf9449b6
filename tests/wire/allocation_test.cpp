// Decoding an UPDATE allocates nothing, whatever is in it; nor does walking it. A program of its own: it counts every
// operator new of the process.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

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

/// Everything that a handler can walk without owning it.
std::uint64_t walk(const UpdateView& view) {
  std::uint64_t sum = view.error_count();
  for (const ReachableGroup& group : view.reachable()) {
    for (const Nlri& nlri : group.nlri) sum += nlri.prefix.length();
  }
  for (const UnreachableGroup& group : view.unreachable()) {
    for (const Nlri& nlri : group.nlri) sum += nlri.prefix.length();
  }
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
