// Every way in which an Established session can end, in sessions without graceful restart, with it, with the N bit and
// with long-lived stale times: what the peer is told, what is kept until when, and whether it is damped.
#include "bgp/session/teardown.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <tuple>

#include "bgp/session/graceful_restart.hpp"
#include "bgp/wire/notification.hpp"
#include "session/probe.hpp"
#include "support/data.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using capability::GracefulRestart;
using capability::LongLivedGracefulRestart;
using std::chrono::seconds;
using test::kKeepalive;
using test::peer_open;
using test::Probe;

/// What graceful restart the two sides have.
enum class Terms { None, Helper, NBit, LongLived };
constexpr Terms kTerms[] = {Terms::None, Terms::Helper, Terms::NBit, Terms::LongLived};

PeerConfig config_of(Terms terms) {
  PeerConfig config = test::session_config();
  config.families = {kIpv4Unicast, kIpv6Unicast};
  config.attributes.collision_detect_established = true;
  const bool n = terms == Terms::NBit || terms == Terms::LongLived;
  if (terms != Terms::None) config.graceful_restart = GracefulRestart{false, n, 120, {}};
  if (terms == Terms::LongLived) config.long_lived_graceful_restart = LongLivedGracefulRestart{};
  return config;
}

OpenMessage open_of(Terms terms) {
  OpenMessage open = peer_open();
  open.capabilities.emplace_back(capability::Multiprotocol{kIpv6Unicast});
  const bool n = terms == Terms::NBit || terms == Terms::LongLived;
  // IPv4 with graceful restart; IPv6 with long-lived stale times alone
  if (terms != Terms::None) open.capabilities.emplace_back(GracefulRestart{false, n, 60, {{kIpv4Unicast, true}}});
  if (terms == Terms::LongLived) {
    open.capabilities.emplace_back(LongLivedGracefulRestart{{{kIpv4Unicast, true, 1000}, {kIpv6Unicast, false, 2000}}});
  }
  return open;
}

std::vector<Retention> kept(Terms terms, TimePoint down) {
  switch (terms) {
    case Terms::None: return {};
    case Terms::Helper:
    case Terms::NBit: return {{kIpv4Unicast, down + seconds{60}, down + seconds{60}}};
    case Terms::LongLived:
      return {{kIpv4Unicast, down + seconds{60}, down + seconds{1060}}, {kIpv6Unicast, down, down + seconds{2000}}};
  }
  return {};
}

/// Brings about each of the endings on an Established session that the peer's connection `id` carries.
void end(Probe& probe, Ending ending, Terms terms, ConnectionId id) {
  switch (ending) {
    case Ending::Error: probe.receive(id, Bytes(19, 0x42)); break;
    case Ending::HoldTimerExpired: probe.advance(seconds{90}); break;
    case Ending::SendHoldTimerExpired:
      probe.open_window(id, 0);
      for (int i = 0; i < 8 && probe.downs == 0; ++i) {
        probe.receive(id, kKeepalive);
        probe.advance(seconds{60});
      }
      break;
    case Ending::NotificationReceived: probe.receive(id, framed(MessageType::Notification, "06 04"_hex)); break;
    case Ending::HardResetReceived: probe.receive(id, framed(MessageType::Notification, "06 09 06 02"_hex)); break;
    case Ending::TransportLost: probe.lose(id); break;
    case Ending::Stop: probe.session.stop(Stop::deconfigured(), probe.now); break;
    case Ending::StopGraceful: probe.session.stop({cease::kOtherConfigurationChange, {}, false}, probe.now); break;
    case Ending::AutomaticStop:
      probe.session.stop_automatically(Stop::maximum_prefixes(kIpv4Unicast, 7), probe.now);
      break;
    case Ending::AutomaticStopGraceful:
      probe.session.stop_automatically({cease::kOutOfResources, {}, false}, probe.now);
      break;
    case Ending::CollisionLoser:
    case Ending::TakenOver: {
      // with graceful restart the peer that dials anew takes over, without it 6.8 decides for its connection
      probe.advance(seconds{10});
      const ConnectionId second = probe.accept();
      probe.receive(second, encode_open(open_of(terms)));
      break;
    }
  }
  probe.attend();
}

