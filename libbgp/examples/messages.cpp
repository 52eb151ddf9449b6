// Makes an UPDATE, looks at it as it stands on the wire, and reads it again: bgp::wire, without a session.
#include <bgp/wire/framer.hpp>
#include <bgp/wire/notification.hpp>
#include <bgp/wire/update.hpp>
#include <iostream>
#include <vector>

int main() {
  bgp::PathAttributes attributes;
  attributes.as_path = bgp::AsPath::sequence({65001, 64500});
  attributes.next_hop.address = *bgp::IpAddress::parse("192.0.2.1");
  const std::vector<bgp::Nlri> prefixes{{*bgp::Prefix::parse("198.51.100.0/24")},
                                        {*bgp::Prefix::parse("203.0.113.0/24")}};
  bgp::Bytes octets;
  bgp::Writer writer(octets);
  const std::size_t taken = encode_reach(writer, bgp::EncodeContext{}, bgp::kIpv4Unicast, attributes, prefixes);
  std::cout << taken << " prefixes in " << octets.size() << " octets" << std::endl;

  bgp::BytesView in = octets;
  bgp::Framer framer;
  const auto message = framer.next(in);  // a value, or the NOTIFICATION to send
  if (!message || !*message) return 1;
  const bgp::DecodeContext context;
  const auto update = bgp::decode_update((*message)->body(), context);
  if (!update) {
    std::cout << to_string(update.error()) << std::endl;
    return 1;
  }
  for (const auto& group : update->reachable())
    for (const auto& nlri : group.nlri)
      std::cout << to_string(nlri) << ' ' << to_string(update->path_attributes(group)) << std::endl;
}
