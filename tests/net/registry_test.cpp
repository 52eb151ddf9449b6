#include "registry.hpp"

#include <gtest/gtest.h>

#include "net/node.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

using net::Peer;
using net::Registry;

class RegistryTest : public ::testing::Test {
 protected:
  std::shared_ptr<Peer> add(std::string_view remote, std::optional<std::string_view> local = {}) {
    PeerOptions options;
    options.remote_address = ip(remote);
    if (local) options.local_address = ip(*local);
    options.session.local_asn = 65001;
    options.session.local_identifier = BgpIdentifier{1};
    auto peer = std::make_shared<Peer>(registry.next_id(), options, recorder, loop.executor(), [] {});
    registry.add(peer);
    return peer;
  }

  Loop loop;
  Recorder recorder;
  Registry registry;
};

// Rules 4271-47
TEST_F(RegistryTest, Match_IsByRemoteAddressAndByLocalWhereOneIsSet) {
  const auto one = add("192.0.2.1");
  const auto two = add("192.0.2.2", "198.51.100.1");
  const auto two_again = add("192.0.2.2", "198.51.100.2");

  EXPECT_EQ(registry.match(ip("192.0.2.1"), ip("198.51.100.7")), one);
  EXPECT_EQ(registry.match(ip("192.0.2.2"), ip("198.51.100.1")), two);
  EXPECT_EQ(registry.match(ip("192.0.2.2"), ip("198.51.100.2")), two_again);
  EXPECT_EQ(registry.match(ip("192.0.2.2"), ip("198.51.100.3")), nullptr);
  EXPECT_EQ(registry.match(ip("192.0.2.3"), ip("198.51.100.1")), nullptr);
}

TEST_F(RegistryTest, OverlappingAddresses_AreRefusedAndLeaveNothing) {
  add("192.0.2.1");
  add("192.0.2.2", "198.51.100.1");

  EXPECT_THROW(add("192.0.2.1", "198.51.100.1"), std::invalid_argument);
  EXPECT_THROW(add("192.0.2.2"), std::invalid_argument);
  EXPECT_THROW(add("192.0.2.2", "198.51.100.1"), std::invalid_argument);
  EXPECT_EQ(registry.close().size(), 2U);
}

TEST_F(RegistryTest, Unlisted_IsFoundByNumberButMatchesNobody) {
  const auto peer = add("192.0.2.1");

  EXPECT_EQ(registry.unlist(peer->id()), peer);

  EXPECT_EQ(registry.find(peer->id()), peer);
  EXPECT_EQ(registry.match(ip("192.0.2.1"), ip("198.51.100.1")), nullptr);
  EXPECT_NE(add("192.0.2.1"), peer);
  registry.erase(peer->id());
  EXPECT_EQ(registry.find(peer->id()), nullptr);
}

TEST_F(RegistryTest, Closed_TakesNoMoreAndIsEmptyWhenTheLastIsErased) {
  const auto peer = add("192.0.2.1");

  EXPECT_EQ(registry.close(), std::vector{peer});

  EXPECT_TRUE(registry.closed());
  EXPECT_FALSE(registry.empty());
  EXPECT_THROW(add("192.0.2.2"), std::logic_error);
  registry.erase(peer->id());
  EXPECT_TRUE(registry.empty());
}

}  // namespace
}  // namespace bgp::test