/// Whether it can happen in such a session at all.
bool possible(Ending ending, Terms terms) {
  if (ending == Ending::CollisionLoser) return terms == Terms::None;
  if (ending == Ending::TakenOver) return terms != Terms::None;
  if (ending == Ending::HardResetReceived) return terms == Terms::NBit || terms == Terms::LongLived;
  return true;
}

class TeardownOf : public testing::TestWithParam<std::tuple<std::size_t, Terms>> {};

// Rules 4724-06 4724-07 4724-08 4724-16 8538-02 8538-03 8538-04 8538-06 8538-08 4486-05
TEST_P(TeardownOf, IsAsTheTableSays) {
  const auto [row, terms] = GetParam();
  const Teardown& how = teardown_table()[row];
  Probe probe(config_of(terms));
  probe.start();
  const ConnectionId id = probe.dialed;
  probe.connect();
  probe.receive(id, encode_open(open_of(terms)) + kKeepalive);
  ASSERT_EQ(probe.ups, 1);
  const SessionTerms agreed = probe.session.negotiated()->terms();
  const int dials = probe.dials;

  end(probe, how.ending, terms, id);

  ASSERT_EQ(probe.downs, 1);
  // what is kept, and until when
  const bool keeps = how.keeps(agreed);
  EXPECT_EQ(probe.retention, keeps ? kept(terms, probe.down_at) : std::vector<Retention>{});
  EXPECT_EQ(probe.retained.size(), probe.retention.size());
  // what the peer was told
  const bool tells = how.tell != Teardown::Tell::Nothing;
  EXPECT_EQ(probe.down_sent.has_value(), tells);
  const bool last_is_notification = probe.sent_types(id).back() == MessageType::Notification;
  EXPECT_EQ(last_is_notification, tells);
  if (how.tell == Teardown::Tell::HardReset) {
    EXPECT_EQ(probe.down_sent->subcode == cease::kHardReset, agreed.notification_graceful);
  } else if (tells) {
    EXPECT_FALSE(probe.down_sent->code == ErrorCode::Cease && probe.down_sent->subcode == cease::kHardReset);
  }
  EXPECT_EQ(probe.wires[id].one_attempt, how.tell == Teardown::Tell::OneAttempt);
  // whether it is damped: if not, it is back at once, or stopped for good, or lives on another connection
  const bool damped = probe.session.deadline(Timer::IdleHold).has_value();
  EXPECT_EQ(damped, how.damps(agreed));
  if (how.ending == Ending::Stop || how.ending == Ending::StopGraceful) {
    EXPECT_FALSE(probe.session.started());
  } else if (!damped && how.ending != Ending::TakenOver && how.ending != Ending::CollisionLoser) {
    EXPECT_EQ(probe.dials, dials + 1);
  }
}

std::string name_of(const testing::TestParamInfo<TeardownOf::ParamType>& info) {
  constexpr const char* kNames[] = {"None", "Helper", "NBit", "LongLived"};
  std::string name(to_string(teardown_table()[std::get<0>(info.param)].ending));
  std::erase(name, ',');
  for (char& c : name) c = c == ' ' ? '_' : c;
  return name + "__" + kNames[static_cast<std::size_t>(std::get<1>(info.param))];
}

