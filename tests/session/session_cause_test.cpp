// What a state change says about its cause belongs to the connection that changed, not to another one that it set free.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "bgp/wire/notification.hpp"
#include "session/probe.hpp"

namespace bgp::test {
namespace {

class Causes : public Probe {
 public:
  struct Seen {
    ConnectionId connection;
    EventId event;
    bool received;
    std::string detail;
  };

  void on_state_change(Session& s, const StateChange& change) override {
    seen.push_back({change.connection, change.event, change.received != nullptr, std::string(change.detail)});
    Probe::on_state_change(s, change);
  }

  std::vector<Seen> seen;
};

TEST(SessionCause, ANotificationThatReleasesAHeldOpen_IsOfTheConnectionThatItEndedAlone) {
  Causes probe;
  probe.start();
  probe.connect();
  const ConnectionId theirs = probe.accept();
  probe.receive(probe.dialed, encode_open(peer_open()) + kKeepalive);  // would lose: is held
  probe.seen.clear();

  probe.receive(theirs, encode_notification({ErrorCode::Cease, cease::kCollisionResolution, {}}));

  ASSERT_EQ(probe.session.state(), State::Established);
  for (const auto& change : probe.seen) EXPECT_EQ(change.received, change.connection == theirs);
  EXPECT_EQ(std::ranges::count(probe.seen, true, &Causes::Seen::received), 1);
}

TEST(SessionCause, ALostTransport_SaysWhyForItselfAlone) {
  Causes probe;
  probe.start();
  probe.connect();
  const ConnectionId theirs = probe.accept();
  probe.receive(probe.dialed, encode_open(peer_open()) + kKeepalive);
  probe.seen.clear();

  probe.lose(theirs);

  ASSERT_EQ(probe.session.state(), State::Established);
  for (const auto& change : probe.seen) EXPECT_EQ(change.detail.empty(), change.connection != theirs);
}

}  // namespace
}  // namespace bgp::test
