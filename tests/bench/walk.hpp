// bench/walk.hpp
//
// Everything that a handler can read of an UPDATE, read: every NLRI as a prefix and every attribute value by its type.
#pragma once

#include <cstdint>

#include "bgp/wire/update.hpp"

namespace bench {

inline std::uint64_t sum_of(const bgp::IpAddress& address) {
  if (address.is_v4()) return address.v4_value();
  return bgp::load_u64(address.octets().data()) + bgp::load_u64(address.octets().data() + 8);
}

inline std::uint64_t sum_of(const bgp::NlriView& nlri) {
  std::uint64_t sum = 0;
  nlri.for_each(
      [&sum](const bgp::Nlri& one) { sum += sum_of(one.prefix.address()) + one.prefix.length() + one.path_id; });
  return sum;
}

inline std::uint64_t sum_of(bgp::BytesView octets) {
  std::uint64_t sum = 0;
  for (; octets.size() >= 4; octets = octets.subspan(4)) sum += bgp::load_u32(octets.data());
  for (const std::uint8_t octet : octets) sum += octet;
  return sum;
}

[[gnu::always_inline]] inline std::uint64_t sum_of(const bgp::AsPathView& path) {
  std::uint64_t sum = 0;
  for (const bgp::AsPathSegmentView segment : path) {
    sum += static_cast<std::uint64_t>(segment.type);
    for (const std::uint32_t asn : segment.asns) sum += asn;
  }
  return sum;
}

inline std::uint64_t walk(const bgp::UpdateView& view) {
  std::uint64_t sum = view.error_count();
  for (const bgp::UnreachableGroup& group : view.unreachable()) sum += sum_of(group.nlri);
  for (const bgp::ReachableGroup& group : view.reachable()) {
    sum += sum_of(group.next_hop.address) + sum_of(group.nlri);
    if (group.next_hop.link_local) sum += sum_of(*group.next_hop.link_local);
  }
  for (const bgp::AttributeView attribute : view.attributes()) {
    switch (static_cast<bgp::AttributeCode>(attribute.code)) {
      case bgp::AttributeCode::MpReachNlri:
      case bgp::AttributeCode::MpUnreachNlri: break;  // in the groups
      case bgp::AttributeCode::Origin: sum += attribute.value.front(); break;
      case bgp::AttributeCode::NextHop:
      case bgp::AttributeCode::MultiExitDisc:
      case bgp::AttributeCode::LocalPref:
      case bgp::AttributeCode::OriginatorId: sum += bgp::load_u32(attribute.value.data()); break;
      case bgp::AttributeCode::AsPath: sum += sum_of(view.as_path()); break;
      case bgp::AttributeCode::Communities:
        for (const bgp::Community community : bgp::CommunitiesView(attribute.value)) sum += community.value;
        break;
      case bgp::AttributeCode::LargeCommunities:
        for (const bgp::LargeCommunity& community : bgp::LargeCommunitiesView(attribute.value)) {
          sum += std::uint64_t{community.global} + community.local1 + community.local2;
        }
        break;
      default: sum += sum_of(attribute.value);
    }
  }
  return sum;
}

}  // namespace bench
