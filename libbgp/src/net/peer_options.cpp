#include <algorithm>
#include <iterator>

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
  std::ranges::move(problems(options.security), std::back_inserter(found));
  return found;
}

ConfigChange classify(const PeerOptions& from, const PeerOptions& to) {
  ConfigChange change = classify(from.session, to.session);
  const bool ports = from.remote_port != to.remote_port || from.local_port != to.local_port;
  if (ports) change = std::max(change, ConfigChange::Soft);
  // RFC 2385 4.5: a key may change under a connection
  const bool rekeyed = from.security.md5_key != to.security.md5_key;
  if (rekeyed) change = std::max(change, ConfigChange::Soft);
  TransportSecurity kept = from.security;
  if (rekeyed && !kept.md5_key.empty() && !to.security.md5_key.empty()) kept.md5_key = to.security.md5_key;
  if (kept != to.security) change = ConfigChange::Reset;
  if (from.local_address != to.local_address) change = ConfigChange::Reset;
  return change;
}

}  // namespace bgp
