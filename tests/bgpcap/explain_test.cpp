// Twelve ways for a session to end, and what is said of each; then what else the story tells.
#include "tools/bgpcap/explain.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "bgp/wire/notification.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "support/packet_builder.hpp"
#include "support/update_body.hpp"

namespace bgp::cap {
namespace {

using test::PcapBuilder;
using test::TcpBuilder;

const Bytes kKeepalive = framed(MessageType::Keepalive, {});

/// An OPEN of AS 65001 or 65002 with a hold time of 9 s.
Bytes open(std::size_t side, const Bytes& capabilities = "0104 0001 00 01"_hex) {
  const auto size = static_cast<std::uint8_t>(capabilities.size());
  return framed(MessageType::Open, (side == 0 ? "04 fde9 0009 c0000201"_hex : "04 fdea 0009 c0000202"_hex) +
                                       Bytes{static_cast<std::uint8_t>(size + 2), 2, size} + capabilities);
}

Bytes notification(const Notification& what) { return encode_notification(what); }

/// Brings the session up: eight packets, of which the seventh is the one that does.
void establish(TcpBuilder& tcp) {
  tcp.handshake();
  tcp.send(0, open(0));
  tcp.send(1, open(1));
  tcp.send(0, kKeepalive);
  tcp.send(1, kKeepalive);
}

std::string told(const PcapBuilder& pcap) {
  const auto capture = test::Capture::read(pcap.file);
  std::ostringstream out;
  if (capture) print_explanations(*capture, {}, out);
  return out.str();
}

/// The four lines at the end of the first connection's story.
std::string verdict(const PcapBuilder& pcap) {
  const std::string text = told(pcap);
  const auto begin = text.find("  ended by: ");
  return begin == std::string::npos ? text : text.substr(begin, text.find("\n\n") - begin);
}

std::string after_notification(std::size_t side, const Notification& what) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  establish(tcp);
  tcp.send(side, notification(what));
  return verdict(pcap);
}

TEST(CapExplain, AdministrativeShutdown_HasItsText) {
  EXPECT_EQ(
      after_notification(
          1, {ErrorCode::Cease, cease::kAdministrativeShutdown, encode_shutdown_communication("new router")}),
      R"story(  ended by: 192.0.2.2, which was shut down by its operator (NOTIFICATION 6/2 Cease/Administrative Shutdown "new router")
  rule: RFC 4486 4
  frame: 8
  to do: 192.0.2.2 has to be started again by its operator
)story");
}

TEST(CapExplain, MaximumPrefixes_NamesTheLimit) {
  EXPECT_EQ(
      after_notification(1, maximum_prefixes_reached({kIpv4Unicast, 100})),
      R"story(  ended by: 192.0.2.2, which received more prefixes than it takes (NOTIFICATION 6/1 Cease/Maximum Number of Prefixes Reached (ipv4-unicast, 100 prefixes))
  rule: RFC 4486 4
  frame: 8
  to do: announce less at 192.0.2.1, or raise the prefix limit at 192.0.2.2, which may need to be started by hand
)story");
}

TEST(CapExplain, WrongAs_SaysWhereToChangeIt) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(0, open(0));
  tcp.send(1, notification({ErrorCode::OpenMessage, open_error::kBadPeerAs, "fde9"_hex}));

  EXPECT_EQ(
      verdict(pcap),
      R"story(  ended by: 192.0.2.2, which expects another AS than the one in 192.0.2.1's OPEN (NOTIFICATION 2/2 OPEN Message Error/Bad Peer AS 0xfde9)
  rule: RFC 4271 6.2
  frame: 5
  to do: make the AS that 192.0.2.2 has configured for 192.0.2.1, and 192.0.2.1's own AS, the same
)story");
}

TEST(CapExplain, CapabilityMismatch_NamesTheCapability) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  tcp.send(0, open(0));
  tcp.send(1, notification({ErrorCode::OpenMessage, open_error::kUnsupportedCapability, "0104 0002 00 01"_hex}));

  EXPECT_EQ(
      verdict(pcap),
      R"story(  ended by: 192.0.2.2, which requires a capability that 192.0.2.1 does not offer (NOTIFICATION 2/7 OPEN Message Error/Unsupported Capability (multiprotocol ipv6-unicast))
  rule: RFC 5492 5
  frame: 5
  to do: enable at 192.0.2.1 what the NOTIFICATION's data names, or do not require it at 192.0.2.2
)story");
}

TEST(CapExplain, SilentPeer_IsBlamed) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  establish(tcp);
  tcp.time += std::chrono::seconds{9};
  tcp.send(0, notification({ErrorCode::HoldTimerExpired, 0, {}}));
  tcp.time += std::chrono::seconds{5};
  tcp.send(1, encode_keepalive());  // too late

  EXPECT_EQ(verdict(pcap), R"story(  ended by: 192.0.2.1, whose HoldTimer expired: 192.0.2.2 said nothing for 9 s
  rule: RFC 4271 6.5
  frame: 8
  to do: 192.0.2.2 was silent while its TCP was well: look at its load, and whether its BGP process was stopped
)story");
}

