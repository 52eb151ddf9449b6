// Peers with one router on one thread and takes its routes on another, as slowly as it likes: the session stays up, and
// no more than 64 KiB wait in between. Prints how many prefixes it has after each End-of-RIB.
//
//   queued 192.0.2.1 65001 65002 192.0.2.2 [port]    their address and AS, our AS and BGP Identifier

#include <bgp/bgp.hpp>
#include <boost/asio.hpp>
#include <csignal>
#include <iostream>
#include <set>
#include <thread>

struct SlowTable : bgp::QueuedConsumer {
  void on_update(const bgp::UpdateView& update) override {
    for (const auto& group : update.unreachable())
      for (const auto& nlri : group.nlri) prefixes.erase(nlri.prefix);
    for (const auto& group : update.reachable())
      for (const auto& nlri : group.nlri) prefixes.insert(nlri.prefix);
    if (update.end_of_rib()) std::cout << prefixes.size() << " prefixes" << std::endl;
  }
  void on_down(const bgp::SessionDown& down) override {
    std::cout << "down: " << (down.received ? to_string(*down.received) : to_string(down.event)) << std::endl;
    prefixes.clear();
  }
  std::set<bgp::Prefix> prefixes;
};

int main(int argc, char** argv) try {
  if (argc < 5) throw std::invalid_argument("usage: queued ADDRESS THEIR_AS OUR_AS OUR_IDENTIFIER [PORT]");
  bgp::PeerOptions options;
  options.remote_address = bgp::IpAddress::parse(argv[1]).value();
  options.session.remote_asn = static_cast<std::uint32_t>(std::stoul(argv[2]));
  options.session.local_asn = static_cast<std::uint32_t>(std::stoul(argv[3]));
  options.session.local_identifier = bgp::BgpIdentifier::parse(argv[4]).value();
  if (argc > 5) options.remote_port = static_cast<std::uint16_t>(std::stoul(argv[5]));

  boost::asio::io_context sessions;
  boost::asio::io_context work;
  auto working = boost::asio::make_work_guard(work);
  SlowTable table;
  bgp::QueuedHandler handler(table, work.get_executor(), 64 * 1024);
  bgp::Speaker speaker(sessions.get_executor());
  handler.add_to(speaker, options, sessions.get_executor());
  std::thread worker([&] { work.run(); });

  boost::asio::signal_set signals(sessions, SIGINT, SIGTERM);
  signals.async_wait([&](auto, auto) {
    speaker.close(bgp::Stop::shutdown("goodbye"), [&] {  // then the table has the rest, and then the worker may go
      handler.flush([&] { working.reset(); });
    });
  });
  sessions.run();
  worker.join();
} catch (const std::exception& error) {
  std::cerr << error.what() << std::endl;
  return 1;
}
