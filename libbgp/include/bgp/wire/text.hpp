// bgp/wire/text.hpp
//
// Octets of a peer made safe to print: text of a peer is shown, never trusted (RFC 9003 4). Values; no thread rules.
#pragma once

#include <string>
#include <string_view>

#include "bgp/export.hpp"
#include "bgp/result.hpp"

namespace bgp BGP_EXPORT {

/// Lower-case digits behind "0x"; "0x" alone for no octets.
[[nodiscard]] std::string hex_text(BytesView octets);

/// UTF-8 as it is; control and bidirectional formatting characters, and octets that are no UTF-8, as \xNN.
[[nodiscard]] std::string escaped(std::string_view text);

/// Octets of the UTF-8 character at the front of `text` (1 to 4), or 0 when there is no well-formed shortest one.
[[nodiscard]] std::size_t utf8_size(std::string_view text);

}  // namespace bgp BGP_EXPORT
