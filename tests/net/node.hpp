// What the net tests are made of: a Speaker at a loopback address (Node), a handler that writes down what happens
// (Recorder), and a loop that runs until something is so (Loop). Nothing here sleeps or measures time.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bgp/net/speaker.hpp"

namespace bgp::test {

namespace asio = boost::asio;
using namespace std::chrono_literals;

inline IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }
inline Prefix prefix(std::string_view text) { return Prefix::parse(text).value(); }

/// Runs an io_context on this thread until `so()`, or gives up after a time that no machine needs.
class Loop {
 public:
  [[nodiscard]] bool until(const std::function<bool()>& so, std::chrono::seconds patience = 60s) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!so()) {
      if (std::chrono::steady_clock::now() > end) return false;
      if (io_.stopped()) io_.restart();
      io_.run_one_for(20ms);
    }
    return true;
  }
  /// Runs what is ready.
  void poll() {
    io_.restart();
    io_.poll();
  }
  [[nodiscard]] asio::io_context& io() { return io_; }
  [[nodiscard]] asio::any_io_executor executor() { return io_.get_executor(); }

 private:
  asio::io_context io_;
};

/// Writes down what happens.
class Recorder : public PeerHandler {
 public:
  void on_established(Session& session, const SessionUp& up) override {
    ++ups;
    endpoints = up.endpoints;
    direction = up.direction;
    negotiated = up.negotiated;
    if (!to_announce.empty()) session.want_write();
  }
  void on_down(Session&, const SessionDown& down) override {
    ++downs;
    routes.clear();
    next_to_announce = 0;
    sent = down.sent ? std::optional(*down.sent) : std::nullopt;
    received = down.received ? std::optional(*down.received) : std::nullopt;
  }
  void on_update(Session&, const UpdateView& update) override {
    for (const auto& group : update.unreachable()) {
      for (const Nlri& nlri : group.nlri) routes.erase(nlri.prefix);
    }
    for (const auto& group : update.reachable()) {
      const PathAttributes shared = update.path_attributes(group);
      for (const Nlri& nlri : group.nlri) routes.insert_or_assign(nlri.prefix, shared);
    }
    if (update.end_of_rib()) ++ends_of_rib;
  }
  void on_writable(Session&, UpdateWriter& out) override {
    const std::span<const Nlri> rest = std::span<const Nlri>(to_announce).subspan(next_to_announce);
    next_to_announce += out.reach(kIpv4Unicast, attributes, rest);
    if (next_to_announce == to_announce.size()) static_cast<void>(out.end_of_rib(kIpv4Unicast));
  }
  void on_route_refresh(Session& session, const RouteRefresh&) override {
    ++refreshes;
    next_to_announce = 0;
    session.want_write();
  }
  void on_state_change(Session&, const StateChange& change) override {
    if (!change.detail.empty()) details.insert(std::string(change.detail));
    if (change.sent) all_sent.push_back(*change.sent);
    if (change.received) all_received.push_back(*change.received);
  }

  /// Up at this moment.
  [[nodiscard]] bool up() const { return ups == downs + 1; }

  int ups = 0;
  int downs = 0;
  int refreshes = 0;
  int ends_of_rib = 0;
  Endpoints endpoints;
  Direction direction{};
  std::optional<Negotiated> negotiated;
  std::map<Prefix, PathAttributes> routes;
  std::optional<Notification> sent;      // by the session that went down last
  std::optional<Notification> received;  // likewise
  std::vector<Notification> all_sent;    // on any connection
  std::vector<Notification> all_received;
  std::set<std::string> details;
  PathAttributes attributes;
  std::vector<Nlri> to_announce;
  std::size_t next_to_announce = 0;
};

/// A Speaker that listens at one address, at a port of its own.
struct Node {
  Node(asio::any_io_executor on, std::string_view at, std::uint32_t as)
      : executor(std::move(on)), address(ip(at)), asn(as), speaker(executor), port(speaker.listen(address, 0)) {
    recorder.attributes.as_path = AsPath::sequence({asn});
    recorder.attributes.next_hop.address = address.is_v4() ? address : ip("192.0.2.1");
  }

  /// How to peer with `other`: failures are retried soon.
  [[nodiscard]] PeerOptions towards(const Node& other) const { return towards(other.address, other.asn, other.port); }
  [[nodiscard]] PeerOptions towards(const IpAddress& remote, std::uint32_t remote_asn,
                                    std::uint16_t remote_port = 1) const {
    PeerOptions options;
    options.remote_address = remote;
    options.remote_port = remote_port;
    options.local_address = address;
    options.session.local_asn = asn;
    options.session.local_identifier = BgpIdentifier{0x0a000000 + asn};
    options.session.remote_asn = remote_asn;
    options.session.attributes.connect_retry_time = 300ms;
    options.session.idle_hold.first = 20ms;
    options.session.idle_hold.longest = 100ms;
    return options;
  }
  [[nodiscard]] PeerOptions passive_towards(const IpAddress& remote, std::uint32_t remote_asn) const {
    PeerOptions options = towards(remote, remote_asn);
    options.session.attributes.passive = true;
    return options;
  }
  PeerId add(PeerOptions options) { return add(std::move(options), recorder); }
  PeerId add(PeerOptions options, PeerHandler& handler) {
    return speaker.add_peer(std::move(options), handler, executor);
  }

  asio::any_io_executor executor;
  IpAddress address;
  std::uint32_t asn;
  Recorder recorder;  // outlives the speaker
  Speaker speaker;
  std::uint16_t port;
};

/// `count` different /24 under 10.0.0.0/8 and what follows.
inline std::vector<Nlri> many_prefixes(std::size_t count) {
  std::vector<Nlri> all;
  all.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(Nlri{Prefix(IpAddress::v4(static_cast<std::uint32_t>(0x0a000000 + (i << 8))), 24), 0});
  }
  return all;
}

}  // namespace bgp::test
