// A random life as a line of a scenario file: what is read back is the same plan, and plays the same.
#include "tools/bgpsim/life.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tools/bgpsim/lives.hpp"

namespace bgp::test {
namespace {

sim::Life read_back(const Plan& plan) {
  const std::string text = boost::json::serialize(sim::to_json(plan, "as it was"));
  return sim::life_of({.where = "lives.jsonl:1", .object = boost::json::parse(text).as_object()});
}

TEST(Life, ReadBack_IsTheSamePlan) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Plan plan = random_plan(seed);
    EXPECT_EQ(read_back(plan).plan, plan) << seed;
    // as shrink() may leave it
    plan.peerings.resize(1);
    plan.conditions = {};
    plan.jitter = false;
    std::erase_if(plan.disturbances, [](const Disturbance& one) { return one.end > 1; });
    plan.busy = {};
    EXPECT_EQ(read_back(plan).plan, plan) << seed;
  }
}

TEST(Life, ReadBack_PlaysTheSame) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Plan plan = random_plan(seed);
    EXPECT_EQ(simulate(read_back(plan).plan).digest, simulate(plan).digest) << seed;
  }
}

TEST(Life, WhatCannotBeRead_NamesItsLine) {
  const auto refused = [](const std::string& from, const std::string& to) {
    std::string text = boost::json::serialize(sim::to_json(random_plan(7), "as it was"));
    text.replace(text.find(from), from.size(), to);
    try {
      static_cast<void>(sim::life_of({.where = "lives.jsonl:1", .object = boost::json::parse(text).as_object()}));
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return std::string("read");
  };
  EXPECT_EQ(refused("\"peerings\":1", "\"peerings\":3"),
            "lives.jsonl:1: this life cannot be read: the seed has 1 peerings");
  EXPECT_EQ(refused("\"end\":1", "\"end\":2"), "lives.jsonl:1: this life cannot be read: there is no end 2");
  EXPECT_NE(refused("\"jitter\"", "\"jitters\"").find("lives.jsonl:1: this life cannot be read: "), std::string::npos);
}

/// SIMULATION_LIFE: a line that a failing life printed. tests/plant_faults sees whether it fails likewise.
TEST(Life, OfTheEnvironment_ViolatesNothing) {
  const char* file = std::getenv("SIMULATION_LIFE");
  if (file == nullptr) GTEST_SKIP() << "SIMULATION_LIFE names no file";
  std::ifstream in(file);
  for (const sim::ScenarioLine& line : sim::read_lines(in, file)) {
    std::ostringstream unused;
    for (const std::string& wrong : sim::check_life(sim::life_of(line), {}, unused)) ADD_FAILURE() << wrong;
  }
}

}  // namespace
}  // namespace bgp::test
