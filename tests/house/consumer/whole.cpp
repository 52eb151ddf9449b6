// The whole library: a Speaker that listens, and is closed again.
#include <boost/asio/io_context.hpp>

#include "bgp/bgp.hpp"

int main() {
  boost::asio::io_context io;
  bgp::Speaker speaker(io.get_executor());
  bool closed = false;

  const auto port = speaker.listen(*bgp::IpAddress::parse("127.0.0.1"), 0);
  speaker.close(bgp::Stop::shutdown(), [&closed] { closed = true; });
  io.run();

  return port != 0 && closed ? 0 : 1;
}
