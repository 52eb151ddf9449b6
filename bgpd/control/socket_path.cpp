#include "bgpd/control/socket_path.hpp"

#include <unistd.h>

#include <cstdlib>

namespace bgp::daemon {

std::string default_socket_path() {
  if (geteuid() == 0) return "/run/libbgp/bgpd.sock";
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  return folder == nullptr || *folder == '\0' ? "" : std::string(folder) + "/libbgp/bgpd.sock";
}

}  // namespace bgp::daemon
