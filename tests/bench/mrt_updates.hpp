// bench/mrt_updates.hpp
//
// The UPDATEs of an MRT file (RFC 6396), compressed or not.
#pragma once

#include <optional>
#include <string>

#include "messages.hpp"

namespace bench {

/// The bodies of the UPDATEs with AS numbers of four octets and without path identifiers; nothing when the file is not
/// there. The session is internal where the first record's two AS are the same. What comes after octets that are no MRT
/// is left out.
[[nodiscard]] std::optional<Messages> mrt_updates(const std::string& path);

}  // namespace bench
