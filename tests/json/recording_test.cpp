// Explanations and dumps as JSON: what is promised, and that a dump read back plays to the same states.
#include "bgp/json/recording.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "session/probe.hpp"

namespace bgp {
namespace {

using std::chrono::seconds;
using test::kKeepalive;
using test::Probe;

/// Through text, as a file would have it.
Recording read_back(const Recording& recording) {
  const std::string line = boost::json::serialize(dump(recording));
  return recording_of(boost::json::parse(line).as_object());
}

std::vector<std::string> changes(const Recording& recording) {
  std::vector<std::string> changes;
  for (const Record& record : replay(recording).changes) {
    changes.push_back(std::to_string(record.time.time_since_epoch().count()) + " " + to_string(record));
  }
  return changes;
}

/// A session of some hours that ends badly, and the attempts behind it.
Probe& live(Probe& probe) {
  OpenMessage open = test::peer_open();
  open.capabilities.emplace_back(capability::GracefulRestart{false, true, 60, {{kIpv4Unicast, true}}});
  probe.establish(open);
  for (int i = 0; i < 300; ++i) {
    probe.advance(seconds{23});
    probe.receive(kKeepalive);
  }
  probe.receive(framed(MessageType::Notification, "06 04"_hex));
  probe.advance(seconds{400});
  probe.connect();
  probe.receive(framed(MessageType::Notification, "02 02"_hex));
  probe.advance(seconds{7});
  return probe;
}

TEST(Dump, ReadBack_PlaysToTheSameStatesAtTheSameTimes) {
  PeerConfig config = test::session_config();
  config.graceful_restart = capability::GracefulRestart{false, true, 120, {{kIpv4Unicast, false}}};
  Probe probe(config, Jitter(11));
  const Recording recording = live(probe).session.recording(probe.now);

  const Recording again = read_back(recording);

  EXPECT_GT(changes(recording).size(), 5U);
  EXPECT_EQ(changes(again), changes(recording));
  EXPECT_EQ(again.present->foremost().fsm.state(), probe.session.state());
  EXPECT_EQ(again.present->poll_timeout(), probe.session.poll_timeout());
}

TEST(Dump, OfARingThatHasWrapped_StillPlays) {
  Probe probe(test::session_config(), Jitter(5));
  probe.start();
  for (int i = 0; i < 60; ++i) {
    probe.lose(probe.dialed);
    probe.advance(seconds{200});
  }
  const Recording recording = probe.session.recording(probe.now);

  const Recording again = read_back(recording);

  EXPECT_GT(recording.tail_number, 1U);
  EXPECT_EQ(changes(again), changes(recording));
}

TEST(Dump, OfACollision_KeepsBothConnections) {
  Probe probe;
  probe.start();
  probe.connect();
  const ConnectionId incoming = probe.accept();
  probe.receive(incoming, encode_open(test::peer_open()));
  probe.receive(probe.dialed, encode_open(test::peer_open()));
  const Recording recording = probe.session.recording(probe.now);

  const Recording again = read_back(recording);

  EXPECT_EQ(changes(again), changes(recording));
  EXPECT_EQ(again.present->links().size(), recording.present->links().size());
}

TEST(Dump, IsALineOfAScenarioFile) {
  Probe probe;
  live(probe);

  const boost::json::object line = dump(probe.session.recording(probe.now));

  for (const char* key : {"id", "title", "config", "steps"}) EXPECT_TRUE(line.contains(key)) << key;
  EXPECT_TRUE(is_dump(line));
  EXPECT_EQ(line.at("present").as_string(), std::string(to_string(probe.session.state())));
}

TEST(Dump, WhatIsNone_IsRefusedInWords) {
  for (const char* text : {"{}", R"({"our_open":"zz"})", R"({"our_open":"00"})", R"({"snapshot":{}})"}) {
    EXPECT_THROW((void)recording_of(boost::json::parse(text).as_object()), std::runtime_error) << text;
  }
}

TEST(ExplanationJson, HasTheTreeTheRemediesAndBothOpens) {
  Probe probe;
  probe.establish();
  probe.receive(framed(MessageType::Notification, "06 02 0b 6d61696e74656e616e6365"_hex));

  const boost::json::object json = to_json(explain(probe.session.recording(probe.now)));

  EXPECT_EQ(json.at("state").as_string(), "Idle");
  EXPECT_EQ(json.at("ended_by").as_string(), "peer");
  EXPECT_EQ(json.at("next_attempt").to_number<double>(), 5.0);
  EXPECT_EQ(json.at("why").at("because").at(0).at("rfc").as_string(), "RFC 4486 4");
  EXPECT_EQ(json.at("remedies").at(0).as_string(), "the peer's operator has to start it again");
  EXPECT_EQ(json.at("last_session").at("received").at("communication").as_string(), "maintenance");
  EXPECT_EQ(json.at("opens").at("received").at("asn").to_number<unsigned>(), 65002U);
}

TEST(ExplanationJson, RefusedMessage_IsThere) {
  Probe probe;
  probe.establish();
  probe.receive(framed(MessageType::Update, "ffff 0000"_hex));

  const boost::json::object json = to_json(explain(probe.session.recording(probe.now)));

  EXPECT_EQ(json.at("refused").as_string(), "ffffffffffffffffffffffffffffffff001702ffff0000");
}

}  // namespace
}  // namespace bgp
