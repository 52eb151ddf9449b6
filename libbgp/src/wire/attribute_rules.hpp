// wire/attribute_rules.hpp
//
// What makes a path attribute malformed and what then happens: RFC 7606 3 and 7, one row an attribute. Private to the
// wire layer. MP_REACH_NLRI and MP_UNREACH_NLRI have only their flags here: update_decode.cpp reads their contents.
#pragma once

#include <cstdint>

#include "bgp/wire/attribute_errors.hpp"
#include "bgp/wire/update.hpp"

namespace bgp {

/// What was found; a null `reason` says that nothing is wrong.
struct Finding {
  ErrorApproach approach{};
  std::uint8_t subcode = 0;
  const char* reason = nullptr;

  explicit operator bool() const { return reason != nullptr; }
};

/// RFC 7606 3 c: what follows when one of the two bits is wrong.
struct WrongFlags {
  ErrorApproach optional = ErrorApproach::TreatAsWithdraw;
  ErrorApproach transitive = ErrorApproach::TreatAsWithdraw;
};

struct AttributeRule {
  bool recognized = false;
  std::uint8_t flags = 0;  ///< the Optional and Transitive bits that it must have
  WrongFlags wrong;
  Finding (*check)(BytesView value, const DecodeContext&) = nullptr;  ///< null: the contents are not looked at
};

/// The row of an attribute; one with recognized == false for any that this library does not know.
[[nodiscard]] const AttributeRule& attribute_rule(std::uint8_t code);

/// What follows from Optional and Transitive bits other than the rule's.
[[nodiscard]] ErrorApproach wrong_flags(const AttributeRule& rule, std::uint8_t flags);

/// RFC 4271 6.3: may stand as a next hop. Not "this network", groups and reserved addresses; loopback addresses may,
/// for peers on one machine. Of IPv6 only groups are refused: some speakers send :: beside a link-local next hop.
[[nodiscard]] bool may_be_host(const IpAddress& address);

}  // namespace bgp
