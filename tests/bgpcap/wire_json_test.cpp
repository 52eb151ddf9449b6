#include "tools/bgpcap/wire_json.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "support/hex.hpp"
#include "support/json.hpp"
#include "support/update_body.hpp"

namespace bgp::cap {
namespace {

using boost::json::parse;
using boost::json::value;

value json_of(const Bytes& message, const DecodeContext& context = {}) {
  std::string text = "{";
  const auto type = static_cast<MessageType>(message[18]);
  append_wire_json(text, RawMessage{type, message}, context, false);
  return parse(text + '}');
}

value update_of(const Bytes& body, const DecodeContext& context = {}) {
  std::string text;
  append_update(text, body, context);
  return parse(text);
}

/// The first attribute of an UPDATE that has it alone.
value attribute_of(const std::string& octets, const DecodeContext& context = {}) {
  return update_of(update_body("", octets, ""), context).at("attrs").at(0);
}

TEST(CapWireJson, Keepalive_IsTypeLengthAndOctets) {
  EXPECT_EQ(json_of(framed(MessageType::Keepalive, {})),
            parse(R"({"type":"KEEPALIVE","len":19,"hex":"ffffffffffffffffffffffffffffffff001304"})"));
}

TEST(CapWireJson, Open_HasParametersAndCapabilities) {
  std::string text;
  append_open(text,
              "04 fdea 005a c0000202 1f 0206 0104 0001 00 01 0213 4104 0000fdea 4504 0001 01 03 0901 03 4002 8078"_hex);

  EXPECT_EQ(parse(text), parse(R"({"version":4,"as":65002,"hold":90,"id":"192.0.2.2","optlen":31,
      "params":[[2,6],[2,19]],"caps":[{"code":1,"len":4,"afi":1,"safi":1},{"code":65,"len":4,"as4":65002},
      {"code":69,"len":4,"addpath":[[1,1,3]]},{"code":9,"len":1,"role":3},
      {"code":64,"len":2,"restart_time":120,"families":[]}]})"));
}

TEST(CapWireJson, OpenWithExtendedParameters_IsReadByTheirLengths) {
  std::string text;
  append_open(text, "04 fdea 005a c0000202 ff ff 0005 02 0002 0600"_hex);

  EXPECT_EQ(parse(text).at("params"), parse("[[2,2]]"));
  EXPECT_EQ(parse(text).at("caps"), parse(R"([{"code":6,"len":0}])"));
}

TEST(CapWireJson, EveryCutOfAnOpen_IsStillJson) {
  const Bytes body = "04 fdea 005a c0000202 10 020e 4104 0000fdea 4906 02 6161 02 6262"_hex;
  for (std::size_t size = 0; size <= body.size(); ++size) {
    std::string text;
    append_open(text, BytesView(body).first(size));
    EXPECT_NO_THROW((void)parse(text)) << text;
  }
}

TEST(CapWireJson, Update_HasItsFieldsAsTheyAreOnTheWire) {
  const value update = update_of(update_body("08 0a", std::string(kOriginIgp) + kAsPath65002 + kNextHop, "0c 0aff"));

  EXPECT_EQ(update.at("withdrawn"), parse(R"(["10.0.0.0/8"])"));
  EXPECT_EQ(update.at("nlri"), parse(R"(["10.255.0.0/12"])")) << "with the bits beyond its length";
  EXPECT_EQ(update.at("attrs").at(1), parse(R"({"code":2,"flags":64,"len":6,"path":[[2,[65002]]],"asn_len":4})"));
}

TEST(CapWireJson, Attributes_HaveTheirValues) {
  EXPECT_EQ(attribute_of("80 04 04 00000005").at("med"), 5);
  EXPECT_EQ(attribute_of("40 05 04 00000064").at("local_pref"), 100);
  EXPECT_EQ(attribute_of("c0 07 08 0000fdea c0000201").at("as"), 65002);
  EXPECT_EQ(attribute_of("c0 07 06 fdea c0000201").at("addr"), "192.0.2.1");
  EXPECT_EQ(attribute_of("c0 08 08 fde90064 ffffff01").at("communities"), parse(R"(["65001:100","65535:65281"])"));
  EXPECT_EQ(attribute_of("80 09 04 c0000201").at("originator"), "192.0.2.1");
  EXPECT_EQ(attribute_of("80 0a 08 c0000201 c0000202").at("clusters"), parse(R"(["192.0.2.1","192.0.2.2"])"));
  EXPECT_EQ(attribute_of("c0 20 0c 00000001 00000002 00000003").at("large"), parse(R"(["1:2:3"])"));
  EXPECT_EQ(attribute_of("c0 10 08 0002fde900000064").at("extended"), parse(R"(["rt:65001:100"])"));
}

TEST(CapWireJson, MultiprotocolNlri_AreShownByFamily) {
  const value v6 = attribute_of("80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8");
  EXPECT_EQ(v6.at("next_hop"), parse(R"(["2001:db8::1"])"));
  EXPECT_EQ(v6.at("prefixes"), parse(R"(["2001:db8::/32"])"));
  const value vpn = attribute_of("80 0e 21 0001 80 0c 0000000000000000c0000201 00 78 000131 0000fde900000001 0a0a0a0a");
  EXPECT_EQ(vpn.at("next_hop"), parse(R"(["192.0.2.1"])"));
  EXPECT_EQ(vpn.at("prefixes"),
            parse(R"json([{"bits":120,"rd":"65001:1","label":"19 (bottom)","addr":"10.10.10.10","id":null}])json"));
  const value flow = attribute_of("80 0e 09 0001 85 00 00 03 03 81 06");
  EXPECT_EQ(flow.at("next_hop"), parse("[]"));
  EXPECT_EQ(flow.at("routes").as_array().size(), 1U);
}

TEST(CapWireJson, PathIdentifiers_StandBehindThePrefix) {
  DecodeContext context;
  context.add_path = {kIpv4Unicast};

  EXPECT_EQ(update_of(update_body("00000007 08 0a", "", ""), context).at("withdrawn"), parse(R"(["10.0.0.0/8#7"])"));
}

TEST(CapWireJson, EveryCutOfAnUpdate_IsStillJson) {
  const Bytes body = update_body("08 0a",
                                 std::string(kOriginIgp) + kAsPath65002 + kNextHop +
                                     "80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8",
                                 "18 0a0a0a");
  for (std::size_t size = 0; size <= body.size(); ++size) {
    EXPECT_NO_THROW((void)update_of(Bytes(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size)))) << size;
  }
}

TEST(CapWireJson, Errors_AreTheNotificationOrTheVerdict) {
  const value reset = json_of(framed(MessageType::Update, "0005 0000"_hex));
  EXPECT_EQ(reset.at("error").at("code"), 3);
  EXPECT_EQ(reset.at("error").at("subcode"), 1);
  const value verdict = json_of(
      framed(MessageType::Update, update_body("", std::string("40 01 01 07 ") + kAsPath65002 + kNextHop, bgp::kNlri)));
  EXPECT_EQ(verdict.at("error").at("approach"), "treat-as-withdraw");
  EXPECT_EQ(json_of(framed(MessageType::Open, "05 fdea 005a c0000202 00"_hex)).at("error").at("subcode"), 1);
}

TEST(CapWireJson, NotificationAndRefresh_HaveTheirNumbers) {
  EXPECT_EQ(json_of(framed(MessageType::Notification, "06 09 0604"_hex)).at("notification").at("data"), "0604");
  EXPECT_EQ(json_of(framed(MessageType::RouteRefresh, "0001 02 01"_hex)).at("refresh"),
            parse(R"({"afi":1,"subtype":2,"safi":1})"));
}

}  // namespace
}  // namespace bgp::cap
