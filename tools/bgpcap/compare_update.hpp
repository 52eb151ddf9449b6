// bgpcap/compare_update.hpp
//
// The effect of an UPDATE against the `update` of a vector: what ExaBGP's JSON says of it.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace bgp::cap {

/// Compares `attribute`, `announce` (by family and next hop) and `withdraw` (by family) with an UPDATE in the form of
/// bgp::json; each difference in words. Of flow specifications and families whose NLRI are not prefixes only the number
/// is compared, and of families that this library has no name for nothing.
[[nodiscard]] std::vector<std::string> update_differences(const boost::json::object& update,
                                                          const boost::json::object& ours);

}  // namespace bgp::cap
