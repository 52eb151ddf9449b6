#include "tools/bgpcap/decode.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "bgp/wire/notification.hpp"
#include "support/json.hpp"
#include "support/update_body.hpp"

namespace bgp::cap {
namespace {

const Bytes kKeepalive = framed(MessageType::Keepalive, {});
const Bytes kUpdate =
    framed(MessageType::Update, update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop, bgp::kNlri));

struct Decoded {
  bool good;
  std::string text;
};

Decoded decoded(const Bytes& octets, Form form = Form::Text, const Context& context = default_context()) {
  std::ostringstream out;
  const bool good = decode_stream(octets, context, form, out);
  return {good, out.str()};
}

TEST(CapDecode, MessagesInARow_HaveAParagraphEach) {
  const auto [good, text] = decoded(kKeepalive + kUpdate);

  EXPECT_TRUE(good);
  EXPECT_EQ(text,
            "KEEPALIVE, 19 octets\n"
            "UPDATE, 47 octets\n"
            "  reachable ipv4-unicast 10.10.10.0/24: origin igp as-path 65002 next-hop 192.0.2.2\n");
}

TEST(CapDecode, EveryType_HasItsName) {
  EXPECT_EQ(decoded(framed(MessageType::Open, "04 fdea 005a c0000202 00"_hex)).text,
            "OPEN, 29 octets\n  AS 65002 hold time 90 identifier 192.0.2.2\n");
  EXPECT_EQ(decoded(framed(MessageType::Notification, "06 04"_hex)).text,
            "NOTIFICATION, 21 octets\n  6/4 Cease/Administrative Reset\n");
  EXPECT_EQ(decoded(framed(MessageType::RouteRefresh, "0001 00 01"_hex)).text,
            "ROUTE-REFRESH, 23 octets\n  ipv4-unicast request\n");
}

TEST(CapDecode, Json_IsALineAMessage) {
  const auto [good, text] = decoded(kKeepalive + kKeepalive, Form::Json);

  EXPECT_TRUE(good);
  EXPECT_EQ(text, "{\"type\":\"KEEPALIVE\",\"length\":19}\n{\"type\":\"KEEPALIVE\",\"length\":19}\n");
}

TEST(CapDecode, WhatEndsASession_ShowsItsNotification) {
  const auto [good, text] = decoded(framed(MessageType::Open, "05 fdea 005a c0000202 00"_hex) + kKeepalive);

  EXPECT_FALSE(good);
  EXPECT_EQ(text, "OPEN, 29 octets\n  error: NOTIFICATION " +
                      to_string(Notification{ErrorCode::OpenMessage, 1, "0004"_hex}) + "\nKEEPALIVE, 19 octets\n");
}

TEST(CapDecode, WrongHeader_EndsTheStream) {
  const Bytes octets = kKeepalive + framed(static_cast<MessageType>(9), {}) + kKeepalive;

  EXPECT_FALSE(decoded(octets).good);
  EXPECT_EQ(decoded(octets).text, "KEEPALIVE, 19 octets\nerror at octet 19: NOTIFICATION " +
                                      to_string(Notification{ErrorCode::MessageHeader, 3, "09"_hex}) + '\n');
  const auto json = boost::json::parse(decoded(octets, Form::Json).text.substr(32));
  EXPECT_EQ(json.at("offset"), 19);
  EXPECT_EQ(json.at("error").at("code"), 1);
}

TEST(CapDecode, CutMessage_IsSaid) {
  const Bytes cut(kUpdate.begin(), kUpdate.end() - 1);

  EXPECT_FALSE(decoded(kKeepalive + cut).good);
  EXPECT_EQ(decoded(cut).text, "incomplete: the message at octet 0 ends after 46 octets\n");
  EXPECT_EQ(decoded(cut, Form::Json).text, "{\"offset\":0,\"incomplete\":46}\n");
}

TEST(CapDecode, TreatAsWithdraw_IsNoEndOfTheSession) {
  const auto [good, text] = decoded(
      framed(MessageType::Update, update_body("", std::string("40 01 01 07 ") + kAsPath65002 + kNextHop, bgp::kNlri)));

  EXPECT_TRUE(good);
  EXPECT_EQ(text,
            "UPDATE, 47 octets\n  unreachable ipv4-unicast 10.10.10.0/24\n"
            "  treat-as-withdraw ORIGIN: undefined value (RFC 7606 7.1)\n");
}

TEST(CapDecode, ExtendedMessages_NeedTheContext) {
  Context context = default_context();
  const Bytes octets = framed(MessageType::Update, Bytes(5000));

  EXPECT_NE(decoded(octets).text.find("1/2 Message Header Error/Bad Message Length"), std::string::npos);
  context.extended_message = true;
  EXPECT_EQ(decoded(octets, Form::Text, context).text.substr(0, 20), "UPDATE, 5019 octets\n");
}

}  // namespace
}  // namespace bgp::cap
