// What a configuration may not say, and the defaults (RFC 4271 10, RFC 9687 6).
#include "bgp/session/config.hpp"

#include <gtest/gtest.h>

#include <string>

namespace bgp {
namespace {

using std::chrono::seconds;

PeerConfig good() {
  PeerConfig config;
  config.local_asn = 65001;
  config.local_identifier = {0x0a000005};
  config.remote_asn = 65002;
  return config;
}

/// The only problem, or a text that says that there is none or more than one.
std::string only_problem(const PeerConfig& config) {
  const auto found = problems(config);
  if (found.size() == 1) return found.front();
  return std::to_string(found.size()) + " problems";
}

bool says(const PeerConfig& config, std::string_view words) {
  return only_problem(config).find(words) != std::string::npos;
}

// RFC 4271 10: "The suggested default values"
// Rules 4271-43 4271-52 4271-57
TEST(PeerConfig, Defaults_AreTheSuggestedOnes) {
  const SessionAttributes attributes;

  EXPECT_EQ(attributes.connect_retry_time, seconds{120});
  EXPECT_EQ(attributes.hold_time, 90);
  EXPECT_EQ(attributes.large_hold_time, seconds{240});
  EXPECT_FALSE(attributes.send_hold_time);
  EXPECT_FALSE(attributes.delay_open);
  EXPECT_EQ(attributes.delay_open_time, seconds{5});
  EXPECT_FALSE(attributes.passive);
  EXPECT_TRUE(attributes.damp_peer_oscillations);
  EXPECT_TRUE(attributes.send_notification_without_open);
  EXPECT_FALSE(attributes.collision_detect_established);
  EXPECT_EQ(IdleHold{}.first, seconds{5});
  EXPECT_EQ(IdleHold{}.longest, seconds{300});
  EXPECT_EQ(IdleHold{}.forget, seconds{300});
}

TEST(PeerConfig, AGoodOne_HasNoProblems) { EXPECT_TRUE(problems(good()).empty()); }

TEST(PeerConfig, NothingSet_HasTheIdentityMissing) { EXPECT_EQ(problems(PeerConfig{}).size(), 2U); }

// Rules 7607-02
TEST(PeerConfig, LocalAs0_IsAProblem) {
  PeerConfig config = good();
  config.local_asn = 0;

  EXPECT_TRUE(says(config, "RFC 7607"));
}

TEST(PeerConfig, Identifier0_IsAProblem) {
  PeerConfig config = good();
  config.local_identifier = {};

  EXPECT_TRUE(says(config, "RFC 6286"));
}

TEST(PeerConfig, BoundsOfStaleTimesTheWrongWayRound_AreAProblem) {
  PeerConfig config = good();
  config.stale_times = {.least = std::chrono::seconds{2}, .most = std::chrono::seconds{1}};

  EXPECT_TRUE(says(config, "RFC 9494"));
}

TEST(PeerConfig, AnyRemoteAs_IsFine) {
  PeerConfig config = good();
  config.remote_asn = 0;

  EXPECT_TRUE(problems(config).empty());
}

TEST(PeerConfig, AFourOctetAsWithoutItsCapability_IsAProblem) {
  PeerConfig config = good();
  config.local_asn = 65536;
  EXPECT_TRUE(problems(config).empty());

  config.four_octet_as = false;
  EXPECT_TRUE(says(config, "RFC 6793"));

  config.local_asn = 65535;
  EXPECT_TRUE(problems(config).empty());
}

// Without capabilities the four-octet AS cannot be told either.
TEST(PeerConfig, AFourOctetAsWithoutAnyCapabilities_IsAProblem) {
  PeerConfig config = good();
  config.local_asn = 65536;
  config.capabilities = false;

  EXPECT_TRUE(says(config, "RFC 6793"));
}

TEST(PeerConfig, WhatIsOfferedForFamilies_MustFitThem) {
  PeerConfig next_hop = good();
  next_hop.extended_next_hop = capability::ExtendedNextHop{{{{Afi::Ipv4, Safi::MplsVpn}, Afi::Ipv6}}};
  EXPECT_TRUE(says(next_hop, "IPv6 next hop but is not offered"));
  next_hop.families.push_back(kIpv6Unicast);
  next_hop.extended_next_hop = capability::ExtendedNextHop{{{kIpv6Unicast, Afi::Ipv6}}};
  EXPECT_TRUE(says(next_hop, "RFC 8950"));

  PeerConfig labels = good();
  labels.multiple_labels = {{kIpv4Unicast, 1}};
  EXPECT_TRUE(says(labels, "RFC 8277"));
  labels.multiple_labels = {{kIpv6Unicast, 2}};
  EXPECT_TRUE(says(labels, "labels but is not offered"));

  PeerConfig long_lived = good();
  long_lived.long_lived_graceful_restart = capability::LongLivedGracefulRestart{};
  EXPECT_TRUE(says(long_lived, "RFC 9494"));
}

TEST(PeerConfig, RequiredCapabilityThatIsNotOffered_IsAProblem) {
  PeerConfig config = good();
  config.required_capabilities = {CapabilityCode::ExtendedMessage};
  EXPECT_TRUE(problems(config).empty());

  config.extended_message = false;
  EXPECT_TRUE(says(config, "capability extended-message is required but not offered"));
}

// Rules 9234-01
TEST(PeerConfig, RoleThatMeansNothing_IsAProblem) {
  PeerConfig config = good();
  config.role_strict = true;
  EXPECT_TRUE(says(config, "strict mode needs a role"));

  config.role = BgpRole::Peer;
  EXPECT_TRUE(problems(config).empty());
  config.role = BgpRole{5};
  EXPECT_TRUE(says(config, "RFC 9234 4.1 defines"));
}

// Rules 4271-05
TEST(PeerConfig, HoldTime1Or2_IsAProblem) {
  for (const int hold : {0, 1, 2, 3, 65535}) {
    PeerConfig config = good();
    config.attributes.hold_time = static_cast<std::uint16_t>(hold);
    EXPECT_EQ(problems(config).empty(), hold != 1 && hold != 2) << hold;
  }
}

TEST(PeerConfig, TimesOfZero_AreProblems) {
  PeerConfig retry = good();
  retry.attributes.connect_retry_time = {};
  PeerConfig large = good();
  large.attributes.large_hold_time = {};
  PeerConfig delay = good();
  delay.attributes.delay_open = true;
  delay.attributes.delay_open_time = {};
  PeerConfig no_delay = delay;
  no_delay.attributes.delay_open = false;

  EXPECT_TRUE(says(retry, "ConnectRetryTime"));
  EXPECT_TRUE(says(large, "large hold time"));
  EXPECT_TRUE(says(delay, "DelayOpenTime"));
  EXPECT_TRUE(problems(no_delay).empty());
}

TEST(PeerConfig, APauseOfReadingWithoutLength_IsAProblem) {
  PeerConfig config = good();
  config.max_input_pause = {};

  EXPECT_TRUE(says(config, "pause of reading"));
}

// RFC 9687 4.4
// Rules 9687-05
TEST(PeerConfig, ASendHoldTimeNotLargerThanTheHoldTime_IsAProblem) {
  PeerConfig config = good();
  config.attributes.send_hold_time = seconds{90};
  EXPECT_TRUE(says(config, "RFC 9687"));

  config.attributes.send_hold_time = seconds{91};
  EXPECT_TRUE(problems(config).empty());

  config.attributes.send_hold_time = seconds{0};
  EXPECT_TRUE(problems(config).empty());
}

TEST(PeerConfig, TheFirstIdleHoldTimeAboveTheLongest_IsAProblem) {
  PeerConfig config = good();
  config.idle_hold.first = seconds{301};
  EXPECT_TRUE(says(config, "IdleHoldTime"));

  config.idle_hold.first = {};
  EXPECT_TRUE(says(config, "IdleHoldTime"));
}

TEST(PeerConfig, NoFamily_IsAProblem) {
  PeerConfig config = good();
  config.families.clear();

  EXPECT_TRUE(says(config, "family"));
}

TEST(PeerConfig, ARequiredFamilyThatIsNotOffered_IsAProblem) {
  PeerConfig config = good();
  config.required_families = {kIpv6Unicast};
  EXPECT_TRUE(says(config, "ipv6-unicast is required"));

  config.families.push_back(kIpv6Unicast);
  EXPECT_TRUE(problems(config).empty());
}

TEST(PeerConfig, ARestartTimeBeyondTwelveBits_IsAProblem) {
  PeerConfig config = good();
  config.graceful_restart = capability::GracefulRestart{false, true, 4095, {{kIpv4Unicast, false}}};
  EXPECT_TRUE(problems(config).empty());

  config.graceful_restart->restart_time = 4096;
  EXPECT_TRUE(says(config, "RFC 4724"));
}

TEST(PeerConfig, OtherFamiliesWithoutCapabilities_AreAProblem) {
  PeerConfig config = good();
  config.capabilities = false;
  EXPECT_TRUE(problems(config).empty());

  config.families = {kIpv4Unicast, kIpv6Unicast};
  EXPECT_TRUE(says(config, "RFC 4760"));
}

}  // namespace
}  // namespace bgp
