// Each field of PeerConfig: whether another value of it flaps the session. The table is complete, and the guide shows
// it.
#include "bgp/session/config_change.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>

#include "session/probe.hpp"
#include "support/data.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;
using test::kKeepalive;
using test::kUpdate;
using test::peer_open;
using test::Probe;

/// For each field, a configuration that differs from session_config() in it alone.
std::map<std::string, std::function<void(PeerConfig&)>> changes() {
  return {
      {"local_asn", [](PeerConfig& c) { c.local_asn = 65009; }},
      {"local_identifier", [](PeerConfig& c) { c.local_identifier = {0x0a000006}; }},
      {"remote_asn", [](PeerConfig& c) { c.remote_asn = 0; }},
      {"attributes.connect_retry_time", [](PeerConfig& c) { c.attributes.connect_retry_time = seconds{7}; }},
      {"attributes.hold_time", [](PeerConfig& c) { c.attributes.hold_time = 60; }},
      {"attributes.large_hold_time", [](PeerConfig& c) { c.attributes.large_hold_time = seconds{100}; }},
      {"attributes.send_hold_time", [](PeerConfig& c) { c.attributes.send_hold_time = seconds{1000}; }},
      {"attributes.delay_open", [](PeerConfig& c) { c.attributes.delay_open = true; }},
      {"attributes.delay_open_time", [](PeerConfig& c) { c.attributes.delay_open_time = seconds{9}; }},
      {"attributes.passive", [](PeerConfig& c) { c.attributes.passive = true; }},
      {"attributes.damp_peer_oscillations", [](PeerConfig& c) { c.attributes.damp_peer_oscillations = false; }},
      {"attributes.send_notification_without_open",
       [](PeerConfig& c) { c.attributes.send_notification_without_open = false; }},
      {"attributes.collision_detect_established",
       [](PeerConfig& c) { c.attributes.collision_detect_established = true; }},
      {"idle_hold.first", [](PeerConfig& c) { c.idle_hold.first = seconds{1}; }},
      {"idle_hold.longest", [](PeerConfig& c) { c.idle_hold.longest = seconds{100}; }},
      {"idle_hold.forget", [](PeerConfig& c) { c.idle_hold.forget = seconds{100}; }},
      {"most_automatic_starts", [](PeerConfig& c) { c.most_automatic_starts = 10; }},
      {"minimum_hold_time", [](PeerConfig& c) { c.minimum_hold_time = 30; }},
      {"families", [](PeerConfig& c) { c.families.push_back(kIpv6Unicast); }},
      {"required_families", [](PeerConfig& c) { c.required_families = {kIpv4Unicast}; }},
      {"required_capabilities", [](PeerConfig& c) { c.required_capabilities = {CapabilityCode::FourOctetAs}; }},
      {"paths_limit", [](PeerConfig& c) { c.paths_limit = {{kIpv4Unicast, 4}}; }},
      {"multiple_labels", [](PeerConfig& c) { c.multiple_labels = {{kIpv4Unicast, 2}}; }},
      {"outbound_route_filtering", [](PeerConfig& c) { c.outbound_route_filtering = {{kIpv4Unicast, {}}}; }},
      {"software_version", [](PeerConfig& c) { c.software_version = capability::SoftwareVersion{"1"}; }},
      {"retry_without_capabilities", [](PeerConfig& c) { c.retry_without_capabilities = false; }},
      {"enforce_first_as", [](PeerConfig& c) { c.enforce_first_as = true; }},
      {"capabilities", [](PeerConfig& c) { c.capabilities = false; }},
      {"four_octet_as", [](PeerConfig& c) { c.four_octet_as = false; }},
      {"route_refresh", [](PeerConfig& c) { c.route_refresh = false; }},
      {"enhanced_route_refresh", [](PeerConfig& c) { c.enhanced_route_refresh = false; }},
      {"extended_message", [](PeerConfig& c) { c.extended_message = false; }},
      {"add_path", [](PeerConfig& c) { c.add_path = {{kIpv4Unicast, capability::AddPath::Mode::Both}}; }},
      {"graceful_restart", [](PeerConfig& c) { c.graceful_restart = capability::GracefulRestart{}; }},
      {"stale_times", [](PeerConfig& c) { c.stale_times.most = seconds{1}; }},
      {"long_lived_graceful_restart",
       [](PeerConfig& c) { c.long_lived_graceful_restart = capability::LongLivedGracefulRestart{}; }},
      {"role", [](PeerConfig& c) { c.role = BgpRole::Provider; }},
      {"role_strict", [](PeerConfig& c) { c.role_strict = true; }},
      {"extended_next_hop", [](PeerConfig& c) { c.extended_next_hop = capability::ExtendedNextHop{}; }},
      {"fqdn", [](PeerConfig& c) { c.fqdn = capability::Fqdn{"host", ""}; }},
      {"other_capabilities", [](PeerConfig& c) { c.other_capabilities = {capability::RouteRefresh{}}; }},
      {"collision", [](PeerConfig& c) { c.collision = CollisionPolicy::Rfc4271; }},
      {"same_direction", [](PeerConfig& c) { c.same_direction = SameDirection::Refuse; }},
      {"graceful_takeover", [](PeerConfig& c) { c.graceful_takeover = GracefulTakeover::Rfc4724; }},
      {"idle_refusal", [](PeerConfig& c) { c.idle_refusal = IdleRefusal::Rfc4486; }},
      {"graceful_restart_pause", [](PeerConfig& c) { c.graceful_restart_pause = seconds{1}; }},
      {"max_input_pause", [](PeerConfig& c) { c.max_input_pause = seconds{100}; }},
      {"send_queue_octets", [](PeerConfig& c) { c.send_queue_octets = 4096; }},
  };
}

