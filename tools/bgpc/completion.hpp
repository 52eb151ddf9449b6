// bgpc/completion.hpp
#pragma once

#include <string>
#include <string_view>

namespace bgp::control {

/// A completion script for one of shells(), made from commands(). Neighbors are asked of bgpd.
[[nodiscard]] std::string completion(std::string_view shell);

}  // namespace bgp::control
