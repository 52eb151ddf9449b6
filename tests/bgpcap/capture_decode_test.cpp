#include "tools/bgpcap/capture_decode.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "support/json.hpp"
#include "support/packet_builder.hpp"
#include "support/update_body.hpp"

namespace bgp::cap {
namespace {

const Bytes kKeepalive = framed(MessageType::Keepalive, {});
const Bytes kUpdate =
    framed(MessageType::Update, update_body("", std::string(kOriginIgp) + kAsPath65002 + kNextHop, bgp::kNlri));

struct Decoded {
  bool good = false;
  std::string text;
};

Decoded decoded(const test::PcapBuilder& pcap, const CaptureStyle& style = {}, const Filter& filter = {}) {
  const auto capture = test::Capture::read(pcap.file);
  std::ostringstream out;
  const bool good = capture && decode_capture(*capture, filter, style, out);
  return {good, out.str()};
}

/// An UPDATE, something lost, a KEEPALIVE, and a header that is wrong.
test::PcapBuilder sample() {
  test::PcapBuilder pcap;
  test::TcpBuilder tcp(pcap);
  tcp.send(1, kKeepalive);
  tcp.send(0, kUpdate);
  tcp.lose(0, 7);
  tcp.send(0, kKeepalive);
  tcp.send(1, framed(static_cast<MessageType>(9), {}));
  return pcap;
}

TEST(CapCaptureDecode, Text_IsAMessageAnEntry) {
  const auto [good, text] = decoded(sample());

  EXPECT_FALSE(good);
  EXPECT_EQ(text,
            "#1 0.000000 192.0.2.2:179 > 192.0.2.1:40000 KEEPALIVE, 19 octets\n"
            "#2 0.010000 192.0.2.1:40000 > 192.0.2.2:179 UPDATE, 47 octets\n"
            "  reachable ipv4-unicast 10.10.10.0/24: origin igp as-path 65002 next-hop 192.0.2.2\n"
            "  taken from the messages, for the OPENs are not in the capture: AS numbers of 4 octets\n"
            "#4 0.030000 192.0.2.1:40000 > 192.0.2.2:179 7 octets are missing in the capture\n"
            "#4 0.030000 192.0.2.1:40000 > 192.0.2.2:179 KEEPALIVE, 19 octets\n"
            "#4 0.030000 192.0.2.2:179 > 192.0.2.1:40000 no message: 19 octets ffffffffffffffffffffffffffffffff001309\n"
            "  error: NOTIFICATION 1/3 Message Header Error/Bad Message Type type 9\n");
}

TEST(CapCaptureDecode, GivenTerms_CountInPlaceOfWhatTheMessagesLookLike) {
  CaptureStyle style;
  style.given.as_width = true;
  style.given.context.decode.four_octet_as = false;
  style.given.add_path = true;
  style.given.context.decode.add_path = {kIpv4Unicast};

  const std::string text = decoded(sample(), style).text;

  EXPECT_EQ(
      text.substr(0, text.find('\n')),
      "as the command line says, whatever the OPENs do: AS numbers of 2 octets, path identifiers in ipv4-unicast");
  EXPECT_EQ(text.find("taken from the messages"), std::string::npos);
  EXPECT_NE(text.find("error: NOTIFICATION 3/10"), std::string::npos) << "a path identifier ends the NLRI: " << text;
  style.form = Form::Json;
  const std::string json = decoded(sample(), style).text;
  EXPECT_NE(json.find(R"("given":["AS numbers of 2 octets","path identifiers in ipv4-unicast"])"), std::string::npos);
  EXPECT_NE(json.find(R"("as4":false)"), std::string::npos);
}

TEST(CapCaptureDecode, Json_HasALineAboutTheCaptureAndOneForEachMessage) {
  std::istringstream lines(decoded(sample(), {Form::Json, false}).text);
  std::string line;
  std::getline(lines, line);
  const auto head = boost::json::parse(line);
  std::getline(lines, line);
  std::getline(lines, line);
  const auto first = boost::json::parse(line);
  std::getline(lines, line);
  const auto gap = boost::json::parse(line);

  EXPECT_EQ(head.at("kind"), "capture");
  EXPECT_EQ(head.at("frames"), 4);
  EXPECT_EQ(head.at("by_type"), boost::json::parse(R"({"KEEPALIVE":2,"UPDATE":1})"));
  EXPECT_EQ(head.at("streams").at(0).at("opens_seen"), 0);
  EXPECT_EQ(first.at("kind"), "msg");
  EXPECT_EQ(first.at("from"), "192.0.2.1:40000");
  EXPECT_EQ(first.at("update").at("nlri").at(0), "10.10.10.0/24");
  EXPECT_EQ(gap.at("kind"), "gap");
  EXPECT_EQ(gap.at("octets"), 7);
}

TEST(CapCaptureDecode, Filter_LeavesOutWhatIsNotAskedFor) {
  Filter updates;
  ASSERT_TRUE(updates.add("type=update"));
  Filter nobody;
  ASSERT_TRUE(nobody.add("peer=198.51.100.1"));

  EXPECT_EQ(decoded(sample(), {}, updates).text.find("KEEPALIVE"), std::string::npos);
  EXPECT_NE(decoded(sample(), {}, updates).text.find("UPDATE"), std::string::npos);
  EXPECT_EQ(decoded(sample(), {}, nobody).text, "");
}

TEST(CapCaptureDecode, Colors_AreAsked) {
  EXPECT_EQ(decoded(sample()).text.find('\033'), std::string::npos);
  EXPECT_NE(decoded(sample(), {Form::Text, true}).text.find("\033[1mUPDATE, 47 octets\033[0m\n"), std::string::npos);
}

TEST(CapCaptureDecode, WrongHeader_IsAnErrorWithItsNotification) {
  test::PcapBuilder pcap;
  test::TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(0, framed(static_cast<MessageType>(9), {}));

  EXPECT_EQ(decoded(pcap).text,
            "#4 0.030000 192.0.2.1:40000 > 192.0.2.2:179 no message: 19 octets ffffffffffffffffffffffffffffffff001309\n"
            "  error: NOTIFICATION 1/3 Message Header Error/Bad Message Type type 9\n");
  EXPECT_FALSE(decoded(pcap).good);
}

TEST(CapCaptureDecode, FileThatEndsEarly_SaysSo) {
  test::PcapBuilder pcap = sample();
  pcap.file.resize(pcap.file.size() - 3);

  EXPECT_NE(decoded(pcap).text.find("the file ends early: after frame 3"), std::string::npos);
}

}  // namespace
}  // namespace bgp::cap
