// Farewells over a real pair of sockets.
#include "farewell.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>

#include "net/node.hpp"
#include "net/raw_client.hpp"

namespace bgp::test {
namespace {

using net::Farewell;
using net::tcp;

class FarewellTest : public ::testing::Test {
 protected:
  FarewellTest() {
    tcp::acceptor acceptor(loop.io(), net::to_asio(ip("127.0.0.2"), 0));
    client = std::make_unique<RawClient>("127.0.0.3", ip("127.0.0.2"), acceptor.local_endpoint().port());
    socket = acceptor.accept();
    socket.non_blocking(true);
  }
  std::shared_ptr<Farewell> farewell(Bytes octets, std::chrono::milliseconds time = 10min) {
    auto made = std::make_shared<Farewell>(
        std::move(socket), std::move(octets), gate, [this](const Farewell*) { ++over; }, time);
    made->start();
    return made;
  }

  Loop loop;
  std::unique_ptr<RawClient> client;
  tcp::socket socket{loop.io()};
  std::shared_ptr<net::Gate> gate = std::make_shared<net::Gate>();
  int over = 0;
};

// Rules 4271-11
TEST_F(FarewellTest, PeerReadsAndCloses_IsOverWithoutReset) {
  const auto it = farewell(encode_keepalive());
  ASSERT_TRUE(loop.until([&] { return (client->receive(), client->closed()); }));
  for (int i = 0; i < 10; ++i) loop.poll();
  EXPECT_EQ(over, 0);  // half-closed: the peer may still be writing
  EXPECT_FALSE(client->reset());
  EXPECT_EQ(client->types(), std::vector{MessageType::Keepalive});

  client->close();

  EXPECT_TRUE(loop.until([&] { return over == 1; }));
}

TEST_F(FarewellTest, PeerStillSends_IsReadAndDiscarded) {
  client->send(Bytes(100'000, 0));
  const auto it = farewell(encode_keepalive());
  for (int i = 0; i < 20; ++i) {
    client->send(Bytes(10'000, 0));
    loop.poll();
  }
  ASSERT_TRUE(loop.until([&] { return (client->receive(), client->closed()); }));

  client->close();

  ASSERT_TRUE(loop.until([&] { return over == 1; }));
  EXPECT_FALSE(client->reset());
  EXPECT_TRUE(client->has(MessageType::Keepalive));
}

TEST_F(FarewellTest, PeerHalfClosedFirst_StillGetsTheLastOctets) {
  client->shutdown_send();
  const auto it = farewell(encode_keepalive());

  ASSERT_TRUE(loop.until([&] { return over == 1; }));
  ASSERT_TRUE(loop.until([&] { return (client->receive(), client->closed()); }));
  EXPECT_FALSE(client->reset());
  EXPECT_TRUE(client->has(MessageType::Keepalive));
}

TEST_F(FarewellTest, PeerNeverCloses_IsOverWhenTheTimeIs) {
  const auto it = farewell(encode_keepalive(), 50ms);

  EXPECT_TRUE(loop.until([&] { return over == 1; }));
}

TEST_F(FarewellTest, PeerReadsNothing_IsOverWhenTheTimeIs) {
  const auto it = farewell(Bytes(std::size_t{50} * 1024 * 1024), 50ms);

  EXPECT_TRUE(loop.until([&] { return over == 1; }));
}

TEST_F(FarewellTest, MoreThanTheSocketTakes_ArrivesWhole) {
  Bytes octets;
  for (int i = 0; i < 300'000; ++i) {
    const Bytes keepalive = encode_keepalive();
    octets.insert(octets.end(), keepalive.begin(), keepalive.end());
  }
  const auto it = farewell(octets);

  ASSERT_TRUE(loop.until([&] { return (client->receive(), client->closed()); }));

  EXPECT_FALSE(client->reset());
  EXPECT_EQ(client->types().size(), 300'000U);
}

TEST_F(FarewellTest, Closed_RunsNothingMore) {
  const auto it = farewell(encode_keepalive(), 50ms);

  it->close();

  ASSERT_TRUE(loop.until([&] { return (client->receive(), client->closed()); }));
  loop.poll();
  EXPECT_EQ(over, 0);
}

TEST_F(FarewellTest, GateShut_RunsNothingMore) {
  const auto it = farewell(encode_keepalive(), 50ms);

  gate->shut([&] { it->close(); });

  loop.io().restart();
  loop.io().run();  // returns: nothing waits any more
  EXPECT_EQ(over, 0);
}

}  // namespace
}  // namespace bgp::test
