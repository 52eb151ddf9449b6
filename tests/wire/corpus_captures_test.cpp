// Every message of the real captures in BGP_EXTRA_DATA against its truth: the fields of OPEN, NOTIFICATION and
// ROUTE-REFRESH; of an UPDATE the prefixes of the prefix families, AS_PATH, ORIGIN, MED and LOCAL_PREF.
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "bgp/wire/framer.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "bgp/wire/update.hpp"
#include "corpus.hpp"
#include "support/data.hpp"
#include "support/printers.hpp"
#include "support/update_body.hpp"

namespace bgp {
namespace {

using boost::json::object;
using boost::json::value;

/// All families that occur: what was negotiated is not always in a capture.
std::vector<Family> every_family() {
  std::vector<Family> all;
  for (const unsigned afi : {1U, 2U, 25U, 16388U}) {
    for (const unsigned safi : {1U, 2U, 4U, 65U, 70U, 71U, 73U, 128U, 129U, 132U, 133U, 134U}) {
      all.push_back(corpus::family(afi, safi));
    }
  }
  return all;
}

/// Families for which `end` advertised one of two ADD-PATH modes.
std::vector<Family> advertised(const object& add_path, const std::string& end, int mode) {
  std::vector<Family> list;
  const auto* entries = add_path.if_contains(end);
  if (!entries || !entries->is_array()) return list;
  for (const value& entry : entries->get_array()) {
    const auto numbers = boost::json::value_to<std::vector<unsigned>>(entry);
    if (numbers.at(2) == static_cast<unsigned>(mode) || numbers.at(2) == 3) {
      list.push_back(corpus::family(numbers.at(0), numbers.at(1)));
    }
  }
  return list;
}

class Capture {
 public:
  explicit Capture(const object& head) {
    for (const value& stream : head.at("streams").as_array()) {
      streams_[stream.at("stream").to_number<int>()] = stream.as_object();
    }
  }

  DecodeContext context_of(const object& message) const {
    DecodeContext context;
    context.internal = true;  // unknown, and the less strict one
    context.families = every_family();
    for (const Family family : context.families) {
      if (family.afi == Afi::Ipv4) context.extended_next_hop.insert(family);
    }
    const object& stream = streams_.at(message.at("stream").to_number<int>());
    const auto* as4 = stream.if_contains("as4");
    context.four_octet_as = as4 && as4->is_bool() ? as4->get_bool() : asn_length(message) != 2;
    const auto* add_path = stream.if_contains("addpath");
    if (add_path && add_path->is_object()) {
      const auto receives = advertised(add_path->get_object(), corpus::text(message, "to"), 1);
      for (const Family family : advertised(add_path->get_object(), corpus::text(message, "from"), 2)) {
        if (std::ranges::find(receives, family) != receives.end()) context.add_path.insert(family);
      }
    }
    return context;
  }

 private:
  /// What the truth took AS numbers to be, where the OPENs are not in the capture.
  static int asn_length(const object& message) {
    for (const value& attribute : message.at("update").at("attrs").as_array()) {
      if (const auto* length = attribute.as_object().if_contains("asn_len")) return length->to_number<int>();
    }
    return 4;
  }

