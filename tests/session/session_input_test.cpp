// Octets from the peer become messages, and messages become events (RFC 4271 6, RFC 8654, RFC 2918, RFC 7313).
#include "bgp/session/session.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using test::kKeepalive;
using test::kRefresh;
using test::kUpdate;
using test::peer_open;
using test::Probe;
using test::session_config;
using Types = std::vector<MessageType>;
using enum MessageType;

Bytes notification(std::uint8_t code, std::uint8_t subcode) { return framed(Notification, Bytes{code, subcode}); }

// --- Octets in

/// Everything a peer may send, up to a NOTIFICATION.
Bytes long_input() {
  return encode_open(peer_open()) + kKeepalive + kUpdate + kRefresh + kKeepalive + kUpdate + kUpdate +
         notification(6, 4);
}

std::vector<std::string> log_of_portions(std::size_t first, std::size_t others) {
  Probe probe;
  probe.start();
  probe.connect();
  const Bytes input = long_input();
  for (std::size_t at = 0, size = first; at < input.size(); at += size, size = others) {
    const std::size_t end = std::min(at + size, input.size());
    probe.receive(
        Bytes(input.begin() + static_cast<std::ptrdiff_t>(at), input.begin() + static_cast<std::ptrdiff_t>(end)));
    if (size == 0) break;
  }
  return probe.log;
}

TEST(SessionInput, CutAtAnyOctet_MeansTheSame) {
  const std::size_t size = long_input().size();
  const auto whole = log_of_portions(size, size);
  ASSERT_EQ(whole.back(), "down");

  for (std::size_t at = 1; at < size; ++at) ASSERT_EQ(log_of_portions(at, size), whole) << "cut at " << at;
  for (std::size_t portion = 1; portion <= 64; ++portion) {
    ASSERT_EQ(log_of_portions(portion, portion), whole) << "in portions of " << portion;
  }
}

// RFC 4271 6: what follows a fatal error is not looked at
// Rules 4271-34
TEST(SessionInput, BehindAFatalError_IsIgnored) {
  Probe probe;
  probe.establish();
  Bytes broken = kKeepalive;
  broken[0] = 0;
  probe.receive(kUpdate + broken + kUpdate + notification(6, 2));
  const auto log = probe.log;
  const Bytes sent = probe.wires[probe.dialed].sent;
  probe.receive(kUpdate);

  EXPECT_EQ(std::ranges::count(log, "update +192.0.2.0/24"), 1);
  EXPECT_EQ(probe.log, log);
  EXPECT_EQ(probe.wires[probe.dialed].sent, sent);
  EXPECT_EQ(probe.down_sent, (bgp::Notification{ErrorCode::MessageHeader, 1, {}}));
  EXPECT_EQ(probe.down_received, std::nullopt);
}

TEST(SessionInput, OfConnectionsThatAreNotKnown_IsIgnored) {
  Probe probe;
  probe.start();

  probe.receive(ConnectionId{77}, kUpdate);
  probe.lose(ConnectionId{77});
  probe.session.connected(ConnectionId{77}, {}, probe.now);
  probe.session.transmitted(ConnectionId{77}, 5, probe.now);

  EXPECT_EQ(probe.log, std::vector<std::string>{"state Idle Connect"});
  EXPECT_EQ(probe.session.state(ConnectionId{77}), State::Idle);
}

// RFC 8654 4: accepted once we advertised it, never out of kindness
// Rules 8654-02 8654-05
TEST(SessionInput, AnExtendedUpdate_IsAcceptedWhenWeAdvertisedIt) {
  Bytes withdrawn;
  for (std::uint16_t i = 0; i < 1250; ++i) {
    withdrawn = withdrawn + Bytes{24, 10, static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)};
  }
  const Bytes update = framed(Update, Bytes{0x13, 0x88} + withdrawn + Bytes{0, 0});
  ASSERT_GT(update.size(), kMaxMessageSize);
  PeerConfig config = session_config();
  Probe with(config);
  config.extended_message = false;
  Probe without(config);

  with.establish();
  with.receive(update);
  without.establish();
  without.receive(update);

  EXPECT_TRUE(with.log.back().starts_with("update -10.0.0.0/24"));
  EXPECT_EQ(without.down_sent, (bgp::Notification{ErrorCode::MessageHeader, 2, Bytes{update[16], update[17]}}));
}

