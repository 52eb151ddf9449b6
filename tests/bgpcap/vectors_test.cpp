#include "tools/bgpcap/vectors.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "support/hex.hpp"
#include "support/json.hpp"

namespace bgp::cap {
namespace {

constexpr const char* kGood =
    R"({"name": "keepalive", "kind": "message", "hex": "ffffffffffffffffffffffffffffffff001304", "expect": {"verdict": "ok"}})";
constexpr const char* kWrong =
    R"({"name": "type", "kind": "message", "hex": "ffffffffffffffffffffffffffffffff001309", "expect": {"verdict": "ok"}})";

TEST(CapVectors, Line_HasNameKindAndOctets) {
  const auto vector = parse_vector(
      R"({"name": "med", "kind": "attribute-value", "hex": "00000005", "context": {"attribute": 4, "session": "iBGP"}})");

  ASSERT_TRUE(vector) << vector.error();
  EXPECT_EQ(vector->name, "med");
  EXPECT_EQ(vector->octets, "00000005"_hex);
  EXPECT_EQ(vector->attribute, 4);
  EXPECT_TRUE(vector->context.decode.internal);
  EXPECT_TRUE(vector->expect.empty());
}

TEST(CapVectors, WhatIsWrongWithALine_IsSaid) {
  EXPECT_TRUE(parse_vector("[]").error().starts_with("no JSON object"));
  EXPECT_TRUE(parse_vector("{").error().starts_with("no JSON object"));
  EXPECT_EQ(parse_vector("{}").error(), "no \"name\"");
  EXPECT_EQ(parse_vector(R"({"name": "a", "kind": "b"})").error(), "a: kind \"b\" is not known");
  EXPECT_TRUE(
      parse_vector(R"({"name": "a", "kind": "message", "hex": "0"})").error().starts_with("a: hex: character 2"));
  EXPECT_EQ(parse_vector(R"({"name": "a", "kind": "message", "context": {"as4": 4}})").error(),
            "a: context: as4 is neither true nor false");
  EXPECT_EQ(parse_vector(R"({"name": "a", "kind": "message", "context": {"attribute": 256}})").error(),
            "a: context: attribute is no attribute code");
}

TEST(CapVectors, Print_HasALineAVector) {
  std::istringstream in(std::string(kGood) + "\n\n" + kWrong + "\n");
  std::ostringstream out;

  const auto counts = print_vectors(in, out);

  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->vectors, 2U);
  std::istringstream lines(out.str());
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(boost::json::parse(line).at("verdict"), "ok");
  std::getline(lines, line);
  EXPECT_EQ(boost::json::parse(line).at("data"), "09");
}

TEST(CapVectors, Check_ShowsWhatDiffers) {
  std::istringstream in(std::string(kGood) + '\n' + kWrong + '\n');
  std::ostringstream out;

  const auto counts = check_vectors(in, {}, out);

  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->different, 1U);
  EXPECT_TRUE(out.str().starts_with("type (message)\n  verdict: expected ok, got session-reset\n  expected: {"))
      << out.str();
}

TEST(CapVectors, Exception_IsNamedAndNotCompared) {
  std::istringstream in(std::string(kGood) + '\n' + kWrong + '\n');
  std::ostringstream out;

  const auto counts = check_vectors(in, {{"type", "why not"}, {"keepalive", "no need"}}, out);

  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->different, 0U);
  EXPECT_EQ(counts->excepted, 2U);
  EXPECT_EQ(out.str(), "keepalive: not compared: no need (but it is as expected)\ntype: not compared: why not\n");
}

TEST(CapVectors, LineThatIsNoVector_IsNamed) {
  std::istringstream in(std::string(kGood) + "\nnonsense\n");
  std::ostringstream out;

  EXPECT_TRUE(print_vectors(in, out).error().starts_with("line 2: no JSON object"));
}

TEST(CapVectors, Exceptions_AreNameAndReason) {
  std::istringstream in("# comment\n\nmsg-1: wrong: RFC 4271\n");
  const auto exceptions = read_exceptions(in);
  ASSERT_TRUE(exceptions);
  EXPECT_EQ(*exceptions, (Exceptions{{"msg-1", "wrong: RFC 4271"}}));

  std::istringstream wrong("msg-1\n");
  EXPECT_EQ(read_exceptions(wrong).error(), "line 1: not of the form \"NAME: reason\"");
}

}  // namespace
}  // namespace bgp::cap
