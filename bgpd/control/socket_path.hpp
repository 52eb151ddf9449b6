// bgpd/control/socket_path.hpp
//
// Where bgpd and bgpc meet when nobody says otherwise.
#pragma once

#include <string>

namespace bgp::daemon {

/// "/run/libbgp/bgpd.sock" for root, "$XDG_RUNTIME_DIR/libbgp/bgpd.sock" for others; empty where there is no such
/// folder. As a service: in the folder that systemd made for it ($RUNTIME_DIRECTORY).
[[nodiscard]] std::string default_socket_path();

}  // namespace bgp::daemon
