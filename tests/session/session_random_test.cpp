// What must hold in every life of a Session, over random ones: any order of starts, stops, connections, losses,
// messages good and bad, and time.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "session/probe.hpp"
#include "support/printers.hpp"

namespace bgp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::kKeepalive;
using test::kRefresh;
using test::kUpdate;
using test::peer_open;
using test::Probe;

class Life {
 public:
  explicit Life(std::uint64_t seed) : random_(seed), probe_(config(random_), Jitter(seed)) {}

  void live(int steps) {
    for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
      step();
      check();
    }
  }

 private:
  static PeerConfig config(std::mt19937_64& random) {
    const auto coin = [&random] { return random() % 2 == 0; };
    PeerConfig config = test::session_config();
    config.attributes.passive = random() % 4 == 0;
    config.attributes.delay_open = random() % 4 == 0;
    config.attributes.damp_peer_oscillations = random() % 4 != 0;
    config.attributes.send_notification_without_open = coin();
    config.attributes.collision_detect_established = random() % 4 == 0;
    config.collision = coin() ? CollisionPolicy::HoldLoser : CollisionPolicy::Rfc4271;
    config.same_direction = coin() ? SameDirection::Newest : SameDirection::Refuse;
    config.graceful_takeover = coin() ? GracefulTakeover::ValidOpen : GracefulTakeover::Rfc4724;
    config.local_identifier = {coin() ? 0x0a000005U : 0x0a000009U};  // smaller than the peer's, or the same
    if (coin()) config.graceful_restart = capability::GracefulRestart{false, coin(), 120, {{kIpv4Unicast, false}}};
    return config;
  }

  std::uint64_t pick(std::uint64_t below) { return random_() % below; }

  std::vector<ConnectionId> open_wires() const {
    std::vector<ConnectionId> open;
    for (const auto& [id, wire] : probe_.wires) {
      if (wire.open && !wire.closed && !wire.lost) open.push_back(id);
    }
    return open;
  }

  Bytes message() {
    OpenMessage open = peer_open();
    if (pick(2) == 0) open.identifier = {0x0a000001};
    if (pick(4) == 0) open.hold_time = 0;
    if (pick(2) == 0) {
      open.capabilities.emplace_back(capability::GracefulRestart{false, pick(2) == 0, 60, {{kIpv4Unicast, true}}});
    }
    switch (pick(12)) {
      case 0: return framed(MessageType::Notification, Bytes{6, static_cast<std::uint8_t>(pick(11))});
      case 1: return "ffff... 0013 09"_hex;
      case 2: open.identifier = {0}; return encode_open(open);
      case 3: return framed(MessageType::Update, "ffff 0000"_hex);
      case 4: return kRefresh;
      case 5: return kUpdate;
      case 6: return encode_open(open);
      case 7:
      case 8:
      case 9: return encode_open(open) + kKeepalive;
      default: return kKeepalive;
    }
  }

  void talk() {
    const auto open = open_wires();
    if (open.empty()) return;
    const ConnectionId id = open[pick(open.size())];
    const Bytes octets = message();
    const auto notifications = [&] { return std::ranges::count(probe_.sent_types(id), MessageType::Notification); };
    const auto before = notifications();
    probe_.receive(id, octets);
    // behind a pause it ends what waits in front of it first, which may be a reason of ours
    if (octets[18] != 3 || !probe_.session.reading()) return;
    // RFC 4271 6.4: the connection ends, and nothing is answered
    EXPECT_TRUE(probe_.wires[id].closed);
    EXPECT_EQ(notifications(), before);
  }

  void step() {
    const auto open = open_wires();
    switch (pick(17)) {
      case 0: probe_.start(); break;
      case 1:
        if (pick(4) == 0) probe_.session.stop(Stop::shutdown(), probe_.now);
        break;
      case 2:
        if (pick(4) == 0) probe_.session.reset(Stop::reset(), probe_.now);
        break;
      case 3:
        if (pick(4) == 0) probe_.session.stop_automatically({cease::kOutOfResources, {}, false}, probe_.now);
        break;
      case 4:
      case 5:
        if (attempt()) probe_.connect();
        break;
      case 6:
        if (attempt()) probe_.lose(probe_.dialed);
        break;
      case 7:
      case 8: (void)probe_.accept(); break;
      case 9:
        if (!open.empty() && pick(3) == 0) probe_.lose(open[pick(open.size())]);
        break;
      case 10:
        if (!open.empty() && pick(3) == 0) probe_.wires[open[pick(open.size())]].window = pick(40);
        break;
      case 11: probe_.advance(milliseconds{pick(2000)}); break;
      case 12: probe_.advance(seconds{pick(100)}); break;
      case 13:
        if (pick(2) == 0) probe_.session.set_reading(pick(3) > 0, probe_.now);
        if (!open.empty()) probe_.session.input_waits(open[pick(open.size())], probe_.now);
        break;
      default: talk(); break;
    }
    probe_.attend();
  }

  bool attempt() {
    const auto wire = probe_.wires.find(probe_.dialed);
    return wire != probe_.wires.end() && !wire->second.open && !wire->second.closed && !wire->second.lost;
  }

  void check() {
    const Session& session = probe_.session;
    EXPECT_EQ(probe_.ups - probe_.downs, session.state() == State::Established ? 1 : 0);
    EXPECT_EQ(session.negotiated() != nullptr, session.state() == State::Established);
    int established = 0;
    std::size_t alive = 0;
    for (auto& [id, wire] : probe_.wires) {
      if (session.state(id) == State::Established) ++established;
      if (!wire.closed && !wire.lost) ++alive;
      EXPECT_EQ(wire.closed || wire.lost, session.state(id) == State::Idle);
      check_wire(id, wire);
    }
    EXPECT_LE(established, 1);
    EXPECT_LE(alive, 3U);  // one outgoing, one incoming, one just accepted
    if (!session.started()) {
      EXPECT_EQ(session.state(), State::Idle);
      EXPECT_EQ(session.poll_timeout(), std::nullopt);
      EXPECT_EQ(alive, 0U);
    } else if (!session.poll_timeout()) {
      // nothing is due: the peer's turn
      const bool waits = session.state() == State::Active && session.config().attributes.passive;
      const bool no_hold = session.state() >= State::OpenConfirm;
      EXPECT_TRUE(waits || no_hold) << to_string(session.state());
    }
    EXPECT_TRUE(!session.poll_timeout() || *session.poll_timeout() > probe_.now);
    check_recording();
  }

  // What was recorded leads to where the session is, by the same states.
  void check_recording() {
    const Recording recording = probe_.session.recording(probe_.now);
    if (recording.tail == nullptr) return;  // nothing has happened
    const Replay again = replay(recording);
    EXPECT_TRUE(again.end == *recording.present);
    std::vector<std::string> were, are;
    for (const Record& record : recording.records) {
      const bool change = std::holds_alternative<record::Changed>(record.what);
      if (change && record.number >= recording.tail_number) were.push_back(to_string(record));
    }
    for (const Record& record : again.changes) are.push_back(to_string(record));
    // the first of them may have come from an input before the tail
    ASSERT_LE(are.size(), were.size());
    were.erase(were.begin(), were.end() - static_cast<std::ptrdiff_t>(are.size()));
    EXPECT_EQ(are, were);
  }

  void check_wire(ConnectionId id, const Probe::Wire& wire) {
    const auto types = probe_.sent_types(id);
    if (types.empty()) return;
    EXPECT_TRUE(types[0] == MessageType::Open || types[0] == MessageType::Notification);
    const auto notifications = std::ranges::count(types, MessageType::Notification);
    EXPECT_LE(notifications, 1);
    EXPECT_TRUE(notifications == 0 || (wire.closed && types.back() == MessageType::Notification));
    EXPECT_EQ(std::ranges::count(types, MessageType::Open), types[0] == MessageType::Open ? 1 : 0);
  }

  std::mt19937_64 random_;
  Probe probe_;
};

// Rules 4271-48
TEST(SessionRandom, EveryLife_KeepsTheInvariants) {
  for (std::uint64_t seed = 1; seed <= 300 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Life(seed).live(120);
  }
}

}  // namespace
}  // namespace bgp
