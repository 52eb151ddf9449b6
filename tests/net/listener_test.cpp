#include "listener.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <vector>

#include "net/node.hpp"
#include "net/raw_client.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

using net::Descriptor;
using net::Gate;
using net::Listener;

class ListenerTest : public ::testing::Test {
 protected:
  ListenerTest() { listener->start(); }

  Loop loop;
  std::shared_ptr<Gate> gate = std::make_shared<Gate>();
  std::vector<Endpoints> taken;
  std::vector<Descriptor> kept;
  std::shared_ptr<Listener> listener =
      std::make_shared<Listener>(loop.executor(), net::to_asio(ip("127.0.0.2"), 0), 4096, gate,
                                 [this](Descriptor socket, const Endpoints& endpoints) {
                                   taken.push_back(endpoints);
                                   kept.push_back(std::move(socket));
                                 });
};

TEST_F(ListenerTest, ABurst_IsAcceptedWhole) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 300; ++i) {  // more than a turn's worth, all waiting in the backlog
    clients.push_back(std::make_unique<RawClient>("127.0.0.9", ip("127.0.0.2"), listener->port()));
  }

  ASSERT_TRUE(loop.until([&] { return taken.size() == clients.size(); }));

  EXPECT_EQ(taken[0].local, ip("127.0.0.2"));
  EXPECT_EQ(taken[0].local_port, listener->port());
  EXPECT_EQ(taken[0].remote, ip("127.0.0.9"));
}

TEST_F(ListenerTest, DroppedDescriptor_ClosesTheConnection) {
  RawClient client("127.0.0.9", ip("127.0.0.2"), listener->port());
  ASSERT_TRUE(loop.until([&] { return kept.size() == 1; }));

  kept.clear();

  EXPECT_TRUE(loop.until([&] { return (client.receive(), client.closed()); }));
}

TEST_F(ListenerTest, NoDescriptorsLeft_PausesInsteadOfSpinningAndGoesOnLater) {
  loop.poll();
  RawClient client("127.0.0.9", ip("127.0.0.2"), listener->port());
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const int next = ::dup(0);
  ASSERT_GE(next, 0);
  ::close(next);
  const rlimit none_left{static_cast<rlim_t>(next), before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none_left), 0);

  std::size_t turns = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) {
    loop.io().restart();
    turns += loop.io().run_one_for(5ms);
  }
  const auto pauses = static_cast<std::size_t>((std::chrono::steady_clock::now() - start) / 100ms);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);

  EXPECT_EQ(taken.size(), 0U);
  EXPECT_LE(turns, pauses + 5);
  EXPECT_TRUE(loop.until([&] { return taken.size() == 1; }));
}

TEST_F(ListenerTest, Closed_FreesThePortAndTakesNothingMore) {
  loop.poll();
  listener->close();
  loop.poll();

  EXPECT_THROW(RawClient("127.0.0.9", ip("127.0.0.2"), listener->port()), boost::system::system_error);
  EXPECT_EQ(taken.size(), 0U);
}

TEST(SocketOptions, AcceptedAndDialedSockets_AreMarkedAsNetworkControl) {
  Loop loop;
  Node a(loop.executor(), "127.0.0.2", 65001);
  Node b(loop.executor(), "127.0.0.3", 65002);
  b.add(b.passive_towards(a.address, a.asn));
  a.add(a.towards(b));
  ASSERT_TRUE(loop.until([&] { return a.recorder.up() && b.recorder.up(); }));

  int marked = 0;
  for (int descriptor = 0; descriptor < 1024; ++descriptor) {  // of this process: the two ends of the session
    sockaddr_in remote{};
    socklen_t size = sizeof remote;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&remote), &size) != 0) continue;
    const auto address = IpAddress::v4(ntohl(remote.sin_addr.s_addr));
    if (remote.sin_family != AF_INET || (address != a.address && address != b.address)) continue;
    int tos = 0;
    socklen_t length = sizeof tos;
    EXPECT_EQ(::getsockopt(descriptor, IPPROTO_IP, IP_TOS, &tos, &length), 0);
    EXPECT_EQ(tos, 0xc0) << "towards " << address;
    ++marked;
  }
  EXPECT_EQ(marked, 2);
}

}  // namespace
}  // namespace bgp::test