// Both offer RFC 7313.
TEST(CapExplain, Refreshes_AreTold) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  for (const std::size_t side : {0U, 1U}) tcp.send(side, open(side, "0104 0001 00 01 0200 4600"_hex));
  for (const std::size_t side : {0U, 1U}) tcp.send(side, kKeepalive);
  tcp.send(0, encode_route_refresh({kIpv4Unicast, RefreshSubtype::Request, {}}));
  tcp.send(1, encode_route_refresh({kIpv4Unicast, RefreshSubtype::BeginningOfRefresh, {}}));
  tcp.send(1, encode_route_refresh({kIpv4Unicast, RefreshSubtype::EndOfRefresh, {}}));

  const std::string story = told(pcap);

  for (const char* line :
       {" 192.0.2.1 asks again for ipv4-unicast\n", " 192.0.2.2 begins to tell all of ipv4-unicast again (BoRR)\n",
        " 192.0.2.2 has told all of ipv4-unicast (EoRR)\n"}) {
    EXPECT_NE(story.find(line), std::string::npos) << story;
  }
}

TEST(CapExplain, MessageBeyondFourKilobytes_IsTold) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  for (const std::size_t side : {0U, 1U}) tcp.send(side, open(side, "0104 0001 00 01 0600"_hex));
  for (const std::size_t side : {0U, 1U}) tcp.send(side, kKeepalive);
  Bytes withdrawn(5000, 0);  // of 0.0.0.0/0
  tcp.send(1, framed(MessageType::Update, "1388"_hex + withdrawn + "0000"_hex));

  const std::string story = told(pcap);

  EXPECT_NE(story.find("; longest message 5023 octets\n"), std::string::npos) << story;
}

TEST(CapExplain, EndWithoutNotification_IsARestartWhereRoutesAreKept) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.handshake();
  for (const std::size_t side : {0U, 1U}) tcp.send(side, open(side, "0104 0001 00 01 4006 001e 0001 01 80"_hex));
  for (const std::size_t side : {0U, 1U}) tcp.send(side, kKeepalive);
  tcp.put(1, tcp.next(1), 0x11, {}, 512);

  EXPECT_EQ(verdict(pcap), R"story(  ended by: 192.0.2.2, which closed the connection without a NOTIFICATION
  rule: RFC 4724 4.2
  frame: 8
  to do: nothing, if 192.0.2.2 is back in time: until then 192.0.2.1 keeps its routes of ipv4-unicast for 30 s
)story");
}

TEST(CapExplain, LostSegments_AreToldFromSilence) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  establish(tcp);
  const std::uint32_t at = tcp.next(1);
  for (int i = 0; i < 3; ++i) {
    tcp.time += std::chrono::seconds{3};
    tcp.put(1, at, 0x10, kKeepalive);
  }
  tcp.send(0, notification({ErrorCode::HoldTimerExpired, 0, {}}));

  EXPECT_EQ(
      verdict(pcap),
      R"story(  ended by: 192.0.2.1, whose HoldTimer expired: segments are lost, 192.0.2.2 sends again and again from frame 9 on
  rule: RFC 4271 6.5
  frame: 11
  to do: look at the path between 192.0.2.2 and 192.0.2.1: loss, MTU, filters
)story");
}

TEST(CapExplain, ClosedWindow_IsTheFaultOfWhoComplains) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  establish(tcp);
  tcp.put(0, tcp.next(0), 0x10, {}, 0);
  tcp.time += std::chrono::seconds{9};
  tcp.put(0, tcp.next(0), 0x10, notification({ErrorCode::HoldTimerExpired, 0, {}}), 0);

  EXPECT_EQ(
      verdict(pcap),
      R"story(  ended by: 192.0.2.1, whose HoldTimer expired: it closed its own window at frame 8, so that 192.0.2.2 could not send
  rule: RFC 4271 6.5
  frame: 9
  to do: 192.0.2.1 did not read: look at its load; 192.0.2.2 did nothing wrong
)story");
}

TEST(CapExplain, MalformedUpdate_IsShownWithItsOctets) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  establish(tcp);
  tcp.send(0, framed(MessageType::Update, update_body("", std::string(kOriginIgp) + "800e 0500010104c0", "")));
  tcp.send(1, notification({ErrorCode::UpdateMessage, update_error::kOptionalAttributeError, "80"_hex}));

  EXPECT_EQ(
      verdict(pcap),
      R"story(  ended by: 192.0.2.2, which received an UPDATE that is malformed beyond repair (NOTIFICATION 3/9 UPDATE Message Error/Optional Attribute Error 0x80)
  rule: RFC 7606 3
  frame: 9
  to do: show the octets above to whoever makes 192.0.2.1's software; a filter at 192.0.2.1 that keeps the route back helps
)story");
  EXPECT_NE(told(pcap).find("\n    from octet 27 on: 800e0500010104c0\n"), std::string::npos) << told(pcap);
}

