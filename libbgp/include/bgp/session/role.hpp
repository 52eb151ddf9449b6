// bgp/session/role.hpp
//
// Whether the roles of two speakers correspond (RFC 9234 4.2).
#pragma once

#include "bgp/export.hpp"
#include "bgp/wire/constants.hpp"
#include "bgp/wire/open.hpp"

namespace bgp BGP_EXPORT {

/// The roles that an OPEN says are all the same, or there is none (RFC 9234 4.2).
[[nodiscard]] bool says_one_role(const OpenMessage& open);

/// RFC 9234 4.2, Table 2: provider and customer, route server and its client, two lateral peers.
[[nodiscard]] bool roles_correspond(BgpRole local, BgpRole remote);

/// False where the session must be refused with 2/11 by what two OPENs of external peers say: several roles from the
/// peer that differ, roles that do not correspond, or with `strict` none from the peer. Where we sent no role, one from
/// the peer is ignored.
[[nodiscard]] bool roles_agree(const OpenMessage& sent, const OpenMessage& received, bool strict);

}  // namespace bgp BGP_EXPORT
