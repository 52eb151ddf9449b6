// How a handler's routes get into the send queue.
#include "bgp/session/update_writer.hpp"

#include <gtest/gtest.h>

#include <array>

#include "bgp/wire/framer.hpp"
#include "support/hex.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

PathAttributes attributes() {
  PathAttributes some;
  some.next_hop = NextHop{IpAddress::v4(0xc0000201), std::nullopt};
  return some;
}

/// `count` different /24s.
std::vector<Nlri> prefixes(std::uint32_t count) {
  std::vector<Nlri> some;
  for (std::uint32_t i = 0; i < count; ++i) some.push_back({Prefix(IpAddress::v4(0x0a000000 + (i << 8)), 24), 0});
  return some;
}

Bytes gathered(const SendQueue& queue) {
  std::array<BytesView, 256> buffers;
  Bytes octets;
  const std::size_t used = queue.gather(buffers);
  for (std::size_t i = 0; i < used; ++i) octets.insert(octets.end(), buffers[i].begin(), buffers[i].end());
  return octets;
}

struct Read {
  std::vector<MessageType> types;
  std::vector<Nlri> reachable;
  std::vector<Nlri> unreachable;
  std::vector<Family> ends;
};

Read read(const SendQueue& queue) {
  Read all;
  const Bytes octets = gathered(queue);
  BytesView rest = octets;
  Framer framer;
  framer.set_max_message_size(kMaxExtendedMessageSize);
  DecodeContext context;
  context.families = {kIpv4Unicast, kIpv6Unicast};
  for (;;) {
    const auto next = framer.next(rest);
    if (!next || !*next) return all;
    all.types.push_back((*next)->type);
    if ((*next)->type != MessageType::Update) continue;
    const auto update = decode_update((*next)->body(), context);
    if (!update) return all;
    for (const auto& group : update->reachable()) {
      for (const Nlri& nlri : group.nlri) all.reachable.push_back(nlri);
    }
    for (const auto& group : update->unreachable()) {
      for (const Nlri& nlri : group.nlri) all.unreachable.push_back(nlri);
    }
    if (update->end_of_rib()) all.ends.push_back(*update->end_of_rib());
  }
}

TEST(UpdateWriter, Reach_TakesAllInAsManyUpdatesAsItTakes) {
  SendQueue queue(1 << 20);
  const EncodeContext context;
  const auto some = prefixes(5000);
  {
    UpdateWriter writer(queue, context);
    EXPECT_EQ(writer.reach(kIpv4Unicast, attributes(), some), some.size());
    EXPECT_FALSE(writer.too_large());
    EXPECT_FALSE(writer.found_no_room());
  }

  const Read got = read(queue);
  EXPECT_EQ(got.reachable, some);
  EXPECT_GT(got.types.size(), 4U);
}

TEST(UpdateWriter, Unreach_TakesAll) {
  SendQueue queue(1 << 20);
  const EncodeContext context;
  const auto some = prefixes(3000);
  {
    UpdateWriter writer(queue, context);
    EXPECT_EQ(writer.unreach(kIpv4Unicast, some), some.size());
  }

  EXPECT_EQ(read(queue).unreachable, some);
}

TEST(UpdateWriter, WithoutRoom_NothingIsTaken) {
  SendQueue queue(1);
  const EncodeContext context;
  queue.push_data(std::make_shared<const Bytes>(framed(MessageType::Update, "0000 0000"_hex)));
  UpdateWriter writer(queue, context);

  EXPECT_EQ(writer.reach(kIpv4Unicast, attributes(), prefixes(1)), 0U);
  EXPECT_FALSE(writer.too_large());
  EXPECT_TRUE(writer.found_no_room());
  EXPECT_EQ(writer.unreach(kIpv4Unicast, prefixes(1)), 0U);
  EXPECT_FALSE(writer.end_of_rib(kIpv4Unicast));
  EXPECT_FALSE(writer.refresh_border(kIpv4Unicast, RefreshSubtype::BeginningOfRefresh));
  EXPECT_FALSE(writer.shared(std::make_shared<const Bytes>(framed(MessageType::Update, "0000 0000"_hex))));
  EXPECT_TRUE(writer.written().empty());
}

TEST(UpdateWriter, Backlog_StaysNearTheBound_AndGoesOnWhereItStopped) {
  constexpr std::size_t kBound = 40000;
  SendQueue queue(kBound);
  const EncodeContext context;
  const auto some = prefixes(50000);
  std::span<const Nlri> left = some;
  Read all;

  while (!left.empty()) {
    {
      UpdateWriter writer(queue, context);
      const std::size_t taken = writer.reach(kIpv4Unicast, attributes(), left);
      ASSERT_GT(taken, 0U);
      EXPECT_EQ(writer.found_no_room(), taken < left.size());
      left = left.subspan(taken);
    }
    EXPECT_LT(queue.size(), kBound + 32 * 1024);
    const Read got = read(queue);
    all.reachable.insert(all.reachable.end(), got.reachable.begin(), got.reachable.end());
    std::vector<MessageType> completed;
    queue.sent(queue.size(), [&](MessageType type) { completed.push_back(type); });
  }

  EXPECT_EQ(all.reachable, some);
}

