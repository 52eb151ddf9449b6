// A peer that goes without a word while the session is being opened, and is back before any timer has noticed.
#include <gtest/gtest.h>

#include "bgp/testing/session_pair.hpp"

namespace bgp::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

PeerConfig speaker(std::uint32_t asn, std::uint32_t remote_asn, BgpIdentifier identifier) {
  PeerConfig config;
  config.local_asn = asn;
  config.local_identifier = identifier;
  config.remote_asn = remote_asn;
  return config;
}

/// Ours is side 0, and is dialed. How long the peer takes to be Established once it has power again, at most a minute.
Duration recovery(std::uint64_t seed, std::uint32_t our_identifier) {
  PeerConfig ours = speaker(65001, 65002, {our_identifier});
  ours.attributes.passive = true;
  PeerConfig peer = speaker(65002, 65001, {10});
  peer.attributes.delay_open = true;  // so that nothing of it is on the way when it dies
  peer.attributes.delay_open_time = seconds{20};
  SessionPair pair(ours, peer, seed);
  pair.start(0);
  pair.start(1);
  for (int i = 0; i < 10'000 && pair.session(0).state() != State::OpenSent; ++i) pair.run(milliseconds{1});
  EXPECT_EQ(pair.session(0).state(), State::OpenSent);

  pair.network().cut(1);
  pair.network().crash(1);
  pair.run(seconds{3});
  EXPECT_EQ(pair.session(0).state(), State::OpenSent) << "nothing has told us";
  pair.network().mend(1);
  pair.network().recover(1);
  const TimePoint back = pair.now();
  while (!pair.agree() && pair.now() < back + seconds{60}) pair.run(milliseconds{1});
  return pair.now() - back;
}

TEST(PowerLoss, InOpenSent_CostsLessThanASecondOnceThePeerDialsAgain) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    for (const std::uint32_t identifier : {9U, 11U}) {  // the smaller one and the larger one
      EXPECT_LT(recovery(seed, identifier), seconds{1}) << seed << ' ' << identifier;
    }
  }
}

}  // namespace
}  // namespace bgp::test
