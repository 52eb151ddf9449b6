// The sans-I/O core alone: a Session that is started wants to dial.
#include "bgp/session/session.hpp"

int main() {
  bgp::PeerConfig config;
  config.local_asn = 65001;
  config.local_identifier = bgp::BgpIdentifier{0x0a000001};
  config.remote_asn = 65002;
  struct Handler final : bgp::PeerHandler {
  } handler;
  bgp::Session session(config, handler);

  session.start(bgp::TimePoint{});

  return session.state() == bgp::State::Connect && session.poll_command() ? 0 : 1;
}
