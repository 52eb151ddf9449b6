// What a Session takes of the heap while nothing happens, and that it does not grow with what it has carried. A program
// of its own: it counts every operator new of the process.
#include <gtest/gtest.h>
#include <malloc.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "session/probe.hpp"

namespace {
std::size_t in_use = 0;

void* taken(std::size_t size) {
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc{};
  in_use += malloc_usable_size(memory);
  return memory;
}

void released(void* memory) noexcept {
  in_use -= malloc_usable_size(memory);
  std::free(memory);
}
}  // namespace

void* operator new(std::size_t size) { return taken(size); }
void* operator new[](std::size_t size) { return taken(size); }
void operator delete(void* memory) noexcept { released(memory); }
void operator delete[](void* memory) noexcept { released(memory); }
void operator delete(void* memory, std::size_t) noexcept { released(memory); }
void operator delete[](void* memory, std::size_t) noexcept { released(memory); }

namespace bgp {
namespace {

/// A handler that keeps nothing, and a socket that takes everything.
class Quiet : public PeerHandler {
 public:
  Quiet() : session(test::session_config(), *this) {}

  void establish() {
    session.start(now);
    connection = std::get<command::Dial>(session.poll_command().value()).connection;
    session.connected(connection, {}, now);
    receive(encode_open(test::peer_open()));
    receive(test::kKeepalive);
  }
  void receive(BytesView octets) {
    now += std::chrono::seconds{1};
    session.handle_timeout(now);
    session.received(connection, octets, now);
    send();
  }
  void send() {
    std::array<BytesView, 8> buffers;
    while (const std::size_t used = session.transmit_buffers(connection, buffers)) {
      std::size_t octets = 0;
      for (const BytesView part : std::span(buffers).first(used)) octets += part.size();
      session.transmitted(connection, octets, now);
    }
  }
  void on_writable(Session&, UpdateWriter& writer) override {
    PathAttributes attributes;
    attributes.as_path = AsPath::sequence({65001});
    attributes.next_hop.address = IpAddress::v4(0x0a000005);
    for (; to_send > 0; --to_send) {
      const Nlri nlri{Prefix(IpAddress::v4(to_send << 8), 24), 0};
      if (writer.reach(kIpv4Unicast, attributes, {&nlri, 1}) == 0) break;
    }
  }

  Session session;
  ConnectionId connection{};
  TimePoint now{};
  std::uint32_t to_send = 0;
};

TEST(SessionHeap, NotStarted_IsASmallThing) {
  const std::size_t before = in_use;
  const auto quiet = std::make_unique<Quiet>();
  // with room for a connection and the runs of its recorder: they are to lie beside the rest
  EXPECT_LE(in_use - before - sizeof(Quiet), 2560U);
}

TEST(SessionHeap, Established_StaysWithinItsBudget) {
  const std::size_t before = in_use;
  const auto quiet = std::make_unique<Quiet>();
  quiet->establish();
  ASSERT_EQ(quiet->session.state(), State::Established);
  for (int i = 0; i < 1000; ++i) quiet->receive(test::kKeepalive);

  EXPECT_LE(in_use - before - sizeof(Quiet), 4096U);
}

TEST(SessionHeap, WhatTheQueuesHeld_IsGivenBack) {
  const auto quiet = std::make_unique<Quiet>();
  quiet->establish();
  quiet->receive(test::kKeepalive);
  const std::size_t before = in_use;

  quiet->to_send = 100'000;
  quiet->session.want_write();
  for (int i = 0; i < 1000 && quiet->to_send > 0; ++i) quiet->receive(test::kUpdate);
  ASSERT_EQ(quiet->to_send, 0U);
  quiet->send();

  EXPECT_LE(in_use, before + 4096);
}

}  // namespace
}  // namespace bgp