TEST(CapExplain, Reset_IsWithoutAWord) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  establish(tcp);
  tcp.put(1, tcp.next(1), 0x04, {});

  EXPECT_EQ(verdict(pcap), R"story(  ended by: 192.0.2.2, with a TCP reset
  rule: RFC 4271 8.2.2
  frame: 8
  to do: a reset without a NOTIFICATION is a process that died, or a device between the two: look at 192.0.2.2 at that time
)story");
}

TEST(CapExplain, SignedSynsWithoutAnswer_PointToTheKeys) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.options = "0101 1312 00000000000000000000000000000000"_hex;
  const std::uint32_t at = tcp.next(0);
  for (int i = 0; i < 3; ++i) tcp.put(0, at, 0x02, {});

  EXPECT_EQ(verdict(pcap), R"story(  ended by: 192.0.2.2, which does not answer 3 SYNs
  rule: RFC 2385 2
  frame: 1
  to do: the SYN has a TCP MD5 or TCP-AO signature: a peer with another key, or none, drops it without a word; compare the keys, and that 192.0.2.2 has one for 192.0.2.1
)story");
}

TEST(CapExplain, SynsWithoutAnswer_PointToTtlAndFilters) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.syn(0);

  EXPECT_EQ(verdict(pcap), R"story(  ended by: 192.0.2.2, which does not answer 1 SYN
  rule: RFC 4271 8.2.2
  frame: 1
  to do: a filter on the path, a key (TCP MD5) at 192.0.2.2 that 192.0.2.1 does not have, or GTSM (RFC 5082 3) at 192.0.2.2, which the SYN's TTL of 64 does not pass
)story");
}

TEST(CapExplain, Collision_NamesTheConnectionThatLives) {
  PcapBuilder pcap;
  TcpBuilder loser(pcap);
  TcpBuilder winner(pcap, 179, 90000);
  winner.ends()[0].port = 40001;
  loser.handshake();
  loser.send(0, open(0));
  winner.time = loser.time;
  establish(winner);
  loser.time = winner.time;
  loser.send(1, notification({ErrorCode::Cease, cease::kCollisionResolution, {}}));

  EXPECT_EQ(
      verdict(pcap),
      R"story(  ended by: 192.0.2.2, which kept the other one of two connections (NOTIFICATION 6/7 Cease/Connection Collision Resolution)
  rule: RFC 4271 6.8
  frame: 12
  to do: nothing: this is how collisions end; the session lives on in stream 1)story");
}

TEST(CapExplain, RefusedConnection_NeedsAListener) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  tcp.syn(0);
  tcp.put(1, 0, 0x14, {});

  EXPECT_EQ(verdict(pcap), R"story(  ended by: 192.0.2.2, which refuses connections to port 179
  rule: RFC 4271 8.2.1
  frame: 2
  to do: nobody listens there: start BGP at 192.0.2.2, and let it listen on that address
)story");
}

TEST(CapExplain, SessionThatIsUp_HasItsWholeStory) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  establish(tcp);
  tcp.time += std::chrono::seconds{3};
  tcp.send(0, framed(MessageType::Update,
                     update_body("", std::string(kOriginIgp) + "4002 04 0201fde9" + kNextHop, "08 0a")));

  EXPECT_EQ(told(pcap), R"story(stream 0: 192.0.2.1 (AS 65001) and 192.0.2.2 (AS 65002)
  #1 0.000000 192.0.2.1 opens the connection to port 179
  #2 0.010000 192.0.2.2 takes it
  #4 0.030000 192.0.2.1 offers AS 65001 hold time 9 identifier 192.0.2.1, multiprotocol ipv4-unicast
  #5 0.040000 192.0.2.2 offers AS 65002 hold time 9 identifier 192.0.2.2, multiprotocol ipv4-unicast
    (192.0.2.1 is the first, 192.0.2.2 the second)
    agreed: session, hold time, ipv4-unicast
  #7 0.060000 the session is up, 60 ms after it began
    192.0.2.1: 1 UPDATEs, 1 prefixes at the end; longest silence 3 s of a hold time of 9 s
    192.0.2.2: 0 UPDATEs, 0 prefixes at the end; longest silence 3 s of a hold time of 9 s
  ended by: nobody: it is up where the capture ends
  rule: RFC 4271 8.2.2
  frame: 8
  to do: nothing
)story");
}

TEST(CapSessions, Table_HasARowForEachConnection) {
  PcapBuilder pcap;
  TcpBuilder tcp(pcap);
  establish(tcp);
  tcp.send(1, notification({ErrorCode::Cease, cease::kAdministrativeReset, {}}));
  const auto capture = test::Capture::read(pcap.file);
  std::ostringstream out;

  print_sessions(*capture, {}, out);

  EXPECT_EQ(
      out.str(),
      R"story(stream  ends                   AS             identifier             families      hold  up     down   messages  prefixes  silence        ended             agreed
0       192.0.2.1 > 192.0.2.2  65001 / 65002  192.0.2.1 / 192.0.2.2  ipv4-unicast  9     0.060  0.070  2 / 3     0         20 ms / 10 ms  6/4 by 192.0.2.2  nothing
)story");
}

}  // namespace
}  // namespace bgp::cap
