// bench/driven_session.hpp
//
// An Established Session with the least that drives one: its socket takes everything at once.
#pragma once

#include <array>
#include <chrono>
#include <utility>

#include "bgp/session/session.hpp"

namespace bench {

/// What both sides of every session here agree on.
[[nodiscard]] inline bgp::PeerConfig session_config() {
  bgp::PeerConfig config;
  config.local_asn = 65001;
  config.local_identifier = {0x0a000001};
  config.remote_asn = 65002;
  config.families = {bgp::kIpv4Unicast, bgp::kIpv6Unicast};
  return config;
}

class DrivenSession : public bgp::PeerHandler {
 public:
  DrivenSession() : session_(session_config(), *this) {}

  /// Dials, and shakes hands with a peer of AS 65002.
  void establish() {
    session_.start(now_);
    connection_ = std::get<bgp::command::Dial>(session_.poll_command().value()).connection;
    session_.connected(connection_, {}, now_);
    attend();
    bgp::OpenMessage open;
    open.my_as = 65002;
    open.hold_time = 90;
    open.identifier = {0x0a000002};
    open.capabilities = {bgp::capability::Multiprotocol{bgp::kIpv4Unicast},
                         bgp::capability::Multiprotocol{bgp::kIpv6Unicast}, bgp::capability::RouteRefresh{},
                         bgp::capability::FourOctetAs{65002}};
    receive(bgp::encode_open(open));
    receive(bgp::encode_keepalive());
  }
  /// What one read of a socket gives, a millisecond after the one before.
  void receive(bgp::BytesView octets) {
    now_ += std::chrono::milliseconds{1};
    if (const auto due = session_.poll_timeout(); due && *due <= now_) session_.handle_timeout(now_);
    session_.received(connection_, octets, now_);
    attend();
  }
  [[nodiscard]] const bgp::Session& session() const { return session_; }
  /// Depends on every UPDATE that came in.
  [[nodiscard]] std::uint64_t sum() const { return sum_; }

  void on_update(bgp::Session&, const bgp::UpdateView& update) override { sum_ += 1 + update.error_count(); }

 private:
  void attend() {
    while (session_.poll_command()) {
    }
    std::array<bgp::BytesView, 8> buffers;
    while (const std::size_t used = session_.transmit_buffers(connection_, buffers)) {
      std::size_t octets = 0;
      for (const bgp::BytesView part : std::span(buffers).first(used)) octets += part.size();
      session_.transmitted(connection_, octets, now_);
    }
  }

  bgp::Session session_;
  bgp::ConnectionId connection_{};
  bgp::TimePoint now_{};
  std::uint64_t sum_ = 0;
};

}  // namespace bench