// RFC 4271 9.2: such routes are withdrawn by who wants to announce them
TEST(UpdateWriter, AttributesThatFitNoMessage_AreTooLarge) {
  SendQueue queue(1 << 20);
  EncodeContext context;
  PathAttributes huge = attributes();
  for (std::uint32_t i = 0; i < 2000; ++i) huge.communities.push_back(Community{i});
  {
    UpdateWriter writer(queue, context);
    EXPECT_EQ(writer.reach(kIpv4Unicast, huge, prefixes(2)), 0U);
    EXPECT_TRUE(writer.too_large());
    EXPECT_FALSE(writer.found_no_room());

    EXPECT_EQ(writer.reach(kIpv4Unicast, attributes(), prefixes(1)), 1U);
    EXPECT_FALSE(writer.too_large());
  }
  EXPECT_EQ(read(queue).reachable, prefixes(1));

  context.max_message_size = kMaxExtendedMessageSize;
  UpdateWriter extended(queue, context);
  EXPECT_EQ(extended.reach(kIpv4Unicast, huge, prefixes(2)), 2U);
}

// RFC 7313 4: borders keep their place among the UPDATEs, as End-of-RIB does
TEST(UpdateWriter, Everything_KeepsItsOrder) {
  SendQueue queue(1 << 20);
  const EncodeContext context;
  const Bytes ready = framed(MessageType::Update, "0004 18 0a0b0c 0000"_hex);
  {
    UpdateWriter writer(queue, context);
    EXPECT_TRUE(writer.refresh_border(kIpv4Unicast, RefreshSubtype::BeginningOfRefresh));
    EXPECT_EQ(writer.reach(kIpv4Unicast, attributes(), prefixes(1)), 1U);
    EXPECT_TRUE(writer.shared(std::make_shared<const Bytes>(ready)));
    EXPECT_TRUE(writer.refresh_border(kIpv4Unicast, RefreshSubtype::EndOfRefresh));
    EXPECT_TRUE(writer.end_of_rib(kIpv6Unicast));
  }

  const Read got = read(queue);
  using enum MessageType;
  EXPECT_EQ(got.types, (std::vector{RouteRefresh, Update, Update, RouteRefresh, Update}));
  EXPECT_EQ(got.unreachable, (std::vector<Nlri>{{*Prefix::parse("10.11.12.0/24"), 0}}));
  EXPECT_EQ(got.ends, std::vector{kIpv6Unicast});
  const Bytes stream = gathered(queue);
  EXPECT_EQ(Bytes(stream.begin(), stream.begin() + 23), framed(RouteRefresh, "0001 01 01"_hex));
}

TEST(UpdateWriter, SharedOctets_GoInAsTheyAre) {
  SendQueue queue(1 << 20);
  const EncodeContext context;
  const SharedOctets ready = std::make_shared<const Bytes>(framed(MessageType::Update, "0000 0000"_hex));
  UpdateWriter writer(queue, context);

  EXPECT_TRUE(writer.shared(ready));

  std::array<BytesView, 1> buffers;
  ASSERT_EQ(queue.gather(buffers), 1U);
  EXPECT_EQ(buffers[0].data(), ready->data());
}

TEST(UpdateWriter, Written_HasWhatWentIn_InOrder) {
  SendQueue queue(1 << 20);
  const EncodeContext context;
  UpdateWriter writer(queue, context);
  EXPECT_EQ(writer.reach(kIpv4Unicast, attributes(), prefixes(1)), 1U);
  EXPECT_TRUE(writer.written().empty());

  writer.flush();
  writer.flush();
  EXPECT_TRUE(writer.end_of_rib(kIpv4Unicast));
  writer.flush();

  ASSERT_EQ(writer.written().size(), 2U);
  EXPECT_EQ(*writer.written()[0] + *writer.written()[1], gathered(queue));
}

TEST(UpdateWriter, NoNlri_WritesNothing) {
  SendQueue queue(1 << 20);
  const EncodeContext context;
  {
    UpdateWriter writer(queue, context);
    EXPECT_EQ(writer.reach(kIpv4Unicast, attributes(), {}), 0U);
    EXPECT_EQ(writer.unreach(kIpv4Unicast, {}), 0U);
    EXPECT_FALSE(writer.too_large());
  }

  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace bgp
