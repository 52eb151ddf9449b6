#include "bgpd/control/socket_path.hpp"

#include <unistd.h>

#include <cstdlib>

namespace bgp::daemon {

std::string default_socket_path() {
  if (const char* made = std::getenv("RUNTIME_DIRECTORY"); made != nullptr && *made != '\0') {
    const std::string folders = made;
    return folders.substr(0, folders.find(':')) + "/bgpd.sock";
  }
  if (geteuid() == 0) return "/run/libbgp/bgpd.sock";
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  return folder == nullptr || *folder == '\0' ? "" : std::string(folder) + "/libbgp/bgpd.sock";
}

}  // namespace bgp::daemon
