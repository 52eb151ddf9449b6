#include "bgp/testing/mrt.hpp"

#include <gtest/gtest.h>

#include "bgp/testing/hex.hpp"

namespace bgp::test {
namespace {

/// A record of type and subtype at second 10.
Bytes record(std::uint8_t type, std::uint8_t subtype, const Bytes& body) {
  return "0000000a"_hex + Bytes{0, type, 0, subtype, 0, 0, 0, static_cast<std::uint8_t>(body.size())} + body;
}

std::optional<MrtMessage> message_in(const Bytes& file) {
  const auto found = MrtReader(file).next();
  return found ? mrt_message(*found) : std::nullopt;
}

const Bytes kKeepalive = framed(MessageType::Keepalive, {});
const Bytes kAs2 = "fdea fde9 0000 0001 c0000202 c0000201"_hex;
const Bytes kAs4 = "0000fdea 0000fde9 0000 0002 20010db8000000000000000000000002 20010db8000000000000000000000001"_hex;

TEST(Mrt, Records_AreWalkedToTheEnd) {
  const Bytes file = record(16, 1, kAs2 + kKeepalive) + record(99, 7, {}) + "000000"_hex;
  MrtReader reader(file);

  ASSERT_TRUE(reader.next());
  const auto second = reader.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->time, 10U);
  EXPECT_EQ(second->subtype, 7);
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(reader.left(), 3U);
  EXPECT_EQ(reader.count(), 2U);
}

TEST(Mrt, ExtendedTimeStamp_IsNoPartOfTheBody) {
  const Bytes file = record(17, 1, "000f4240"_hex + kAs2 + kKeepalive);

  EXPECT_EQ(MrtReader(file).next()->microseconds, 1000000U);
  EXPECT_EQ(message_in(file)->message.size(), 19U);
}

TEST(Mrt, Messages_HaveTheirEndsAndForm) {
  const auto plain = message_in(record(16, 1, kAs2 + kKeepalive));
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->peer_as, 65002U);
  EXPECT_EQ(to_string(plain->peer), "192.0.2.2");
  EXPECT_EQ(to_string(plain->local), "192.0.2.1");
  EXPECT_FALSE(plain->four_octet_as || plain->sent || plain->add_path || plain->is_state_change());
  const auto other = message_in(record(16, 11, kAs4 + kKeepalive));
  ASSERT_TRUE(other);
  EXPECT_TRUE(other->four_octet_as && other->sent && other->add_path);
  EXPECT_EQ(to_string(other->peer), "2001:db8::2");
}

TEST(Mrt, StateChanges_HaveBothStates) {
  const auto change = message_in(record(16, 5, kAs4 + "0005 0006"_hex));

  ASSERT_TRUE(change && change->is_state_change());
  EXPECT_EQ(change->old_state, 5);
  EXPECT_EQ(change->new_state, 6);
}

TEST(Mrt, OldType_HasUpdatesWithoutHeader) {
  const Bytes file = record(5, 1, "0201 c041b801 316e c1000001 0000 0000"_hex);
  const auto update = message_in(file);
  ASSERT_TRUE(update);
  EXPECT_EQ(update->peer_as, 513U);
  EXPECT_EQ(hex_of(update->update_body), "00000000");
  EXPECT_TRUE(message_in(record(5, 3, "0201 c041b801 0003 0002"_hex))->is_state_change());
  EXPECT_FALSE(message_in(record(5, 7, "0201 c041b801"_hex)));
}

/// "PEER AS PREFIX-OCTETS/LENGTH[#ID] ATTRIBUTES".
std::vector<std::string> routes_in(const Bytes& file, bool* whole = nullptr) {
  std::vector<std::string> texts;
  MrtTable table;
  MrtReader reader(file);
  bool all = true;
  while (const auto one = reader.next()) {
    all = table.routes(*one, [&](const MrtRoute& route) {
      texts.push_back(to_string(route.peer) + ' ' + std::to_string(route.peer_as) + ' ' + hex_of(route.prefix) + '/' +
                      std::to_string(route.length) + (route.path_id ? '#' + std::to_string(*route.path_id) : "") + ' ' +
                      hex_of(route.attributes));
    }) && all;
  }
  if (whole != nullptr) *whole = all;
  return texts;
}

const Bytes kPeers = record(13, 1,
                            "c0000201 0000 0002 00 c0000202 c0000202 fdea "
                            "03 c0000203 20010db8000000000000000000000003 0000fdeb"_hex);

TEST(Mrt, TableV2_HasARouteForEachPeer) {
  const Bytes file = kPeers + record(13, 2, "00000001 10 0a0a 0002 0000 00000005 0001 aa 0001 00000006 0002 bbcc"_hex);

  EXPECT_EQ(routes_in(file),
            (std::vector<std::string>{"192.0.2.2 65002 0a0a/16 aa", "2001:db8::3 65003 0a0a/16 bbcc"}));
}

TEST(Mrt, TableV2WithPathIdentifiers_HasThem) {
  EXPECT_EQ(routes_in(kPeers + record(13, 10, "00000001 08 20 0001 0001 00000005 00000007 0001 aa"_hex)),
            std::vector<std::string>{"2001:db8::3 65003 20/8#7 aa"});
}

TEST(Mrt, OldTable_HasOneRoute) {
  EXPECT_EQ(routes_in(record(12, 1, "0000 0001 0a0a0000 10 01 00000005 c0000202 fdea 0001 aa"_hex)),
            std::vector<std::string>{"192.0.2.2 65002 0a0a0000/16 aa"});
}

TEST(Mrt, WhatCannotBeRead_IsSaidAfterWhatCan) {
  bool whole = true;
  EXPECT_EQ(routes_in(kPeers + record(13, 2, "00000001 08 0a 0002 0000 00000005 0001 aa 0009"_hex), &whole).size(), 1U);
  EXPECT_FALSE(whole);
  routes_in(kPeers + record(13, 2, "00000001 08 0a 0001 0007 00000005 0000"_hex), &whole);
  EXPECT_FALSE(whole) << "no such peer";
  routes_in(record(13, 2, "00000001 21 0a0a0a0a0a 0000"_hex), &whole);
  EXPECT_FALSE(whole) << "no such length";
}

TEST(Mrt, EveryCut_IsReadWithoutHarm) {
  for (const Bytes& body : {kAs2 + kKeepalive, kAs4 + "0005 0006"_hex}) {
    for (std::uint8_t size = 0; size < body.size(); ++size) {
      const Bytes cut(body.begin(), body.begin() + size);
      for (const std::uint8_t subtype : {std::uint8_t{1}, std::uint8_t{5}}) (void)message_in(record(16, subtype, cut));
      (void)routes_in(kPeers + record(13, 4, cut));
    }
  }
}

TEST(Mrt, Files_AreToldByTheirFirstRecord) {
  EXPECT_TRUE(is_mrt(record(16, 1, kAs2 + kKeepalive)));
  EXPECT_FALSE(is_mrt(record(99, 1, {})));
  EXPECT_FALSE(is_mrt("0000000a 0010 0001 00000005"_hex));
}

}  // namespace
}  // namespace bgp::test
