// Everything that can happen between two Supervisors that dial each other, within the bounds of each world (walk.hpp).
// WALK_STATES and WALK_SECONDS bound each world; WALK_TIMERS and WALK_LOSSES are added to its own bounds.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "simulation/walk.hpp"

namespace bgp::test {
namespace {

using std::chrono::seconds;

unsigned wanted(const char* variable, unsigned otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

PeerConfig speaker(std::uint32_t asn, std::uint32_t identifier, std::uint32_t remote_asn) {
  PeerConfig config;
  config.local_asn = asn;
  config.local_identifier = {identifier};
  config.remote_asn = remote_asn;
  config.attributes.send_hold_time = Duration::zero();
  config.idle_hold = {seconds{5}, seconds{10}, seconds{30}};  // fewer lengths, for fewer states
  return config;
}

constexpr std::uint32_t kSmallId = 0x0a000001;
constexpr std::uint32_t kLargeId = 0x0a000002;

/// B's connections win, by its identifier.
World world(std::string name, unsigned timers, unsigned losses) {
  return {std::move(name), {speaker(65001, kSmallId, 65002), speaker(65002, kLargeId, 65001)}, timers, losses, true};
}

WalkReport explore(World world) {
  world.timers += wanted("WALK_TIMERS", 0);
  world.losses += wanted("WALK_LOSSES", 0);
  const WalkReport report = walk(world, wanted("WALK_STATES", 400'000), wanted("WALK_SECONDS", 300));
  std::cout << world.name << ", timers " << world.timers << ", losses " << world.losses << ": " << report.states
            << " states, " << report.edges << " edges, depth " << report.depth << ", " << report.quiet << " quiet, "
            << report.beyond << " beyond, supervisors " << report.supervisors[0] << " and " << report.supervisors[1]
            << (report.complete ? ", complete at its bounds\n" : ", not complete\n");
  return report;
}

void expect_every_invariant(const World& world) { EXPECT_EQ(explore(world).violation, ""); }

// Rules 4271-38 4271-50
TEST(Walk, HoldingTheLoser_KeepsEveryInvariant) { expect_every_invariant(world("hold the loser", 2, 1)); }

TEST(Walk, HoldingTheLoserUndisturbed_NeverLosesBoth) { expect_every_invariant(world("undisturbed", 0, 0)); }

// Rules 6286-03
TEST(Walk, EqualIdentifiers_AreToldApartByTheAs) {
  World equal = world("equal identifiers", 2, 1);
  equal.configs[0].local_identifier = equal.configs[1].local_identifier;

  expect_every_invariant(equal);
}

TEST(Walk, HoldingTheLoserOnTheDominantSideOnly_IsEnough) {
  World mixed = world("B holds the loser", 2, 1);
  mixed.configs[0].collision = CollisionPolicy::Rfc4271;

  expect_every_invariant(mixed);
}

TEST(Walk, CollisionDetectEstablishedState_KeepsEveryInvariant) {
  World late = world("CollisionDetectEstablishedState", 2, 1);
  for (PeerConfig& config : late.configs) config.attributes.collision_detect_established = true;

  expect_every_invariant(late);
}

TEST(Walk, GracefulRestart_KeepsEveryInvariant) {
  World graceful = world("graceful restart", 2, 1);
  for (PeerConfig& config : graceful.configs) {
    config.graceful_restart = capability::GracefulRestart{false, true, 120, {{kIpv4Unicast, true}}};
  }

  expect_every_invariant(graceful);
}

TEST(Walk, DelayOpen_KeepsEveryInvariant) {
  World delayed = world("DelayOpen", 3, 1);
  delayed.configs[0].attributes.delay_open = true;
  delayed.never_loses_both = false;

  expect_every_invariant(delayed);
}

TEST(Walk, APassiveSide_KeepsEveryInvariant) {
  World passive = world("A is passive", 3, 1);
  passive.configs[0].attributes.passive = true;

  expect_every_invariant(passive);
}

TEST(Walk, SecondConnectionsRefused_KeepsEveryInvariant) {
  World refused = world("SameDirection::Refuse", 2, 1);
  for (PeerConfig& config : refused.configs) config.same_direction = SameDirection::Refuse;

  expect_every_invariant(refused);
}

// Rules 4271-38
TEST(Walk, TheLetter_ComesBackWhereItLosesBoth) {
  World letter = world("by the letter", 2, 1);
  letter.configs[0].collision = letter.configs[1].collision = CollisionPolicy::Rfc4271;
  letter.never_loses_both = false;

  expect_every_invariant(letter);
}

// Not only good news: the walk finds what is known to be wrong with the letter of RFC 4271 6.8, by the shortest way.
TEST(Walk, TheLetterUndisturbed_IsSeenToLoseBoth) {
  World letter = world("by the letter, undisturbed", 0, 0);
  letter.configs[0].collision = letter.configs[1].collision = CollisionPolicy::Rfc4271;

  const WalkReport report = explore(letter);

  std::cout << report.violation << '\n';
  EXPECT_NE(report.violation.find("both connections were closed"), std::string::npos);
}

}  // namespace
}  // namespace bgp::test
