// Peers with one router, prints what it learns, announces one prefix, and says goodbye on Ctrl-C.
//
//   peer 192.0.2.1 65001 65002 192.0.2.2 [port]    their address and AS, our AS and BGP Identifier

#include <bgp/bgp.hpp>
#include <boost/asio.hpp>
#include <csignal>
#include <iostream>

struct Printer : bgp::PeerHandler {
  void on_established(bgp::Session& session, const bgp::SessionUp& up) override {
    std::cout << "up: AS " << up.negotiated.peer_asn << std::endl;
    ours.as_path = bgp::AsPath::sequence({up.negotiated.local_asn});
    ours.next_hop.address = up.endpoints.local;
    session.want_write();
  }
  void on_writable(bgp::Session&, bgp::UpdateWriter& out) override {
    out.reach(bgp::kIpv4Unicast, ours, {{bgp::Nlri{*bgp::Prefix::parse("203.0.113.0/24")}}});
  }
  void on_update(bgp::Session&, const bgp::UpdateView& update) override {
    for (const auto& group : update.unreachable())
      for (const auto& nlri : group.nlri) std::cout << "- " << to_string(nlri) << std::endl;
    for (const auto& group : update.reachable())
      for (const auto& nlri : group.nlri)
        std::cout << "+ " << to_string(nlri) << ' ' << to_string(update.path_attributes(group)) << std::endl;
  }
  void on_down(bgp::Session&, const bgp::SessionDown& down) override {
    std::cout << "down: " << (down.received ? to_string(*down.received) : to_string(down.event)) << std::endl;
  }
  bgp::PathAttributes ours;
};

int main(int argc, char** argv) try {
  if (argc < 5) throw std::invalid_argument("usage: peer ADDRESS THEIR_AS OUR_AS OUR_IDENTIFIER [PORT]");
  bgp::PeerOptions options;
  options.remote_address = bgp::IpAddress::parse(argv[1]).value();
  options.session.remote_asn = static_cast<std::uint32_t>(std::stoul(argv[2]));
  options.session.local_asn = static_cast<std::uint32_t>(std::stoul(argv[3]));
  options.session.local_identifier = bgp::BgpIdentifier::parse(argv[4]).value();
  if (argc > 5) options.remote_port = static_cast<std::uint16_t>(std::stoul(argv[5]));

  boost::asio::io_context io;
  Printer printer;
  bgp::Speaker speaker(io.get_executor());
  speaker.add_peer(options, printer, io.get_executor());
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](auto, auto) { speaker.close(bgp::Stop::shutdown("goodbye")); });
  io.run();
} catch (const std::exception& error) {
  std::cerr << error.what() << std::endl;
  return 1;
}