PeerConfig changed(std::string_view field) {
  PeerConfig config = test::session_config();
  const auto all = changes();
  const auto found = all.find(std::string(field));
  if (found != all.end()) found->second(config);
  return config;
}

TEST(ConfigChange, EachField_HasATestOfItsOwn) {
  EXPECT_EQ(config_fields().size(), changes().size());
  for (const ConfigField& field : config_fields()) {
    EXPECT_EQ(changes().count(std::string(field.name)), 1U) << field.name;
  }
}

TEST(ConfigChange, NoDifference_IsUnchanged) {
  EXPECT_EQ(classify(test::session_config(), test::session_config()), ConfigChange::Unchanged);
}

TEST(ConfigChange, SeveralFields_CountAsTheStrongest) {
  PeerConfig config = changed("idle_hold.first");
  config.fqdn = capability::Fqdn{"host", ""};

  EXPECT_EQ(classify(test::session_config(), config), ConfigChange::Reset);
}

// docs/guide/changing-a-peer.md shows the table as it is.
TEST(ConfigChange, TheGuide_ShowsTheTable) {
  std::ifstream file(tree_file("docs/guide/changing-a-peer.md"));
  std::stringstream guide;
  guide << file.rdbuf();
  std::string table;
  for (const ConfigField& field : config_fields()) {
    table += "| `" + std::string(field.name) + "` | " + std::string(to_string(field.effect)) + " | " +
             std::string(field.when) + " |\n";
  }

  EXPECT_NE(guide.str().find(table), std::string::npos) << "the table is:\n" << table;
}

class ConfigChangeOf : public testing::TestWithParam<std::string_view> {};

TEST_P(ConfigChangeOf, AnEstablishedSession_IsKeptOrResetAsTheTableSays) {
  const auto field = std::ranges::find(config_fields(), GetParam(), &ConfigField::name);
  Probe probe;
  probe.establish();
  ASSERT_EQ(probe.ups, 1);
  const PeerConfig config = changed(GetParam());

  const ConfigChange change = probe.session.configure(config, probe.now);
  probe.attend();

  EXPECT_EQ(change, field->effect);
  EXPECT_EQ(probe.session.config(), config);
  if (change == ConfigChange::Soft) {
    EXPECT_EQ(probe.session.state(), State::Established);
    probe.receive(kUpdate + kKeepalive);
    EXPECT_EQ(probe.log.back(), "received 4");
    EXPECT_EQ(probe.downs, 0);
  } else {
    EXPECT_EQ(probe.down_sent, (Notification{ErrorCode::Cease, cease::kOtherConfigurationChange, {}}));
    EXPECT_EQ(probe.dials, 2) << "it comes back at once";
    EXPECT_TRUE(probe.session.started());
  }
}

std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const ConfigField& field : config_fields()) all.push_back(field.name);
  return all;
}

std::string name_of(const testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  std::ranges::replace(name, '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Each, ConfigChangeOf, testing::ValuesIn(names()), name_of);

// --- Session::configure()

TEST(SessionConfigure, TheSameAgain_DoesNothing) {
  Probe probe;
  probe.establish();
  probe.log.clear();

  EXPECT_EQ(probe.session.configure(test::session_config(), probe.now), ConfigChange::Unchanged);
  probe.attend();

  EXPECT_TRUE(probe.log.empty());
}

TEST(SessionConfigure, AfterAReset_TheNewOpenIsSent) {
  Probe probe;
  probe.establish();
  PeerConfig config = test::session_config();
  config.attributes.hold_time = 30;

  (void)probe.session.configure(config, probe.now);
  probe.attend();
  probe.connect();
  probe.receive(encode_open(peer_open()) + kKeepalive);

  EXPECT_EQ(probe.ups, 2);
  EXPECT_EQ(probe.session.negotiated()->hold_time, 30);
}

TEST(SessionConfigure, WhileOpening_StartsOverWithTheNewValues) {
  PeerConfig config = test::session_config();
  Probe probe;
  probe.start();
  config.attributes.passive = true;

  EXPECT_EQ(probe.session.configure(config, probe.now), ConfigChange::Soft);
  probe.attend();
  EXPECT_EQ(probe.session.state(), State::Active);

  config.attributes.passive = false;
  EXPECT_EQ(probe.session.configure(config, probe.now), ConfigChange::Soft);
  probe.attend();
  EXPECT_EQ(probe.session.state(), State::Connect);
}

TEST(SessionConfigure, WhenStopped_StaysStopped) {
  Probe probe;

  EXPECT_EQ(probe.session.configure(changed("families"), probe.now), ConfigChange::Reset);
  probe.attend();

  EXPECT_FALSE(probe.session.started());
  EXPECT_EQ(probe.session.state(), State::Idle);
  EXPECT_EQ(probe.dials, 0);
}

TEST(SessionConfigure, FromInsideACallback_IsCarriedOutWhenItReturns) {
  Probe probe;
  probe.establish();
  State within{};
  probe.inside = [&](Session& session, const std::string& line) {
    if (!line.starts_with("update")) return;
    (void)session.configure(changed("fqdn"), session.now());
    within = session.state();
  };

  probe.receive(kUpdate);

  EXPECT_EQ(within, State::Established);
  EXPECT_EQ(probe.downs, 1);
}

TEST(SessionConfigure, ASoftSendHoldTime_CountsFromTheNextMessage) {
  Probe probe;
  probe.establish();
  PeerConfig config = test::session_config();
  config.attributes.send_hold_time = seconds{1000};

  (void)probe.session.configure(config, probe.now);
  probe.advance(seconds{30});  // a KEEPALIVE leaves

  EXPECT_EQ(*probe.session.deadline(Timer::SendHold) - probe.now, seconds{1000});
}

}  // namespace
}  // namespace bgp
