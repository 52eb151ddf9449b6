// Why we end a session and what the peer's Cease does to us (RFC 4271 6.7, RFC 4486, RFC 9384); and what does not end
// one.
#include <gtest/gtest.h>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;
using test::kUpdate;
using test::peer_open;
using test::Probe;
using test::session_config;
using enum MessageType;

/// A session whose two sides exchanged the N bit (RFC 8538).
Probe& with_n_bit(Probe& probe) {
  OpenMessage open = peer_open();
  open.capabilities.emplace_back(capability::GracefulRestart{false, true, 60, {{kIpv4Unicast, true}}});
  probe.establish(open);
  return probe;
}

PeerConfig n_bit() {
  PeerConfig config = session_config();
  config.graceful_restart = capability::GracefulRestart{false, true, 120, {{kIpv4Unicast, false}}};
  return config;
}

// RFC 4486 4: each in its situation, which the application knows
// Rules 4486-01
TEST(SessionCease, EverySubcode_IsSentAsItIs) {
  for (const int number : {1, 2, 3, 4, 5, 6, 8}) {
    const auto subcode = static_cast<std::uint8_t>(number);
    Probe probe;
    probe.establish();

    probe.session.stop_automatically({subcode, {}, false}, probe.now);
    probe.attend();

    EXPECT_EQ(probe.down_sent, (bgp::Notification{ErrorCode::Cease, subcode, {}}));
    EXPECT_EQ(probe.session.state(), State::Idle);
  }
}

// Rules 4271-35 4486-01
TEST(SessionCease, MorePrefixesThanTheApplicationTakes_IsCease1) {
  Probe probe;
  probe.establish();
  probe.inside = [](Session& session, const std::string& what) {
    if (what.starts_with("update")) session.stop_automatically(Stop::maximum_prefixes(kIpv4Unicast, 0), session.now());
  };

  probe.receive(kUpdate);

  EXPECT_EQ(probe.down_sent, (bgp::Notification{ErrorCode::Cease, cease::kMaximumPrefixes, "0001 01 00000000"_hex}));
  EXPECT_EQ(probe.sent_types(probe.dialed).back(), Notification);
}

// RFC 4271 6.7: "discards new address prefixes ... or terminates": one that only ignores them keeps its session
// Rules 4271-36
TEST(SessionCease, AnApplicationThatDiscards_KeepsItsSession) {
  Probe probe;
  probe.establish();

  for (int i = 0; i < 1000; ++i) probe.receive(kUpdate);

  EXPECT_EQ(probe.session.state(), State::Established);
}

// RFC 9384 3
// Rules 9384-01
TEST(SessionCease, ForBfd_IsCease10) {
  Probe probe;
  probe.establish();

  probe.session.stop_automatically({cease::kBfdDown, {}, false}, probe.now);
  probe.attend();

  EXPECT_EQ(probe.down_sent, (bgp::Notification{ErrorCode::Cease, cease::kBfdDown, {}}));
}

// RFC 9384 4
// Rules 9384-02
TEST(SessionCease, ForBfdWithTheNBit_IsInsideAHardReset) {
  Probe probe(n_bit());
  with_n_bit(probe);

  probe.session.stop_automatically({cease::kBfdDown, {}, false}, probe.now);
  probe.attend();

  EXPECT_EQ(probe.down_sent, (bgp::Notification{ErrorCode::Cease, cease::kHardReset, "06 0a"_hex}));
  EXPECT_TRUE(probe.retained.empty());
}

// RFC 4486 4: these ask for a pause before we come back
// Rules 4486-05
TEST(SessionCease, Received_IsFollowedByAPauseThatGrows) {
  for (const int number : {2, 3, 5, 8}) {
    const auto subcode = static_cast<std::uint8_t>(number);
    Probe probe;
    probe.establish();

    probe.receive(framed(Notification, Bytes{6, subcode}));

    EXPECT_EQ(probe.session.state(), State::Idle);
    EXPECT_EQ(probe.session.deadline(Timer::IdleHold), probe.now + seconds{5}) << number;
    probe.advance(seconds{5});
    probe.connect();
    probe.receive(framed(Notification, Bytes{6, subcode}));
    EXPECT_EQ(probe.session.deadline(Timer::IdleHold), probe.now + seconds{10}) << number;
  }
}

// RFC 7606 2: what is not prescribed to reset the session leaves it alone
// Rules 7606-01
TEST(SessionCease, AMalformedUpdate_IsNoReasonToEnd) {
  Probe probe;
  probe.establish();
  Bytes bad_origin = kUpdate;
  bad_origin[kHeaderSize + 7] = 9;
  Bytes short_next_hop = kUpdate;
  short_next_hop[kHeaderSize + 19] = 3;

  probe.receive(bad_origin + short_next_hop);

  EXPECT_EQ(std::ranges::count(probe.log, "update -192.0.2.0/24"), 2);
  EXPECT_EQ(probe.session.state(), State::Established);
  EXPECT_EQ(std::ranges::count(probe.sent_types(probe.dialed), Notification), 0);
}

}  // namespace
}  // namespace bgp
