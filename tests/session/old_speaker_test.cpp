// A speaker older than RFC 5492 refuses our OPEN with 2/4: the next one has no capabilities (RFC 5492 3). And filters
// and NOTIFICATIONs on their way through a Session.
#include <gtest/gtest.h>

#include "bgp/wire/orf.hpp"
#include "probe.hpp"

namespace bgp::test {
namespace {

using std::chrono::seconds;

const Bytes kUnsupported = framed(MessageType::Notification, "02 04"_hex);

OpenMessage open_on(Probe& probe, ConnectionId id) {
  BytesView octets = probe.wires[id].sent;
  Framer framer;
  const auto message = framer.next(octets);
  return read_open((*message)->body()).value();
}

/// One more attempt, up to our OPEN.
ConnectionId next_attempt(Probe& probe) {
  const int before = probe.dials;
  for (int i = 0; i < 700 && probe.dials == before; ++i) probe.advance(seconds{1});
  EXPECT_EQ(probe.dials, before + 1);
  probe.connect();
  return probe.dialed;
}

OpenMessage old_open() {
  OpenMessage open = peer_open();
  open.capabilities.clear();
  return open;
}

// Rules 5492-06
TEST(OldSpeaker, AfterUnsupportedOptionalParameter_TheNextOpenHasNoCapabilities) {
  Probe probe;
  probe.start();
  probe.connect();
  EXPECT_FALSE(open_on(probe, probe.dialed).capabilities.empty());
  probe.receive(kUnsupported);

  const ConnectionId second = next_attempt(probe);

  EXPECT_TRUE(open_on(probe, second).capabilities.empty());
  probe.receive(second, encode_open(old_open()) + kKeepalive);
  ASSERT_EQ(probe.session.state(), State::Established);
  EXPECT_FALSE(probe.session.negotiated()->four_octet_as);
  EXPECT_FALSE(probe.session.negotiated()->extended_message_receive);
}

// What we did not advertise is not agreed, whatever the peer says by now
TEST(OldSpeaker, TermsOfThePlainOpen_AreThePlainOnes) {
  Probe probe;
  probe.start();
  probe.connect();
  probe.receive(kUnsupported);
  const ConnectionId second = next_attempt(probe);

  probe.receive(second, encode_open(peer_open()) + kKeepalive);

  ASSERT_EQ(probe.session.state(), State::Established);
  EXPECT_FALSE(probe.session.negotiated()->four_octet_as);
  EXPECT_FALSE(probe.session.negotiated()->enhanced_route_refresh);
}

TEST(OldSpeaker, PlainOpen_IsTriedOnceAndThenTheFullOneAgain) {
  Probe probe;
  probe.start();
  probe.connect();
  probe.receive(kUnsupported);
  EXPECT_TRUE(open_on(probe, next_attempt(probe)).capabilities.empty());
  probe.receive(kUnsupported);  // to an OPEN without any: it is not the capabilities

  EXPECT_FALSE(open_on(probe, next_attempt(probe)).capabilities.empty());
  probe.receive(framed(MessageType::Notification, "06 05"_hex));
  EXPECT_FALSE(open_on(probe, next_attempt(probe)).capabilities.empty());
}

TEST(OldSpeaker, AttemptThatNeverSentItsOpen_DoesNotUseUpThePlainOne) {
  Probe probe;
  probe.start();
  probe.connect();
  probe.receive(kUnsupported);
  const int before = probe.dials;
  for (int i = 0; i < 700 && probe.dials == before; ++i) probe.advance(seconds{1});
  probe.lose(probe.dialed);

  EXPECT_TRUE(open_on(probe, next_attempt(probe)).capabilities.empty());
}

TEST(OldSpeaker, SwitchedOffOrInNeedOfCapabilities_OffersThemAgain) {
  PeerConfig off = session_config();
  off.retry_without_capabilities = false;
  PeerConfig two_families = session_config();
  two_families.families = {kIpv4Unicast, kIpv6Unicast};
  PeerConfig required = session_config();
  required.required_capabilities = {CapabilityCode::RouteRefresh};
  PeerConfig strict = session_config();
  strict.role = BgpRole::Peer;
  strict.role_strict = true;
  PeerConfig large = session_config();
  large.local_asn = 4200000000;
  for (const PeerConfig& config : {off, two_families, required, strict, large}) {
    EXPECT_FALSE(can_do_without_capabilities(config));
    Probe probe(config);
    probe.start();
    probe.connect();
    probe.receive(kUnsupported);

    EXPECT_FALSE(open_on(probe, next_attempt(probe)).capabilities.empty());
  }
}

TEST(OldSpeaker, AnotherRefusal_ChangesNothing) {
  Probe probe;
  probe.start();
  probe.connect();
  probe.receive(framed(MessageType::Notification, "02 02"_hex));

  EXPECT_FALSE(open_on(probe, next_attempt(probe)).capabilities.empty());
}

// --- RFC 4271 6.4

// Rules 4271-30
TEST(MalformedNotification, IsNeverAnswered) {
  for (const char* header : {"ffff... 0013 03", "ffff... 0014 03 06", "ffff... ffff 03"}) {
    for (const bool established : {false, true}) {
      PeerConfig config = session_config();
      config.extended_message = false;
      Probe probe(config);
      if (established) {
        probe.establish();
      } else {
        probe.start();
        probe.connect();
      }
      const ConnectionId id = probe.dialed;
      const std::size_t before = probe.wires[id].sent.size();

      probe.receive(id, octets_of_hex(header));

      EXPECT_TRUE(probe.wires[id].closed) << header;
      EXPECT_EQ(probe.wires[id].sent.size(), before) << header;
      EXPECT_EQ(probe.downs, established ? 1 : 0);
      if (established) {
        EXPECT_EQ(probe.down_event, EventId::NotifMsg);
        EXPECT_EQ(probe.down_sent, std::nullopt);
      }
    }
  }
}

// --- Filters (RFC 5291)

PeerConfig with_filters(capability::OutboundRouteFiltering::Mode mode) {
  PeerConfig config = session_config();
  config.outbound_route_filtering = {{kIpv4Unicast, {{OrfType::AddressPrefix, mode}}}};
  return config;
}

OpenMessage open_with_filters(capability::OutboundRouteFiltering::Mode mode) {
  OpenMessage open = peer_open();
  open.capabilities.emplace_back(
      capability::OutboundRouteFiltering{{{kIpv4Unicast, {{OrfType::AddressPrefix, mode}}}}});
  return open;
}

using Mode = capability::OutboundRouteFiltering::Mode;

TEST(SessionFilters, ReachTheHandlerWhereTheyWereAgreed) {
  const Bytes refresh = framed(MessageType::RouteRefresh, "0001 00 01 02 40 0001 80"_hex);
  Probe agreed(with_filters(Mode::Receive));
  agreed.establish(open_with_filters(Mode::Send));
  Probe other(with_filters(Mode::Send));
  other.establish(open_with_filters(Mode::Send));

  agreed.receive(refresh);
  other.receive(refresh);

  EXPECT_EQ(agreed.log.back(), "refresh ipv4-unicast request orf defer, address-prefix remove-all");
  EXPECT_EQ(other.log.back(), "refresh ipv4-unicast request");
}

TEST(SessionFilters, AreSentWhereThePeerTakesThem) {
  const OrfRefresh filters{
      WhenToRefresh::Immediate,
      {{OrfType::AddressPrefix, std::vector<AddressPrefixOrf>{{OrfAction::RemoveAll, {}, 0, 0, 0, {}}}}}};
  Probe agreed(with_filters(Mode::Send));
  agreed.establish(open_with_filters(Mode::Receive));
  Probe other(with_filters(Mode::Send));
  other.establish(open_with_filters(Mode::Send));
  const std::size_t before = agreed.wires[agreed.dialed].sent.size();

  EXPECT_TRUE(agreed.session.request_refresh(kIpv4Unicast, filters));
  EXPECT_FALSE(other.session.request_refresh(kIpv4Unicast, filters));
  EXPECT_FALSE(agreed.session.request_refresh(kIpv4Unicast, {WhenToRefresh::Immediate, {{OrfType{77}, Bytes{}}}}));
  agreed.attend();

  EXPECT_EQ(hex_of(BytesView(agreed.wires[agreed.dialed].sent).subspan(before)),
            hex_of(framed(MessageType::RouteRefresh, "0001 00 01 01 40 0001 80"_hex)));
  const OrfRefresh large{WhenToRefresh::Immediate, {{OrfType::AddressPrefix, Bytes(5000, 0)}}};
  EXPECT_FALSE(agreed.session.request_refresh(kIpv4Unicast, large));
}

}  // namespace
}  // namespace bgp::test
