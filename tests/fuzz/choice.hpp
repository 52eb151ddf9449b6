// fuzz/choice.hpp
//
// Sessions chosen by the first octets of an input, so that a fuzzer finds its way through the contexts too.
#pragma once

#include <vector>

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/update.hpp"

namespace bgp::fuzz {

/// The families whose bit is set in `mask`, both IPv4 and IPv6 where there are both.
inline std::vector<Family> families_by(std::uint8_t mask) {
  static const std::vector<std::vector<Family>> groups{
      {kIpv4Unicast},
      {kIpv6Unicast},
      {{Afi::Ipv4, Safi::Multicast}, {Afi::Ipv6, Safi::Multicast}},
      {{Afi::Ipv4, Safi::LabeledUnicast}, {Afi::Ipv6, Safi::LabeledUnicast}},
      {{Afi::Ipv4, Safi::MplsVpn}, {Afi::Ipv6, Safi::MplsVpn}},
      {{Afi::L2vpn, Safi::Evpn}, {Afi::Ipv4, Safi::RouteTargetConstraint}},
      {{Afi::Ipv4, Safi::FlowSpec},
       {Afi::Ipv6, Safi::FlowSpec},
       {Afi::Ipv4, Safi::FlowSpecVpn},
       {Afi::Ipv6, Safi::FlowSpecVpn}},
      {{Afi::BgpLs, Safi::BgpLs},
       {Afi::Ipv4, Safi::SrPolicy},
       {Afi::Ipv6, Safi::SrPolicy},
       {Afi::Ipv4, Safi::MplsVpnMulticast},
       {Afi::Ipv6, Safi::MplsVpnMulticast}},
  };
  std::vector<Family> chosen;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if ((mask >> i & 1) != 0) chosen.insert(chosen.end(), groups[i].begin(), groups[i].end());
  }
  return chosen;
}

/// Each family with another count: 2, 3, 4, any number, 2...
inline LabelCounts label_counts(const FamilySet& families) {
  LabelCounts counts;
  std::uint8_t turn = 0;
  for (const Family family : families) {
    counts.insert(family, turn % 4 == 3 ? LabelCounts::kAny : static_cast<std::uint8_t>(turn % 4 + 2));
    ++turn;
  }
  return counts;
}

/// Any session that an UPDATE can arrive in: three octets.
inline DecodeContext context_by(Reader& in) {
  const std::uint8_t switches = in.u8();
  DecodeContext context;
  context.four_octet_as = (switches & 1) == 0;
  context.internal = (switches & 2) != 0;
  context.confederation = (switches & 4) != 0 && !context.internal;
  context.enforce_first_as = (switches & 8) != 0;
  if ((switches & 16) != 0) {
    context.local_asn = 65001;
    context.local_identifier = {0x0a000001};
  }
  if ((switches & 32) != 0) context.peer_asn = context.internal ? 65001 : 65002;
  context.families = families_by(in.u8());
  context.add_path = families_by(in.u8());
  if ((switches & 64) != 0) context.multiple_labels = label_counts(context.families);
  if ((switches & 128) != 0) context.extended_next_hop = context.families;
  return context;
}

/// What the other end of that session sends by, with messages as large as they can be.
inline EncodeContext same_session(const DecodeContext& context) {
  EncodeContext encode;
  encode.four_octet_as = context.four_octet_as;
  encode.internal = context.internal;
  encode.confederation = context.confederation;
  encode.add_path = context.add_path;
  encode.extended_next_hop = context.extended_next_hop;
  encode.multiple_labels = context.multiple_labels;
  encode.max_message_size = kMaxExtendedMessageSize;
  return encode;
}

}  // namespace bgp::fuzz
