// GTSM (RFC 5082) and TCP MD5 (RFC 2385) with the kernel's own TCP. A segment that the kernel drops is seen in its
// counters: nothing here waits to see that nothing happens.
#include "bgp/net/transport_security.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "net/node.hpp"
#include "net/raw_client.hpp"
#include "secure_socket.hpp"
#include "support/printers.hpp"

namespace bgp::test {
namespace {

using asio::ip::tcp;

void set(int descriptor, int level, int name, int value) {
  ASSERT_EQ(::setsockopt(descriptor, level, name, &value, sizeof value), 0);
}

int get(int descriptor, int level, int name) {
  int value = 0;
  socklen_t size = sizeof value;
  EXPECT_EQ(::getsockopt(descriptor, level, name, &value, &size), 0);
  return value;
}

std::function<void(int)> with_ttl(int ttl) {
  return [ttl](int descriptor) { set(descriptor, IPPROTO_IP, IP_TTL, ttl); };
}

std::function<void(int)> with_key(const IpAddress& remote, const std::string& key) {
  return [remote, key](int descriptor) {
    net::error_code error;
    net::set_md5_key(descriptor, Prefix(remote, remote.bits()), key, error);
    ASSERT_FALSE(error) << error.message();
  };
}

/// One of the kernel's counters of TCP (/proc/net/netstat).
std::uint64_t counted(const std::string& name) {
  std::ifstream file("/proc/net/netstat");
  for (std::string names, values; std::getline(file, names) && std::getline(file, values);) {
    std::istringstream heads(names), numbers(values);
    for (std::string head, number; heads >> head && numbers >> number;) {
      if (head == name) return std::stoull(number);
    }
  }
  return 0;
}

/// An attempt to connect that nobody waits for.
class Attempt {
 public:
  Attempt(std::string_view from, const Node& to, const std::function<void(int)>& prepare = [](int) {}) : socket_(io_) {
    socket_.open(tcp::v4());
    socket_.bind({asio::ip::make_address(from), 0});
    prepare(socket_.native_handle());
    socket_.native_non_blocking(true);
    const tcp::endpoint remote(asio::ip::make_address(to_string(to.address)), to.port);
    EXPECT_NE(::connect(socket_.native_handle(), remote.data(), static_cast<socklen_t>(remote.size())), 0);
  }
  [[nodiscard]] bool connected() {
    boost::system::error_code error;
    static_cast<void>(socket_.remote_endpoint(error));
    return !error;
  }

 private:
  asio::io_context io_;
  tcp::socket socket_;
};

class Secured : public ::testing::Test {
 protected:
  PeerOptions gtsm(PeerOptions options, std::uint8_t hops) {
    options.security.gtsm_hops = hops;
    return options;
  }
  PeerOptions keyed(PeerOptions options, std::string key) {
    options.security.md5_key = std::move(key);
    return options;
  }
  [[nodiscard]] bool both_up() const { return a.recorder.up() && b.recorder.up(); }
  /// Reads until there is a message of this type.
  [[nodiscard]] bool told(RawClient& client, MessageType type) {
    return loop.until([&] { return (client.receive(), client.has(type)); });
  }