  std::map<int, object> streams_;
};

void compare_open(const object& truth, BytesView body) {
  const auto open = decode_open(body);
  ASSERT_TRUE(open.has_value()) << open.error();
  EXPECT_EQ(open->my_as, truth.at("as").to_number<unsigned>());
  EXPECT_EQ(open->hold_time, truth.at("hold").to_number<unsigned>());
  EXPECT_EQ(to_string(open->identifier), corpus::text(truth, "id"));
  const auto& capabilities = truth.at("caps").as_array();
  ASSERT_EQ(open->capabilities.size(), capabilities.size());
  for (std::size_t i = 0; i < capabilities.size(); ++i) {
    const object& capability = capabilities[i].as_object();
    EXPECT_EQ(capability_code(open->capabilities[i]), capability.at("code").to_number<unsigned>());
    if (const auto* as4 = capability.if_contains("as4")) {
      EXPECT_EQ(open->capabilities[i], Capability(capability::FourOctetAs{as4->to_number<std::uint32_t>()}));
    }
    if (const auto* mp = std::get_if<capability::Multiprotocol>(&open->capabilities[i])) {
      EXPECT_EQ(mp->family, corpus::family(capability.at("afi").to_number<unsigned>(),
                                           capability.at("safi").to_number<unsigned>()));
    }
  }
}

/// Every prefix of the message that the truth names, whichever field it stands in, but for families kept as octets.
std::vector<std::string> prefixes_of(const object& update) {
  std::vector<std::string> all = corpus::normal_prefixes(update.if_contains("withdrawn"));
  const auto add = [&all](const value* list) {
    const auto more = corpus::normal_prefixes(list);
    all.insert(all.end(), more.begin(), more.end());
  };
  add(update.if_contains("nlri"));
  for (const value& attribute : update.at("attrs").as_array()) {
    const object& fields = attribute.as_object();
    const auto* afi = fields.if_contains("afi");
    const auto* safi = fields.if_contains("safi");
    if (!afi || !safi) continue;
    const Family family = corpus::family(afi->to_number<unsigned>(), safi->to_number<unsigned>());
    if (is_prefix_family(family)) add(fields.if_contains("prefixes"));
  }
  std::ranges::sort(all);
  return all;
}

AsPath path_of(const value& segments) {
  std::vector<AsPathSegment> list;
  for (const value& segment : segments.as_array()) {
    list.push_back({static_cast<SegmentType>(segment.as_array().at(0).to_number<int>()),
                    boost::json::value_to<std::vector<std::uint32_t>>(segment.as_array().at(1))});
  }
  return AsPath(std::move(list));
}

void compare_attributes(const object& update, const UpdateView& view) {
  const PathAttributes attributes = view.path_attributes({});
  const bool as4_path = view.attribute(AttributeCode::As4Path).has_value();
  for (const value& attribute : update.at("attrs").as_array()) {
    const object& fields = attribute.as_object();
    if (const auto* origin = fields.if_contains("origin")) {
      EXPECT_EQ(static_cast<int>(attributes.origin), origin->to_number<int>());
    }
    if (const auto* path = fields.if_contains("path"); path && !as4_path && fields.at("code").to_number<int>() == 2) {
      EXPECT_EQ(attributes.as_path, path_of(*path));
    }
    if (const auto* med = fields.if_contains("med")) {
      EXPECT_EQ(attributes.med, med->to_number<std::uint32_t>());
    }
    if (const auto* local_pref = fields.if_contains("local_pref")) {
      EXPECT_EQ(attributes.local_pref, local_pref->to_number<std::uint32_t>());
    }
    EXPECT_TRUE(view.attribute(static_cast<AttributeCode>(fields.at("code").to_number<int>())));
  }
}

void compare_update(const object& truth, BytesView body, const DecodeContext& context) {
  const auto view = decode_update(body, context);
  ASSERT_TRUE(view.has_value()) << view.error();
  std::vector<std::string> ours = reachable_texts(*view);
  for (const std::string& text : unreachable_texts(*view)) ours.push_back(text);
  std::ranges::sort(ours);
  EXPECT_EQ(ours, prefixes_of(truth));
  if (view->error_count() == 0) compare_attributes(truth, *view);
}

void compare_message(const Capture& capture, const object& message, const RawMessage& raw) {
  if (const auto* open = message.if_contains("open")) {
    compare_open(open->as_object(), raw.body());
  } else if (const auto* update = message.if_contains("update")) {
    compare_update(update->as_object(), raw.body(), capture.context_of(message));
  } else if (const auto* notification = message.if_contains("notification")) {
    EXPECT_EQ(decode_notification(raw.body()),
              (Notification{static_cast<ErrorCode>(notification->at("code").to_number<int>()),
                            notification->at("subcode").to_number<std::uint8_t>(),
                            octets_of_hex(corpus::text(notification->as_object(), "data"))}));
  } else if (const auto* refresh = message.if_contains("refresh")) {
    const auto decoded = decode_route_refresh(raw.octets, true);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->family,
              corpus::family(refresh->at("afi").to_number<unsigned>(), refresh->at("safi").to_number<unsigned>()));
    EXPECT_EQ(static_cast<int>(decoded->subtype), refresh->at("subtype").to_number<int>());
  }
}

TEST(CorpusCaptures, EveryMessage_DecodesToItsTruth) {
  if (!has_extra_data()) GTEST_SKIP() << "BGP_EXTRA_DATA is not set: no capture is compared";
  std::map<std::string, std::size_t> compared;
  std::size_t suspect = 0;
  for (const auto& file : std::filesystem::directory_iterator(extra_data("truth/captures"))) {
    const auto lines = corpus::lines_of(file.path());
    const Capture capture(lines.at(0));
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const object& message = lines[i];
      SCOPED_TRACE(file.path().filename().string() + " line " + std::to_string(i + 1));
      const Bytes octets = octets_of_hex(corpus::text(message, "hex"));
      BytesView in = octets;
      Framer framer;
      framer.set_max_message_size(kMaxExtendedMessageSize);
      const auto raw = framer.next(in);
      if (message.contains("continuation") || message.contains("malformed") || message.contains("expert")) {
        ++suspect;  // read above without a crash, and that is all that is asked
        continue;
      }
      ASSERT_TRUE(raw.has_value() && raw->has_value()) << hex_of(octets);
      compare_message(capture, message, **raw);
      ++compared[corpus::text(message, "type")];
    }
  }
  for (const auto& [type, count] : compared) std::cout << count << ' ' << type << " compared\n";
  std::cout << suspect << " suspect messages read without comparing\n";
  EXPECT_GE(compared["UPDATE"], 18000U);
  EXPECT_GE(compared["OPEN"], 70U);
}

}  // namespace
}  // namespace bgp
