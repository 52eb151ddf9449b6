// Every message of the captures in BGP_EXTRA_DATA through bgp::json, field by field against another decoder's.
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "bgp/wire/framer.hpp"
#include "json/capture_context.hpp"
#include "json/truth.hpp"
#include "support/data.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using boost::json::object;

/// The truth found nothing wrong with it, so that its fields can be trusted.
bool is_whole(const object& message) {
  return !message.contains("continuation") && !message.contains("malformed") && !message.contains("expert");
}

TEST(CorpusTruth, EveryMessageOfTheCaptures_IsDecodedLikeItsTruth) {
  if (!has_extra_data()) GTEST_SKIP() << "BGP_EXTRA_DATA is not set: no capture is compared";
  std::map<std::string, std::size_t> compared;
  std::size_t values = 0;
  std::size_t suspect = 0;
  for (const auto& file : std::filesystem::directory_iterator(extra_data("truth/captures"))) {
    const auto lines = corpus::lines_of(file.path());
    const corpus::Capture capture(lines.at(0));
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const object& message = lines[i];
      const std::string where = file.path().filename().string() + " line " + std::to_string(i + 1);
      const Bytes octets = octets_of_hex(corpus::text(message, "hex"));
      BytesView in = octets;
      Framer framer;
      framer.set_max_message_size(kMaxExtendedMessageSize);
      const auto raw = framer.next(in);
      if (!is_whole(message)) {
        ++suspect;  // read without a crash, and that is all that is asked
        continue;
      }
      ASSERT_TRUE(raw.has_value() && raw->has_value()) << where;
      const auto comparison = corpus::compare(message, **raw, capture.context_of(message));
      EXPECT_EQ(comparison.differences, std::vector<std::string>{}) << where;
      values += comparison.values;
      ++compared[corpus::text(message, "type")];
    }
  }
  for (const auto& [type, count] : compared) std::cout << count << ' ' << type << " compared\n";
  std::cout << values << " values compared, " << suspect << " suspect messages read without comparing\n";
  EXPECT_GE(compared["UPDATE"], 18000U);
  EXPECT_GE(compared["OPEN"], 70U);
  EXPECT_GE(values, compared["UPDATE"] * 10);
}

/// What the context of a vector says that changes how its octets are read.
DecodeContext context_of(const object& keys) {
  DecodeContext context;
  context.internal = corpus::text(keys, "session") == "iBGP";
  context.confederation = corpus::text(keys, "session") == "confed";
  context.four_octet_as = corpus::flag(keys, "as4", true);
  if (const auto families = corpus::families(keys, "families"); !families.empty()) context.families = families;
  context.add_path = corpus::families(keys, "addpath");
  context.extended_next_hop = corpus::families(keys, "ext_nh");
  context.multiple_labels = corpus::label_counts(keys, "multi_label");
  return context;
}

TEST(CorpusTruth, EveryGoodMessageOfTheVectors_IsDecodedLikeItsTruth) {
  if (!has_extra_data()) GTEST_SKIP() << "BGP_EXTRA_DATA is not set: no vector is compared";
  std::size_t compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(extra_data("vectors"))) {
    for (const object& vector : corpus::lines_of(file.path())) {
      const auto* truth = vector.if_contains("tshark");
      if (truth == nullptr || corpus::text(vector, "kind") != "message") continue;
      if (corpus::text(vector.at("expect").as_object(), "verdict") != "ok" || !is_whole(truth->as_object())) continue;
      const object& keys = vector.at("context").as_object();
      if (keys.contains("remark")) continue;  // it says that the other decoder guessed wrong
      const Bytes octets = octets_of_hex(corpus::text(vector, "hex"));
      BytesView in = octets;
      Framer framer;
      framer.set_max_message_size(kMaxExtendedMessageSize);
      const auto raw = framer.next(in);
      ASSERT_TRUE(raw.has_value() && raw->has_value()) << corpus::text(vector, "name");
      auto comparison = corpus::compare(truth->as_object(), **raw, context_of(keys));
      if (corpus::text(vector, "name") == "msg-0077") {
        // RFC 8277 2.4: a withdrawal has one field of 24 bits before the prefix; the truth takes two for labels
        std::erase_if(comparison.differences, [](const auto& one) { return one.starts_with("MP_UNREACH_NLRI"); });
      }
      EXPECT_EQ(comparison.differences, std::vector<std::string>{}) << corpus::text(vector, "name");
      ++compared;
    }
  }
  std::cout << compared << " messages compared\n";
  EXPECT_GE(compared, 130U);
}

}  // namespace
}  // namespace bgp