// Rules 8654-05
TEST(SessionInput, BeforeOurOpen_NothingExtendedIsAccepted) {
  PeerConfig config = session_config();
  config.attributes.delay_open = true;
  Probe probe(config);
  probe.start();
  probe.connect();

  probe.receive("ffff... 2000 02"_hex);

  EXPECT_EQ(probe.wires[probe.dialed].sent, framed(Notification, "01 02 2000"_hex));
}

// Rules 8654-03
TEST(SessionInput, AnOpenIsNeverExtended) {
  Probe probe;
  probe.start();
  probe.connect();

  probe.receive("ffff... 1001 01"_hex);

  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Notification}));
  EXPECT_TRUE(probe.wires[probe.dialed].closed);
}

// --- Route refresh (RFC 2918 4, RFC 7313)

std::vector<std::string> refreshes_of(Probe& probe) {
  std::vector<std::string> found;
  std::ranges::copy_if(probe.log, std::back_inserter(found),
                       [](const auto& line) { return line.starts_with("refresh"); });
  return found;
}

// Rules 2918-04 7313-06
TEST(SessionRefresh, OnlyNegotiatedFamiliesAndDefinedSubtypes_ReachTheHandler) {
  Probe probe;
  probe.establish();

  probe.receive(framed(RouteRefresh, "0001 00 01"_hex));
  probe.receive(framed(RouteRefresh, "0001 01 01"_hex));
  probe.receive(framed(RouteRefresh, "0001 02 01"_hex));
  probe.receive(framed(RouteRefresh, "0001 03 01"_hex));
  probe.receive(framed(RouteRefresh, "0001 ff 01"_hex));
  probe.receive(framed(RouteRefresh, "0002 00 01"_hex));

  EXPECT_EQ(refreshes_of(probe), (std::vector<std::string>{"refresh ipv4-unicast request", "refresh ipv4-unicast BoRR",
                                                           "refresh ipv4-unicast EoRR"}));
  EXPECT_EQ(probe.session.state(), State::Established);
}

// Rules 2918-04
TEST(SessionRefresh, WhereWeDidNotAdvertiseIt_IsIgnored) {
  PeerConfig config = session_config();
  config.route_refresh = false;
  Probe probe(config);
  probe.establish();

  probe.receive(kRefresh);

  EXPECT_TRUE(refreshes_of(probe).empty());
  EXPECT_EQ(probe.session.state(), State::Established);
}

// RFC 7313 5: only where both advertised it
// Rules 7313-05
TEST(SessionRefresh, ABorderOfTheWrongLength_EndsTheSessionOnlyIfEnhanced) {
  const Bytes wrong = framed(RouteRefresh, "0001 01 01 00"_hex);
  PeerConfig config = session_config();
  Probe enhanced(config);
  config.enhanced_route_refresh = false;
  Probe plain(config);

  enhanced.establish();
  enhanced.receive(wrong);
  plain.establish();
  plain.receive(wrong);

  EXPECT_EQ(enhanced.down_sent, (bgp::Notification{ErrorCode::RouteRefreshMessage, 1, wrong}));
  EXPECT_EQ(enhanced.down_event, EventId::RouteRefreshMsgErr);
  EXPECT_EQ(plain.session.state(), State::Established);
}

TEST(SessionRefresh, TooShortForItsFamily_IsAHeaderError) {
  Probe probe;
  probe.establish();
  const Bytes wrong = framed(RouteRefresh, "0001 00"_hex);

  probe.receive(wrong);

  EXPECT_EQ(probe.down_sent, (bgp::Notification{ErrorCode::MessageHeader, 2, Bytes{wrong[16], wrong[17]}}));
}

// Rules 2918-02
TEST(SessionRefresh, IsAskedFor_OnlyWhenEstablishedAndThePeerTakesIt) {
  Probe probe;
  EXPECT_FALSE(probe.session.request_refresh(kIpv4Unicast));
  probe.establish();
  EXPECT_FALSE(probe.session.request_refresh(kIpv6Unicast));
  EXPECT_TRUE(probe.session.request_refresh(kIpv4Unicast));
  probe.attend();

  EXPECT_EQ(probe.sent_types(probe.dialed), (Types{Open, Keepalive, RouteRefresh}));

  Probe other;
  OpenMessage open = peer_open();
  std::erase(open.capabilities, Capability{capability::RouteRefresh{}});
  other.establish(open);
  EXPECT_FALSE(other.session.request_refresh(kIpv4Unicast));
}

}  // namespace
}  // namespace bgp
