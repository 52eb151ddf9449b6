// bgpd/config_values.hpp
//
// What the values of a key look like: in words, as a check, and as a guess at what was meant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bgpd/config_schema.hpp"

namespace bgp::daemon {

/// What a value of this key must be, to follow "must be": "0 or 3 to 65535 (seconds)".
[[nodiscard]] std::string expectation(const Key& key);
/// Whether a value, or one element of a list, is what the key takes.
[[nodiscard]] bool accepts(const Key& key, std::int64_t value);
[[nodiscard]] bool accepts(const Key& key, std::string_view value);
/// What the writer of a refused value may have meant, as a whole value: the nearest choice, a prefix without host bits.
[[nodiscard]] std::optional<std::string> suggestion(const Key& key, std::string_view value);

}  // namespace bgp::daemon
