// wire/rfc7606_row.hpp
//
// Rows of the reaction table of RFC 7606 and of the attribute RFCs that followed it: what comes in, from whom, and what
// must become of it. rfc7606_table_test.cpp runs them.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "bgp/wire/update.hpp"

namespace bgp::rfc7606 {

/// Whose message it is; we are AS 65001, the peer is AS 65002 unless it is internal.
enum class Peer : std::uint8_t {
  External,
  ExternalOld,  ///< without four-octet AS (RFC 6793)
  Internal,
  InternalOld,
  Member,           ///< of our confederation, in another member AS (RFC 5065)
  Enforcing,        ///< external, and the first AS must be the peer's (RFC 4271 6.3)
  EnforcingMember,  ///< member, likewise
  AigpSession,      ///< external, with AIGP enabled (RFC 7311 3)
};

enum class Outcome : std::uint8_t {
  Good,
  First,     ///< repeats are discarded, the first one counts (RFC 7606 3 g)
  Discard,   ///< the attribute is absent, the route is there
  Withdraw,  ///< treat-as-withdraw
  Reset,     ///< session reset
};

/// One attribute beside an otherwise good announcement of 10.10.10.0/24.
struct AttributeRow {
  std::string name;
  Peer peer{};
  std::string octets;  ///< in place of the good attribute of its code, at the end of the attribute field
  Outcome outcome{};
  std::uint8_t subcode = 0;  ///< of the strongest error, the first among equals; 0 with Good
  std::size_t errors = 1;    ///< how many there are; not looked at with Good
};

/// A whole message; both unicast families are negotiated.
struct MessageRow {
  std::string name;
  Peer peer{};
  std::string withdrawn_routes, attributes, nlri;  ///< the three fields of the body
  Outcome outcome{};
  std::uint8_t subcode = 0;                       ///< of the NOTIFICATION or the strongest error
  std::size_t errors = 0;                         ///< how many there are, a reset included
  std::vector<unsigned> discarded;                ///< codes in the message that are absent from the effect, ascending
  std::vector<std::string> announced, withdrawn;  ///< in the order of the view
};

std::vector<AttributeRow> well_known_rows();
std::vector<AttributeRow> optional_rows();
std::vector<AttributeRow> later_rows();
std::vector<AttributeRow> attr_set_rows();
std::vector<MessageRow> message_rows();

inline std::ostream& operator<<(std::ostream& out, const AttributeRow& row) { return out << row.name; }
inline std::ostream& operator<<(std::ostream& out, const MessageRow& row) { return out << row.name; }

}  // namespace bgp::rfc7606
