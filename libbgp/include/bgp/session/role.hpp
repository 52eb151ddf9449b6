// bgp/session/role.hpp
//
// Whether the roles of two speakers correspond (RFC 9234 4.2).
#pragma once

#include "bgp/wire/constants.hpp"
#include "bgp/wire/open.hpp"

namespace bgp {

/// RFC 9234 4.2, Table 2: provider and customer, route server and its client, two lateral peers.
[[nodiscard]] bool roles_correspond(BgpRole local, BgpRole remote);

/// False where the session must be refused with 2/11 by what two OPENs of external peers say: several roles that
/// differ, roles that do not correspond, or with `strict` none from the peer. True where we sent no role: what the peer
/// says is ignored then.
[[nodiscard]] bool roles_agree(const OpenMessage& sent, const OpenMessage& received, bool strict);

}  // namespace bgp
