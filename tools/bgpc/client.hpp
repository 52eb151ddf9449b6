// bgpc/client.hpp
//
// Asks bgpd over its control socket.
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <string_view>

namespace bgp::control {

struct Answer {
  unsigned status = 0;  ///< of HTTP
  std::string body;     ///< without what was given to `take`
};

/// Sends one request and waits for its answer. An answer of many lines goes to `take` as it comes, in portions that end
/// anywhere; when it gives false no more is asked for. A sentence when bgpd cannot be reached, or breaks off.
[[nodiscard]] std::expected<Answer, std::string> ask(const std::string& socket_path, std::string_view method,
                                                     std::string_view target, const std::string& body,
                                                     const std::function<bool(std::string_view)>& take);

}  // namespace bgp::control
