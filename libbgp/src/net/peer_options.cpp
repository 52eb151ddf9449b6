#include <algorithm>

#include "bgp/net/speaker.hpp"

namespace bgp {

std::vector<std::string> problems(const PeerOptions& options) {
  std::vector<std::string> found = problems(options.session);
  if (std::ranges::all_of(options.remote_address.octets(), [](std::uint8_t octet) { return octet == 0; })) {
    found.emplace_back("remote address: " + to_string(options.remote_address) + " is no peer's address");
  }
  if (options.remote_port == 0 && !options.session.attributes.passive) {
    found.emplace_back("remote port: 0 cannot be dialed");
  }
  if (options.local_address && options.local_address->is_v4() != options.remote_address.is_v4()) {
    found.emplace_back("local address: " + to_string(*options.local_address) + " and remote address " +
                       to_string(options.remote_address) + " are not of one family");
  }
  return found;
}

}  // namespace bgp
