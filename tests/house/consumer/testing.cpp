// What is for a user's own tests: two Sessions on a virtual clock find each other.
#include <chrono>

#include "bgp/testing/session_pair.hpp"

namespace {

bgp::PeerConfig config(std::uint32_t ours, std::uint32_t theirs) {
  bgp::PeerConfig config;
  config.local_asn = ours;
  config.local_identifier = bgp::BgpIdentifier{ours};
  config.remote_asn = theirs;
  return config;
}

}  // namespace

int main() {
  bgp::test::SessionPair pair(config(65001, 65002), config(65002, 65001), 1);

  pair.start(0);
  pair.start(1);
  pair.run(std::chrono::minutes(1));

  return pair.agree() ? 0 : 1;
}
