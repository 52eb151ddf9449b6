// A Session without a network: it dials, the peer answers with an OPEN of another AS than was configured, and the
// Session says why it is down. Octets, time and commands are all there is to it.
#include <bgp/session/explain.hpp>
#include <bgp/session/session.hpp>
#include <bgp/wire/open.hpp>
#include <iostream>

int main() {
  using std::chrono_literals::operator""s;
  bgp::PeerConfig config;
  config.local_asn = 65001;
  config.local_identifier = *bgp::BgpIdentifier::parse("192.0.2.1");
  config.remote_asn = 65002;
  struct Handler : bgp::PeerHandler {
  } handler;  // wants to know nothing
  bgp::Session session(config, handler);

  bgp::TimePoint now{};
  session.start(now);
  const auto dial = std::get<bgp::command::Dial>(session.poll_command().value());  // for the driver to carry out
  session.connected(dial.connection, {}, now += 1s);

  bgp::OpenMessage open;
  open.my_as = 65003;
  open.hold_time = 90;
  open.identifier = *bgp::BgpIdentifier::parse("192.0.2.2");
  session.received(dial.connection, bgp::encode_open(open), now += 1s);

  std::cout << to_string(explain(session.recording(now)));
}
