// wire/attribute_rules.cpp
//
// The reaction table of RFC 7606 for the attributes that this library reads: flags, and which check looks at the value.
#include "attribute_rules.hpp"

#include <algorithm>
#include <array>

#include "attribute_checks.hpp"

namespace bgp {
namespace {

constexpr std::uint8_t kWellKnown = attribute_flags::kTransitive;
constexpr std::uint8_t kOptionalTransitive = attribute_flags::kOptional | attribute_flags::kTransitive;
constexpr std::uint8_t kOptionalNonTransitive = attribute_flags::kOptional;

using Rules = std::array<AttributeRule, 256>;

constexpr Rules make_rules() {
  Rules rules{};
  const auto add = [&rules](AttributeCode code, AttributeRule rule) { rules[static_cast<std::size_t>(code)] = rule; };
  using enum AttributeCode;
  using enum ErrorApproach;
  constexpr WrongFlags kWithdraw{TreatAsWithdraw, TreatAsWithdraw};  // RFC 7606 3 c
  constexpr WrongFlags kDiscard{AttributeDiscard, AttributeDiscard};
  constexpr WrongFlags kDiscardTransitive{TreatAsWithdraw, AttributeDiscard};
  constexpr WrongFlags kReset{SessionReset, SessionReset};  // RFC 7606 5.3
  add(Origin, {true, kWellKnown, kWithdraw, check_origin});
  add(AsPath, {true, kWellKnown, kWithdraw, check_as_path});
  add(NextHop, {true, kWellKnown, kWithdraw, check_next_hop});
  add(MultiExitDisc, {true, kOptionalNonTransitive, kWithdraw, check_med});
  add(LocalPref, {true, kWellKnown, kWithdraw, check_local_pref});
  add(AtomicAggregate, {true, kWellKnown, kDiscard, check_atomic_aggregate});  // RFC 7606 3 f
  add(Aggregator, {true, kOptionalTransitive, kDiscard, check_aggregator});    // RFC 7606 3 f
  add(Communities, {true, kOptionalTransitive, kWithdraw, check_communities});
  add(OriginatorId, {true, kOptionalNonTransitive, kWithdraw, check_originator_id});
  add(ClusterList, {true, kOptionalNonTransitive, kWithdraw, check_cluster_list});
  add(MpReachNlri, {true, kOptionalNonTransitive, kReset, nullptr});
  add(MpUnreachNlri, {true, kOptionalNonTransitive, kReset, nullptr});
  add(ExtendedCommunities, {true, kOptionalTransitive, kWithdraw, check_extended_communities});
  // RFC 6793 6: what is malformed is discarded, and wrong flags make it malformed (RFC 7606 3 c)
  add(As4Path, {true, kOptionalTransitive, kDiscard, check_as4_path});
  add(As4Aggregator, {true, kOptionalTransitive, kDiscard, check_as4_aggregator});
  add(PmsiTunnel, {true, kOptionalTransitive, kWithdraw, check_pmsi_tunnel});
  // RFC 9012 13: "does not have the transitive bit set" is attribute discard
  add(TunnelEncapsulation, {true, kOptionalTransitive, kDiscardTransitive, check_tunnel_encapsulation});
  add(Ipv6ExtendedCommunities, {true, kOptionalTransitive, kWithdraw, check_ipv6_extended_communities});
  // RFC 7311 3: the transitive bit makes it malformed, which is attribute discard
  add(Aigp, {true, kOptionalNonTransitive, kDiscardTransitive, check_aigp});
  add(BgpLs, {true, kOptionalNonTransitive, kWithdraw, check_bgp_ls});
  add(LargeCommunities, {true, kOptionalTransitive, kWithdraw, check_large_communities});
  add(OnlyToCustomer, {true, kOptionalTransitive, kWithdraw, check_only_to_customer});
  add(PrefixSid, {true, kOptionalTransitive, kWithdraw, check_prefix_sid});
  add(AttrSet, {true, kOptionalTransitive, kWithdraw, check_attr_set});
  return rules;
}

constexpr Rules kRules = make_rules();

}  // namespace

bool may_be_host(const IpAddress& address) {
  const std::uint8_t first = address.octets().front();
  return address.is_v6() ? first != 0xff : first != 0 && first < 224;
}

const AttributeRule& attribute_rule(std::uint8_t code) { return kRules[code]; }

ErrorApproach wrong_flags(const AttributeRule& rule, std::uint8_t flags) {
  const auto wrong = static_cast<std::uint8_t>(flags ^ rule.flags);
  // RFC 7606 3 h, when both bits are wrong
  const auto optional = (wrong & attribute_flags::kOptional) != 0 ? rule.wrong.optional : ErrorApproach{};
  const auto transitive = (wrong & attribute_flags::kTransitive) != 0 ? rule.wrong.transitive : ErrorApproach{};
  return std::max(optional, transitive);
}

}  // namespace bgp