  Loop loop;
  Node a{loop.executor(), "127.0.0.2", 65001};
  Node b{loop.executor(), "127.0.0.3", 65002};
};

class Gtsm : public Secured {
 protected:
  /// A peer at 127.0.0.9 that is not dialed and may be so many hops away.
  PeerId add_peer(std::uint8_t hops) { return a.add(gtsm(a.passive_towards(ip("127.0.0.9"), 65009), hops)); }
  /// The TTL with which a dials.
  int dialed_with(const PeerOptions& options) {
    tcp::acceptor acceptor(loop.io(), {asio::ip::make_address("127.0.0.9"), 0});
    set(acceptor.native_handle(), IPPROTO_TCP, TCP_SAVE_SYN, 1);
    set(acceptor.native_handle(), IPPROTO_IP, IP_TTL, 255);  // or the SYN-ACK is dropped
    acceptor.non_blocking(true);
    PeerOptions towards = options;
    towards.remote_port = acceptor.local_endpoint().port();
    const PeerId id = a.add(towards);
    tcp::socket socket(loop.io());
    boost::system::error_code error;
    EXPECT_TRUE(loop.until([&] { return (acceptor.accept(socket, error), !error); }));
    std::array<std::uint8_t, 128> syn{};
    socklen_t size = syn.size();
    EXPECT_EQ(::getsockopt(socket.native_handle(), IPPROTO_TCP, TCP_SAVED_SYN, syn.data(), &size), 0);
    a.speaker.remove_peer(id);
    return syn[8];
  }
};

// Rules 5082-01 5082-02
TEST_F(Gtsm, OnBothSides_TheSessionComesUp) {
  a.add(gtsm(a.towards(b), 1));
  b.add(gtsm(b.towards(a), 1));

  EXPECT_TRUE(loop.until([&] { return both_up(); }));
}

TEST_F(Gtsm, OverIpv6_TheSessionComesUp) {
  Node c(loop.executor(), "::1", 65003);
  Node d(loop.executor(), "::1", 65004);
  c.add(gtsm(c.towards(d), 1));
  d.add(gtsm(d.passive_towards(c.address, c.asn), 1));

  EXPECT_TRUE(loop.until([&] { return c.recorder.up() && d.recorder.up(); }));
}

// Rules 5082-01
TEST_F(Gtsm, WhatWeSend_HasTtl255) {
  EXPECT_EQ(dialed_with(gtsm(a.towards(ip("127.0.0.9"), 65009), 1)), 255);

  // What takes nothing less sees the SYN-ACK and our OPEN
  add_peer(1);
  RawClient client("127.0.0.9", a.address, a.port, [](int descriptor) {
    set(descriptor, IPPROTO_IP, IP_TTL, 255);
    set(descriptor, IPPROTO_IP, IP_MINTTL, 255);
  });
  EXPECT_TRUE(told(client, MessageType::Open));
}

// Rules 5082-02
TEST_F(Gtsm, WhoConnectsFromTooFar_IsClosedUnseen) {
  for (const std::uint8_t hops : {std::uint8_t{1}, std::uint8_t{3}}) {
    const PeerId id = add_peer(hops);
    RawClient far("127.0.0.9", a.address, a.port, with_ttl(255 - hops));
    ASSERT_TRUE(loop.until([&] { return (far.receive(), far.closed()); }));
    EXPECT_TRUE(far.types().empty());

    RawClient near("127.0.0.9", a.address, a.port, with_ttl(256 - hops));
    EXPECT_TRUE(told(near, MessageType::Open));
    a.speaker.remove_peer(id);
  }
  EXPECT_TRUE(a.recorder.all_received.empty());
}

// Rules 5082-02
TEST_F(Gtsm, OctetsFromTooFar_NeverReachTheSession) {
  add_peer(1);
  RawClient client("127.0.0.9", a.address, a.port, with_ttl(255));
  ASSERT_TRUE(told(client, MessageType::Open));
  OpenMessage open;
  open.my_as = 65009;
  open.hold_time = 90;
  open.identifier = {0x0a000009};
  const std::uint64_t dropped = counted("TCPMinTTLDrop");

  set(client.descriptor(), IPPROTO_IP, IP_TTL, 64);
  client.send(encode_open(open));
  ASSERT_TRUE(loop.until([&] { return counted("TCPMinTTLDrop") > dropped; }));
  client.receive();
  EXPECT_FALSE(client.has(MessageType::Keepalive));

  set(client.descriptor(), IPPROTO_IP, IP_TTL, 255);  // TCP sends them again
  EXPECT_TRUE(told(client, MessageType::Keepalive));
}

// Rules 5082-03
TEST_F(Gtsm, UnlessAskedFor_IsOff) {
  const int system = [] {
    asio::io_context io;
    tcp::socket socket(io, tcp::v4());
    return get(socket.native_handle(), IPPROTO_IP, IP_TTL);
  }();
  EXPECT_EQ(dialed_with(a.towards(ip("127.0.0.9"), 65009)), system);

  add_peer(0);
  RawClient client("127.0.0.9", a.address, a.port, with_ttl(3));
  EXPECT_TRUE(told(client, MessageType::Open));
}

// Rules 5082-03
TEST_F(Gtsm, ForOnePeer_ChangesNothingForAnother) {
  add_peer(1);
  a.add(a.passive_towards(ip("127.0.0.8"), 65008));

  RawClient other("127.0.0.8", a.address, a.port, with_ttl(3));

  EXPECT_TRUE(told(other, MessageType::Open));
}

TEST_F(Gtsm, AnAcceptedSocket_HasWhatItsPeerIsToHave) {
  tcp::acceptor acceptor(loop.io(), {asio::ip::make_address("127.0.0.9"), 0});
  net::error_code error;
  net::expect_gtsm(acceptor.native_handle(), false, error);
  ASSERT_FALSE(error);
  RawClient client("127.0.0.8", ip("127.0.0.9"), acceptor.local_endpoint().port(), with_ttl(255));
  tcp::socket socket = acceptor.accept();
  const auto secured = [&](const TransportSecurity& security) {
    net::secure_accepted(socket.native_handle(), ip("127.0.0.8"), security, error);
    EXPECT_FALSE(error) << error.message();
    return std::pair(get(socket.native_handle(), IPPROTO_IP, IP_TTL),
                     get(socket.native_handle(), IPPROTO_IP, IP_MINTTL));
  };

  EXPECT_EQ(secured({.gtsm_hops = 0, .ttl = 1, .md5_key = {}}), (std::pair(1, 0)));
  EXPECT_EQ(secured({.gtsm_hops = 2, .ttl = 0, .md5_key = {}}), (std::pair(255, 254)));
}

TEST_F(Gtsm, WithoutIt_TheTtlIsThatOfTheOptions) {
  PeerOptions options = a.towards(ip("127.0.0.9"), 65009);
  options.security.ttl = 7;
  EXPECT_EQ(dialed_with(options), 7);
}

class TcpMd5 : public Secured {
 protected:
  void SetUp() override {
    if (!has_tcp_md5()) GTEST_SKIP() << "this kernel has no TCP MD5 (CONFIG_TCP_MD5SIG)";
  }
};

// Rules 2385-01
TEST_F(TcpMd5, TheSameKey_BringsTheSessionUp) {
  a.add(keyed(a.towards(b), "a key"));
  b.add(keyed(b.towards(a), "a key"));

  EXPECT_TRUE(loop.until([&] { return both_up(); }));
}

TEST_F(TcpMd5, OverIpv6_TheSessionComesUp) {
  Node c(loop.executor(), "::1", 65003);
  Node d(loop.executor(), "::1", 65004);
  c.add(keyed(c.towards(d), "another key"));
  d.add(keyed(d.passive_towards(c.address, c.asn), "another key"));

  EXPECT_TRUE(loop.until([&] { return c.recorder.up() && d.recorder.up(); }));
}

// Rules 2385-01
TEST_F(TcpMd5, AnotherKeyOrNone_NeverReachesTheSession) {
  a.add(keyed(a.passive_towards(ip("127.0.0.9"), 65009), "a key"));
  const std::uint64_t unsigned_ones = counted("TCPMD5NotFound");
  const std::uint64_t wrong_ones = counted("TCPMD5Failure");

  Attempt none("127.0.0.9", a);
  ASSERT_TRUE(loop.until([&] { return counted("TCPMD5NotFound") > unsigned_ones; }));
  Attempt wrong("127.0.0.9", a, with_key(a.address, "another key"));
  ASSERT_TRUE(loop.until([&] { return counted("TCPMD5Failure") > wrong_ones; }));
  EXPECT_FALSE(none.connected());
  EXPECT_FALSE(wrong.connected());

  RawClient right("127.0.0.9", a.address, a.port, with_key(a.address, "a key"));
  EXPECT_TRUE(told(right, MessageType::Open));
}

// Rules 2385-01
TEST_F(TcpMd5, AListenerThatComesLater_AsksForTheKeyToo) {
  a.add(keyed(a.passive_towards(ip("127.0.0.9"), 65009), "a key"));
  const std::uint64_t unsigned_ones = counted("TCPMD5NotFound");

  a.port = a.speaker.listen(a.address, 0);

  Attempt none("127.0.0.9", a);
  ASSERT_TRUE(loop.until([&] { return counted("TCPMD5NotFound") > unsigned_ones; }));
  RawClient right("127.0.0.9", a.address, a.port, with_key(a.address, "a key"));
  EXPECT_TRUE(told(right, MessageType::Open));
}

TEST_F(TcpMd5, ThePeerRemoved_TakesItsKeyAlong) {
  const PeerId id = a.add(keyed(a.passive_towards(ip("127.0.0.9"), 65009), "a key"));
  a.speaker.remove_peer(id);

  RawClient client("127.0.0.9", a.address, a.port);

  ASSERT_TRUE(loop.until([&] { return (client.receive(), client.closed()); }));
  EXPECT_EQ(a.speaker.refused_connections(), 1U);
}

// Rules 2385-02
TEST_F(TcpMd5, AnotherKey_ChangesUnderTheSession) {
  PeerOptions of_a = keyed(a.towards(b), "a key");
  PeerOptions of_b = keyed(b.passive_towards(a.address, a.asn), "a key");
  const PeerId at_a = a.add(of_a);
  const PeerId at_b = b.add(of_b);
  ASSERT_TRUE(loop.until([&] { return both_up(); }));

  of_a.security.md5_key = of_b.security.md5_key = "the next key";
  EXPECT_EQ(a.speaker.update_peer(at_a, of_a), ConfigChange::Soft);
  EXPECT_EQ(b.speaker.update_peer(at_b, of_b), ConfigChange::Soft);
  a.recorder.to_announce = many_prefixes(10);
  a.speaker.want_write(at_a);

  ASSERT_TRUE(loop.until([&] { return b.recorder.routes.size() == 10; }));
  EXPECT_EQ(a.recorder.downs + b.recorder.downs, 0);

  // and the next connection has it, too
  a.speaker.reset_peer(at_a);
  EXPECT_TRUE(loop.until([&] { return a.recorder.ups == 2 && b.recorder.ups == 2; }));
}

TEST_F(TcpMd5, OnAndOff_AreResets) {
  PeerOptions options = a.towards(b);
  EXPECT_EQ(classify(options, keyed(options, "a key")), ConfigChange::Reset);
  EXPECT_EQ(classify(keyed(options, "a key"), options), ConfigChange::Reset);
  EXPECT_EQ(classify(keyed(options, "a key"), keyed(options, "a key")), ConfigChange::Unchanged);
  EXPECT_EQ(classify(options, gtsm(options, 1)), ConfigChange::Reset);
  EXPECT_EQ(classify(gtsm(options, 1), gtsm(options, 2)), ConfigChange::Reset);
  EXPECT_EQ(classify(keyed(options, "a key"), keyed(gtsm(options, 1), "another key")), ConfigChange::Reset);
}

// Rules 2385-01
TEST_F(TcpMd5, ARange_HasOneKeyForAll) {
  PeerRange range;
  range.prefix = prefix("127.0.5.0/24");
  range.peer = keyed(a.towards(a.address, 0), "a key");
  a.speaker.accept_from(
      range, [&](PeerId, const PeerOptions&) { return AcceptedPeer{std::make_unique<Recorder>(), loop.executor()}; });
  const std::uint64_t unsigned_ones = counted("TCPMD5NotFound");

  Attempt none("127.0.5.7", a);
  ASSERT_TRUE(loop.until([&] { return counted("TCPMD5NotFound") > unsigned_ones; }));
  EXPECT_FALSE(none.connected());
  RawClient right("127.0.5.7", a.address, a.port, with_key(a.address, "a key"));
  EXPECT_TRUE(told(right, MessageType::Open));

  a.speaker.refuse_from(range.prefix);
  RawClient stranger("127.0.5.8", a.address, a.port);
  EXPECT_TRUE(loop.until([&] { return (stranger.receive(), stranger.closed()); }));
}

TEST(TransportSecurityProblems, AreSaidInWords_WithoutTheKey) {
  EXPECT_TRUE(problems(TransportSecurity{}).empty());
  EXPECT_TRUE(problems({.gtsm_hops = 254, .ttl = 0, .md5_key = std::string(80, 'k')}).empty());
  EXPECT_EQ(problems({.gtsm_hops = 255, .ttl = 0, .md5_key = {}}).size(), 1U);
  EXPECT_EQ(problems({.gtsm_hops = 1, .ttl = 64, .md5_key = {}}).size(), 1U);
  const auto long_key = problems({.gtsm_hops = 0, .ttl = 0, .md5_key = std::string(81, 'k')});
  ASSERT_EQ(long_key.size(), 1U);
  EXPECT_NE(long_key[0].find("81 octets"), std::string::npos);
  EXPECT_EQ(long_key[0].find("kk"), std::string::npos);
}

}  // namespace
}  // namespace bgp::test