std::vector<std::tuple<std::size_t, Terms>> all_possible() {
  std::vector<std::tuple<std::size_t, Terms>> all;
  for (const Teardown& row : teardown_table()) {
    for (const Terms terms : kTerms) {
      if (possible(row.ending, terms)) all.emplace_back(static_cast<std::size_t>(row.ending), terms);
    }
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Each, TeardownOf, testing::ValuesIn(all_possible()), name_of);

// Whatever the code: with the N bit only a Hard Reset is none.
TEST(Teardown, NotificationsOfEveryCode_KeepRoutesWithTheNBitAlone) {
  for (const Terms terms : kTerms) {
    for (std::uint8_t code = 1; code <= 8; ++code) {
      Probe probe(config_of(terms));
      probe.establish(open_of(terms));

      probe.receive(framed(MessageType::Notification, Bytes{code, 1}));

      ASSERT_EQ(probe.downs, 1);
      EXPECT_EQ(probe.retention.empty(), terms == Terms::None || terms == Terms::Helper) << int{code};
      EXPECT_TRUE(probe.session.deadline(Timer::IdleHold));
    }
  }
}

// RFC 8538 3: without the N bit Cease/9 is a NOTIFICATION like others, which keeps nothing either
TEST(Teardown, AHardResetWithoutTheNBit_KeepsNothing) {
  Probe probe(config_of(Terms::Helper));
  probe.establish(open_of(Terms::Helper));

  probe.receive(framed(MessageType::Notification, "06 09 06 02"_hex));

  EXPECT_TRUE(probe.retention.empty());
}

// RFC 9494 4.2: an upper bound, a lower bound, or both
TEST(Teardown, TheStaleTimesOfThePeer_AreTakenWithinOurBounds) {
  const auto stale = [](const StaleTimeBounds& bounds) {
    PeerConfig config = config_of(Terms::LongLived);
    config.stale_times = bounds;
    Probe probe(config);
    probe.establish(open_of(Terms::LongLived));
    probe.lose(probe.dialed);
    std::vector<Duration> times;
    for (const Retention& one : probe.retention) times.push_back(one.until - one.restart_until);
    return times;
  };
  using Times = std::vector<Duration>;

  EXPECT_EQ(stale({}), (Times{seconds{1000}, seconds{2000}}));
  EXPECT_EQ(stale({.least = seconds{0}, .most = seconds{1500}}), (Times{seconds{1000}, seconds{1500}}));
  EXPECT_EQ(stale({.least = seconds{1500}, .most = seconds{9000}}), (Times{seconds{1500}, seconds{2000}}));
  EXPECT_EQ(stale({.least = seconds{1200}, .most = seconds{1300}}), (Times{seconds{1200}, seconds{1300}}));
}

TEST(Teardown, AStaleTimeOfZero_IsNotLifted) {
  Negotiated terms;
  terms.families = {kIpv4Unicast};
  terms.peer_long_lived = LongLivedGracefulRestart{{{kIpv4Unicast, true, 0}}};
  for (const Retention& one : retentions(terms, {}, {.least = seconds{60}, .most = seconds{90}})) {
    EXPECT_EQ(one.until, one.restart_until);
  }
}

// Rules 8538-07 9384-02
TEST(Teardown, TheReasonOfAHardReset_TravelsInsideIt) {
  Probe probe(config_of(Terms::NBit));
  probe.establish(open_of(Terms::NBit));

  probe.session.stop(Stop::shutdown("upgrade"), probe.now);

  const Notification inner = Stop::shutdown("upgrade").notification();
  EXPECT_EQ(probe.down_sent, hard_reset(inner));
}

// docs/guide/graceful-restart.md shows the table as it is.
TEST(Teardown, TheGuide_ShowsTheTable) {
  std::ifstream file(tree_file("docs/guide/graceful-restart.md"));
  std::stringstream guide;
  guide << file.rdbuf();
  std::string table;
  for (const Teardown& row : teardown_table()) {
    table += "| " + std::string(to_string(row.ending)) + " | " + std::string(to_string(row.tell)) + " | " +
             std::string(to_string(row.keep)) + " | " + std::string(to_string(row.damp)) + " |\n";
  }

  EXPECT_NE(guide.str().find(table), std::string::npos) << "the table is:\n" << table;
}

// --- The restarter's side

// Rules 4724-02
TEST(GracefulRestart, TheRBit_IsSentInTheFirstSessionAlone) {
  PeerConfig config = config_of(Terms::Helper);
  config.graceful_restart->restart_state = true;
  config.graceful_restart->families = {{kIpv4Unicast, true}};
  Probe probe(config);
  const auto sent = [&](ConnectionId id) {
    Framer framer;
    BytesView octets = probe.wires[id].sent;
    return *decode_open((*framer.next(octets))->body())->find<GracefulRestart>();
  };

  probe.start();
  probe.connect();
  EXPECT_TRUE(sent(probe.dialed).restart_state);
  probe.lose(probe.dialed);  // it did not come to a session: the next OPEN says it again
  probe.session.reset(Stop::reset(), probe.now);
  probe.attend();
  probe.connect();
  EXPECT_TRUE(sent(probe.dialed).restart_state);
  probe.receive(encode_open(open_of(Terms::Helper)) + kKeepalive);
  ASSERT_EQ(probe.ups, 1);

  probe.session.reset(Stop::reset(), probe.now);
  probe.attend();
  probe.connect();

  EXPECT_FALSE(sent(probe.dialed).restart_state);
  EXPECT_EQ(sent(probe.dialed).families, config.graceful_restart->families);
}

TEST(GracefulRestart, EndOfRibs_AreCountedByFamily) {
  Negotiated terms;
  terms.families = {kIpv4Unicast, kIpv6Unicast};
  terms.peer_graceful_restart = GracefulRestart{};
  EndOfRibs ends(terms);
  EXPECT_TRUE(ends.awaited());

  EXPECT_TRUE(ends.received(kIpv6Unicast));
  EXPECT_EQ(ends.missing(), std::vector{kIpv4Unicast});
  EXPECT_FALSE(ends.received(kIpv6Unicast));
  EXPECT_FALSE(ends.received(Family{Afi{77}, Safi{77}}));
  EXPECT_TRUE(ends.received(kIpv4Unicast));

  EXPECT_FALSE(ends.awaited());
}

// RFC 4724 4.1: neither one that sends no markers, nor one that waits for ours
// Rules 4724-15
TEST(GracefulRestart, NobodyWaitsForAPeerThatHasRestartedItself_OrKnowsNoMarkers) {
  Negotiated terms;
  terms.families = {kIpv4Unicast};
  EXPECT_FALSE(EndOfRibs(terms).awaited());

  terms.peer_graceful_restart = GracefulRestart{true, false, 60, {}};
  EXPECT_FALSE(EndOfRibs(terms).awaited());
  EXPECT_EQ(EndOfRibs(terms).missing(), std::vector{kIpv4Unicast});
}

// Rules 4724-03
TEST(GracefulRestart, PreservedFamilies_AreNegotiatedOnesWithTheFBit) {
  Negotiated terms;
  terms.families = {kIpv4Unicast};
  EXPECT_TRUE(preserved_families(terms).empty());

  terms.peer_graceful_restart = GracefulRestart{true, false, 60, {{kIpv4Unicast, true}, {kIpv6Unicast, true}}};
  terms.peer_long_lived = LongLivedGracefulRestart{{{kIpv4Unicast, false, 60}}};
  EXPECT_EQ(preserved_families(terms), std::vector{kIpv4Unicast});
  EXPECT_TRUE(long_lived_preserved_families(terms).empty());
}

// RFC 9494 4.1
TEST(GracefulRestart, LongLivedTimes_CountOnlyBesideGracefulRestart_WhereBothSidesHaveThem) {
  PeerConfig config = config_of(Terms::LongLived);
  OpenMessage open = peer_open();
  open.capabilities.emplace_back(LongLivedGracefulRestart{{{kIpv4Unicast, true, 1000}}});
  const auto alone = negotiate(make_open(config), open, config);
  ASSERT_TRUE(alone);
  EXPECT_FALSE(alone->peer_long_lived);

  const PeerConfig without = config_of(Terms::NBit);
  const auto unasked = negotiate(make_open(without), open_of(Terms::LongLived), without);
  ASSERT_TRUE(unasked);
  EXPECT_FALSE(unasked->peer_long_lived);

  config.graceful_restart.reset();
  EXPECT_EQ(problems(config).size(), 1U);
}

}  // namespace
}  // namespace bgp
